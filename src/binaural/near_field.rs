//! What nearness does to the level at each ear: a shelf, by the model of a rigid sphere for a head
//! (Duda and Martens 1998, "Range dependence of the response of a spherical head model").
//!
//! All is relative to the same source at a metre with its level at the middle of the head: from a
//! metre on nothing changes.
//!
//! - Low notes go by the potential of a point before a rigid sphere, the limit of the model at 0 Hz,
//!   in closed form: with `s` = head radius by distance, `c` the cosine of the angle to the ear and
//!   `q` = sqrt(1 - 2 s c + s^2), the level is `2 / q - ln((s - c + q) / (1 - c)) / s`.
//! - High notes go by the way to the ear: as 1 by its length where the ear sees the source; where it
//!   does not, 8.1 dB are lost for each radian that the sound creeps round the head. That is the
//!   model between 4 and 9 kHz, within 1.5 dB from 0.2 m on.
//! - Between them is one pole, from 600 Hz at the near ear to 2400 at the far one.

use std::f64::consts::{PI, TAU};

use crate::block::{QUANTUM, Quantum};
use crate::dsp::STATE_FLOOR;
use crate::units::decibels_to_amplitude;

/// From here on nothing changes.
const FAR_M: f64 = 1.0;

/// Nothing comes nearer than this to the middle of the head.
pub(super) const NEAREST_M: f64 = 0.15;

/// Half the width of a head.
const HEAD_RADIUS_M: f64 = 0.0875;

/// What high notes lose on their way round the head.
const CREEPING_DB: f64 = 8.1;

/// Where the shelf bends at the near ear.
const BEND_HZ: f64 = 600.0;

/// By how many octaves higher it bends at the far ear.
const BEND_OCTAVES: f64 = 2.0;

/// A shelf: the gain of what is low, that of what is high, and the pole between.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearness {
    low: f64,
    high: f64,
    pole: f64,
}

impl Default for Nearness {
    fn default() -> Self {
        Self { low: 1.0, high: 1.0, pole: 0.0 }
    }
}

impl Nearness {
    /// What nearness does at an ear, `cosine` being that of the angle between the directions of the
    /// source and of the ear.
    #[must_use]
    pub fn new(distance_m: f64, cosine: f64, rate_hz: f64) -> Self {
        // What is no number counts as far.
        if distance_m.is_nan() || distance_m >= FAR_M {
            return Self::default();
        }
        let distance_m = distance_m.max(NEAREST_M);
        let cosine = cosine.clamp(-1.0, 1.0);
        let bend_hz = BEND_HZ * libm::exp2(0.5 * (1.0 - cosine) * BEND_OCTAVES);
        Self {
            low: low(distance_m, cosine) / low(FAR_M, cosine),
            high: high(distance_m, cosine) / high(FAR_M, cosine),
            pole: libm::exp(-TAU * bend_hz / rate_hz),
        }
    }

    /// The gain at 0 Hz and the one at high frequencies.
    #[must_use]
    pub fn gains(&self) -> [f64; 2] {
        [self.low, self.high]
    }

    /// A share (0 to 1) of the way to another.
    #[inline(always)]
    pub(super) fn between(&self, to: &Self, share: f64) -> Self {
        let between = |from: f64, to: f64| from + share * (to - from);
        Self {
            low: between(self.low, to.low),
            high: between(self.high, to.high),
            pole: between(self.pole, to.pole),
        }
    }

    fn is_none(&self) -> bool {
        self.low == 1.0 && self.high == 1.0
    }
}

/// The level of low notes at an ear, relative to that in the middle of the head without the head.
fn low(distance_m: f64, cosine: f64) -> f64 {
    let near = HEAD_RADIUS_M / distance_m;
    let way = libm::sqrt(1.0 - 2.0 * near * cosine + near * near);
    // The quotient of two small numbers, where the source is before the ear.
    let spread = if cosine > 1.0 - 1e-9 {
        1.0 / (1.0 - near)
    } else {
        (near - cosine + way) / (1.0 - cosine)
    };
    2.0 / way - libm::log(spread) / near
}

/// The level of high notes at an ear, but for what does not depend on the distance.
fn high(distance_m: f64, cosine: f64) -> f64 {
    let near = HEAD_RADIUS_M / distance_m;
    let way = libm::sqrt(1.0 - 2.0 * near * cosine + near * near);
    let creeping = libm::acos(cosine) - libm::acos(near);
    decibels_to_amplitude(-CREEPING_DB * creeping.clamp(0.0, PI)) / way
}

/// The filter at work: what is high, and the rest of what is low.
#[derive(Clone, Debug, Default)]
pub(super) struct Shelf {
    low: f64,
}

impl Shelf {
    /// Frames after which nothing is left of what came in, up to 384 kHz.
    pub(super) const TAIL_FRAMES: usize = 4096;

    /// Filters a quantum, from the shelf that holds when it begins to the one that does when it ends.
    #[inline(always)]
    pub(super) fn process(&mut self, [begin, end]: [Nearness; 2], samples: &mut Quantum) {
        if begin.is_none() && end.is_none() {
            self.low = 0.0;
            return;
        }
        for (frame, sample) in samples.iter_mut().enumerate() {
            let share = frame as f64 * (1.0 / QUANTUM as f64);
            let between = |from: f64, to: f64| from + (to - from) * share;
            let input = f64::from(*sample);
            self.low = input + between(begin.pole, end.pole) * (self.low - input);
            let high = between(begin.high, end.high);
            *sample = (high * input + (between(begin.low, end.low) - high) * self.low) as f32;
        }
        // What is no number becomes nothing, too.
        if !(self.low.abs() >= STATE_FLOOR && self.low.abs() < f64::INFINITY) {
            self.low = 0.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of the series of the model (Duda and Martens, equation 3), worked out in double precision apart
    /// from this: decibels relative to 1 m at 0.2 m, at 100 Hz and 6.5 kHz, by the angle to the ear.
    const MODEL: [(f64, f64, f64); 5] = [
        (0.0, 5.8, 4.1),
        (30.0, 4.1, 2.6),
        (60.0, 1.1, -0.7),
        (120.0, -2.8, -5.2),
        (180.0, -3.9, -5.4),
    ];

    #[test]
    fn it_is_the_model_of_the_sphere() {
        for (angle_deg, low_db, high_db) in MODEL {
            let nearness = Nearness::new(0.2, libm::cos(f64::to_radians(angle_deg)), 48_000.0);
            let [low, high] = nearness.gains().map(|gain| 20.0 * libm::log10(gain));
            assert!((low - low_db).abs() < 0.1, "{angle_deg}: {low} dB");
            // The law of the way is an approximation.
            assert!((high - high_db).abs() < 1.7, "{angle_deg}: {high} dB");
        }
    }

    #[test]
    fn it_is_smooth_up_to_a_metre_where_it_ends() {
        for angle in 0..=180 {
            let cosine = libm::cos(f64::from(angle).to_radians());
            let mut before = Nearness::new(0.0, cosine, 48_000.0).gains();
            for step in 1..=2000 {
                let now = Nearness::new(f64::from(step) * 0.001, cosine, 48_000.0).gains();
                for (now, before) in now.iter().zip(before) {
                    // The steepest there is, at 0.15 m before the ear: 0.2 dB in a millimetre.
                    assert!(
                        (now / before - 1.0).abs() < 0.03 && *now > 0.0,
                        "{now} after {before}"
                    );
                }
                before = now;
            }
            assert_eq!(before, [1.0; 2]);
        }
    }
}
