//! The shape of a source of some size: a rectangle with round ends, bent around the sphere.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};

use super::spread::Spread;
use crate::space::Vector;

/// The shape fades out over this angle (10 degrees).
const FADE: f64 = PI / 18.0;

/// A source is at least this wide and high, in degrees; what is smaller is part point.
const LEAST_DEG: f64 = 5.0;

/// Closer to a pole than this (1e-5 degrees) the azimuth means nothing and counts as 0.
const POLE: f64 = 1.745e-7;

/// How much each direction belongs to a source.
pub struct Extent {
    forward: Vector,
    /// The cosine of the middle's elevation.
    level: f64,
    /// Along the longer side.
    along: Vector,
    /// Along the shorter side.
    across: Vector,
    /// The sine and cosine of the angle from the middle to the centres of the round ends.
    ends: (f64, f64),
    whole_turn: bool,
    /// No direction less forward than this belongs to the source.
    least_forward: f64,
    straight: Edge,
    round: Edge,
}

impl Extent {
    /// The shape around a direction. It is at least 5 degrees wide and high.
    pub fn new(direction: &Vector, spread: &Spread) -> Self {
        let half = |size_deg: f64| 0.5 * size_deg.clamp(LEAST_DEG, 360.0).to_radians();
        let (width, height) = (half(spread.width_deg), half(spread.height_deg));
        let right = right_of(direction);
        let up = right.cross(direction);
        let (along, across) = if height > width { (up, right) } else { (right, up) };
        let radius = width.min(height);
        let reach = closed_behind(width.max(height), radius) - radius;
        Self {
            forward: *direction,
            level: libm::hypot(direction.x, direction.y),
            along,
            across,
            ends: libm::sincos(reach),
            whole_turn: reach >= PI,
            least_forward: least_forward(reach + radius + FADE),
            straight: Edge::new(radius, FRAC_PI_2, libm::sin),
            round: Edge::new(radius, PI, |angle| -libm::cos(angle)),
        }
    }

    /// Whether any direction of an elevation may belong to the source, by the sine and cosine of the
    /// elevation.
    #[inline]
    pub fn reaches(&self, (sine, cosine): (f64, f64)) -> bool {
        // As far forward as any: that of the source's own azimuth.
        let forward = sine * self.forward.z + cosine * self.level;
        forward >= self.least_forward
    }

    /// How much a direction belongs to the source: 1 inside, falling to 0 over 10 degrees outside.
    #[inline]
    pub fn weight(&self, direction: &Vector) -> f64 {
        let forward = direction.dot(&self.forward);
        if forward < self.least_forward {
            return 0.0;
        }
        let along = direction.dot(&self.along);
        let (sin_end, cos_end) = self.ends;
        let level = (forward * forward + along * along).sqrt();
        if self.whole_turn || forward >= cos_end * level {
            let height = direction.dot(&self.across).abs();
            self.straight.weight(height, |height| libm::asin(height.min(1.0)))
        } else {
            let nearness = along.abs() * sin_end + forward * cos_end;
            self.round.weight(-nearness, |far| libm::acos((-far).clamp(-1.0, 1.0)))
        }
    }
}

/// An edge and its fade, in a measure that grows with the angle but is cheaper: only directions
/// within the fade need the angle itself.
struct Edge {
    radius: f64,
    inside: f64,
    outside: f64,
}

impl Edge {
    /// An edge at an angle; `limit` is the largest angle there is.
    fn new(radius: f64, limit: f64, measure: impl Fn(f64) -> f64) -> Self {
        let at = |angle: f64| if angle < limit { measure(angle) } else { f64::INFINITY };
        Self { radius, inside: at(radius), outside: at(radius + FADE) }
    }

    #[inline]
    fn weight(&self, measure: f64, angle: impl Fn(f64) -> f64) -> f64 {
        if measure <= self.inside {
            1.0
        } else if measure >= self.outside {
            0.0
        } else {
            (1.0 - (angle(measure) - self.radius) / FADE).clamp(0.0, 1.0)
        }
    }
}

/// The cosine of an angle from the middle, with some room for rounding.
fn least_forward(angle: f64) -> f64 {
    if angle < PI { libm::cos(angle) - 1e-9 } else { f64::NEG_INFINITY }
}

/// The direction to the right, level with the horizon.
fn right_of(direction: &Vector) -> Vector {
    let level = libm::hypot(direction.x, direction.y);
    if level < POLE {
        Vector::new(1.0, 0.0, 0.0)
    } else {
        Vector::new(direction.y / level, -direction.x / level, 0.0)
    }
}

/// Half the longer side (radians), widened so that 360 degrees meet behind the listener; fully up to
/// a height of 90 degrees, not at all from 180.
fn closed_behind(half_width: f64, half_height: f64) -> f64 {
    let behind = (half_width - FRAC_PI_2).max(0.0) / FRAC_PI_2;
    let closed =
        if behind > 0.0 { FRAC_PI_2 + behind * (FRAC_PI_2 + half_height) } else { half_width };
    let tall = ((half_height - FRAC_PI_4) / FRAC_PI_4).clamp(0.0, 1.0);
    closed + tall * (half_width - closed)
}
