//! Round the room on an ellipse.

use schemars::JsonSchema;
use serde::Deserialize;

use super::bounds::{AZIMUTH_DEG, Bounds, DISTANCE, DURATION, RATE};
use super::mistake::Mistake;
use super::placement::Offset;
use super::repeat::Repeat;
use super::ring::Ring;
use super::site::Site;
use super::sphere::turn;
use super::timing::Timing;
use super::trajectory::{Course, MacroSpec};
use crate::space::{Vector, sin_cos_deg};

/// A level ellipse about the head (or another centre) on the height of the object's `position`, so
/// that the distance changes on the way. The object's azimuth says where on it the object begins.
/// One pass is one turn.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ellipse {
    /// Turns a second, positive to the left (anticlockwise from above), negative to the right.
    pub turns_per_s: Option<f64>,
    /// Beats for one turn, negative to the right; instead of `turns_per_s`.
    pub beats_per_turn: Option<f64>,
    /// How far it reaches to either side; default the object's horizontal distance.
    pub radius_x: Option<f64>,
    /// How far it reaches to the front and to the back; default the object's horizontal distance.
    pub radius_y: Option<f64>,
    /// How far it is turned to the left about the vertical, in degrees; default 0.
    pub rotation_deg: Option<f64>,
    /// Begins this many degrees further to the left than the object's azimuth; default 0.
    pub phase_deg: Option<f64>,
    /// Its centre; default the head.
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

impl MacroSpec for Ellipse {
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
        bounds.within("radius_x", self.radius_x, &DISTANCE);
        bounds.within("radius_y", self.radius_y, &DISTANCE);
        bounds.within("rotation_deg", self.rotation_deg, &AZIMUTH_DEG);
        bounds.within("phase_deg", self.phase_deg, &AZIMUTH_DEG);
        if let Some(centre) = &self.centre {
            bounds.inside("centre", |place, problems| centre.check(place, problems));
        }
    }

    fn course(&self, site: &Site<'_>) -> Result<Box<dyn Course>, Mistake> {
        let start = &site.start;
        let (sin, cos) = sin_cos_deg(start.elevation_deg);
        let level = start.position.distance * cos;
        let (radius_x, radius_y) = (self.radius_x.unwrap_or(level), self.radius_y.unwrap_or(level));
        let height = Vector::new(0.0, 0.0, start.position.distance * sin);
        let rotation_deg = self.rotation_deg.unwrap_or(0.0);
        let (first_sin, first_cos) =
            sin_cos_deg(start.azimuth_deg + self.phase_deg.unwrap_or(0.0) - rotation_deg);
        let turned =
            |x: f64, y: f64| turn(&Vector::new(x * radius_x, y * radius_y, 0.0), rotation_deg);
        Ok(Box::new(Ring {
            middle: self.centre.clone().unwrap_or_default().vector() + height,
            cosine: turned(-first_sin, first_cos),
            sine: turned(-first_cos, -first_sin),
            turns_per_s: site.rate_hz(self.turns_per_s, self.beats_per_turn, "beats_per_turn")?,
            distance: None,
        }))
    }
}
