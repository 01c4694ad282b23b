//! Samples asked for before they are needed.

use crate::block::Quantum;

/// Has some samples brought into the cache while something else is worked on: mixing them costs less
/// than waiting for them. Changes nothing but speed, and does nothing where the processor cannot.
#[inline(always)]
pub fn fetch(samples: &Quantum) {
    #[cfg(target_arch = "x86_64")]
    if let Some(sse) = pulp::core_arch::x86::Sse::try_new() {
        use std::arch::x86_64::_MM_HINT_T1;
        /// Samples in a line of the cache.
        const LINE: usize = 16;
        for line in samples.as_chunks::<LINE>().0 {
            sse._mm_prefetch::<_MM_HINT_T1>(line.as_ptr().cast());
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = samples;
}
