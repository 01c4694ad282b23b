//! The simplest low-pass there is, for the dulling of sound by the air.

use std::f64::consts::PI;

use super::STATE_FLOOR;
use crate::units::decibels_to_amplitude;

/// `y = x + pole * (y' - x)`: unity gain at 0 Hz, a pole from 0 (open) towards 1 (closed).
#[derive(Clone, Copy, Debug, Default)]
pub struct OnePole {
    state: f64,
}

impl OnePole {
    /// The pole whose low-pass loses `loss_db` (0 or more) at `frequency_hz`, in closed form:
    /// |H|^2 = (1-a)^2 / (1 - 2a cos w + a^2) solved for a.
    #[must_use]
    pub fn pole(loss_db: f64, frequency_hz: f64, rate_hz: f64) -> f64 {
        let power = decibels_to_amplitude(-2.0 * loss_db);
        if power >= 1.0 {
            return 0.0;
        }
        let cosine = libm::cos(2.0 * PI * (frequency_hz / rate_hz).min(0.5));
        let half = (1.0 - power * cosine) / (1.0 - power);
        half - libm::sqrt(half * half - 1.0)
    }

    /// Filters one sample.
    #[inline]
    pub fn process(&mut self, input: f32, pole: f64) -> f32 {
        let input = f64::from(input);
        self.state = input + pole * (self.state - input);
        self.state as f32
    }

    /// Ends a quantum: what has become inaudibly small becomes nothing.
    pub fn settle(&mut self) {
        if self.state.abs() < STATE_FLOOR {
            self.state = 0.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The gain of a filter at a frequency, from its impulse response.
    fn gain_db(pole: f64, frequency_hz: f64, rate_hz: f64) -> f64 {
        let mut filter = OnePole::default();
        let (mut real, mut imaginary) = (0.0, 0.0);
        for frame in 0..20_000 {
            let out = f64::from(filter.process(if frame == 0 { 1.0 } else { 0.0 }, pole));
            let phase = 2.0 * PI * frequency_hz / rate_hz * f64::from(frame);
            real += out * libm::cos(phase);
            imaginary -= out * libm::sin(phase);
        }
        20.0 * libm::log10(libm::hypot(real, imaginary))
    }

    #[test]
    fn the_loss_is_the_one_asked_for() {
        for rate_hz in [44_100.0, 48_000.0, 96_000.0] {
            for loss_db in [0.0, 0.5, 3.0, 12.0, 20.0] {
                let pole = OnePole::pole(loss_db, 8000.0, rate_hz);
                let measured = gain_db(pole, 8000.0, rate_hz);
                // The response is measured on f32 samples.
                assert!((measured + loss_db).abs() < 1e-4, "{loss_db} dB came out as {measured}");
                assert!(gain_db(pole, 0.0, rate_hz).abs() < 1e-4);
            }
        }
    }

    #[test]
    fn silence_settles_to_nothing() {
        let mut filter = OnePole::default();
        filter.process(1.0, 0.99);
        for _ in 0..200 {
            for _ in 0..64 {
                filter.process(0.0, 0.99);
            }
            filter.settle();
        }
        assert_eq!(filter.process(0.0, 0.99), 0.0);
    }
}
