//! The filters of second order that absorption is made of.
//!
//! Robert Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients": a bell or a
//! shelf of which only the gain is free. Negative gains have the poles of the positive ones as
//! zeros, so that all of them are stable.

use std::f64::consts::{FRAC_1_SQRT_2, TAU};

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

/// `b0 + b1 z^-1 + b2 z^-2` over `1 + a1 z^-1 + a2 z^-2`.
#[derive(Clone, Copy, Debug)]
pub struct Coefficients {
    pub b: [f64; 3],
    pub a: [f64; 2],
}

impl Section {
    /// The filter of a gain.
    pub fn coefficients(self, gain_db: f64, rate_hz: f64) -> Coefficients {
        let angle = TAU * self.freq_hz / rate_hz;
        let (sine, cosine) = (libm::sin(angle), libm::cos(angle));
        let amplitude = libm::exp10(gain_db / 40.0);
        let (b, a) = match self.shape {
            Shape::Bell => bell(amplitude, sine / 2.0, cosine),
            Shape::LowShelf => low_shelf(amplitude, sine * FRAC_1_SQRT_2, cosine),
            // A high shelf is a low shelf of the mirrored spectrum.
            Shape::HighShelf => {
                let (b, a) = low_shelf(amplitude, sine * FRAC_1_SQRT_2, -cosine);
                ([b[0], -b[1], b[2]], [a[0], -a[1], a[2]])
            }
        };
        Coefficients { b: b.map(|it| it / a[0]), a: [a[1] / a[0], a[2] / a[0]] }
    }
}

fn bell(amplitude: f64, alpha: f64, cosine: f64) -> ([f64; 3], [f64; 3]) {
    let b = [1.0 + alpha * amplitude, -2.0 * cosine, 1.0 - alpha * amplitude];
    let a = [1.0 + alpha / amplitude, -2.0 * cosine, 1.0 - alpha / amplitude];
    (b, a)
}

fn low_shelf(amplitude: f64, alpha: f64, cosine: f64) -> ([f64; 3], [f64; 3]) {
    let (above, below) = (amplitude + 1.0, amplitude - 1.0);
    let slope = 2.0 * libm::sqrt(amplitude) * alpha;
    let b = [
        amplitude * (above - below * cosine + slope),
        2.0 * amplitude * (below - above * cosine),
        amplitude * (above - below * cosine - slope),
    ];
    let a = [
        above + below * cosine + slope,
        -2.0 * (below + above * cosine),
        above + below * cosine - slope,
    ];
    (b, a)
}

impl Coefficients {
    /// The gain at a frequency, in decibels.
    pub fn gain_db(&self, freq_hz: f64, rate_hz: f64) -> f64 {
        let angle = TAU * freq_hz / rate_hz;
        let power = |c: [f64; 3]| {
            let real = c[0] + c[1] * libm::cos(angle) + c[2] * libm::cos(2.0 * angle);
            let imaginary = c[1] * libm::sin(angle) + c[2] * libm::sin(2.0 * angle);
            real * real + imaginary * imaginary
        };
        10.0 * libm::log10(power(self.b) / power([1.0, self.a[0], self.a[1]]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_turns_up_what_it_says() {
        let gains = |shape| {
            let filter = Section { shape, freq_hz: 1000.0 }.coefficients(-6.0, 48_000.0);
            [10.0, 1000.0, 23_000.0].map(|freq_hz| filter.gain_db(freq_hz, 48_000.0))
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
