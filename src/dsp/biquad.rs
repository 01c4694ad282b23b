//! Second-order filter sections: their coefficients and what they do to a frequency.

use std::f64::consts::PI;

use nalgebra::Complex;

use crate::units::{amplitude_to_decibels, decibels_to_amplitude};

/// `H(z) = (b0 + b1 z^-1 + b2 z^-2) / (1 + a1 z^-1 + a2 z^-2)`.
///
/// The designs are those of Robert Bristow-Johnson's "Audio EQ Cookbook" unless said otherwise. They
/// expect frequencies above 0 and below half the sample rate, and a `q` above 0; nothing is checked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Biquad {
    /// Weight of the input.
    pub b0: f64,
    /// Weight of the input one frame ago.
    pub b1: f64,
    /// Weight of the input two frames ago.
    pub b2: f64,
    /// Weight, negated, of the output one frame ago.
    pub a1: f64,
    /// Weight, negated, of the output two frames ago.
    pub a2: f64,
}

impl Biquad {
    /// What leaves everything as it is.
    pub const IDENTITY: Self = Self { b0: 1.0, b1: 0.0, b2: 0.0, a1: 0.0, a2: 0.0 };

    /// What leaves nothing.
    pub const SILENCE: Self = Self { b0: 0.0, ..Self::IDENTITY };

    /// A bell: `gain_db` at the centre, 0 dB far away; `q` is centre over bandwidth.
    #[must_use]
    pub fn bell(freq_hz: f64, gain_db: f64, q: f64, rate_hz: f64) -> Self {
        let Angle { cos, alpha, .. } = Angle::new(freq_hz, q, rate_hz);
        let a = decibels_to_amplitude(gain_db / 2.0);
        Self::normalised(
            [1.0 + alpha * a, -2.0 * cos, 1.0 - alpha * a],
            [1.0 + alpha / a, -2.0 * cos, 1.0 - alpha / a],
        )
    }

    /// A low shelf: `gain_db` far below, half of it at `freq_hz`, 0 dB far above.
    #[must_use]
    pub fn low_shelf(freq_hz: f64, gain_db: f64, q: f64, rate_hz: f64) -> Self {
        let Angle { cos, alpha, .. } = Angle::new(freq_hz, q, rate_hz);
        let a = decibels_to_amplitude(gain_db / 2.0);
        let (up, down, bend) = (a + 1.0, a - 1.0, 2.0 * libm::sqrt(a) * alpha);
        Self::normalised(
            [
                a * (up - down * cos + bend),
                2.0 * a * (down - up * cos),
                a * (up - down * cos - bend),
            ],
            [up + down * cos + bend, -2.0 * (down + up * cos), up + down * cos - bend],
        )
    }

    /// A high shelf: `gain_db` far above, half of it at `freq_hz`, 0 dB far below.
    #[must_use]
    pub fn high_shelf(freq_hz: f64, gain_db: f64, q: f64, rate_hz: f64) -> Self {
        let Angle { cos, alpha, .. } = Angle::new(freq_hz, q, rate_hz);
        let a = decibels_to_amplitude(gain_db / 2.0);
        let (up, down, bend) = (a + 1.0, a - 1.0, 2.0 * libm::sqrt(a) * alpha);
        Self::normalised(
            [
                a * (up + down * cos + bend),
                -2.0 * a * (down + up * cos),
                a * (up + down * cos - bend),
            ],
            [up - down * cos + bend, 2.0 * (down - up * cos), up - down * cos - bend],
        )
    }

    /// A band-pass of 0 dB at the centre; `q` is centre over the bandwidth between the -3 dB points.
    #[must_use]
    pub fn band_pass(freq_hz: f64, q: f64, rate_hz: f64) -> Self {
        let angle = Angle::new(freq_hz, q, rate_hz);
        Self::normalised([angle.alpha, 0.0, -angle.alpha], angle.resonance())
    }

    /// A notch: nothing at the centre, 0 dB far away.
    #[must_use]
    pub fn notch(freq_hz: f64, q: f64, rate_hz: f64) -> Self {
        let angle = Angle::new(freq_hz, q, rate_hz);
        Self::normalised([1.0, -2.0 * angle.cos, 1.0], angle.resonance())
    }

    /// An all-pass: 0 dB everywhere, half a turn of phase at `freq_hz`.
    #[must_use]
    pub fn all_pass(freq_hz: f64, q: f64, rate_hz: f64) -> Self {
        let resonance = Angle::new(freq_hz, q, rate_hz).resonance();
        let [a0, a1, a2] = resonance;
        Self::normalised([a2, a1, a0], resonance)
    }

