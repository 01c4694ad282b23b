//! What each ear hears from each direction: how loud, how early, and at which frequencies.

use super::diffuse;
use crate::dsp::{Fourier, Spectrum};
use crate::hrtf::{EARS, Measured};

/// Bins of spectra are at most this far apart, in Hz: a third of 1/6 octave at 200 Hz.
const BIN_HZ: f64 = 25.0;

/// Time differences are told from what is below this, in Hz: above, the waves are shorter than the
/// head, and many delays are alike. From half of it on it counts less and less.
const TIMING_HZ: f64 = 1500.0;

/// No head is larger than this time of sound, in seconds.
const MOST_ITD_S: f64 = 1.5e-3;

/// What is heard of a set.
pub(super) struct Hearing {
    rate_hz: f64,
    /// The level of each response, over all frequencies.
    pub(super) levels_db: Vec<[f64; EARS]>,
    /// How much earlier the left ear hears each direction.
    pub(super) itds_s: Vec<f64>,
    /// The mean power at each bin.
    power: Vec<f64>,
}

impl Hearing {
    /// Listens to a set, each of whose directions stands for a share of the sphere.
    pub(super) fn new(set: &Measured, shares: &[f64]) -> Self {
        let fine = (set.rate_hz / BIN_HZ) as usize;
        let length = (2 * set.taps).max(fine).next_power_of_two();
        let mut room = Room {
            fourier: Fourier::new(length),
            spectra: std::array::from_fn(|_| Spectrum::silent(length)),
            samples: vec![0.0; length],
        };
        let mut heard = Self {
            rate_hz: set.rate_hz,
            levels_db: Vec::with_capacity(shares.len()),
            itds_s: Vec::with_capacity(shares.len()),
            power: vec![0.0; length / 2 + 1],
        };
        for (direction, share) in shares.iter().enumerate() {
            let level_db = |ear: usize| level_db(set.response(direction, ear));
            heard.levels_db.push([level_db(0), level_db(1)]);
            room.transform(set, direction);
            for spectrum in &room.spectra {
                let bins = spectrum.real.iter().zip(&spectrum.imaginary);
                for (sum, (real, imaginary)) in heard.power.iter_mut().zip(bins) {
                    let power = f64::from(*real).powi(2) + f64::from(*imaginary).powi(2);
                    *sum += share / EARS as f64 * power;
                }
            }
            let [left, right] = set.delays_frames[direction];
            let lag = room.lag_frames(set.rate_hz) + right - left;
            heard.itds_s.push(lag / set.rate_hz);
        }
        heard
    }

    /// The level of the diffuse field at frequencies.
    pub(super) fn diffuse_levels_db(&self) -> Vec<[f64; 2]> {
        diffuse::levels_db(&self.power, self.rate_hz)
    }
}

fn level_db(response: &[f32]) -> f64 {
    let energy: f64 = response.iter().map(|sample| f64::from(*sample).powi(2)).sum();
    10.0 * libm::log10(energy)
}

/// The room in which responses are transformed.
struct Room {
    fourier: Fourier,
    spectra: [Spectrum; EARS],
    samples: Vec<f32>,
}

impl Room {
    /// The spectra of both ears.
    fn transform(&mut self, set: &Measured, direction: usize) {
        for (ear, spectrum) in self.spectra.iter_mut().enumerate() {
            self.samples.fill(0.0);
            self.samples[..set.taps].copy_from_slice(set.response(direction, ear));
            self.fourier.forward(&self.samples, spectrum);
        }
    }

    /// How many frames later the right ear hears: where the cross-correlation of the low
    /// frequencies is largest, between frames by a parabola. The spectra are used up.
    fn lag_frames(&mut self, rate_hz: f64) -> f64 {
        let length = self.samples.len();
        let [left, right] = &mut self.spectra;
        for bin in 0..=length / 2 {
            let frequency_hz = bin as f64 * rate_hz / length as f64;
            let weight = (2.0 - 2.0 * frequency_hz / TIMING_HZ).clamp(0.0, 1.0) as f32;
            let (a, b) = (right.real[bin], right.imaginary[bin]);
            let (c, d) = (left.real[bin], left.imaginary[bin]);
            // The right ear times the conjugate of the left.
            left.real[bin] = weight * (a * c + b * d);
            left.imaginary[bin] = weight * (b * c - a * d);
        }
        self.fourier.inverse(left, &mut self.samples);
        let most = (libm::ceil(MOST_ITD_S * rate_hz) as isize).min(length as isize / 2 - 1);
        let at = |lag: isize| f64::from(self.samples[lag.rem_euclid(length as isize) as usize]);
        let mut best = 0;
        // From the middle outwards: of equals the smallest is taken.
        for lag in (1..=most).flat_map(|lag| [lag, -lag]) {
            if at(lag) > at(best) {
                best = lag;
            }
        }
        let (before, peak, after) = (at(best - 1), at(best), at(best + 1));
        let bend = before - 2.0 * peak + after;
        let shift = if bend < 0.0 { 0.5 * (before - after) / bend } else { 0.0 };
        best as f64 + shift.clamp(-0.5, 0.5)
    }
}
