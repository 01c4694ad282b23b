//! Lines in a spectrum.
#![allow(dead_code)]

use std::f64::consts::PI;

/// The four-term window of Blackman and Harris (1978): side lobes below -92 dB, its main lobe
/// reaches [`MAIN_LOBE`] bins to either side.
const TERMS: [f64; 4] = [0.35875, 0.48829, 0.14128, 0.01168];

/// How many bins around a line belong to it.
pub const MAIN_LOBE: usize = 4;

/// The amplitudes of the lines in `samples`, bin by bin: a sine of amplitude 1 has a line of 1.
pub fn amplitudes(samples: &[f64]) -> Vec<f64> {
    let length = samples.len();
    let step = 2.0 * PI / length as f64;
    let window = |index: usize| {
        let cosine = |term: usize| (step * (term * index) as f64).cos();
        TERMS[0] - TERMS[1] * cosine(1) + TERMS[2] * cosine(2) - TERMS[3] * cosine(3)
    };
    let windowed = samples.iter().enumerate().map(|(index, sample)| sample * window(index));
    let spectrum = fourier_oracle::forward(windowed.collect());
    let scale = 2.0 / (TERMS[0] * length as f64);
    spectrum.iter().map(|bin| bin.norm() * scale).collect()
}

/// The highest line.
pub fn highest(amplitudes: &[f64]) -> f64 {
    amplitudes.iter().copied().fold(0.0, f64::max)
}

/// The bin of the highest line.
pub fn highest_bin(amplitudes: &[f64]) -> usize {
    (0..amplitudes.len()).max_by(|&a, &b| amplitudes[a].total_cmp(&amplitudes[b])).unwrap()
}

/// The highest line but for the one at `bin`.
pub fn highest_beside(amplitudes: &[f64], bin: usize) -> f64 {
    let lines = amplitudes.iter().enumerate();
    let beside = lines.filter(|(index, _)| index.abs_diff(bin) > MAIN_LOBE);
    beside.fold(0.0, |highest, (_, amplitude)| highest.max(*amplitude))
}

/// An amplitude ratio in decibels.
pub fn decibels(ratio: f64) -> f64 {
    20.0 * ratio.log10()
}
