//! The virtual sphere: 42 directions around the head, and how a direction lies among them.
//!
//! The corners of an icosahedron and the middles of its edges: about 33 degrees apart everywhere, the
//! six axes among them, each with its mirror image on the other side.

use crate::space::Vector;

/// The directions of the sphere.
pub const DIRECTIONS: usize = 42;

const TRIANGLES: usize = 80;

/// Cells along each axis, in which a search begins at a triangle that is known to be near.
const CELLS: usize = 8;

/// Gains below this are rounding.
const NOTHING: f64 = 1e-9;

/// Where all shares are more than this, one is outside of all other triangles by more than
/// [`NOTHING`].
const DEEP: f64 = 1e-6;

/// Three of the directions under gains that add up to 1, as is right for responses that are aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pan {
    /// Directions of the sphere.
    pub nodes: [u8; 3],
    /// The gain of each.
    pub gains: [f64; 3],
}

impl Pan {
    /// A share (0 to 1) of the way to another that has the same directions.
    #[must_use]
    pub fn between(&self, to: &Self, share: f64) -> Self {
        let gain =
            |corner: usize| self.gains[corner] + share * (to.gains[corner] - self.gains[corner]);
        Self { nodes: self.nodes, gains: std::array::from_fn(gain) }
    }

    /// All gains by a factor.
    #[must_use]
    pub fn scaled(self, gain: f64) -> Self {
        Self { gains: self.gains.map(|it| it * gain), ..self }
    }

    /// The gain of a direction, if it is one of the three.
    #[inline(always)]
    pub(super) fn gain(&self, node: u8) -> Option<f64> {
        (0..3).find(|it| self.nodes[*it] == node).map(|it| self.gains[it])
    }
}

/// The directions and the triangles between them.
#[derive(Clone, Debug)]
pub struct Sphere {
    directions: Vec<Vector>,
    /// For each direction its mirror image, left and right exchanged.
    mirrored: Vec<u8>,
    triangles: Vec<Triangle>,
    /// Where to begin, by cell.
    begin: Vec<u8>,
}

#[derive(Clone, Debug)]
struct Triangle {
    corners: [u8; 3],
    /// A direction times each of these is the share of the corner of the same place.
    shares: [Vector; 3],
    /// The triangle across from each corner.
    across: [u8; 3],
}

impl Default for Sphere {
    fn default() -> Self {
        Self::new()
    }
}

impl Sphere {
    /// Works out the sphere.
    #[must_use]
    pub fn new() -> Self {
        let (directions, corners) = subdivided_icosahedron();
        let triangles =
            corners.iter().map(|it| Triangle::new(*it, &directions, &corners)).collect();
        let mirror = |direction: &Vector| {
            let image = Vector::new(-direction.x, direction.y, direction.z);
            nearest(&directions, &image) as u8
        };
        let mirrored = directions.iter().map(mirror).collect();
        let mut sphere = Self { mirrored, directions, triangles, begin: Vec::new() };
        sphere.begin = vec![0; CELLS * CELLS * CELLS];
        for cell in 0..sphere.begin.len() {
            let place = [cell / CELLS / CELLS, cell / CELLS % CELLS, cell % CELLS];
            let middle = place.map(|it| (it as f64 + 0.5) * 2.0 / CELLS as f64 - 1.0);
            sphere.begin[cell] = sphere.find(&Vector::from(middle)) as u8;
        }
        sphere
    }

    /// The unit vectors, and [`DIRECTIONS`] of them.
    #[must_use]
    pub fn directions(&self) -> &[Vector] {
        &self.directions
    }

    /// The mirror image of a direction of the sphere.
    #[must_use]
    pub fn mirrored(&self, node: u8) -> u8 {
        self.mirrored[node as usize]
    }

    /// How a unit vector lies among the directions; what is mirrored lies mirrored, to the bit.
    #[must_use]
    pub fn pan(&self, direction: &Vector) -> Pan {
        self.pan_near(direction, &mut 0)
    }

