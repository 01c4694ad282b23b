//! The mixing of the lines: everything in each goes to all in equal parts, and no energy is lost.

use crate::block::Quantum;

/// Delay lines of the network.
pub const LINES: usize = 16;

/// A quantum of every line.
pub type Lines = [Quantum; LINES];

/// Multiplies the lines by the orthonormal Hadamard matrix, by its fast transform.
#[inline(always)]
pub fn hadamard(lines: &mut Lines) {
    let mut distance = 1;
    while distance < LINES {
        for group in lines.chunks_exact_mut(2 * distance) {
            let (low, high) = group.split_at_mut(distance);
            for (low, high) in low.iter_mut().zip(high) {
                for (low, high) in low.iter_mut().zip(high) {
                    (*low, *high) = (*low + *high, *low - *high);
                }
            }
        }
        distance *= 2;
    }
    for sample in lines.as_flattened_mut() {
        *sample *= 0.25;
    }
}

/// An element of the same matrix: a quarter, negative where row and column share an odd number of
/// ones in binary.
pub fn element(row: usize, column: usize) -> f64 {
    if (row & column).count_ones().is_multiple_of(2) { 0.25 } else { -0.25 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::SILENCE;

    #[test]
    fn the_fast_transform_is_the_matrix() {
        for column in 0..LINES {
            let mut lines = [SILENCE; LINES];
            lines[column][5] = 1.0;
            hadamard(&mut lines);
            for (row, line) in lines.iter().enumerate() {
                assert_eq!(f64::from(line[5]), element(row, column));
                assert_eq!(line[6], 0.0);
            }
        }
    }
}
