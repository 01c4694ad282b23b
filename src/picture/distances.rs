//! Distances beyond the loudspeakers, drawn ever closer together, so that what is far away is on the
//! paper too and the room stays large.

use super::axes::nice_step;
use super::geometry::Point;
use super::svg::{Anchor, Drawing};
use super::view::View;
use crate::space::{Vector, sin_cos_deg};

/// How distances become lengths on the paper: as they are up to the loudspeakers, by their logarithm
/// beyond.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distances {
    limit: f64,
}

/// Where the farthest is drawn, in radii of the loudspeakers: just inside of the dial.
const EDGE: f64 = 0.975 * View::DIAL_REACH;
/// Rings are at least this far apart, in radii of the loudspeakers: room for their numbers.
const RINGS_APART: f64 = 0.065;
/// Where along its ring a distance is written: so many degrees to the right of straight down.
const NUMBER_DEG: f64 = 12.0;

impl Distances {
    /// A scale on which a distance (in radii of the loudspeakers) is inside of the dial.
    #[must_use]
    pub fn up_to(farthest: f64) -> Self {
        // A hair's breadth beyond the loudspeakers is rounding.
        let limit = if farthest > 1.0 + 1e-9 { nice_step(farthest) } else { 1.0 };
        Self { limit }
    }

    /// How far from the listener a distance is drawn, in radii of the loudspeakers.
    #[must_use]
    pub fn drawn(&self, distance: f64) -> f64 {
        if distance <= 1.0 || self.limit <= 1.0 {
            return distance.min(EDGE);
        }
        let share = libm::log(distance) / libm::log(self.limit);
        1.0 + (EDGE - 1.0) * share.min(1.0)
    }

    /// Where a place in the room is drawn.
    #[must_use]
    pub fn place(&self, place: &Vector) -> Vector {
        let distance = place.norm();
        if distance <= 1.0 { *place } else { place * (self.drawn(distance) / distance) }
    }

    /// Draws a ring, with its number, for some distances beyond the loudspeakers.
    pub fn draw_rings(&self, drawing: &mut Drawing, view: &View) {
        let (right, down) = sin_cos_deg(NUMBER_DEG);
        for distance in self.rings() {
            let radius = view.unit_px() * self.drawn(distance);
            drawing.circle("far", view.centre(), radius);
            let at = view.centre().moved(right * radius, down * radius);
            let number = format!("{distance}×");
            drawing.text("far", Point::new(at.x, at.y + 3.0), Anchor::Middle, &number);
        }
    }

    /// The limit, and round distances that have room below it.
    fn rings(&self) -> Vec<f64> {
        let mut rings = vec![self.limit];
        for distance in [10_000.0, 1000.0, 100.0, 10.0, 5.0, 2.0, 1.5] {
            let above = self.drawn(rings[rings.len() - 1]) - self.drawn(distance);
            if above >= RINGS_APART && self.drawn(distance) >= 1.0 + RINGS_APART {
                rings.push(distance);
            }
        }
        rings.retain(|distance| *distance > 1.0);
        rings.reverse();
        rings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_keep_their_order_and_the_farthest_is_inside_of_the_dial() {
        for farthest in [0.5, 1.0, 1.2, 3.0, 9.8, 250.0, 10_000.0] {
            let distances = Distances::up_to(farthest);
            let steps = (0..=1000).map(|step| farthest * f64::from(step) / 1000.0);
            let drawn: Vec<f64> = steps.map(|distance| distances.drawn(distance)).collect();
            assert!(drawn.windows(2).all(|pair| pair[0] < pair[1]), "{farthest}");
            assert!(drawn[1000] < View::DIAL_REACH);
            assert!(distances.rings().len() <= 5, "{:?}", distances.rings());
            assert!(distances.rings().windows(2).all(|pair| pair[0] < pair[1]));
        }
    }

    #[test]
    fn within_the_loudspeakers_everything_is_where_it_is() {
        let place = Vector::new(0.3, -0.4, 0.5);
        assert_eq!(Distances::up_to(100.0).place(&place), place);
        let far = Distances::up_to(10.0).place(&Vector::new(0.0, 10.0, 0.0));
        assert!((far.y - EDGE).abs() < 1e-12, "{far}");
    }
}
