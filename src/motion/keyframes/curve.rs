//! How the way between two points is gone.

use schemars::JsonSchema;
use serde::Deserialize;

/// The way from point to point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Curve {
    /// Stays at a point until the time of the next, then is there at once.
    Step,
    /// Straight through the room.
    Linear,
    /// On the shortest arc round the listener, at constant angular speed; the distance goes along
    /// linearly.
    #[default]
    GreatCircle,
    /// On a smooth curve through the room (Catmull-Rom, centripetal).
    CatmullRom,
    /// Azimuth, elevation and distance each on a smooth curve that never overshoots (Fritsch and
    /// Carlson).
    Monotone,
}

impl Curve {
    /// Whether its way between two points is gone at an even speed, which an easing may change.
    pub(super) fn can_ease(self) -> bool {
        matches!(self, Self::Linear | Self::GreatCircle)
    }

    /// Whether it can go round some more turns.
    pub(super) fn can_turn(self) -> bool {
        matches!(self, Self::Linear | Self::GreatCircle | Self::Monotone)
    }
}

/// How the speed changes on the way from one point to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Easing {
    /// Not at all.
    #[default]
    Linear,
    /// Gentle at both ends, without a jolt (the quintic smoothstep).
    Smooth,
    /// Starts from rest.
    In,
    /// Comes to rest.
    Out,
    /// Starts from rest and comes to rest.
    InOut,
}

impl Easing {
    /// The fraction of the way that is done after a fraction of the time; 0 and 1 stay 0 and 1.
    pub(in crate::motion) fn apply(self, fraction: f64) -> f64 {
        let square = fraction * fraction;
        let rest = 1.0 - fraction;
        match self {
            Self::Linear => fraction,
            Self::Smooth => square * fraction * (10.0 - 15.0 * fraction + 6.0 * square),
            Self::In => square,
            Self::Out => 1.0 - rest * rest,
            Self::InOut => square * (3.0 - 2.0 * fraction),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easings_begin_and_end_where_they_should_and_never_turn_back() {
        for easing in [Easing::Linear, Easing::Smooth, Easing::In, Easing::Out, Easing::InOut] {
            assert_eq!((easing.apply(0.0), easing.apply(1.0)), (0.0, 1.0), "{easing:?}");
            for step in 0..1000 {
                let (now, next) = (f64::from(step) / 1000.0, f64::from(step + 1) / 1000.0);
                assert!(easing.apply(next) > easing.apply(now), "{easing:?} at {now}");
            }
        }
    }
}
