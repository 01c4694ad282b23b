//! On a lying figure of eight.

use schemars::JsonSchema;
use serde::Deserialize;

use super::bounds::{AZIMUTH_DEG, Bounds, DURATION, RATE};
use super::mistake::Mistake;
use super::repeat::Repeat;
use super::site::Site;
use super::sphere::{left_and_up, push};
use super::timing::Timing;
use super::trajectory::{Course, MacroSpec};
use crate::space::{Position, Vector, sin_cos_deg};

/// A lying eight (a Lissajous figure of 1 to 2) that crosses itself at the object's `position`. One
/// pass is one figure.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FigureEight {
    /// Figures a second; negative goes to the right first.
    pub cycles_per_s: Option<f64>,
    /// Beats for one figure; instead of `cycles_per_s`.
    pub beats_per_cycle: Option<f64>,
    /// From end to end, in degrees of arc, 0 to 240; default 60.
    pub width_deg: Option<f64>,
    /// From top to bottom, in degrees of arc, 0 to 240; default half the width.
    pub height_deg: Option<f64>,
    /// How far it is turned, in degrees; 90 stands upright; default 0.
    pub rotation_deg: Option<f64>,
    /// Where in the figure it begins, in degrees; default 0, the crossing.
    pub phase_deg: Option<f64>,
    /// How many seconds it waits at its beginning; default 0.
    pub delay_s: Option<f64>,
    /// How many beats it waits at its beginning; instead of `delay_s`.
    pub delay_beats: Option<f64>,
    /// How many figures it makes; default forever.
    pub repeat: Option<Repeat>,
    /// Whether every other figure goes backwards; default false.
    #[serde(default)]
    pub ping_pong: bool,
}

impl MacroSpec for FigureEight {
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
        bounds.within("width_deg", self.width_deg, &(0.0..=240.0));
        bounds.within("height_deg", self.height_deg, &(0.0..=240.0));
        bounds.within("rotation_deg", self.rotation_deg, &AZIMUTH_DEG);
        bounds.within("phase_deg", self.phase_deg, &AZIMUTH_DEG);
    }

    fn course(&self, site: &Site<'_>) -> Result<Box<dyn Course>, Mistake> {
        let start = &site.start;
        let (left, up) = left_and_up(start.azimuth_deg, start.elevation_deg);
        let (sin, cos) = sin_cos_deg(self.rotation_deg.unwrap_or(0.0));
        let width_deg = self.width_deg.unwrap_or(60.0);
        let height_deg = self.height_deg.unwrap_or(0.5 * width_deg);
        Ok(Box::new(Lissajous {
            middle: start.position,
            along: (left * cos + up * sin) * (0.5 * width_deg).to_radians(),
            across: (up * cos - left * sin) * (0.5 * height_deg).to_radians(),
            phase_deg: self.phase_deg.unwrap_or(0.0),
            rate_hz: site.rate_hz(self.cycles_per_s, self.beats_per_cycle, "beats_per_cycle")?,
        }))
    }
}

#[derive(Debug)]
struct Lissajous {
    middle: Position,
    /// Half its width, in radians.
    along: Vector,
    /// Half its height, in radians.
    across: Vector,
    phase_deg: f64,
    rate_hz: f64,
}

impl Course for Lissajous {
    fn pass_s(&self) -> f64 {
        1.0 / self.rate_hz.abs()
    }

    fn position(&self, time_s: f64) -> Position {
        let (sin, cos) = sin_cos_deg(360.0 * (time_s * self.rate_hz) + self.phase_deg);
        // The sine of the double angle is 2 sin cos.
        let away = self.along * sin + self.across * (2.0 * sin * cos);
        Position { direction: push(&self.middle.direction, &away), ..self.middle }
    }

    fn max_distance(&self) -> f64 {
        self.middle.distance
    }
}
