//! The windowed sinc: what every interpolator is designed from.

use std::f64::consts::PI;

/// sin(pi x) / (pi x).
pub fn sinc(x: f64) -> f64 {
    if x == 0.0 { 1.0 } else { libm::sin(PI * x) / (PI * x) }
}

/// Kaiser's window at -1..1 of its width, 0 outside. The side lobes of what is cut out with it lie
/// about `beta / 0.11 + 8.7` decibels down (Kaiser 1974).
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Abramowitz and Stegun, table 9.8: I0(1) = 1.2660658778, I0(5) = 27.2398718236.
    #[test]
    fn it_is_the_quotient_of_bessel_functions() {
        assert!((bessel(1.0) - 1.266_065_877_8).abs() < 1e-10);
        assert!((bessel(5.0) - 27.239_871_823_6).abs() < 1e-9);
        assert_eq!([kaiser(0.0, 9.0), kaiser(1.0, 9.0), kaiser(-1.5, 9.0)], [1.0, 0.0, 0.0]);
    }
}