    /// The same, faster where the direction lies in the triangle that was found the last time: `near` is 0
    /// or what the last call left in it.
    ///
    /// # Panics
    /// When `near` is anything else.
    #[inline]
    #[must_use]
    pub fn pan_near(&self, direction: &Vector, near: &mut u8) -> Pan {
        let right = Vector::new(direction.x.abs(), direction.y, direction.z);
        let mut triangle = &self.triangles[*near as usize];
        let mut shares = triangle.shares.map(|share| share.dot(&right));
        // Deep inside of a triangle no other one is found, wherever the search begins.
        if !shares.iter().all(|share| *share > DEEP) {
            *near = self.find(&right) as u8;
            triangle = &self.triangles[*near as usize];
            shares = triangle.shares.map(|share| share.dot(&right));
        }
        let shares = shares.map(|share| if share > NOTHING { share } else { 0.0 });
        let sum = shares[0] + shares[1] + shares[2];
        let mut pan = Pan { nodes: triangle.corners, gains: shares.map(|share| share / sum) };
        if direction.x < 0.0 {
            pan.nodes = pan.nodes.map(|node| self.mirrored(node));
        } else if direction.x == 0.0 {
            self.even_out(&mut pan);
        }
        pan
    }

    /// In the middle both sides have the same, to the bit.
    fn even_out(&self, pan: &mut Pan) {
        for first in 0..2 {
            for second in first + 1..3 {
                if self.mirrored(pan.nodes[first]) == pan.nodes[second] {
                    let mean = 0.5 * (pan.gains[first] + pan.gains[second]);
                    (pan.gains[first], pan.gains[second]) = (mean, mean);
                }
            }
        }
    }

    /// The triangle that a vector goes through: from one that is near, step by step over the side
    /// that it lies furthest beyond.
    fn find(&self, vector: &Vector) -> usize {
        let place = |x: f64| (((x + 1.0) * (CELLS as f64 / 2.0)) as usize).min(CELLS - 1);
        let cell = (place(vector.x) * CELLS + place(vector.y)) * CELLS + place(vector.z);
        let mut found = self.begin[cell] as usize;
        // Bounded, for vectors that are no numbers.
        for _ in 0..TRIANGLES {
            let triangle = &self.triangles[found];
            let shares = triangle.shares.map(|share| share.dot(vector));
            let mut least = 0;
            for corner in 1..3 {
                least = if shares[corner] < shares[least] { corner } else { least };
            }
            if shares[least] >= -NOTHING {
                break;
            }
            found = triangle.across[least] as usize;
        }
        found
    }
}

impl Triangle {
    fn new(corners: [u8; 3], directions: &[Vector], all: &[[u8; 3]]) -> Self {
        let [a, b, c] = corners.map(|corner| directions[corner as usize]);
        let volume = a.dot(&b.cross(&c));
        let shares = [b.cross(&c), c.cross(&a), a.cross(&b)].map(|share| share / volume);
        let across = corners.map(|corner| {
            let beyond = all
                .iter()
                .position(|other| corners.iter().all(|it| other.contains(it) != (*it == corner)));
            beyond.expect("the surface is closed") as u8
        });
        Self { corners, shares, across }
    }
}

fn nearest(directions: &[Vector], to: &Vector) -> usize {
    let better = |best: usize, node: usize| {
        if directions[node].dot(to) > directions[best].dot(to) { node } else { best }
    };
    (0..directions.len()).fold(0, better)
}

/// The directions and the triangles of an icosahedron, each of whose sides is cut into four.
fn subdivided_icosahedron() -> (Vec<Vector>, Vec<[u8; 3]>) {
    let golden = 0.5 * (1.0 + libm::sqrt(5.0));
    let mut corners = Vec::new();
    for (one, other) in [(1.0, golden), (-1.0, golden), (1.0, -golden), (-1.0, -golden)] {
        corners.push(Vector::new(0.0, one, other));
        corners.push(Vector::new(one, other, 0.0));
        corners.push(Vector::new(other, 0.0, one));
    }
    let joined = |a: usize, b: usize| (corners[a] - corners[b]).norm_squared() < 4.5;
    let mut directions: Vec<Vector> = corners.iter().map(|corner| corner.normalize()).collect();
    let mut triangles = Vec::new();
    for a in 0..corners.len() {
        for b in a + 1..corners.len() {
            for c in b + 1..corners.len() {
                if joined(a, b) && joined(b, c) && joined(c, a) {
                    let [d, e, f] = [(b, c), (c, a), (a, b)].map(|(from, to)| {
                        middle(&mut directions, &((corners[from] + corners[to]) * 0.5).normalize())
                    });
                    let [a, b, c] = [a, b, c].map(|corner| corner as u8);
                    triangles.extend([[a, e, f], [b, f, d], [c, d, e], [d, e, f]]);
                }
            }
        }
    }
    (directions, triangles)
}

