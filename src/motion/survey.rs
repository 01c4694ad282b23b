//! How far and how fast an object moves, in terms of what can be heard.
//!
//! The figures are those of hearing research: the smallest movement heard in front is 0.97 degrees
//! along the horizon and 3.65 degrees along the vertical (Perrott and Saberi, "Minimum audible
//! angle thresholds for sources varying in both elevation and azimuth", 1990); a rotation of more
//! than about 2.5 turns a second is no longer followed (Féron, Frissen and Guastavino, International
//! Conference on Auditory Display, 2009).

use super::Trajectory;
use super::sphere::left_and_up;
use crate::space::{Vector, angle_deg, azimuth_elevation_deg};

/// The minimum audible angle along the azimuth, in degrees.
pub const AUDIBLE_AZIMUTH_DEG: f64 = 0.97;
/// The minimum audible angle along the elevation, in degrees.
pub const AUDIBLE_ELEVATION_DEG: f64 = 3.65;
/// A micro motion stays within this many minimum audible angles (10 degrees along the horizon) ...
const MICRO_EXCURSION: f64 = 10.0 / AUDIBLE_AZIMUTH_DEG;
/// ... and below this speed.
const MICRO_SPEED_DEG_S: f64 = 30.0;
/// Roundings of the mean direction stay far below this many minimum audible angles.
const INAUDIBLE: f64 = 1e-6;
/// Beyond 2.5 turns a second no ear follows.
const FOLLOWED_SPEED_DEG_S: f64 = 900.0;

/// Moments looked at.
const MOMENTS: u32 = 10_000;
/// The golden section: its multiples, taken modulo 1, fill an interval evenly and keep no step that
/// a motion could repeat itself in.
const GOLDEN: f64 = 0.618_033_988_749_894_9;
/// Speeds are those over this time: less than half a turn at the highest rate a motion may have.
const SPEED_OVER_S: f64 = 0.000_4;

/// What a motion is to the ear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// It does not move.
    Still,
    /// It moves less than can be heard.
    SubThreshold,
    /// It lives around its place.
    Micro,
    /// It goes somewhere.
    Macro,
    /// It goes faster than an ear can follow.
    TooFastToFollow,
}

/// How far and how fast an object moves.
#[derive(Clone, Debug, PartialEq)]
pub struct Survey {
    /// The angle from its mean direction, in degrees, that it exceeds in a twentieth of the time.
    pub excursion_p95_deg: f64,
    /// The largest angle from its mean direction, in degrees.
    pub excursion_max_deg: f64,
    /// As `excursion_p95_deg`, but in minimum audible angles.
    pub excursion_p95_audible: f64,
    /// The speed, in degrees of arc a second, that it exceeds in a twentieth of the time.
    pub speed_p95_deg_s: f64,
    /// The highest speed, in degrees of arc a second.
    pub speed_max_deg_s: f64,
    /// A distance that it never exceeds, whenever it is asked.
    pub max_distance: f64,
    /// What that is to the ear.
    pub class: Class,
}

/// Looks at a motion from time 0 to a duration in seconds, at moments that depend on the duration
/// alone. The mean direction is that of the sum of all directions; where they balance, as on a
/// level orbit, it is the first.
#[must_use]
pub fn survey(trajectory: &Trajectory, duration_s: f64) -> Survey {
    let times_s = (0..MOMENTS).map(|moment| duration_s * (f64::from(moment) * GOLDEN).fract());
    let (directions, speeds): (Vec<Vector>, Vec<f64>) = times_s
        .map(|time_s| {
            let here = trajectory.position(time_s).direction;
            let there = trajectory.position(time_s + SPEED_OVER_S).direction;
            (here, angle_deg(&here, &there) / SPEED_OVER_S)
        })
        .unzip();
    let middle = mean_direction(&directions);
    let excursions = sorted(directions.iter().map(|it| angle_deg(&middle, it)));
    let audible = sorted(audible_angles(&middle, &directions));
    let speeds = sorted(speeds.into_iter());
    Survey {
        excursion_p95_deg: percentile_95(&excursions),
        excursion_max_deg: excursions[excursions.len() - 1],
        excursion_p95_audible: percentile_95(&audible),
        speed_p95_deg_s: percentile_95(&speeds),
        speed_max_deg_s: speeds[speeds.len() - 1],
        max_distance: trajectory.max_distance(),
        class: class(&audible, &speeds),
    }
}

fn class(audible: &[f64], speeds_deg_s: &[f64]) -> Class {
    let (farthest, speed_deg_s) = (audible[audible.len() - 1], percentile_95(speeds_deg_s));
    if farthest < INAUDIBLE {
        Class::Still
    } else if speed_deg_s > FOLLOWED_SPEED_DEG_S {
        Class::TooFastToFollow
    } else if farthest > MICRO_EXCURSION || speed_deg_s > MICRO_SPEED_DEG_S {
        Class::Macro
    } else if percentile_95(audible) < 1.0 {
        Class::SubThreshold
    } else {
        Class::Micro
    }
}

fn mean_direction(directions: &[Vector]) -> Vector {
    let sum = directions.iter().fold(Vector::zeros(), |sum, direction| sum + direction);
    let length = sum.norm();
    if length > 0.1 * directions.len() as f64 { sum / length } else { directions[0] }
}

/// How many minimum audible angles each direction lies from the mean one.
fn audible_angles<'a>(
    middle: &'a Vector,
    directions: &'a [Vector],
) -> impl Iterator<Item = f64> + 'a {
    let (azimuth_deg, elevation_deg) = azimuth_elevation_deg(middle);
    let (left, up) = left_and_up(azimuth_deg, elevation_deg);
    directions.iter().map(move |direction| {
        let (along, above) = (direction.dot(&left), direction.dot(&up));
        let (angle, across) = (angle_deg(middle, direction), libm::hypot(along, above));
        if across == 0.0 {
            // There, or straight behind: every way is as good.
            return angle / AUDIBLE_AZIMUTH_DEG;
        }
        let (along_deg, above_deg) = (along / across * angle, above / across * angle);
        libm::hypot(along_deg / AUDIBLE_AZIMUTH_DEG, above_deg / AUDIBLE_ELEVATION_DEG)
    })
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

fn percentile_95(sorted: &[f64]) -> f64 {
    sorted[(sorted.len() - 1) * 19 / 20]
}
