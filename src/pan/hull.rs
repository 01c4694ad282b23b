//! The convex hull of points on the unit sphere, as facets of three or more corners.
//!
//! Neighbouring triangles in one plane become one facet: an arbitrary diagonal would break the mirror
//! symmetry of a layout.

use std::collections::BTreeSet;

use crate::hull::{Face, edges_of, triangles};
use crate::space::Vector;

/// Planes (unit normal and offset) that differ by less are one: the tolerance of ITU-R BS.2127.
const SAME_PLANE: f64 = 1e-5;

/// The facets of the hull of distinct points on the unit sphere: the indices of their corners,
/// counterclockwise from outside, beginning with the lowest. `None` if all lie in one plane.
pub fn facets(points: &[Vector]) -> Option<Vec<Vec<usize>>> {
    let faces = triangles(points)?;
    let groups = coplanar_groups(points, &faces);
    let mut facets: Vec<_> = groups.iter().map(|group| outline(group)).collect();
    facets.sort();
    Some(facets)
}

/// Gathers faces that share an edge and a plane.
fn coplanar_groups(points: &[Vector], faces: &[Face]) -> Vec<Vec<Face>> {
    let planes: Vec<_> = faces.iter().map(|face| plane(points, face)).collect();
    let mut group: Vec<usize> = (0..faces.len()).collect();
    for (first, face) in faces.iter().enumerate() {
        for (second, other) in faces.iter().enumerate().skip(first + 1) {
            let same = (planes[first] - planes[second]).norm() < SAME_PLANE;
            if same && share_an_edge(face, other) && group[first] != group[second] {
                let (from, into) = (group[second], group[first]);
                group.iter_mut().filter(|id| **id == from).for_each(|id| *id = into);
            }
        }
    }
    let members = |id: usize| faces.iter().zip(&group).filter(move |(_, of)| **of == id);
    let ids: BTreeSet<_> = group.iter().copied().collect();
    ids.into_iter().map(|id| members(id).map(|(face, _)| *face).collect()).collect()
}

fn share_an_edge(face: &Face, other: &Face) -> bool {
    face.iter().filter(|corner| other.contains(corner)).count() == 2
}

fn plane(points: &[Vector], [a, b, c]: &Face) -> nalgebra::Vector4<f64> {
    let normal = (points[*b] - points[*a]).cross(&(points[*c] - points[*a])).normalize();
    normal.push(-normal.dot(&points[*a]))
}

/// The corners around a group of faces: the edges that only one of them has, end to end.
fn outline(group: &[Face]) -> Vec<usize> {
    let edges: BTreeSet<_> = group.iter().flat_map(edges_of).collect();
    let outer: Vec<_> =
        edges.iter().filter(|&&(from, to)| !edges.contains(&(to, from))).copied().collect();
    let mut corners = vec![outer[0].0];
    while corners.len() < outer.len() {
        let last = corners[corners.len() - 1];
        corners.extend(outer.iter().find(|edge| edge.0 == last).map(|edge| edge.1));
    }
    corners
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::unit_vector;

    #[test]
    fn a_cube_has_six_quads() {
        let corners: Vec<_> = [-45.0, 45.0, 135.0, -135.0]
            .iter()
            .flat_map(|&azimuth| [unit_vector(azimuth, -35.0), unit_vector(azimuth, 35.0)])
            .collect();
        let facets = facets(&corners).unwrap();
        assert_eq!(facets.len(), 6);
        assert!(facets.iter().all(|facet| facet.len() == 4));
    }

    #[test]
    fn corners_run_counterclockwise_seen_from_outside() {
        let points: Vec<_> =
            (0..40).map(|n| unit_vector(f64::from(n) * 137.5, f64::from(n) * 4.0 - 78.0)).collect();
        for facet in facets(&points).unwrap() {
            let [a, b, c] = [points[facet[0]], points[facet[1]], points[facet[2]]];
            let outward = (b - a).cross(&(c - a));
            assert!(points.iter().all(|point| outward.dot(&(point - a)) < 1e-12));
        }
    }

    #[test]
    fn points_in_one_plane_have_no_hull() {
        let ring: Vec<_> = (0..4).map(|n| unit_vector(f64::from(n) * 90.0, 0.0)).collect();
        assert!(facets(&ring).is_none());
    }
}
