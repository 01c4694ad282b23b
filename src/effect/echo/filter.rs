//! What echoes lose, of one line.

use std::f64::consts::FRAC_1_SQRT_2;

use crate::dsp::{Biquad, BiquadFilter};

/// A Butterworth filter of second order: 12 dB an octave, -3 dB at its frequency.
#[derive(Clone, Debug)]
pub struct Butterworth {
    section: Biquad,
    state: BiquadFilter,
}

impl Butterworth {
    /// Passes what lies below.
    pub fn lowpass(freq_hz: f64, rate_hz: f64) -> Self {
        Self::new(Biquad::low_pass(freq_hz, FRAC_1_SQRT_2, rate_hz))
    }

    /// Passes what lies above.
    pub fn highpass(freq_hz: f64, rate_hz: f64) -> Self {
        Self::new(Biquad::high_pass(freq_hz, FRAC_1_SQRT_2, rate_hz))
    }

    fn new(section: Biquad) -> Self {
        Self { section, state: BiquadFilter::default() }
    }

    /// Filters one sample.
    #[inline]
    pub fn process(&mut self, input: f64) -> f64 {
        self.state.process(input, &self.section)
    }

    /// Forgets all it has heard.
    pub fn clear(&mut self) {
        self.state = BiquadFilter::default();
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

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
