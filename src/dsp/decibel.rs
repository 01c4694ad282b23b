//! Decibels and back for many samples at once: polynomials that the compiler lays side by side,
//! with the same bits on every processor.

use std::f64::consts::{LN_2, LOG2_10};

use super::polynomial::polynomial;

/// Decibels in a doubling of the amplitude: `20 log10 2`.
const DECIBELS_AN_OCTAVE: f64 = 20.0 / LOG2_10;

/// `2^52 + 2^51`: added to a number, it leaves the number's nearest integer in the lowest bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// Where the exponent of an f64 begins.
const EXPONENT: u32 = 52;

/// The exponent of 1.
const BIAS: u64 = 1023;

/// The bits of the square root of 1/2, the least mantissa the logarithm's polynomial is for.
const SQRT_HALF: u64 = 0x3FE6_A09E_667F_3BCD;

/// `log2(1 + u) / u` for 1 + u from the root of 1/2 to the root of 2, in rising powers of u:
/// Chebyshev interpolation of degree 9; the logarithm is off by 2.4e-9 at most.
const LOGARITHM: [f64; 10] = [
    1.4426950399991887,
    -0.7213473544788863,
    0.48089852032400804,
    -0.36069654180950805,
    0.2885525614429648,
    -0.23960812186338062,
    0.2048576476484585,
    -0.19138837681717297,
    0.18476033462586747,
    -0.10749789474930095,
];

/// `(2^f - 1) / f` for f from -1/2 to 1/2, in rising powers of f: Chebyshev interpolation of degree
/// 6; the power is off by 1.2e-10 of itself at most.
const POWER: [f64; 7] = [
    LN_2,
    0.2402265092228876,
    0.05550410883910356,
    0.009618056678522889,
    0.0013333502385250997,
    0.00015461444699635,
    1.529732402819458e-05,
];

/// The level in decibels of an amplitude, to 1.5e-8 dB; exactly 0 for 1. The amplitude is a normal
/// number above 0: whoever measures silence says what its level shall be.
#[inline(always)]
#[must_use]
pub fn decibels(amplitude: f64) -> f64 {
    log2(amplitude) * DECIBELS_AN_OCTAVE
}

/// The amplitude that a level of -6000 to 6000 decibels stands for, to 1.3e-10 of itself; exactly
/// 1 for 0 dB.
#[inline(always)]
#[must_use]
pub fn amplitude(decibels: f64) -> f64 {
    let (scale, rest) = power_of_two(decibels * (1.0 / DECIBELS_AN_OCTAVE));
    scale + scale * rest
}

/// `e^x - 1` for x from -700 to 700, to 1.3e-10 of itself also where it is close to 0.
#[inline(always)]
#[must_use]
pub fn exp_minus_one(x: f64) -> f64 {
    let (scale, rest) = power_of_two(x * (1.0 / LN_2));
    (scale - 1.0) + scale * rest
}

#[inline(always)]
fn log2(x: f64) -> f64 {
    // Halves and doublings are taken off until the mantissa is about 1.
    let above = x.to_bits().wrapping_sub(SQRT_HALF).wrapping_add(BIAS << EXPONENT);
    let exponent = above >> EXPONENT;
    let mantissa = f64::from_bits(
        x.to_bits().wrapping_sub(exponent.wrapping_sub(BIAS).wrapping_shl(EXPONENT)),
    );
    // An integer becomes a float without a conversion, which AVX2 does not have for 64 bits.
    let octaves =
        f64::from_bits(exponent | 0x4330_0000_0000_0000) - (4_503_599_627_370_496.0 + BIAS as f64);
    let u = mantissa - 1.0;
    octaves + u * polynomial(&LOGARITHM, u)
}

/// `2^x` as `scale (1 + rest)`, with a scale that is a power of two.
#[inline(always)]
fn power_of_two(x: f64) -> (f64, f64) {
    let rounded = x + ROUNDER;
    let fraction = x - (rounded - ROUNDER);
    let exponent = (rounded.to_bits() << EXPONENT).wrapping_add(BIAS << EXPONENT);
    (f64::from_bits(exponent), fraction * polynomial(&POWER, fraction))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bounds are those of the polynomials, and room for rounding at far levels.
    #[test]
    fn levels_are_right_from_the_faintest_to_the_loudest() {
        for step in -400_000..=100_000 {
            let level_db = f64::from(step) * 1e-3;
            let exact = libm::exp10(level_db / 20.0);
            assert!((decibels(exact) - level_db).abs() < 1.5e-8, "{level_db}");
            assert!((amplitude(level_db) / exact - 1.0).abs() < 2e-10, "{level_db}");
        }
    }

    #[test]
    fn full_scale_is_exactly_no_decibels() {
        assert_eq!(decibels(1.0), 0.0);
        assert_eq!(amplitude(0.0), 1.0);
        assert_eq!(decibels(0.25), -2.0 * DECIBELS_AN_OCTAVE);
    }

    #[test]
    fn small_powers_keep_their_digits() {
        for step in 1..4000 {
            for x in [1e-12, 1e-6, 1e-3, 1e-2].map(|unit| unit * f64::from(step)) {
                for x in [x, -x] {
                    let exact = libm::expm1(x);
                    let error = (exp_minus_one(x) / exact - 1.0).abs();
                    assert!(error < 1e-9, "{x}: {error}");
                }
            }
        }
    }
}
