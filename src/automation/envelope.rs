//! A line through points in time.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::document::{Place, Problems};

/// A line through points: `{ points = [[0, -60], [2, 0]], curve = "smooth" }`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// Pairs of a time in seconds of the scene and a value, times rising; before the first and after
    /// the last the value stays.
    pub points: Vec<[f64; 2]>,
    /// How it goes from point to point.
    #[serde(default)]
    pub curve: Curve,
}

/// How an envelope goes from one point to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Curve {
    /// It stays, and jumps at the next point.
    Step,
    /// In a straight line.
    #[default]
    Linear,
    /// Leaving and arriving at rest: `3 u^2 - 2 u^3` of the way.
    Smooth,
}

impl Envelope {
    /// The value at a time in seconds of the scene.
    #[must_use]
    pub fn at(&self, seconds: f64) -> f64 {
        let next = self.points.partition_point(|[time, _]| *time <= seconds);
        let Some(&[to_s, to]) = self.points.get(next) else {
            return self.points.last().map_or(0.0, |point| point[1]);
        };
        let Some(&[from_s, from]) = next.checked_sub(1).and_then(|it| self.points.get(it)) else {
            return to;
        };
        let part = (seconds - from_s) / (to_s - from_s);
        from + (to - from) * self.curve.way(part)
    }

    pub(super) fn check(&self, place: &Place, problems: &mut Problems) {
        let list = place.key("points");
        if self.points.is_empty() {
            problems.error(&list, "no points", "at least one [seconds, value]");
        }
        for (index, pair) in self.points.windows(2).enumerate() {
            if pair[1][0] <= pair[0][0] {
                let message = format!("{} s is not after {} s", pair[1][0], pair[0][0]);
                problems.error(&list.index(index + 1), message, "times that rise");
            }
        }
    }
}

impl Curve {
    /// How much of the way is done at a part, 0 to 1, of the time.
    fn way(self, part: f64) -> f64 {
        match self {
            Self::Step => 0.0,
            Self::Linear => part,
            Self::Smooth => part * part * (3.0 - 2.0 * part),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope(curve: Curve) -> Envelope {
        Envelope { points: vec![[1.0, -60.0], [3.0, 0.0], [4.0, -6.0]], curve }
    }

    #[test]
    fn it_goes_through_its_points_and_stays_outside() {
        for curve in [Curve::Step, Curve::Linear, Curve::Smooth] {
            let envelope = envelope(curve);
            let values = [0.0, 1.0, 3.0, 4.0, 9.0].map(|seconds| envelope.at(seconds));
            assert_eq!(values, [-60.0, -60.0, 0.0, -6.0, -6.0], "{curve:?}");
        }
    }

    #[test]
    fn the_curve_decides_what_lies_between() {
        let at = |curve, seconds| envelope(curve).at(seconds);
        assert_eq!(at(Curve::Step, 2.9), -60.0);
        assert_eq!(at(Curve::Linear, 2.5), -15.0);
        assert_eq!(at(Curve::Smooth, 2.0), -30.0);
        assert!((at(Curve::Smooth, 1.5) - (-60.0 + 60.0 * 0.15625)).abs() < 1e-12);
    }
}
