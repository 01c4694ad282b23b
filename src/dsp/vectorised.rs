//! Work compiled for the processor at hand.

use pulp::{Arch, Simd, WithSimd};

/// Does some work in the form compiled for the processor at hand.
///
/// A closure handed to [`Arch::dispatch`] as it is may be called through a function of its own that is
/// compiled for every processor; called by reference it becomes part of the loop's own function. The
/// closure, and all that it calls, have to be `#[inline(always)]`.
#[inline(always)]
pub fn vectorised<R, W: FnMut() -> R>(arch: Arch, work: W) -> R {
    arch.dispatch(Work(work))
}

struct Work<W>(W);

impl<R, W: FnMut() -> R> WithSimd for Work<W> {
    type Output = R;

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, _simd: S) -> R {
        (self.0)()
    }
}
