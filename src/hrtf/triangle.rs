//! A triangle between three directions.

use crate::space::Vector;

/// The shares that three directions have in one between them: the planar barycentric coordinates of
/// where its ray passes through their triangle. Before division by their sum, which is what a
/// direction outside is told by: there, one is negative.
pub fn normals([a, b, c]: [&Vector; 3]) -> [Vector; 3] {
    [b.cross(c), c.cross(a), a.cross(b)]
}

/// Shares that sum to 1; what is negative counts as nothing.
#[inline]
pub fn shares(depths: [f64; 3]) -> [f64; 3] {
    let [a, b, c] = depths.map(|depth| depth.max(0.0));
    let sum = a + b + c;
    // A direction that is none is heard from somewhere.
    if sum > 0.0 && sum < f64::INFINITY { [a / sum, b / sum, c / sum] } else { [1.0, 0.0, 0.0] }
}

/// The solid angle of a triangle on the unit sphere (Van Oosterom and Strackee 1983).
pub fn solid_angle([a, b, c]: [&Vector; 3]) -> f64 {
    let volume = a.dot(&b.cross(c)).abs();
    2.0 * libm::atan2(volume, 1.0 + a.dot(b) + b.dot(c) + c.dot(a))
}