/// The number of a direction, which is new or was the middle of the side's other triangle.
fn middle(directions: &mut Vec<Vector>, direction: &Vector) -> u8 {
    let known = directions.iter().position(|it| (it - direction).norm_squared() < 1e-12);
    let number = known.unwrap_or_else(|| {
        directions.push(*direction);
        directions.len() - 1
    });
    number as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::{FRONT, UP, angle_deg, unit_vector};

    #[test]
    fn every_direction_lies_in_its_triangle() {
        let sphere = Sphere::new();
        assert_eq!((sphere.directions.len(), sphere.triangles.len()), (DIRECTIONS, TRIANGLES));
        for azimuth in -180..=180 {
            for elevation in -90..=90 {
                let direction = unit_vector(azimuth.into(), elevation.into());
                let pan = sphere.pan(&direction);
                let corners = pan.nodes.map(|node| sphere.directions[node as usize]);
                let sum = corners[0] * pan.gains[0]
                    + corners[1] * pan.gains[1]
                    + corners[2] * pan.gains[2];
                // Rounding, and gains below 1e-9 that are left out.
                assert!(angle_deg(&sum.normalize(), &direction) < 1e-6, "{azimuth} {elevation}");
                assert!((pan.gains.iter().sum::<f64>() - 1.0).abs() < 1e-14);
                // A side is 36 degrees at most.
                let furthest =
                    corners.iter().map(|it| angle_deg(it, &direction)).fold(0.0, f64::max);
                assert!(furthest < 36.1, "{azimuth} {elevation}: {furthest}");
            }
        }
    }

    #[test]
    fn where_a_search_begins_does_not_matter() {
        let (sphere, mut near) = (Sphere::new(), 0);
        for step in 0..20_000 {
            let step = f64::from(step) * 0.1;
            let direction = unit_vector(step * 7.0, 89.0 * libm::sin(step));
            assert_eq!(sphere.pan_near(&direction, &mut near), sphere.pan(&direction));
        }
        for direction in &sphere.directions {
            assert_eq!(sphere.pan_near(direction, &mut near), sphere.pan(direction));
        }
    }

    #[test]
    fn a_direction_of_the_sphere_is_that_alone() {
        let sphere = Sphere::new();
        for (node, direction) in sphere.directions.iter().enumerate() {
            let pan = sphere.pan(direction);
            let own = pan.nodes.iter().position(|it| *it as usize == node).unwrap();
            assert_eq!(pan.gains[own], 1.0, "{direction}");
        }
        assert!(sphere.directions.contains(&FRONT) && sphere.directions.contains(&UP));
    }

    #[test]
    fn mirrored_directions_are_panned_mirrored_to_the_bit() {
        let sphere = Sphere::new();
        for azimuth in 0..=180 {
            for elevation in -90..=90 {
                let left = sphere.pan(&unit_vector(azimuth.into(), elevation.into()));
                let right = sphere.pan(&unit_vector(f64::from(-azimuth), elevation.into()));
                let sorted = |pan: &Pan, mirror: bool| {
                    let node = |node| if mirror { sphere.mirrored(node) } else { node };
                    let mut all =
                        [0, 1, 2].map(|it| (node(pan.nodes[it]), pan.gains[it].to_bits()));
                    all.sort_unstable();
                    all.into_iter().filter(|it| it.1 != 0).collect::<Vec<_>>()
                };
                assert_eq!(sorted(&left, false), sorted(&right, true), "{azimuth} {elevation}");
            }
        }
    }
}
