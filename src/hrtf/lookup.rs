//! Which triangle of a mesh a direction lies in.
//!
//! A grid on the octahedron says where to begin, from there on it is a walk towards the direction: a
//! pure function of the direction, which allocates nothing.

use std::collections::HashMap;

use super::triangle::{normals, shares};
use crate::dsp::fetch;
use crate::hull::{Face, edges_of};
use crate::octahedron::{CELLS, SIDE, cell_of, direction_at};
use crate::space::Vector;

/// A direction on an edge, but for rounding, is inside.
const SLACK: f64 = 1e-12;

/// Where one is this far inside of a triangle, it is outside of all others by more than [`SLACK`].
const DEEP: f64 = 1e-6;

/// Steps after which the walk gives up and looks everywhere; it takes one or two.
const MOST_STEPS: usize = 200;

/// The triangle in which a direction was found, of one lookup: a copy, which lies with what asks for
/// it and need not be fetched from wherever.
#[derive(Clone, Copy, Debug, Default)]
pub struct Near {
    corners: [u32; 3],
    /// Zero before anything was found: nothing is deep inside of that.
    normals: [Vector; 3],
    across: [u32; 3],
}

/// The triangles around the sphere.
#[derive(Clone, Debug)]
pub struct Lookup {
    triangles: Vec<Triangle>,
    /// For each cell the triangle of its middle.
    beginnings: Vec<u32>,
}

/// Of 96 bytes, which never lie across three lines of the cache.
#[derive(Clone, Debug)]
#[repr(align(32))]
struct Triangle {
    corners: [u32; 3],
    /// What tells how deep a direction lies inside of the edge opposite to each corner.
    normals: [Vector; 3],
    /// The triangles beyond these edges.
    across: [u32; 3],
}

/// How deep a direction lies inside of three edges.
#[inline]
fn depths(normals: &[Vector; 3], direction: &Vector) -> [f64; 3] {
    let depth =
        |normal: &Vector| normal.x * direction.x + normal.y * direction.y + normal.z * direction.z;
    [depth(&normals[0]), depth(&normals[1]), depth(&normals[2])]
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
        let mut lookup = Self { triangles, beginnings: Vec::with_capacity(CELLS) };
        let mut last = 0;
        for cell in 0..CELLS {
            let (column, line) = ((cell % SIDE) as f64 + 0.5, (cell / SIDE) as f64 + 0.5);
            last = lookup.walk(last, &direction_at(column, line)).0;
            lookup.beginnings.push(last);
        }
        lookup
    }

    /// The corners of all triangles.
    pub fn faces(&self) -> Vec<Face> {
        self.triangles.iter().map(|it| it.corners.map(|corner| corner as usize)).collect()
    }

    /// The nodes around a direction and their shares in it, which sum to 1; soon, where it is near the
    /// last one.
    #[inline]
    pub fn find(&self, direction: &Vector, near: &mut Near) -> ([u32; 3], [f64; 3]) {
        let inside = depths(&near.normals, direction);
        // Deep inside of a triangle no other one is found, wherever the search begins.
        let (edge, depth) = least(&inside);
        if depth > DEEP {
            return (near.corners, shares(inside));
        }
        // What has left it is mostly beyond the edge it left it by.
        let beyond = &self.triangles[near.across[edge] as usize];
        let mut inside = depths(&beyond.normals, direction);
        let mut found = beyond;
        if least(&inside).1 <= DEEP {
            let triangle;
            (triangle, inside) = self.walk(self.beginnings[cell_of(direction)], direction);
            found = &self.triangles[triangle as usize];
        }
        let Triangle { corners, normals, across } = *found;
        // It will be in one of them next.
        across.iter().for_each(|next| fetch(&self.triangles[*next as usize]));
        *near = Near { corners, normals, across };
        (corners, shares(inside))
    }

    /// From a triangle on, always through the edge that the direction is farthest beyond.
    #[inline]
    fn walk(&self, from: u32, direction: &Vector) -> (u32, [f64; 3]) {
        let mut index = from;
        for _ in 0..MOST_STEPS {
            let triangle = &self.triangles[index as usize];
            let depths = depths(&triangle.normals, direction);
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
        let all = self.triangles.iter().map(|it| depths(&it.normals, direction)).zip(0..);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hull::triangles;
    use crate::space::unit_vector;

    #[test]
    fn where_a_search_begins_does_not_matter() {
        let spiral = |index: u32| {
            let height = 1.0 - f64::from(2 * index + 1) / 300.0;
            unit_vector(f64::from(index) * 137.5, libm::asin(height).to_degrees())
        };
        let directions: Vec<Vector> = (0..300).map(spiral).collect();
        let lookup = Lookup::new(&directions, &triangles(&directions).unwrap());
        let mut near = Near::default();
        for step in 0..20_000 {
            let step = f64::from(step) * 0.1;
            let direction = unit_vector(step * 7.0, 89.0 * libm::sin(step));
            let anywhere = lookup.find(&direction, &mut Near::default());
            assert_eq!(lookup.find(&direction, &mut near), anywhere);
        }
        for direction in &directions {
            let anywhere = lookup.find(direction, &mut Near::default());
            assert_eq!(lookup.find(direction, &mut near), anywhere);
        }
    }
}
