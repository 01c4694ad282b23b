//! What is asked for before it is needed.

/// Has samples, or whatever it is, brought into the cache while something else is worked on: what is
/// done with them costs less than waiting for them. Changes nothing but speed, and does nothing where
/// the processor cannot.
#[inline(always)]
pub fn fetch<T>(wanted: &T) {
    #[cfg(target_arch = "x86_64")]
    if let Some(sse) = pulp::core_arch::x86::Sse::try_new() {
        use std::arch::x86_64::_MM_HINT_T0;
        /// Bytes in a line of the cache.
        const LINE: usize = 64;
        let begin = std::ptr::from_ref(wanted).cast::<i8>();
        for line in 0..size_of::<T>().div_ceil(LINE) {
            sse._mm_prefetch::<_MM_HINT_T0>(begin.wrapping_add(line * LINE));
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = wanted;
}
