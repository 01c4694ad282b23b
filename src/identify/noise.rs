//! Pink noise in a band, to align levels by.

use std::f64::consts::TAU;

use crate::Result;
use crate::dsp::{Fourier, Random, Spectrum};
use crate::source::Source;
use crate::units::seconds_to_frames;

/// The noise comes back after so many frames.
const PERIOD: usize = 1 << 18;

/// How long it takes to come and to go, in seconds.
const EDGE_S: f64 = 0.05;

/// Sines at all frequencies of a band that fit into the period, with the power of pink noise and phases
/// by chance: nothing outside the band, and an RMS level that is exact over the period.
pub struct BandNoise {
    samples: Vec<f32>,
    frames: u64,
    edge: f64,
    rate_hz: u32,
    at: u64,
}

impl BandNoise {
    /// Noise from a frequency to another with an RMS amplitude, so many frames long.
    pub fn new(band_hz: [f64; 2], rms: f64, frames: u64, rate_hz: u32) -> Self {
        let bin = |freq_hz: f64| (freq_hz * PERIOD as f64 / f64::from(rate_hz)) as usize;
        let bins = bin(band_hz[0])..bin(band_hz[1]).min(PERIOD / 2);
        let mut spectrum = Spectrum::silent(PERIOD);
        let mut random = Random::new(1);
        for bin in bins {
            let amplitude = 1.0 / libm::sqrt(bin as f64);
            let (sin, cos) = libm::sincos(TAU * random.unit());
            spectrum.real[bin] = (amplitude * cos) as f32;
            spectrum.imaginary[bin] = (amplitude * sin) as f32;
        }
        let mut samples = vec![0.0; PERIOD];
        Fourier::new(PERIOD).inverse(&spectrum, &mut samples);
        let power: f64 = samples.iter().map(|it| f64::from(*it) * f64::from(*it)).sum();
        let gain = rms / libm::sqrt(power / PERIOD as f64);
        samples.iter_mut().for_each(|sample| *sample = (f64::from(*sample) * gain) as f32);
        let edge = seconds_to_frames(EDGE_S, rate_hz) as f64;
        Self { samples, frames, edge, rate_hz, at: 0 }
    }

    fn sample(&self, frame: u64) -> f32 {
        let from_edge = frame.min(self.frames - frame) as f64 / self.edge;
        let rise = 0.5 - 0.5 * libm::cos(0.5 * TAU * from_edge.min(1.0));
        self.samples[frame as usize % PERIOD] * rise as f32
    }
}

impl Source for BandNoise {
    fn channels(&self) -> usize {
        1
    }

    fn rate_hz(&self) -> u32 {
        self.rate_hz
    }

    fn frames(&self) -> Option<u64> {
        Some(self.frames)
    }

    fn read(&mut self, channels: &mut [&mut [f32]]) -> Result<usize> {
        let left = self.frames.saturating_sub(self.at);
        let count = (channels[0].len() as u64).min(left) as usize;
        for (frame, sample) in channels[0][..count].iter_mut().enumerate() {
            *sample = self.sample(self.at + frame as u64);
        }
        self.at += count as u64;
        Ok(count)
    }

    fn seek(&mut self, frame: u64) -> Result<()> {
        self.at = frame;
        Ok(())
    }
}
