//! The Fourier transform in double precision that tests measure spectra with.
//!
//! It is realfft's, in a crate of its own: transforms are generic, and every test that named one
//! would compile all of them again, for longer than the rest of the test takes.

use std::cell::RefCell;

use realfft::RealFftPlanner;
pub use realfft::num_complex::Complex;

thread_local! {
    /// Transforms of a length are planned once.
    static PLANNER: RefCell<RealFftPlanner<f64>> = RefCell::new(RealFftPlanner::new());
}

/// The spectrum of samples: bins from 0 up to half the sample rate, not scaled.
#[must_use]
pub fn forward(mut samples: Vec<f64>) -> Vec<Complex<f64>> {
    let transform = PLANNER.with_borrow_mut(|planner| planner.plan_fft_forward(samples.len()));
    let mut bins = transform.make_output_vec();
    transform.process(&mut samples, &mut bins).expect("buffers as long as planned");
    bins
}

/// The samples of a spectrum of an even length, times that length. The first bin and the last must
/// be real.
#[must_use]
pub fn inverse(mut bins: Vec<Complex<f64>>) -> Vec<f64> {
    let length = 2 * (bins.len() - 1);
    let transform = PLANNER.with_borrow_mut(|planner| planner.plan_fft_inverse(length));
    let mut samples = transform.make_output_vec();
    transform.process(&mut bins, &mut samples).expect("first and last bin are real");
    samples
}
