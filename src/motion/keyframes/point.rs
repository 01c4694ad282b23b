//! A point as the author writes it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::curve::{Curve, Easing};
use crate::motion::bounds::{Bounds, TIME};
use crate::motion::placement::{Direction, Placement};

/// A place at a moment. Coordinates that are not said stay those of the point before, and at the
/// first point those of the object.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// When, in seconds.
    pub t_s: Option<f64>,
    /// When, in beats of the scene's tempo; instead of `t_s`.
    pub t_beats: Option<f64>,
    /// Azimuth in degrees, 0 in front, positive to the left.
    pub azimuth_deg: Option<f64>,
    /// Elevation in degrees, -90 to 90, positive up.
    pub elevation_deg: Option<f64>,
    /// Distance from the listener, at least 0; 1 is the radius of the loudspeakers.
    pub distance: Option<f64>,
    /// To the right, in radii of the loudspeakers.
    pub x: Option<f64>,
    /// To the front, in radii of the loudspeakers.
    pub y: Option<f64>,
    /// Up, in radii of the loudspeakers.
    pub z: Option<f64>,
    /// How the speed changes on the way here; default "linear".
    pub easing: Option<Easing>,
    /// A direction that the great circle on the way here goes through.
    pub via: Option<Direction>,
    /// Whole turns about the vertical on the way here, on top of the shortest way; positive to the
    /// left; default 0.
    pub turns: Option<i32>,
}

/// Most turns on the way to a point.
const MOST_TURNS: u32 = 10_000;

impl Point {
    pub(super) fn check(&self, previous: Option<&Self>, curve: Curve, bounds: &mut Bounds<'_>) {
        self.check_time(previous, bounds);
        bounds.here(|place, problems| self.placement().check(place, problems));
        self.check_way(previous.is_none(), curve, bounds);
    }

    pub(super) fn placement(&self) -> Placement {
        let Self { azimuth_deg, elevation_deg, distance, x, y, z, .. } = *self;
        Placement { azimuth_deg, elevation_deg, distance, x, y, z }
    }

    fn check_time(&self, previous: Option<&Self>, bounds: &mut Bounds<'_>) {
        bounds.one_of(("t_s", self.t_s.is_some()), ("t_beats", self.t_beats.is_some()));
        bounds.within("t_s", self.t_s, &TIME);
        bounds.within("t_beats", self.t_beats, &TIME);
        let Some(previous) = previous else { return };
        for (key, now, before) in
            [("t_s", self.t_s, previous.t_s), ("t_beats", self.t_beats, previous.t_beats)]
        {
            if let (Some(now), Some(before)) = (now, before)
                && now <= before
            {
                let message = format!("{key} = {now} does not come after {before}");
                bounds.error(key, message, "put the points in the order of their times");
            }
        }
    }

    fn check_way(&self, is_first: bool, curve: Curve, bounds: &mut Bounds<'_>) {
        let keys = [
            ("easing", self.easing.is_some(), curve.can_ease()),
            ("via", self.via.is_some(), curve == Curve::GreatCircle),
            ("turns", self.turns.is_some(), curve.can_turn()),
        ];
        for (key, is_given, is_possible) in keys {
            if is_given && is_first {
                let message = format!("no way leads to the first point, so {key} says nothing");
                bounds.error(key, message, format!("move {key} to the point the way leads to"));
            } else if is_given && !is_possible {
                let message = format!("{key} does not go with this curve");
                bounds.error(key, message, "leave it out, or take curve = \"great-circle\"");
            }
        }
        if let Some(via) = &self.via {
            bounds.inside("via", |place, problems| via.check(place, problems));
        }
        if self.turns.is_some_and(|turns| turns.unsigned_abs() > MOST_TURNS) {
            bounds.error("turns", "too many turns", format!("give at most {MOST_TURNS}"));
        }
    }
}
