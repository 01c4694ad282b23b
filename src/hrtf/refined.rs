//! A finer mesh between measured directions.
//!
//! What is rendered is mixed linearly, which costs little and moves steadily; the better, dearer way
//! to interpolate is applied beforehand, at new nodes between the measured ones. All edges that are
//! long are cut in half, again and again, and the triangles with them.

use std::collections::HashMap;

use super::triangle;
use crate::hull::Face;
use crate::space::{Vector, angle_deg};

/// Edges longer than this are cut.
const LONGEST_EDGE_DEG: f64 = 6.0;

/// Nodes at most, if the measured directions are fewer.
const MOST_NODES: usize = 12_000;

/// Nodes and triangles, the first nodes those that there were.
pub struct Refined {
    /// All nodes.
    pub directions: Vec<Vector>,
    /// The triangles between them, counterclockwise from outside.
    pub triangles: Vec<Face>,
    /// What each of the new nodes lies between.
    pub between: Vec<[(usize, f64); 3]>,
}

/// A triangle and the one of the coarse mesh that it is a part of.
type Part = (Face, usize);

impl Refined {
    /// Refines a mesh.
    pub fn new(directions: &[Vector], coarse: &[Face]) -> Self {
        let mut cutting = Cutting {
            directions: directions.to_vec(),
            measured: directions.len(),
            coarse,
            between: Vec::new(),
        };
        let mut parts: Vec<Part> = coarse.iter().copied().zip(0..).collect();
        loop {
            let nodes = cutting.directions.len();
            parts = cutting.pass(&parts);
            if cutting.directions.len() == nodes {
                break;
            }
        }
        let triangles = parts.into_iter().map(|(face, _)| face).collect();
        Self { directions: cutting.directions, triangles, between: cutting.between }
    }
}

struct Cutting<'a> {
    directions: Vec<Vector>,
    measured: usize,
    coarse: &'a [Face],
    between: Vec<[(usize, f64); 3]>,
}

impl Cutting<'_> {
    /// Cuts every long edge once.
    fn pass(&mut self, parts: &[Part]) -> Vec<Part> {
        let mut middles = HashMap::new();
        let mut cut = Vec::with_capacity(4 * parts.len());
        for &([a, b, c], coarse) in parts {
            let mut middle = |from: usize, to: usize| {
                let edge = (from.min(to), from.max(to));
                *middles.entry(edge).or_insert_with(|| self.middle(edge, coarse))
            };
            let halves = [middle(a, b), middle(b, c), middle(c, a)];
            cut.extend(pieces([a, b, c], halves).map(|face| (face, coarse)));
        }
        cut
    }

    /// The node in the middle of an edge, if the edge is long.
    fn middle(&mut self, (from, to): (usize, usize), coarse: usize) -> Option<usize> {
        let (a, b) = (self.directions[from], self.directions[to]);
        let full = self.directions.len() >= MOST_NODES.max(self.measured);
        if full || angle_deg(&a, &b) <= LONGEST_EDGE_DEG {
            return None;
        }
        let direction = (a + b).normalize();
        let corners = self.coarse[coarse];
        let normals = triangle::normals(corners.map(|it| &self.directions[it]));
        let shares = triangle::shares(normals.map(|normal| normal.dot(&direction)));
        self.between.push(std::array::from_fn(|it| (corners[it], shares[it])));
        self.directions.push(direction);
        Some(self.directions.len() - 1)
    }
}

/// What a triangle becomes when some of its edges (after the first corner, the second, the third)
/// are cut.
fn pieces([a, b, c]: Face, halves: [Option<usize>; 3]) -> impl Iterator<Item = Face> {
    let pieces = match halves {
        [None, None, None] => vec![[a, b, c]],
        [Some(ab), None, None] => vec![[a, ab, c], [ab, b, c]],
        [None, Some(bc), None] => vec![[b, bc, a], [bc, c, a]],
        [None, None, Some(ca)] => vec![[c, ca, b], [ca, a, b]],
        [Some(ab), Some(bc), None] => vec![[ab, b, bc], [a, ab, bc], [a, bc, c]],
        [None, Some(bc), Some(ca)] => vec![[bc, c, ca], [b, bc, ca], [b, ca, a]],
        [Some(ab), None, Some(ca)] => vec![[ca, a, ab], [c, ca, ab], [c, ab, b]],
        [Some(ab), Some(bc), Some(ca)] => {
            vec![[a, ab, ca], [ab, b, bc], [ca, bc, c], [ab, bc, ca]]
        }
    };
    pieces.into_iter()
}
