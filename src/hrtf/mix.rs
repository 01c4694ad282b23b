//! A response between those of several directions.
//!
//! The aligned spectra are mixed; where they disagree in phase, the sum is too quiet: above 1.5 kHz
//! its amplitude is put right, without a change of phase, to the mean of theirs (of the roots, which
//! predicts responses left out better than that of decibels does).

use super::table::Ear;
use crate::dsp::{Fourier, Spectrum};

/// From here on amplitudes are put right, and wholly from there on. Below, responses agree.
const RAMP_HZ: [f64; 2] = [1500.0, 3000.0];

/// By how much at most: 12 dB.
const MOST: f32 = 4.0;

/// The spectra of what one ear hears.
pub struct Spectra {
    taps: usize,
    length: usize,
    spectra: Vec<Spectrum>,
    /// The roots of the amplitudes.
    roots: Vec<Vec<f32>>,
    /// How much of the correction each bin gets.
    ramp: Vec<f32>,
}

impl Spectra {
    /// The spectra of the responses of an ear.
    pub fn new(ear: &Ear, taps: usize, rate_hz: f64) -> Self {
        // As much again is room for what a correction without a change of phase puts around a response.
        let length = (2 * taps).next_power_of_two().max(64);
        let mut fourier = Fourier::new(length);
        let mut stretch = vec![0.0; length];
        let mut transform = |response: &[f32]| {
            let mut spectrum = Spectrum::silent(length);
            stretch[..taps].copy_from_slice(response);
            fourier.forward(&stretch, &mut spectrum);
            spectrum
        };
        let spectra: Vec<Spectrum> = ear.responses.chunks_exact(taps).map(&mut transform).collect();
        let root = |spectrum: &Spectrum| {
            let parts = spectrum.real.iter().zip(&spectrum.imaginary);
            parts
                .map(|(real, imaginary)| (real * real + imaginary * imaginary).sqrt().sqrt())
                .collect()
        };
        let roots = spectra.iter().map(root).collect();
        let bins = (length / 2 + 1).next_multiple_of(crate::dsp::BINS_AT_ONCE);
        let ramp = |bin: usize| {
            let frequency = bin as f64 * rate_hz / length as f64;
            ((frequency - RAMP_HZ[0]) / (RAMP_HZ[1] - RAMP_HZ[0])).clamp(0.0, 1.0) as f32
        };
        Self { taps, length, spectra, roots, ramp: (0..bins).map(ramp).collect() }
    }
}

/// Mixes responses, with the room it takes.
pub struct Mixer<'a> {
    of: &'a Spectra,
    fourier: Fourier,
    sum: Spectrum,
    root: Vec<f32>,
    stretch: Vec<f32>,
}

impl<'a> Mixer<'a> {
    /// A mixer of the responses with these spectra.
    pub fn new(of: &'a Spectra) -> Self {
        Self {
            of,
            fourier: Fourier::new(of.length),
            sum: Spectrum::silent(of.length),
            root: vec![0.0; of.ramp.len()],
            stretch: vec![0.0; of.length],
        }
    }

    /// The response between some, of which each has a share; shares sum to 1.
    pub fn mix(&mut self, shares: &[(usize, f64)]) -> &[f32] {
        self.sum.clear();
        self.root.fill(0.0);
        for (index, share) in shares {
            let (spectrum, share) = (&self.of.spectra[*index], *share as f32);
            add(&mut self.sum.real, &spectrum.real, share);
            add(&mut self.sum.imaginary, &spectrum.imaginary, share);
            add(&mut self.root, &self.of.roots[*index], share);
        }
        let parts = self.sum.real.iter_mut().zip(&mut self.sum.imaginary);
        for ((real, imaginary), (root, ramp)) in parts.zip(self.root.iter().zip(&self.of.ramp)) {
            let is = (*real * *real + *imaginary * *imaginary).sqrt().max(1e-20);
            let root = root.max(0.0);
            let gain = (root * root / is).clamp(1.0 / MOST, MOST);
            let gain = 1.0 + (gain - 1.0) * ramp;
            *real *= gain;
            *imaginary *= gain;
        }
        self.fourier.inverse(&self.sum, &mut self.stretch);
        &self.stretch[..self.of.taps]
    }
}

fn add(sum: &mut [f32], row: &[f32], share: f32) {
    for (sum, value) in sum.iter_mut().zip(row) {
        *sum += share * value;
    }
}
