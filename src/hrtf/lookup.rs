//! Which triangle of a mesh a direction lies in.
//!
//! A grid on the octahedron says where to begin, from there on it is a walk towards the direction: a
//! pure function of the direction, which allocates nothing.

use std::collections::HashMap;

use super::triangle::{normals, shares};
use crate::hull::{Face, edges_of};
use crate::space::Vector;

/// Cells along each side of the unfolded octahedron: a cell is about 3 degrees wide.
const SIDE: usize = 64;

/// A direction on an edge, but for rounding, is inside.
const SLACK: f64 = 1e-12;

/// Steps after which the walk gives up and looks everywhere; it takes one or two.
const MOST_STEPS: usize = 200;

/// The triangles around the sphere.
#[derive(Clone, Debug)]
pub struct Lookup {
    triangles: Vec<Triangle>,
    /// For each cell the triangle of its middle.
    beginnings: Vec<u32>,
}

#[derive(Clone, Debug)]
struct Triangle {
    corners: [u32; 3],
    /// What tells how deep a direction lies inside of the edge opposite to each corner.
    normals: [Vector; 3],
    /// The triangles beyond these edges.
    across: [u32; 3],
}

impl Triangle {
    #[inline]
    fn depths(&self, direction: &Vector) -> [f64; 3] {
        [0, 1, 2].map(|corner| {
            let normal = &self.normals[corner];
            normal.x * direction.x + normal.y * direction.y + normal.z * direction.z
        })
    }
}

impl Lookup {
    /// A lookup in a closed mesh.
    pub fn new(directions: &[Vector], faces: &[Face]) -> Self {
        let mut owners = HashMap::new();
        for (face, index) in faces.iter().zip(0_u32..) {
            owners.extend(edges_of(face).map(|edge| (edge, index)));
        }
        let triangle = |face: &Face| {
            let [a, b, c] = *face;
            Triangle {
                corners: face.map(|corner| corner as u32),
                normals: normals([&directions[a], &directions[b], &directions[c]]),
                across: [(c, b), (a, c), (b, a)].map(|edge| owners[&edge]),
            }
        };
        let triangles = faces.iter().map(triangle).collect();
        let mut lookup = Self { triangles, beginnings: Vec::with_capacity(SIDE * SIDE) };
        let mut last = 0;
        for cell in 0..SIDE * SIDE {
            last = lookup.walk(last, &middle(cell % SIDE, cell / SIDE)).0;
            lookup.beginnings.push(last);
        }
        lookup
    }

    /// The corners of all triangles.
    pub fn faces(&self) -> Vec<Face> {
        self.triangles.iter().map(|it| it.corners.map(|corner| corner as usize)).collect()
    }

    /// The nodes around a direction and their shares in it, which sum to 1.
    #[inline]
    pub fn find(&self, direction: &Vector) -> ([u32; 3], [f64; 3]) {
        let (triangle, depths) = self.walk(self.beginnings[cell_of(direction)], direction);
        (self.triangles[triangle as usize].corners, shares(depths))
    }

    /// From a triangle on, always through the edge that the direction is farthest beyond.
    #[inline]
    fn walk(&self, from: u32, direction: &Vector) -> (u32, [f64; 3]) {
        let mut index = from;
        for _ in 0..MOST_STEPS {
            let triangle = &self.triangles[index as usize];
            let depths = triangle.depths(direction);
            let (edge, depth) = least(&depths);
            // What is no number is beyond no edge.
            if depth < -SLACK {
                index = triangle.across[edge];
            } else {
                return (index, depths);
            }
        }
        self.look_everywhere(direction)
    }

    #[cold]
    fn look_everywhere(&self, direction: &Vector) -> (u32, [f64; 3]) {
        let all = self.triangles.iter().map(|triangle| triangle.depths(direction)).zip(0..);
        let best = all.fold((f64::NEG_INFINITY, 0, [0.0; 3]), |best, (depths, index)| {
            let depth = least(&depths).1;
            if depth > best.0 { (depth, index, depths) } else { best }
        });
        (best.1, best.2)
    }
}

#[inline]
fn least(depths: &[f64; 3]) -> (usize, f64) {
    let [a, b, c] = *depths;
    if a <= b && a <= c {
        (0, a)
    } else if b <= c {
        (1, b)
    } else {
        (2, c)
    }
}

#[inline]
fn cell_of(direction: &Vector) -> usize {
    let (x, y, z) = (direction.x, direction.y, direction.z);
    let scale = 1.0 / (x.abs() + y.abs() + z.abs());
    let (u, v) = (x * scale, y * scale);
    let (u, v) =
        if z >= 0.0 { (u, v) } else { ((1.0 - v.abs()).copysign(u), (1.0 - u.abs()).copysign(v)) };
    let index = |way: f64| (((way + 1.0) * (SIDE as f64 / 2.0)) as u32 as usize).min(SIDE - 1);
    index(v) * SIDE + index(u)
}

/// The direction of the middle of a cell.
fn middle(column: usize, line: usize) -> Vector {
    let way = |index: usize| (2 * index + 1) as f64 / SIDE as f64 - 1.0;
    let (u, v) = (way(column), way(line));
    let z = 1.0 - u.abs() - v.abs();
    let (x, y) =
        if z >= 0.0 { (u, v) } else { ((1.0 - v.abs()).copysign(u), (1.0 - u.abs()).copysign(v)) };
    Vector::new(x, y, z).normalize()
}
