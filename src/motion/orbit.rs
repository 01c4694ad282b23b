//! Round the head on a circle.

use schemars::JsonSchema;
use serde::Deserialize;

use super::bounds::{AZIMUTH_DEG, Bounds, DISTANCE, DURATION, ELEVATION_DEG, RATE};
use super::mistake::Mistake;
use super::placement::Offset;
use super::repeat::Repeat;
use super::ring::Ring;
use super::site::Site;
use super::sphere::{hinge, rotate};
use super::timing::Timing;
use super::trajectory::{Course, MacroSpec};
use crate::space::{Vector, sin_cos_deg, unit_vector};

/// A circle about the vertical through the head (or through another centre), begun at the object's
/// `position`: at its azimuth, on its elevation, at its distance. One pass is one turn.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Orbit {
    /// Turns a second, positive to the left (anticlockwise from above), negative to the right.
    pub turns_per_s: Option<f64>,
    /// Beats for one turn, negative to the right; instead of `turns_per_s`.
    pub beats_per_turn: Option<f64>,
    /// Begins this many degrees further to the left than the object's azimuth; default 0.
    pub phase_deg: Option<f64>,
    /// The elevation of the circle in degrees; default the object's.
    pub elevation_deg: Option<f64>,
    /// The distance of the circle from its centre; default the object's.
    pub radius: Option<f64>,
    /// How far the circle is tilted, in degrees, -180 to 180; default 0.
    pub tilt_deg: Option<f64>,
    /// The azimuth that the tilt lifts; default a quarter turn to the left of the object's azimuth.
    pub tilt_azimuth_deg: Option<f64>,
    /// The centre of the circle; default the head.
    pub centre: Option<Offset>,
    /// How many seconds it waits at its beginning; default 0.
    pub delay_s: Option<f64>,
    /// How many beats it waits at its beginning; instead of `delay_s`.
    pub delay_beats: Option<f64>,
    /// How many turns it makes; default forever.
    pub repeat: Option<Repeat>,
    /// Whether every other turn goes backwards; default false.
    #[serde(default)]
    pub ping_pong: bool,
}

impl MacroSpec for Orbit {
    fn timing(&self) -> Timing {
        Timing {
            delay_s: self.delay_s,
            delay_beats: self.delay_beats,
            repeat: self.repeat.unwrap_or(Repeat::Forever),
            ping_pong: self.ping_pong,
        }
    }

    fn check(&self, bounds: &mut Bounds<'_>) {
        let (rate, beats) = (self.turns_per_s, self.beats_per_turn);
        bounds.one_of(("turns_per_s", rate.is_some()), ("beats_per_turn", beats.is_some()));
        bounds.either_sign("turns_per_s", rate, &RATE);
        bounds.either_sign("beats_per_turn", beats, &DURATION);
        bounds.within("phase_deg", self.phase_deg, &AZIMUTH_DEG);
        bounds.within("elevation_deg", self.elevation_deg, &ELEVATION_DEG);
        bounds.within("radius", self.radius, &DISTANCE);
        bounds.within("tilt_deg", self.tilt_deg, &(-180.0..=180.0));
        bounds.within("tilt_azimuth_deg", self.tilt_azimuth_deg, &AZIMUTH_DEG);
        if let Some(centre) = &self.centre {
            bounds.inside("centre", |place, problems| centre.check(place, problems));
        }
    }

    fn course(&self, site: &Site<'_>) -> Result<Box<dyn Course>, Mistake> {
        let start = &site.start;
        let radius = self.radius.unwrap_or(start.position.distance);
        let (sin, cos) = sin_cos_deg(self.elevation_deg.unwrap_or(start.elevation_deg));
        let first_deg = start.azimuth_deg + self.phase_deg.unwrap_or(0.0);
        let hinge = hinge(self.tilt_azimuth_deg.unwrap_or(start.azimuth_deg + 90.0));
        let tilted = |vector| rotate(&vector, &hinge, self.tilt_deg.unwrap_or(0.0));
        let ring = Ring {
            middle: tilted(Vector::new(0.0, 0.0, sin)),
            cosine: tilted(unit_vector(first_deg, 0.0) * cos),
            sine: tilted(unit_vector(first_deg + 90.0, 0.0) * cos),
            turns_per_s: site.rate_hz(self.turns_per_s, self.beats_per_turn, "beats_per_turn")?,
            distance: Some(radius),
        };
        Ok(Box::new(match &self.centre {
            Some(centre) => ring.moved(radius, centre.vector()),
            None => ring,
        }))
    }
}
