//! The exponential function for many samples at once: a polynomial that the compiler lays side by side,
//! with the same bits on every processor.

use std::f64::consts::LN_2;

/// `2^52 + 2^51`: added to a number, it leaves the number's nearest integer in the lowest bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// Where the exponent of an f64 begins.
const EXPONENT: u32 = 52;

/// The exponent of 1.
const BIAS: u64 = 1023;

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

/// `e^x - 1` for x from -700 to 700, to 1.3e-10 of itself also where it is close to 0.
#[inline(always)]
#[must_use]
pub fn exp_minus_one(x: f64) -> f64 {
    // `2^octaves` as `scale (1 + rest)`, with a scale that is a power of two.
    let octaves = x * (1.0 / LN_2);
    let rounded = octaves + ROUNDER;
    let fraction = octaves - (rounded - ROUNDER);
    let exponent = (rounded.to_bits() << EXPONENT).wrapping_add(BIAS << EXPONENT);
    let (scale, rest) = (f64::from_bits(exponent), fraction * polynomial(fraction));
    (scale - 1.0) + scale * rest
}

/// The value of [`POWER`] by Horner's rule, each product and each sum rounded by itself.
#[inline(always)]
fn polynomial(x: f64) -> f64 {
    let mut sum = POWER[POWER.len() - 1];
    for index in (0..POWER.len() - 1).rev() {
        sum = sum * x + POWER[index];
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

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
