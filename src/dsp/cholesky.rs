//! Symmetric positive definite matrices, taken apart into `L` times its transpose.

/// The lower triangle `L` of a matrix `L L^T`, row by row.
pub struct Cholesky(Vec<Vec<f64>>);

impl Cholesky {
    /// Takes a matrix apart, of which only the lower triangle is looked at.
    #[must_use]
    pub fn new(mut matrix: Vec<Vec<f64>>) -> Self {
        for row in 0..matrix.len() {
            for column in 0..=row {
                let (above, below) = (&matrix[column][..column], &matrix[row][..column]);
                let done: f64 = above.iter().zip(below).map(|(a, b)| a * b).sum();
                let left = matrix[row][column] - done;
                matrix[row][column] =
                    if row == column { libm::sqrt(left) } else { left / matrix[column][column] };
            }
        }
        Self(matrix)
    }

    /// Solves `L x = right`.
    #[must_use]
    pub fn forward(&self, right: &[f64]) -> Vec<f64> {
        let mut solution: Vec<f64> = Vec::with_capacity(right.len());
        for (row, right) in self.0.iter().zip(right) {
            let done: f64 = row.iter().zip(&solution).map(|(a, b)| a * b).sum();
            solution.push((right - done) / row[solution.len()]);
        }
        solution
    }

    /// Solves `L L^T x = right`.
    #[must_use]
    pub fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut solution = self.forward(right);
        for row in (0..solution.len()).rev() {
            let below = row + 1..solution.len();
            let done: f64 = below.map(|it| self.0[it][row] * solution[it]).sum();
            solution[row] = (solution[row] - done) / self.0[row][row];
        }
        solution
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_solves_what_it_took_apart() {
        let matrix = vec![vec![4.0, 2.0, 0.6], vec![2.0, 5.0, 1.0], vec![0.6, 1.0, 3.0]];
        let expected = [1.0, -2.0, 0.5];
        let times = |row: &Vec<f64>| row.iter().zip(expected).map(|(a, b)| a * b).sum();
        let right: Vec<f64> = matrix.iter().map(times).collect();
        let solution = Cholesky::new(matrix).solve(&right);
        for (solved, expected) in solution.iter().zip(expected) {
            assert!((solved - expected).abs() < 1e-12, "{solution:?}");
        }
    }
}
