//! Which regions may hold a direction: a lookup grid on the octahedron.
//!
//! A shortcut to the same answer: a cell lists, in their order, all regions that could accept any of
//! its directions, and ends with the first that accepts all of them.

use super::region::Region;
use crate::octahedron::{CELLS, SIDE, cell_of, direction_at};
use crate::space::Vector;

/// More than rounding can move a direction or the bounds of a cell.
const SLACK: f64 = 1e-9;

/// For every cell the regions to try.
#[derive(Clone, Debug)]
pub struct Grid {
    /// The first of them, which nearly always is the one: what is asked for most lies together.
    firsts: Box<[u16]>,
    starts: Box<[u32]>,
    candidates: Box<[u16]>,
}

impl Grid {
    /// A grid over regions in the order in which they are tried.
    pub fn new(regions: &[Region]) -> Self {
        let mut starts = vec![0];
        let mut candidates = Vec::new();
        for cell in 0..CELLS {
            let (centre, radius) = cap(cell % SIDE, cell / SIDE);
            for (index, region) in regions.iter().enumerate() {
                let depth = region.depth(&centre);
                if depth > -radius - SLACK {
                    candidates.push(index as u16);
                }
                if depth > radius + SLACK {
                    break;
                }
            }
            starts.push(candidates.len() as u32);
        }
        // A cell that no region claims has none to begin with either: any will do.
        let first = |start: &u32| candidates.get(*start as usize).copied().unwrap_or(0);
        let firsts = starts[..CELLS].iter().map(first).collect();
        Self { firsts, starts: starts.into(), candidates: candidates.into() }
    }

    /// The first of the regions that may hold a direction.
    #[inline]
    pub fn first(&self, direction: &Vector) -> usize {
        usize::from(self.firsts[cell_of(direction)])
    }

    /// All regions that may hold a direction, in their order.
    pub fn candidates(&self, direction: &Vector) -> &[u16] {
        let cell = cell_of(direction);
        &self.candidates[self.starts[cell] as usize..self.starts[cell + 1] as usize]
    }
}

/// The middle of a cell and how far its directions lie from that at most (a chord). Cells are convex
/// or fold along one edge of the octahedron, so that their corners are the farthest.
fn cap(column: usize, line: usize) -> (Vector, f64) {
    let corners = [(0, 0), (1, 0), (0, 1), (1, 1)]
        .map(|(right, up)| direction_at((column + right) as f64, (line + up) as f64));
    let centre = corners.iter().sum::<Vector>().normalize();
    let radius = corners.iter().map(|corner| (corner - centre).norm()).fold(0.0, f64::max);
    (centre, radius)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::unit_vector;

    #[test]
    fn every_direction_lies_within_the_cap_of_its_cell() {
        for step in 0..100_000 {
            let step = f64::from(step);
            let height = libm::asin(2.0 * (step + 0.5) / 100_000.0 - 1.0).to_degrees();
            let direction = unit_vector(step * 137.507_764, height);
            let cell = cell_of(&direction);
            let (centre, radius) = cap(cell % SIDE, cell / SIDE);
            assert!((direction - centre).norm() <= radius + SLACK / 2.0);
        }
    }

    #[test]
    fn no_direction_is_without_a_cell() {
        for direction in [Vector::zeros(), Vector::repeat(f64::NAN), Vector::new(0.0, 0.0, -1.0)] {
            assert!(cell_of(&direction) < CELLS);
        }
    }
}
