//! Smooth functions on the sphere: real spherical harmonics, fitted with regularisation.

use crate::dsp::Cholesky;
use crate::space::Vector;

/// How much is asked of smoothness: a part of the mean square of a coefficient of degree l, times
/// the square of l (l + 1). Times of arrival are smooth, and responses of sparse sets few.
const SMOOTHNESS: f64 = 1e-3;

/// The highest degree that times of arrival need.
const HIGHEST_DEGREE: usize = 6;

/// Directions for each coefficient, at least.
const DIRECTIONS_EACH: f64 = 1.25;

/// A function on the sphere.
pub struct Harmonics {
    degree: usize,
    coefficients: Vec<f64>,
}

impl Harmonics {
    /// The smooth function nearest to the values at the directions (regularised least squares).
    pub fn fit(directions: &[Vector], values: &[f64]) -> Self {
        let coefficients = (directions.len() as f64 / DIRECTIONS_EACH).max(1.0);
        let degree = ((libm::sqrt(coefficients) - 1.0) as usize).min(HIGHEST_DEGREE);
        let terms = (degree + 1) * (degree + 1);
        let mut matrix = vec![vec![0.0; terms]; terms];
        let mut right = vec![0.0; terms];
        for (direction, value) in directions.iter().zip(values) {
            let basis = basis(degree, direction);
            for (row, (line, right)) in matrix.iter_mut().zip(&mut right).enumerate() {
                *right += basis[row] * value;
                for (column, cell) in line.iter_mut().enumerate().take(row + 1) {
                    *cell += basis[row] * basis[column];
                }
            }
        }
        for l in 0..=degree {
            let penalty = (l * (l + 1)) as f64;
            let terms = matrix.iter_mut().enumerate().skip(l * l).take(2 * l + 1);
            for (term, row) in terms {
                row[term] += directions.len() as f64 * (SMOOTHNESS * penalty * penalty + 1e-9);
            }
        }
        Self { degree, coefficients: Cholesky::new(matrix).solve(&right) }
    }

    /// The value in a direction.
    pub fn at(&self, direction: &Vector) -> f64 {
        basis(self.degree, direction).iter().zip(&self.coefficients).map(|(a, b)| a * b).sum()
    }
}

/// The harmonics up to a degree, each of mean square 1 over the sphere: those of degree l from
/// l squared on, by order from -l to l.
fn basis(degree: usize, direction: &Vector) -> Vec<f64> {
    let mut basis = vec![0.0; (degree + 1) * (degree + 1)];
    // cos and sin of m times the azimuth, times the m-th power of the distance from the axis.
    let (mut even, mut odd) = (1.0, 0.0);
    let mut first = 1.0;
    for m in 0..=degree {
        let (mut below, mut legendre) = (0.0, first);
        for l in m..=degree {
            let ratio: f64 = (l - m + 1..=l + m).map(|it| it as f64).product();
            let double = if m == 0 { 1.0 } else { 2.0 };
            let size = legendre * libm::sqrt((2 * l + 1) as f64 * double / ratio);
            basis[l * l + l + m] = size * even;
            if m > 0 {
                basis[l * l + l - m] = size * odd;
            }
            let above = (2 * l + 1) as f64 * direction.z * legendre - (l + m) as f64 * below;
            (below, legendre) = (legendre, above / (l + 1 - m) as f64);
        }
        first *= (2 * m + 1) as f64;
        (even, odd) =
            (even * direction.x - odd * direction.y, even * direction.y + odd * direction.x);
    }
    basis
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::unit_vector;

    fn spiral(count: i32) -> Vec<Vector> {
        let turn = |n: i32| f64::from(n) * 137.507_764;
        let height = |n: i32| 2.0 * (f64::from(n) + 0.5) / f64::from(count) - 1.0;
        (0..count).map(|n| unit_vector(turn(n), libm::asin(height(n)).to_degrees())).collect()
    }

    #[test]
    fn the_harmonics_are_orthonormal() {
        let directions = spiral(20_000);
        let terms = 49;
        let mut products = vec![vec![0.0; terms]; terms];
        for direction in &directions {
            let basis = basis(6, direction);
            for (line, a) in products.iter_mut().zip(&basis) {
                line.iter_mut().zip(&basis).for_each(|(cell, b)| *cell += a * b / 20_000.0);
            }
        }
        for (row, line) in products.iter().enumerate() {
            for (column, product) in line.iter().enumerate() {
                let expected = f64::from(u8::from(row == column));
                // The spiral is no exact quadrature.
                assert!((product - expected).abs() < 2e-3, "{row} {column}: {product}");
            }
        }
    }

    #[test]
    fn a_smooth_function_is_found_from_few_values() {
        let function = |direction: &Vector| 40.0 - 25.0 * direction.x + 3.0 * direction.z;
        let directions = spiral(64);
        let values: Vec<f64> = directions.iter().map(function).collect();
        let fitted = Harmonics::fit(&directions, &values);
        for direction in spiral(500) {
            // Smoothness takes 0.4 % of the coefficients of degree 1.
            assert!((fitted.at(&direction) - function(&direction)).abs() < 0.15);
        }
    }
}
