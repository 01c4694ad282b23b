//! Decibels and back for many samples at once, in single precision, as is enough for what is heard and not
//! added up: polynomials that the compiler lays side by side, with the same bits on every processor.

use std::f32::consts::{LN_2, LOG2_10, LOG2_E};

/// Decibels in a doubling of the amplitude: `20 log10 2`.
const DECIBELS_AN_OCTAVE: f32 = 20.0 / LOG2_10;

/// `2^23 + 2^22`: added to a number, it leaves the number's nearest integer in the lowest bits.
const ROUNDER: f32 = 12_582_912.0;

/// Where the exponent of an f32 begins.
const EXPONENT: u32 = 23;

/// The exponent of 1.
const BIAS: u32 = 127;

/// The bits of the square root of 1/2, the least mantissa the logarithm's polynomial is for.
const SQRT_HALF: u32 = 0x3F35_04F3;

/// The faintest amplitude that is given, in octaves: fainter ones are no normal numbers.
const FAINTEST: f32 = -126.0;

/// `log2(1 + u) / u` for 1 + u from the root of 1/2 to the root of 2, in rising powers of u:
/// Chebyshev interpolation of degree 7; the logarithm is off by 1.0e-7 at most, by 1.3e-7 when
/// rounding has its share.
const LOGARITHM: [f32; 8] = [
    LOG2_E,
    -0.721_352_93,
    0.480_916_7,
    -0.360_225_17,
    0.287_288_87,
    -0.249_271_82,
    0.232_652_57,
    -0.142_759_74,
];

/// `(2^f - 1) / f` for f from -1/2 to 1/2, in rising powers of f: Chebyshev interpolation of degree
/// 5; the power is off by 5e-9 of itself at most, by 1e-7 when rounding has its share.
const POWER: [f32; 6] =
    [LN_2, 0.240_226_5, 0.055_503_57, 0.009_618_083, 0.001_339_086_3, 0.000_154_531_63];

/// The levels in decibels of amplitudes, to 1e-6 dB and 1.2e-7 of themselves (8e-6 dB at -60 dB): two
/// units in the last place; exactly 0 for 1. What is fainter than `silence`, which is a normal number
/// above 0, has its level.
#[inline(always)]
pub fn decibels_of(amplitudes: &[f32], silence: f32, levels_db: &mut [f32]) {
    // In passes, each of which finds room for all of its constants in registers.
    for (level, amplitude) in levels_db.iter_mut().zip(amplitudes) {
        *level = octaves_and_rest(*amplitude, silence)[1];
    }
    for level in levels_db.iter_mut() {
        *level *= polynomial(&LOGARITHM, *level);
    }
    for (level, amplitude) in levels_db.iter_mut().zip(amplitudes) {
        *level = (octaves_and_rest(*amplitude, silence)[0] + *level) * DECIBELS_AN_OCTAVE;
    }
}

/// The whole octaves of an amplitude, and what its mantissa has more than 1.
#[inline(always)]
fn octaves_and_rest(amplitude: f32, silence: f32) -> [f32; 2] {
    let audible = if amplitude > silence { amplitude } else { silence };
    // Halves and doublings are taken off until the mantissa is about 1.
    let bits = audible.to_bits();
    let exponent = (bits.wrapping_sub(SQRT_HALF) as i32) >> EXPONENT;
    let mantissa = f32::from_bits(bits.wrapping_sub((exponent as u32) << EXPONENT));
    [exponent as f32, mantissa - 1.0]
}

/// The amplitudes that levels of at most 700 decibels stand for, to 2e-7 of themselves and 1.2e-8 for
/// each decibel, as far as single precision knows the level; exactly 1 for 0 dB. Nothing is fainter
/// than -758.6 dB.
#[inline(always)]
pub fn amplitudes_of(levels_db: &[f32], amplitudes: &mut [f32]) {
    // In passes, as above.
    for (amplitude, level_db) in amplitudes.iter_mut().zip(levels_db) {
        *amplitude = power_and_fraction(*level_db)[1];
    }
    for amplitude in amplitudes.iter_mut() {
        *amplitude *= polynomial(&POWER, *amplitude);
    }
    for (amplitude, level_db) in amplitudes.iter_mut().zip(levels_db) {
        let power = power_and_fraction(*level_db)[0];
        *amplitude = power.mul_add(*amplitude, power);
    }
}

