//! The filters of second order that absorption is made of.
//!
//! A bell or a shelf of which only the gain is free. Negative gains have the poles of the positive
//! ones as zeros, so that all of them are stable.

use std::f64::consts::FRAC_1_SQRT_2;

use crate::dsp::Biquad;

/// What a section does to the spectrum.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Turns up what lies below.
    LowShelf,
    /// Turns up what lies around, at a Q of 1: a third of it (in decibels) an octave away.
    Bell,
    /// Turns up what lies above.
    HighShelf,
}

/// A place of the spectrum that is turned up or down.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    pub shape: Shape,
    pub freq_hz: f64,
}

impl Section {
    /// The filter of a gain.
    pub fn coefficients(self, gain_db: f64, rate_hz: f64) -> Biquad {
        let Self { shape, freq_hz } = self;
        match shape {
            Shape::Bell => Biquad::bell(freq_hz, gain_db, 1.0, rate_hz),
            Shape::LowShelf => Biquad::low_shelf(freq_hz, gain_db, FRAC_1_SQRT_2, rate_hz),
            Shape::HighShelf => Biquad::high_shelf(freq_hz, gain_db, FRAC_1_SQRT_2, rate_hz),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_turns_up_what_it_says() {
        let gains = |shape| {
            let filter = Section { shape, freq_hz: 1000.0 }.coefficients(-6.0, 48_000.0);
            [10.0, 1000.0, 23_000.0].map(|freq_hz| filter.magnitude_db(freq_hz, 48_000.0))
        };
        let expected = [
            (Shape::LowShelf, [-6.0, -3.0, 0.0]),
            (Shape::Bell, [0.0, -6.0, 0.0]),
            (Shape::HighShelf, [0.0, -3.0, -6.0]),
        ];
        for (shape, expected) in expected {
            for (gain, expected) in gains(shape).iter().zip(expected) {
                // The bell has not quite ended at 10 Hz and 23 kHz.
                assert!((gain - expected).abs() < 0.002, "{shape:?}: {gain}");
            }
        }
    }
}
