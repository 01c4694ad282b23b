//! When a response begins, to a small part of a frame.
//!
//! The response below 3 kHz is compared with what it would be if it began at once, its own minimum-
//! phase version: the time at which they are most alike (the maximum of their cross-correlation) is
//! the time of arrival (Nam, Abel and Smith 2008, "A method for estimating interaural time difference
//! for binaural synthesis"). It moves steadily from one direction to the next, as interpolation needs.

use std::f64::consts::TAU;

use super::phase::{minimum_phase, natural_logs};
use crate::dsp::{Fourier, Spectrum};

/// Only what is below counts: above, the pinna makes times of arrival jump.
const HIGHEST_HZ: f64 = 3000.0;

/// Weights below this do not count.
const NEGLIGIBLE: f64 = 1e-7;

/// Finds times of arrival in responses of one length.
#[derive(Clone)]
pub struct ArrivalFinder {
    fourier: Fourier,
    /// How much each bin counts, up to the last that does.
    weights: Vec<f64>,
    spectrum: Spectrum,
    stretch: Vec<f32>,
    logs: Vec<f64>,
    phases: Vec<f64>,
    /// Real and imaginary part of the cross spectrum.
    cross: Vec<[f64; 2]>,
}

impl ArrivalFinder {
    /// A finder for responses of `taps` samples.
    pub fn new(taps: usize, rate_hz: f64) -> Self {
        // Twice as long, so that the cepstrum has room to fade.
        let length = (2 * taps).next_power_of_two().max(256);
        let weight = |bin: usize| {
            let ratio = bin as f64 * rate_hz / length as f64 / HIGHEST_HZ;
            let fourth = (ratio * ratio) * (ratio * ratio);
            // A Butterworth low-pass of fourth order forwards and backwards, on both responses.
            let once = 1.0 / (1.0 + fourth * fourth);
            once * once
        };
        let bins = (0..=length / 2).map(weight);
        Self {
            fourier: Fourier::new(length),
            weights: bins.take_while(|weight| *weight > NEGLIGIBLE).collect(),
            spectrum: Spectrum::silent(length),
            stretch: vec![0.0; length],
            logs: Vec::new(),
            phases: Vec::new(),
            cross: Vec::new(),
        }
    }

    /// When a response begins, in frames.
    pub fn find(&mut self, response: &[f32]) -> f64 {
        self.compare(response);
        let lags = response.len();
        let loudest = (0..lags)
            .fold(0, |best, lag| if self.stretch[lag] > self.stretch[best] { lag } else { best });
        self.refine(loudest as f64)
    }

    /// When a response begins, looked for within `reach` frames of where it should.
    pub fn find_near(&mut self, response: &[f32], expected: f64, reach: f64) -> f64 {
        self.compare(response);
        let last = (response.len() - 1) as f64;
        let first = (expected - reach).ceil().clamp(0.0, last) as usize;
        let last = (expected + reach).floor().clamp(0.0, last) as usize;
        let loudest = (first..=last.max(first)).fold(first, |best, lag| {
            if self.stretch[lag] > self.stretch[best] { lag } else { best }
        });
        self.refine(loudest as f64)
    }

    /// Works out the cross-correlation with the minimum-phase version.
    fn compare(&mut self, response: &[f32]) {
        let length = self.fourier.length();
        self.stretch.fill(0.0);
        self.stretch[..response.len()].copy_from_slice(response);
        self.fourier.forward(&self.stretch, &mut self.spectrum);
        natural_logs(&self.spectrum, length, &mut self.logs);
        minimum_phase(&mut self.fourier, &self.logs, &mut self.phases);
        self.cross.clear();
        for (bin, weight) in self.weights.iter().enumerate() {
            let (sin, cos) = libm::sincos(self.phases[bin]);
            let amount = weight * libm::exp(self.logs[bin]);
            let real = f64::from(self.spectrum.real[bin]);
            let imaginary = f64::from(self.spectrum.imaginary[bin]);
            self.cross.push([
                amount * (real * cos + imaginary * sin),
                amount * (imaginary * cos - real * sin),
            ]);
        }
        self.spectrum.clear();
        for (bin, [real, imaginary]) in self.cross.iter().enumerate() {
            self.spectrum.real[bin] = *real as f32;
            self.spectrum.imaginary[bin] = *imaginary as f32;
        }
        self.fourier.inverse(&self.spectrum, &mut self.stretch);
    }

    /// The maximum near a frame, by Newton's method on the cross-correlation itself.
    fn refine(&self, near: f64) -> f64 {
        let mut frames = near;
        for _ in 0..4 {
            let (slope, bend) = self.derivatives(frames);
            if bend >= 0.0 {
                break;
            }
            frames = (frames - slope / bend).clamp(near - 1.0, near + 1.0);
        }
        frames
    }

    /// The first and second derivative of the cross-correlation.
    fn derivatives(&self, frames: f64) -> (f64, f64) {
        let turn = TAU / self.fourier.length() as f64;
        let (sin_step, cos_step) = libm::sincos(turn * frames);
        let (mut cos, mut sin) = (1.0, 0.0);
        let (mut slope, mut bend) = (0.0, 0.0);
        for (bin, [real, imaginary]) in self.cross.iter().enumerate() {
            let speed = turn * bin as f64;
            slope -= speed * (real * sin + imaginary * cos);
            bend -= speed * speed * (real * cos - imaginary * sin);
            (cos, sin) = (cos * cos_step - sin * sin_step, cos * sin_step + sin * cos_step);
        }
        (slope, bend)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsp::FractionalDelay;
    use crate::dsp::Weights;

    /// A short minimum-phase response, delayed by a windowed sinc.
    #[test]
    fn it_finds_a_known_delay() {
        for late in [20.0, 31.25, 47.9] {
            let mut line = FractionalDelay::new(100.0, &Weights::new());
            let response: Vec<f32> = (0..256)
                .map(|frame| line.process(libm::pow(0.6, f64::from(frame)) as f32, late))
                .collect();
            let found = ArrivalFinder::new(256, 48_000.0).find(&response);
            // The zeros past the cut of the low-pass leave the cepstrum a little short: 1 us.
            assert!((found - late).abs() < 0.05, "{found}, not {late}");
        }
    }
}
