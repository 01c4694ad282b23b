//! True peaks as no program of ours reads them: by a Fourier transform sixteen times as long.
#![allow(dead_code)]

use fourier_oracle::{Complex, forward, inverse};

/// How many points there are for a sample.
const TIMES: usize = 16;

/// The highest magnitude between the samples, linear: the interpolation that knows no transition
/// band. Silence is put around, so that end and begin do not meet.
pub fn true_peak(samples: &[f32]) -> f64 {
    let margin = 1024;
    let length = (samples.len() + 2 * margin).next_power_of_two();
    let mut input = vec![0.0; length];
    for (place, sample) in input[margin..].iter_mut().zip(samples) {
        *place = f64::from(*sample);
    }
    let mut spectrum = forward(input);
    // The line at half the rate stands for both of its sides.
    *spectrum.last_mut().unwrap() *= 0.5;
    spectrum.resize(length * TIMES / 2 + 1, Complex::new(0.0, 0.0));
    inverse(spectrum).iter().fold(0.0, |peak: f64, point| peak.max(point.abs())) / length as f64
}

/// The same in dBTP.
pub fn dbtp(samples: &[f32]) -> f64 {
    20.0 * true_peak(samples).log10()
}
