//! Where the sources were, in the axes of the listener.

use super::container::Container;
use super::convention::Shape;
use super::coordinates::{Kind, Place, places, places_of};
use crate::Result;
use crate::space::{FRONT, UP, Vector};

/// Shorter than this a vector has no direction, and a source is in the head; in metres.
const NEAREST_M: f64 = 1e-3;

/// Unit vectors from the listener to the sources, in the listener's axes, and the distances in
/// metres.
pub(super) fn sources(container: &Container, shape: &Shape) -> Result<(Vec<Vector>, Vec<f64>)> {
    let variable = container.variable("SourcePosition")?;
    let sources = places(&variable, shape, Kind::Polar)?;
    let axes = axes(container, shape)?;
    // A source that stays is as good, where the head turns.
    if sources.len().max(axes.len()) != shape.measurements {
        return Err(variable.wrong(format!(
            "has one place for {} measurements; each must have its own",
            shape.measurements
        )));
    }
    let listeners = places_of(container, "ListenerPosition", shape, Kind::Cartesian)?;
    let (mut directions, mut distances_m) = (Vec::new(), Vec::new());
    for row in 0..shape.measurements {
        let source = of_row(&sources, row);
        let seen = from_listener(source, listeners.as_deref().map(|all| of_row(all, row)));
        if seen.distance < NEAREST_M {
            return Err(variable.wrong(format!(
                "of measurement {} is where the listener is; a source has a distance",
                row + 1
            )));
        }
        directions.push(of_row(&axes, row).turned(&seen.direction));
        distances_m.push(seen.distance);
    }
    Ok((directions, distances_m))
}

/// What is given once holds for all.
fn of_row<T>(all: &[T], row: usize) -> &T {
    if all.len() == 1 { &all[0] } else { &all[row] }
}

/// A source as seen from the place of the listener, whose directions are still those of the room.
fn from_listener(source: &Place, listener: Option<&Place>) -> Place {
    // Untouched where the listener is at the origin: exact angles stay exact.
    let Some(listener) = listener.filter(|listener| listener.distance > 0.0) else {
        return *source;
    };
    let vector = source.vector() - listener.vector();
    let distance = vector.norm();
    Place { direction: if distance > 0.0 { vector / distance } else { vector }, distance }
}

/// Right, front and up of the listener in the axes of the room.
struct Axes {
    right: Vector,
    front: Vector,
    up: Vector,
}

impl Axes {
    fn turned(&self, direction: &Vector) -> Vector {
        let vector = Vector::new(
            direction.dot(&self.right),
            direction.dot(&self.front),
            direction.dot(&self.up),
        );
        // A listener who looks straight ahead changes no bit.
        if self.right == Vector::x() && self.front == FRONT {
            *direction
        } else {
            vector.normalize()
        }
    }
}

/// The axes of the listener, once or for each measurement.
fn axes(container: &Container, shape: &Shape) -> Result<Vec<Axes>> {
    let ahead = || vec![Place { direction: FRONT, distance: 1.0 }];
    let above = || vec![Place { direction: UP, distance: 1.0 }];
    let views = places_of(container, "ListenerView", shape, Kind::Cartesian)?.unwrap_or_else(ahead);
    // AES69 gives ListenerUp no type of its own: it is that of ListenerView.
    let kind = match container.find("ListenerView")? {
        Some(view) if view.attribute("Type")? == "spherical" => Kind::Polar,
        _ => Kind::Cartesian,
    };
    let ups = places_of(container, "ListenerUp", shape, kind)?.unwrap_or_else(above);
    let axes = |row: usize| {
        let (view, up) = (of_row(&views, row), of_row(&ups, row));
        let right = view.direction.cross(&up.direction);
        if view.distance.min(up.distance) < NEAREST_M || right.norm() < 1e-6 {
            return Err(container.wrong(
                "ListenerView and ListenerUp must be two directions that are not in one line",
            ));
        }
        let (right, front) = (right.normalize(), view.direction);
        Ok(Axes { right, front, up: right.cross(&front) })
    };
    (0..views.len().max(ups.len())).map(axes).collect()
}
