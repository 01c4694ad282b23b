//! The diffuse field of a set, and its equaliser.
//!
//! What all directions have in common, of the loudspeaker, the microphones and the ear canals, is not
//! what tells directions apart, but colours everything: its inverse, a minimum-phase filter, takes it
//! out (Larcher, Jot and Vandernoot 1998).

use super::phase;
use super::table::Table;
use super::triangle::solid_angle;
use crate::dsp::{Fourier, Spectrum};
use crate::hull::Face;
use crate::space::Vector;

/// The range in which the diffuse field is made flat, and told to be.
pub const RANGE_HZ: [f64; 2] = [200.0, 16_000.0];

/// The equaliser changes levels by at most this.
const MOST_DB: f64 = 15.0;

/// It follows the diffuse field in bands of this part of an octave.
const OCTAVES: f64 = 1.0 / 6.0;

/// Decibels in a natural logarithm of power.
const DECIBELS: f64 = 10.0 / std::f64::consts::LN_10;

/// The mean power that both ears hear from everywhere, at each bin of a spectrum.
pub struct DiffuseField {
    rate_hz: f64,
    length: usize,
    power: Vec<f64>,
}

impl DiffuseField {
    /// The diffuse field of a table, each direction weighted by the part of the sphere around it.
    pub fn new(table: &Table, areas: &[f64]) -> Self {
        let length = (2 * table.taps).next_power_of_two().max(64);
        let (mut fourier, mut spectrum) = (Fourier::new(length), Spectrum::silent(length));
        let mut stretch = vec![0.0; length];
        let mut power = vec![0.0; length / 2 + 1];
        let sphere: f64 = areas.iter().sum();
        for ear in &table.ears {
            for (row, area) in ear.responses.chunks_exact(table.taps).zip(areas) {
                stretch[..table.taps].copy_from_slice(row);
                fourier.forward(&stretch, &mut spectrum);
                let weight = area / (sphere * table.ears.len() as f64);
                for (sum, it) in power.iter_mut().zip(phase::power(&spectrum, length)) {
                    *sum += weight * it;
                }
            }
        }
        Self { rate_hz: table.rate_hz, length, power }
    }

    fn bin(&self, frequency_hz: f64) -> f64 {
        (frequency_hz * self.length as f64 / self.rate_hz).clamp(0.0, (self.length / 2) as f64)
    }

    /// The levels in the range in which they count, in decibels.
    fn levels_db(&self) -> impl Iterator<Item = f64> {
        let [first, last] = RANGE_HZ.map(|it| self.bin(it));
        let bins = &self.power[first.ceil() as usize..=last as usize];
        bins.iter().map(|power| DECIBELS * libm::log(power.max(1e-30)))
    }

    fn mean_db(&self) -> f64 {
        self.levels_db().sum::<f64>() / self.levels_db().count() as f64
    }

    /// The standard deviation of the level from 200 Hz to 16 kHz, in decibels.
    pub fn deviation_db(&self) -> f64 {
        let mean = self.mean_db();
        let squares: f64 = self.levels_db().map(|it| (it - mean) * (it - mean)).sum();
        libm::sqrt(squares / self.levels_db().count() as f64)
    }

    /// The response of the filter that makes the field flat from a frequency on, at 0 dB.
    fn inverse(&self, from_hz: f64) -> Vec<f32> {
        let mean = self.mean_db();
        let (lowest, highest) = (self.bin(from_hz), self.bin(RANGE_HZ[1]));
        let level_db = |bin: usize| {
            // Outside of the range, where measurements end, it stays as it is at its limits.
            let centre = (bin as f64).clamp(lowest, highest);
            DECIBELS * libm::log(self.smoothed(centre).max(1e-30))
        };
        let gain_db = |bin: usize| (mean - level_db(bin)).clamp(-MOST_DB, MOST_DB) - mean;
        let logs: Vec<f64> =
            (0..=self.length / 2).map(|bin| gain_db(bin) / (2.0 * DECIBELS)).collect();
        let mut fourier = Fourier::new(self.length);
        let mut phases = Vec::new();
        phase::minimum_phase(&mut fourier, &logs, &mut phases);
        let mut spectrum = Spectrum::silent(self.length);
        for (bin, (log, phase)) in logs.iter().zip(&phases).enumerate() {
            let (sin, cos) = libm::sincos(*phase);
            spectrum.real[bin] = (libm::exp(*log) * cos) as f32;
            spectrum.imaginary[bin] = (libm::exp(*log) * sin) as f32;
        }
        let mut response = vec![0.0; self.length];
        fourier.inverse(&spectrum, &mut response);
        response
    }

    /// The mean power in a band around a bin.
    fn smoothed(&self, centre: f64) -> f64 {
        let half = libm::exp2(OCTAVES / 2.0);
        let (first, last) = (centre / half, (centre * half).min((self.length / 2) as f64));
        let overlap = |bin: usize| {
            let (low, high) = (bin as f64 - 0.5, bin as f64 + 0.5);
            (high.min(last.max(centre + 0.5)) - low.max(first.min(centre - 0.5))).max(0.0)
        };
        let last_bin = ((last.max(centre) + 1.5) as usize).min(self.length / 2);
        let bins = (first.min(centre) - 1.0).max(0.0) as usize..=last_bin;
        let (sum, width) = bins.fold((0.0, 0.0), |(sum, width), bin| {
            (sum + overlap(bin) * self.power[bin], width + overlap(bin))
        });
        sum / width
    }
}

/// Makes the diffuse field of a table flat from a frequency on, at 0 dB.
pub fn flatten(table: &mut Table, field: &DiffuseField, from_hz: f64) {
    let length = (2 * table.taps).next_power_of_two().max(field.length);
    let mut fourier = Fourier::new(length);
    let (mut filter, mut spectrum) = (Spectrum::silent(length), Spectrum::silent(length));
    let mut stretch = vec![0.0; length];
    let inverse = field.inverse(from_hz);
    // The first half of it is what comes after, the second what wrapped around.
    stretch[..table.taps].copy_from_slice(&inverse[..table.taps]);
    fourier.forward(&stretch, &mut filter);
    for ear in &mut table.ears {
        for row in ear.responses.chunks_exact_mut(table.taps) {
            stretch[table.taps..].fill(0.0);
            stretch[..table.taps].copy_from_slice(row);
            fourier.forward(&stretch, &mut spectrum);
            for bin in 0..=length / 2 {
                let (real, imaginary) = (spectrum.real[bin], spectrum.imaginary[bin]);
                spectrum.real[bin] = real * filter.real[bin] - imaginary * filter.imaginary[bin];
                spectrum.imaginary[bin] =
                    real * filter.imaginary[bin] + imaginary * filter.real[bin];
            }
            fourier.inverse(&spectrum, &mut stretch);
            row.copy_from_slice(&stretch[..table.taps]);
        }
    }
}

/// The part of the sphere around each direction: a third of every triangle that meets there.
pub fn areas(directions: &[Vector], faces: &[Face]) -> Vec<f64> {
    let mut areas = vec![0.0; directions.len()];
    for face in faces {
        let third = solid_angle([0, 1, 2].map(|corner| &directions[face[corner]])) / 3.0;
        face.iter().for_each(|&corner| areas[corner] += third);
    }
    areas
}
