//! Polynomials, in either precision.

use std::ops::{Add, Mul};

/// The value at `x` of a polynomial whose coefficients come in rising powers: by Horner's rule, each
/// product and each sum rounded by itself, so that every processor has the same bits.
#[inline(always)]
pub fn polynomial<Number, const TERMS: usize>(coefficients: &[Number; TERMS], x: Number) -> Number
where
    Number: Copy + Add<Output = Number> + Mul<Output = Number>,
{
    let mut sum = coefficients[TERMS - 1];
    for index in (0..TERMS - 1).rev() {
        sum = sum * x + coefficients[index];
    }
    sum
}

/// The same for an even number of terms, taken two by two: half as many steps wait for the one before,
/// which is what a loop over samples waits for. Its last bit may be another one.
#[inline(always)]
pub fn polynomial_by_pairs<Number, const TERMS: usize>(
    coefficients: &[Number; TERMS],
    x: Number,
) -> Number
where
    Number: Copy + Add<Output = Number> + Mul<Output = Number>,
{
    const { assert!(TERMS.is_multiple_of(2) && TERMS > 0, "terms come in pairs") };
    let square = x * x;
    let mut sum = coefficients[TERMS - 2] + coefficients[TERMS - 1] * x;
    for pair in (0..TERMS / 2 - 1).rev() {
        sum = sum * square + (coefficients[2 * pair] + coefficients[2 * pair + 1] * x);
    }
    sum
}
