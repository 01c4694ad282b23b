//! Sets whose right ear hears the mirror image of what the left one hears.

use std::collections::HashMap;

use super::Measured;
use crate::space::Vector;

/// Directions are told apart to this part of the radius.
const GRID: f64 = 1e-6;

/// The direction on the other side of the median plane.
#[inline]
pub fn mirrored(direction: &Vector) -> Vector {
    Vector::new(-direction.x, direction.y, direction.z)
}

/// Whether the right ear hears from every direction exactly what the left ear hears from its mirror
/// image, so that one ear is enough.
pub fn is_symmetric(measured: &Measured) -> bool {
    let places: HashMap<_, _> =
        measured.directions.iter().enumerate().map(|(index, it)| (place(it), index)).collect();
    measured.directions.iter().enumerate().all(|(index, direction)| {
        places.get(&place(&mirrored(direction))).is_some_and(|&image| {
            measured.response(index, 1) == measured.response(image, 0)
                && measured.delays_frames[index][1] == measured.delays_frames[image][0]
        })
    })
}

fn place(direction: &Vector) -> [i64; 3] {
    [direction.x, direction.y, direction.z].map(|it| libm::round(it / GRID) as i64)
}
