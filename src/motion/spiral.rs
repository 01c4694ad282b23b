//! Round the head while rising, sinking, leaving or coming closer.

use schemars::JsonSchema;
use serde::Deserialize;

use super::bounds::{Bounds, DISTANCE, DURATION, ELEVATION_DEG};
use super::keyframes::Easing;
use super::mistake::Mistake;
use super::repeat::Repeat;
use super::site::Site;
use super::timing::Timing;
use super::trajectory::{Course, MacroSpec};
use crate::space::Position;

/// Some turns about the vertical, begun at the object's `position`, while the elevation or the
/// distance (or both) change from there to others.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spiral {
    /// How many turns, of any fraction; positive to the left (anticlockwise from above).
    pub turns: f64,
    /// How long it takes, in seconds.
    pub duration_s: Option<f64>,
    /// How long it takes, in beats; instead of `duration_s`.
    pub duration_beats: Option<f64>,
    /// The elevation at the beginning, in degrees; default the object's.
    pub from_elevation_deg: Option<f64>,
    /// The elevation at the end, in degrees; default that of the beginning.
    pub to_elevation_deg: Option<f64>,
    /// The distance at the beginning; default the object's.
    pub from_distance: Option<f64>,
    /// The distance at the end; default that of the beginning.
    pub to_distance: Option<f64>,
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

impl MacroSpec for Spiral {
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
        bounds.within("turns", self.turns, &(-10_000.0..=10_000.0));
        bounds.within("from_elevation_deg", self.from_elevation_deg, &ELEVATION_DEG);
        bounds.within("to_elevation_deg", self.to_elevation_deg, &ELEVATION_DEG);
        bounds.within("from_distance", self.from_distance, &DISTANCE);
        bounds.within("to_distance", self.to_distance, &DISTANCE);
        if self.to_elevation_deg.is_none() && self.to_distance.is_none() {
            let help = "give to_elevation_deg or to_distance, or take an orbit";
            bounds.error_here("a spiral must lead somewhere", help);
        }
    }

    fn course(&self, site: &Site<'_>) -> Result<Box<dyn Course>, Mistake> {
        let start = &site.start;
        let from_deg = self.from_elevation_deg.unwrap_or(start.elevation_deg);
        let from_distance = self.from_distance.unwrap_or(start.position.distance);
        Ok(Box::new(Helix {
            duration_s: site.time_s(self.duration_s, self.duration_beats, "duration_beats", 0.0)?,
            easing: self.easing,
            azimuth_deg: [start.azimuth_deg, start.azimuth_deg + 360.0 * self.turns],
            elevation_deg: [from_deg, self.to_elevation_deg.unwrap_or(from_deg)],
            distance: [from_distance, self.to_distance.unwrap_or(from_distance)],
        }))
    }
}

/// Each from one value to another.
#[derive(Debug)]
struct Helix {
    duration_s: f64,
    easing: Easing,
    azimuth_deg: [f64; 2],
    elevation_deg: [f64; 2],
    distance: [f64; 2],
}

impl Course for Helix {
    fn pass_s(&self) -> f64 {
        self.duration_s
    }

    fn position(&self, time_s: f64) -> Position {
        let fraction = self.easing.apply(time_s / self.duration_s);
        let between = |[from, to]: [f64; 2]| from * (1.0 - fraction) + to * fraction;
        Position::polar(
            between(self.azimuth_deg),
            between(self.elevation_deg),
            between(self.distance),
        )
    }

    fn max_distance(&self) -> f64 {
        self.distance[0].max(self.distance[1])
    }
}