/// The power of two that is nearest to the amplitude of a level, and the part of an octave that is
/// left.
#[inline(always)]
fn power_and_fraction(level_db: f32) -> [f32; 2] {
    let octaves = level_db * (1.0 / DECIBELS_AN_OCTAVE);
    let octaves = if octaves > FAINTEST { octaves } else { FAINTEST };
    let rounded = octaves + ROUNDER;
    let exponent = (rounded.to_bits() << EXPONENT).wrapping_add(BIAS << EXPONENT);
    [f32::from_bits(exponent), octaves - (rounded - ROUNDER)]
}

/// The value at `x` of a polynomial whose coefficients come in rising powers, an even number of them taken
/// two by two: half as many steps wait for the one before as by Horner's rule.
#[inline(always)]
fn polynomial<const TERMS: usize>(coefficients: &[f32; TERMS], x: f32) -> f32 {
    const { assert!(TERMS.is_multiple_of(2) && TERMS > 0, "terms come in pairs") };
    let square = x * x;
    let mut sum = coefficients[TERMS - 1].mul_add(x, coefficients[TERMS - 2]);
    for pair in (0..TERMS / 2 - 1).rev() {
        let terms = coefficients[2 * pair + 1].mul_add(x, coefficients[2 * pair]);
        sum = sum.mul_add(square, terms);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decibels_single(amplitude: f32) -> f32 {
        let mut level_db = [0.0];
        decibels_of(&[amplitude], f32::MIN_POSITIVE, &mut level_db);
        level_db[0]
    }

    fn amplitude_single(level_db: f32) -> f32 {
        let mut amplitude = [0.0];
        amplitudes_of(&[level_db], &mut amplitude);
        amplitude[0]
    }

    /// The bounds are those of the polynomials and of rounding.
    #[test]
    fn levels_are_right_from_the_faintest_to_the_loudest() {
        for step in -200_000..=100_000 {
            let level_db = f64::from(step) * 1e-3;
            let exact = libm::exp10(level_db / 20.0) as f32;
            let exact_db = 20.0 * libm::log10(f64::from(exact));
            let error = (f64::from(decibels_single(exact)) - exact_db).abs();
            assert!(error < 1e-6 + 1.2e-7 * exact_db.abs(), "{level_db}: {error}");
            let level_db = level_db as f32;
            let exact = libm::exp10(f64::from(level_db) / 20.0);
            let error = (f64::from(amplitude_single(level_db)) / exact - 1.0).abs();
            assert!(error < 2e-7 + 1.2e-8 * f64::from(level_db.abs()), "{level_db}: {error}");
        }
    }

    #[test]
    fn full_scale_is_exactly_no_decibels() {
        assert_eq!(decibels_single(1.0), 0.0);
        assert_eq!(amplitude_single(0.0), 1.0);
        assert_eq!(amplitude_single(-0.0), 1.0);
        assert_eq!(decibels_single(0.25), -2.0 * DECIBELS_AN_OCTAVE);
    }

    #[test]
    fn what_is_fainter_than_silence_has_its_level() {
        let mut levels_db = [1.0; 4];
        decibels_of(&[0.0, 1e-12, 1e-10, 1.0], 1e-10, &mut levels_db);
        assert_eq!(levels_db, [-200.0, -200.0, -200.0, 0.0]);
    }

    #[test]
    fn extremes_stay_numbers() {
        for amplitude in [f32::MIN_POSITIVE, 1e-10, f32::MAX] {
            let level_db = decibels_single(amplitude);
            let exact_db = 20.0 * libm::log10(f64::from(amplitude));
            assert!((f64::from(level_db) / exact_db - 1.0).abs() < 1e-6, "{amplitude}: {level_db}");
        }
        for level_db in [-1e6, -1000.0, -760.0] {
            assert!((amplitude_single(level_db) / f32::MIN_POSITIVE - 1.0).abs() < 1e-3);
        }
        assert!(amplitude_single(700.0).is_finite());
    }
}
