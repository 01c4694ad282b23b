//! The windowed sinc: what every interpolator is designed from.

use std::f64::consts::PI;

/// sin(pi x) / (pi x).
pub fn sinc(x: f64) -> f64 {
    if x == 0.0 { 1.0 } else { libm::sin(PI * x) / (PI * x) }
}

/// Kaiser's window at -1..1 of its width, 0 outside.
pub fn kaiser(x: f64, beta: f64) -> f64 {
    if x.abs() >= 1.0 { 0.0 } else { bessel(beta * libm::sqrt(1.0 - x * x)) / bessel(beta) }
}

/// The modified Bessel function of the first kind and order zero, by its power series.
fn bessel(x: f64) -> f64 {
    let quarter = x * x / 4.0;
    let (mut term, mut sum) = (1.0, 1.0);
    for order in 1..64 {
        term *= quarter / f64::from(order * order);
        sum += term;
    }
    sum
}
