//! The convex hull of points on the unit sphere, which is their spherical Delaunay triangulation.
//!
//! Which side of a plane a point lies on is decided exactly (Shewchuk's predicates), so the hull is
//! always a closed surface, whatever the points. Each point that is not in it yet waits at a face it
//! sees (Clarkson and Shor 1989), so that hundreds of directions take milliseconds.

use std::collections::HashMap;

use robust::{Coord3D, orient3d};

use crate::space::Vector;

/// A triangle of the hull: indices of points, counterclockwise as seen from outside.
pub type Face = [usize; 3];

/// The triangles of the hull of distinct points on the unit sphere. `None` if all lie in one plane.
#[must_use]
pub fn triangles(points: &[Vector]) -> Option<Vec<Face>> {
    let (faces, corners) = first_tetrahedron(points)?;
    let mut hull = Hull { points, faces: Vec::new(), owners: HashMap::new() };
    let mut waiting: Vec<usize> =
        scattered(points.len()).filter(|index| !corners.contains(index)).collect();
    for face in faces {
        hull.add(face, &mut waiting);
    }
    let mut next = 0;
    while next < hull.faces.len() {
        // Faces are only ever appended, and one that nobody waits at stays as it is.
        match hull.faces[next].waiting.first() {
            Some(&point) if hull.faces[next].kept => hull.insert(point, next),
            _ => next += 1,
        }
    }
    Some(hull.faces.into_iter().filter(|it| it.kept).map(|it| it.corners).collect())
}

/// All numbers below `count`, neighbours far apart: rings of directions in their order would leave
/// nearly all points waiting at one face.
fn scattered(count: usize) -> impl Iterator<Item = usize> {
    let mut stride = (count * 5 / 8) | 1;
    while gcd(stride, count) != 1 {
        stride += 2;
    }
    (0..count).map(move |index| index * stride % count)
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// A face, and the points outside that wait at it.
struct Waited {
    corners: Face,
    kept: bool,
    waiting: Vec<usize>,
}

struct Hull<'a> {
    points: &'a [Vector],
    faces: Vec<Waited>,
    /// The face to the left of each edge.
    owners: HashMap<(usize, usize), usize>,
}

impl Hull<'_> {
    /// Adds a face, at which those of the points wait that see it.
    fn add(&mut self, corners: Face, points: &mut Vec<usize>) {
        for edge in edges_of(&corners) {
            self.owners.insert(edge, self.faces.len());
        }
        let (waiting, others) =
            points.iter().partition(|&&point| sees(self.points, point, corners));
        *points = others;
        self.faces.push(Waited { corners, kept: true, waiting });
    }

    /// The faces that a point sees give way to a fan from it to their horizon.
    fn insert(&mut self, point: usize, seen_first: usize) {
        let (mut seen, mut horizon, mut orphans) = (vec![seen_first], Vec::new(), Vec::new());
        self.faces[seen_first].kept = false;
        let mut next = 0;
        while next < seen.len() {
            for (from, to) in edges_of(&self.faces[seen[next]].corners) {
                let across = self.owners[&(to, from)];
                if !self.faces[across].kept {
                    continue;
                }
                if sees(self.points, point, self.faces[across].corners) {
                    self.faces[across].kept = false;
                    seen.push(across);
                } else {
                    horizon.push((from, to));
                }
            }
            orphans.append(&mut self.faces[seen[next]].waiting);
            next += 1;
        }
        orphans.retain(|&orphan| orphan != point);
        for (from, to) in horizon {
            self.add([from, to, point], &mut orphans);
        }
    }
}

fn first_tetrahedron(points: &[Vector]) -> Option<(Vec<Face>, [usize; 4])> {
    let (a, b, c) = (0, 1, 2);
    let d = (3..points.len()).find(|&d| side(points, [a, b, c], d) != 0.0)?;
    // `side` is positive for a point below the face, where the inside of the hull is.
    let (b, c) = if side(points, [a, b, c], d) > 0.0 { (b, c) } else { (c, b) };
    Some((vec![[a, b, c], [a, c, d], [c, b, d], [b, a, d]], [a, b, c, d]))
}

fn sees(points: &[Vector], point: usize, face: Face) -> bool {
    side(points, face, point) < 0.0
}

fn side(points: &[Vector], [a, b, c]: Face, d: usize) -> f64 {
    let corner = |index: usize| {
        let Vector { data: nalgebra::ArrayStorage([[x, y, z]]), .. } = points[index];
        Coord3D { x, y, z }
    };
    orient3d(corner(a), corner(b), corner(c), corner(d))
}

/// The edges of a face, which lies to their left.
#[must_use]
pub fn edges_of([a, b, c]: &Face) -> [(usize, usize); 3] {
    [(*a, *b), (*b, *c), (*c, *a)]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::space::unit_vector;

    fn rings() -> Vec<Vector> {
        let ring = |elevation: i32| {
            (0..72).map(move |step| unit_vector(f64::from(step) * 5.0, f64::from(elevation)))
        };
        (-8..=8).flat_map(|step| ring(step * 10)).collect()
    }

    #[test]
    fn every_edge_has_a_face_on_either_side() {
        let points = rings();
        let faces = triangles(&points).unwrap();
        let edges: BTreeSet<_> = faces.iter().flat_map(edges_of).collect();
        assert_eq!(edges.len(), 3 * faces.len());
        assert!(edges.iter().all(|&(from, to)| edges.contains(&(to, from))));
        // Euler: every point is a corner.
        assert_eq!(faces.len(), 2 * points.len() - 4);
    }

    #[test]
    fn no_point_lies_outside() {
        let points = rings();
        for face in triangles(&points).unwrap() {
            assert!((0..points.len()).all(|point| !sees(&points, point, face)));
        }
    }

    #[test]
    fn points_in_one_plane_have_no_hull() {
        let ring: Vec<_> = (0..4).map(|n| unit_vector(f64::from(n) * 90.0, 0.0)).collect();
        assert!(triangles(&ring).is_none());
        assert!(triangles(&ring[..2]).is_none());
    }
}
