//! What echoes lose, of one line.

use std::f64::consts::{PI, SQRT_2};

/// A Butterworth filter of second order (12 dB an octave, -3 dB at its frequency), by the bilinear
/// transform, in transposed direct form II.
#[derive(Clone, Copy, Debug)]
pub struct Butterworth {
    b: [f64; 3],
    a: [f64; 2],
    state: [f64; 2],
}

impl Butterworth {
    /// Passes what lies below.
    pub fn lowpass(freq_hz: f64, rate_hz: f64) -> Self {
        let tangent = libm::tan(PI * freq_hz / rate_hz);
        let square = tangent * tangent;
        Self::new([square, 2.0 * square, square], tangent)
    }

    /// Passes what lies above.
    pub fn highpass(freq_hz: f64, rate_hz: f64) -> Self {
        Self::new([1.0, -2.0, 1.0], libm::tan(PI * freq_hz / rate_hz))
    }

    fn new(b: [f64; 3], tangent: f64) -> Self {
        let square = tangent * tangent;
        let whole = 1.0 + SQRT_2 * tangent + square;
        let a = [2.0 * (square - 1.0) / whole, (1.0 - SQRT_2 * tangent + square) / whole];
        Self { b: b.map(|it| it / whole), a, state: [0.0; 2] }
    }

    /// Filters one sample.
    #[inline]
    pub fn process(&mut self, input: f64) -> f64 {
        let output = self.b[0] * input + self.state[0];
        self.state[0] = self.b[1] * input - self.a[0] * output + self.state[1];
        self.state[1] = self.b[2] * input - self.a[1] * output;
        output
    }

    /// Forgets all it has heard.
    pub fn clear(&mut self) {
        self.state = [0.0; 2];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The gain of a filter at a frequency, from its impulse response.
    fn gain_db(mut filter: Butterworth, freq_hz: f64) -> f64 {
        let (mut real, mut imaginary) = (0.0, 0.0);
        for frame in 0..20_000 {
            let out = filter.process(if frame == 0 { 1.0 } else { 0.0 });
            let phase = 2.0 * PI * freq_hz / 48_000.0 * f64::from(frame);
            real += out * libm::cos(phase);
            imaginary -= out * libm::sin(phase);
        }
        20.0 * libm::log10(libm::hypot(real, imaginary))
    }

    /// `1 / (1 + x^4)` with the warped frequencies of the bilinear transform.
    #[test]
    fn it_falls_by_12_db_an_octave() {
        let warped = |freq_hz: f64| libm::tan(PI * freq_hz / 48_000.0);
        for freq_hz in [100.0, 250.0, 500.0, 1000.0, 2000.0, 5000.0] {
            let ratio = warped(freq_hz) / warped(500.0);
            for (filter, ratio) in [
                (Butterworth::lowpass(500.0, 48_000.0), ratio),
                (Butterworth::highpass(500.0, 48_000.0), 1.0 / ratio),
            ] {
                let expected = -10.0 * libm::log10(1.0 + libm::pow(ratio, 4.0));
                let measured = gain_db(filter, freq_hz);
                assert!((measured - expected).abs() < 1e-6, "{freq_hz} Hz: {measured}");
            }
        }
    }
}
