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
