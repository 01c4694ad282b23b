//! A finer mesh between measured directions.
//!
//! What is rendered is mixed linearly, which costs little and moves steadily; the better, dearer way
//! to interpolate is applied beforehand, at new nodes between the measured ones. All edges that are
//! long are cut in half, again and again, and the triangles with them.

use std::collections::HashMap;

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
}

impl Refined {
    /// Refines a mesh.
    pub fn new(directions: &[Vector], coarse: Vec<Face>) -> Self {
        let mut refined = Self { directions: directions.to_vec(), triangles: coarse };
        let most = MOST_NODES.max(directions.len());
        loop {
            let nodes = refined.directions.len();
            refined.cut(most);
            if refined.directions.len() == nodes {
                return refined;
            }
        }
    }

    /// Cuts every long edge once.
    fn cut(&mut self, most: usize) {
        let mut middles = HashMap::new();
        let mut cut = Vec::with_capacity(4 * self.triangles.len());
        for [a, b, c] in std::mem::take(&mut self.triangles) {
            let halves = [(a, b), (b, c), (c, a)].map(|(from, to)| {
                let edge = (from.min(to), from.max(to));
                *middles.entry(edge).or_insert_with(|| self.middle(edge, most))
            });
            cut.extend(pieces([a, b, c], halves));
        }
        self.triangles = cut;
    }

    /// The node in the middle of an edge, if the edge is long.
    fn middle(&mut self, (from, to): (usize, usize), most: usize) -> Option<usize> {
        let (a, b) = (self.directions[from], self.directions[to]);
        if self.directions.len() >= most || angle_deg(&a, &b) <= LONGEST_EDGE_DEG {
            return None;
        }
        self.directions.push((a + b).normalize());
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