    /// A high-pass of second order: `q` is the amplitude at `freq_hz`.
    #[must_use]
    pub fn high_pass(freq_hz: f64, q: f64, rate_hz: f64) -> Self {
        let angle = Angle::new(freq_hz, q, rate_hz);
        let b1 = 1.0 + angle.cos;
        Self::normalised([b1 / 2.0, -b1, b1 / 2.0], angle.resonance())
    }

    /// A low-pass of second order: `q` is the amplitude at `freq_hz`.
    #[must_use]
    pub fn low_pass(freq_hz: f64, q: f64, rate_hz: f64) -> Self {
        let angle = Angle::new(freq_hz, q, rate_hz);
        // 1 - cos w, without the cancellation near 0 Hz.
        let b1 = 2.0 * angle.half_sin * angle.half_sin;
        Self::normalised([b1 / 2.0, b1, b1 / 2.0], angle.resonance())
    }

    /// A high-pass of first order, -3.01 dB at `freq_hz`: `s / (s + 1)` by the bilinear transform
    /// with `s = 1` taken to `freq_hz`.
    #[must_use]
    pub fn high_pass_first_order(freq_hz: f64, rate_hz: f64) -> Self {
        let k = warped(freq_hz, rate_hz);
        Self::normalised([1.0, -1.0, 0.0], [k + 1.0, k - 1.0, 0.0])
    }

    /// A low-pass of first order, -3.01 dB at `freq_hz`: `1 / (s + 1)`, made digital likewise.
    #[must_use]
    pub fn low_pass_first_order(freq_hz: f64, rate_hz: f64) -> Self {
        let k = warped(freq_hz, rate_hz);
        Self::normalised([k, k, 0.0], [k + 1.0, k - 1.0, 0.0])
    }

    /// A tilt about `freq_hz`, which stays at 0 dB: minus half of `gain_db` far below, plus half far
    /// above, on a curve symmetric about the pivot (before the bilinear transform squeezes its top).
    ///
    /// It is the gentlest there is, a low and a high shelf of first order in one section:
    /// `H(s) = (A s + 1) / (s + A)` with `A = 10^(gain_db / 40)`, made digital likewise.
    #[must_use]
    pub fn tilt(freq_hz: f64, gain_db: f64, rate_hz: f64) -> Self {
        let k = warped(freq_hz, rate_hz);
        let a = decibels_to_amplitude(gain_db / 2.0);
        Self::normalised([a + k, k - a, 0.0], [1.0 + a * k, a * k - 1.0, 0.0])
    }

    /// The complex gain at a frequency.
    #[must_use]
    pub fn response(&self, freq_hz: f64, rate_hz: f64) -> Complex<f64> {
        let (sin, cos) = libm::sincos(2.0 * PI * freq_hz / rate_hz);
        let ago = Complex::new(cos, -sin);
        let before = ago * ago;
        let numerator = ago * self.b1 + before * self.b2 + self.b0;
        let denominator = ago * self.a1 + before * self.a2 + 1.0;
        numerator / denominator
    }

    /// The gain at a frequency, as an amplitude ratio.
    #[must_use]
    pub fn magnitude(&self, freq_hz: f64, rate_hz: f64) -> f64 {
        libm::sqrt(self.response(freq_hz, rate_hz).norm_sqr())
    }

    /// The gain at a frequency in decibels; minus infinity where nothing is left.
    #[must_use]
    pub fn magnitude_db(&self, freq_hz: f64, rate_hz: f64) -> f64 {
        amplitude_to_decibels(self.magnitude(freq_hz, rate_hz))
    }

    /// The coefficients in the order b0, b1, b2, a1, a2.
    #[must_use]
    pub fn to_array(self) -> [f64; 5] {
        [self.b0, self.b1, self.b2, self.a1, self.a2]
    }

    fn normalised(b: [f64; 3], a: [f64; 3]) -> Self {
        let [b0, b1, b2] = b.map(|weight| weight / a[0]);
        Self { b0, b1, b2, a1: a[1] / a[0], a2: a[2] / a[0] }
    }
}

/// What the Cookbook's designs have in common.
struct Angle {
    cos: f64,
    half_sin: f64,
    alpha: f64,
}

impl Angle {
    fn new(freq_hz: f64, q: f64, rate_hz: f64) -> Self {
        let (sin, cos) = libm::sincos(2.0 * PI * freq_hz / rate_hz);
        Self { cos, half_sin: libm::sin(PI * freq_hz / rate_hz), alpha: sin / (2.0 * q) }
    }

    /// The denominator of all but bells and shelves.
    fn resonance(&self) -> [f64; 3] {
        [1.0 + self.alpha, -2.0 * self.cos, 1.0 - self.alpha]
    }
}

/// Where the bilinear transform has to put the analogue corner.
fn warped(freq_hz: f64, rate_hz: f64) -> f64 {
    libm::tan(PI * freq_hz / rate_hz)
}
