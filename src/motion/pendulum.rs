//! To and fro on an arc.

use schemars::JsonSchema;
use serde::Deserialize;

use super::bounds::{AZIMUTH_DEG, Bounds, DURATION, RATE};
use super::mistake::Mistake;
use super::repeat::Repeat;
use super::site::Site;
use super::sphere::left_and_up;
use super::timing::Timing;
use super::trajectory::{Course, MacroSpec};
use crate::space::{Position, Vector, sin_cos_deg};

/// A swing to either side of the object's `position` on a great circle: the angle is a sine of
/// time, as that of a pendulum for small swings. One pass is there and back.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pendulum {
    /// Swings there and back a second; negative begins to the other side.
    pub cycles_per_s: Option<f64>,
    /// Beats for a swing there and back; instead of `cycles_per_s`.
    pub beats_per_cycle: Option<f64>,
    /// How far it swings to either side, in degrees, 0 to 180; default 45.
    pub swing_deg: Option<f64>,
    /// Which way it swings first: 0 to the left, 90 upwards; default 0.
    pub bearing_deg: Option<f64>,
    /// Where in the swing it begins: 0 in the middle, 90 at the far end; default 0.
    pub phase_deg: Option<f64>,
    /// How many seconds it waits at its beginning; default 0.
    pub delay_s: Option<f64>,
    /// How many beats it waits at its beginning; instead of `delay_s`.
    pub delay_beats: Option<f64>,
    /// How many swing there and backs it makes; default forever.
    pub repeat: Option<Repeat>,
    /// Whether every other swing there and back goes backwards; default false.
    #[serde(default)]
    pub ping_pong: bool,
}

impl MacroSpec for Pendulum {
    fn timing(&self) -> Timing {
        Timing {
            delay_s: self.delay_s,
            delay_beats: self.delay_beats,
            repeat: self.repeat.unwrap_or(Repeat::Forever),
            ping_pong: self.ping_pong,
        }
    }

    fn check(&self, bounds: &mut Bounds<'_>) {
        let (rate, beats) = (self.cycles_per_s, self.beats_per_cycle);
        bounds.one_of(("cycles_per_s", rate.is_some()), ("beats_per_cycle", beats.is_some()));
        bounds.either_sign("cycles_per_s", rate, &RATE);
        bounds.either_sign("beats_per_cycle", beats, &DURATION);
        bounds.within("swing_deg", self.swing_deg, &(0.0..=180.0));
        bounds.within("bearing_deg", self.bearing_deg, &AZIMUTH_DEG);
        bounds.within("phase_deg", self.phase_deg, &AZIMUTH_DEG);
    }

    fn course(&self, site: &Site<'_>) -> Result<Box<dyn Course>, Mistake> {
        let start = &site.start;
        let (left, up) = left_and_up(start.azimuth_deg, start.elevation_deg);
        let (sin, cos) = sin_cos_deg(self.bearing_deg.unwrap_or(0.0));
        Ok(Box::new(Swing {
            middle: start.position,
            sideways: left * cos + up * sin,
            swing_deg: self.swing_deg.unwrap_or(45.0),
            phase_deg: self.phase_deg.unwrap_or(0.0),
            rate_hz: site.rate_hz(self.cycles_per_s, self.beats_per_cycle, "beats_per_cycle")?,
        }))
    }
}

#[derive(Debug)]
struct Swing {
    middle: Position,
    sideways: Vector,
    swing_deg: f64,
    phase_deg: f64,
    rate_hz: f64,
}

impl Course for Swing {
    fn pass_s(&self) -> f64 {
        1.0 / self.rate_hz.abs()
    }

    fn position(&self, time_s: f64) -> Position {
        let (swing, _) = sin_cos_deg(360.0 * (time_s * self.rate_hz) + self.phase_deg);
        let (sin, cos) = sin_cos_deg(self.swing_deg * swing);
        Position { direction: self.middle.direction * cos + self.sideways * sin, ..self.middle }
    }

    fn max_distance(&self) -> f64 {
        self.middle.distance
    }
}
