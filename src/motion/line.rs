//! Straight from one place to another.

use schemars::JsonSchema;
use serde::Deserialize;

use super::bounds::{Bounds, DURATION};
use super::keyframes::Easing;
use super::mistake::Mistake;
use super::placement::Placement;
use super::repeat::Repeat;
use super::site::Site;
use super::sphere;
use super::timing::Timing;
use super::trajectory::{Course, MacroSpec};
use crate::space::{Position, Vector};

/// A straight line through the room. Coordinates of its ends that are not said are the object's.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Where it begins; default the object's `position`.
    #[serde(default)]
    pub from: Placement,
    /// Where it ends.
    pub to: Placement,
    /// How long it takes, in seconds.
    pub duration_s: Option<f64>,
    /// How long it takes, in beats; instead of `duration_s`.
    pub duration_beats: Option<f64>,
    /// How the speed changes on the way; default "linear".
    #[serde(default)]
    pub easing: Easing,
    /// How many seconds it waits at its beginning; default 0.
    pub delay_s: Option<f64>,
    /// How many beats it waits at its beginning; instead of `delay_s`.
    pub delay_beats: Option<f64>,
    /// How many passes it makes; default 1.
    pub repeat: Option<Repeat>,
    /// Whether every other pass goes backwards; default false.
    #[serde(default)]
    pub ping_pong: bool,
}

impl MacroSpec for Line {
    fn timing(&self) -> Timing {
        Timing {
            delay_s: self.delay_s,
            delay_beats: self.delay_beats,
            repeat: self.repeat.unwrap_or(Repeat::Times(1)),
            ping_pong: self.ping_pong,
        }
    }

    fn check(&self, bounds: &mut Bounds<'_>) {
        let (seconds, beats) = (self.duration_s, self.duration_beats);
        bounds.one_of(("duration_s", seconds.is_some()), ("duration_beats", beats.is_some()));
        bounds.within("duration_s", seconds, &DURATION);
        bounds.within("duration_beats", beats, &DURATION);
        bounds.inside("from", |place, problems| self.from.check(place, problems));
        bounds.inside("to", |place, problems| self.to.check(place, problems));
        if self.to == Placement::default() {
            bounds.error("to", "the line leads nowhere", "give it azimuth_deg, ... or x, y, z");
        }
    }

    fn course(&self, site: &Site<'_>) -> Result<Box<dyn Course>, Mistake> {
        let from = self.from.after(&site.start);
        let to = self.to.after(&site.start);
        Ok(Box::new(Straight {
            duration_s: site.time_s(self.duration_s, self.duration_beats, "duration_beats", 0.0)?,
            easing: self.easing,
            from: from.point(),
            to: to.point(),
            otherwise: from.position.direction,
        }))
    }
}

#[derive(Debug)]
struct Straight {
    duration_s: f64,
    easing: Easing,
    from: Vector,
    to: Vector,
    /// The direction where the line goes through the head.
    otherwise: Vector,
}

impl Course for Straight {
    fn pass_s(&self) -> f64 {
        self.duration_s
    }

    fn position(&self, time_s: f64) -> Position {
        let fraction = self.easing.apply(time_s / self.duration_s);
        let point = self.from * (1.0 - fraction) + self.to * fraction;
        sphere::position(&point, &self.otherwise)
    }

    fn max_distance(&self) -> f64 {
        self.from.norm().max(self.to.norm())
    }
}
