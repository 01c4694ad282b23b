//! How far and how fast an object moves, in terms of what can be heard.
//!
//! The figures are those of hearing research: the smallest movement heard in front is 0.97 degrees
//! along the horizon and 3.65 degrees along the vertical (Perrott and Saberi, "Minimum audible angle
//! thresholds for sources varying in both elevation and azimuth", 1990); a rotation of more than
//! about 2.5 turns a second is no longer followed (Féron, Frissen, Boissinot and Guastavino, "Upper
//! limits of auditory rotational motion perception", 2010).

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

/// Moments looked at: one every 10 ms, but never more than this.
const MOST_MOMENTS: f64 = 20_000.0;
const MOMENT_S: f64 = 0.01;
/// Speeds are those over this time, short against any motion an ear follows.
const SPEED_OVER_S: f64 = 0.005;

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
    let moments = (duration_s / MOMENT_S).ceil().clamp(1.0, MOST_MOMENTS);
    let times_s = (0..=moments as u32).map(|moment| duration_s * f64::from(moment) / moments);
    let (directions, speeds): (Vec<Vector>, Vec<f64>) = times_s
        .map(|time_s| {
            let here = trajectory.position(time_s).direction;
            let there = trajectory.position(time_s + SPEED_OVER_S).direction;
            (here, angle_deg(&here, &there) / SPEED_OVER_S)
        })
        .unzip();
    let middle = mean_direction(&directions);
    let excursions = sorted(directions.iter().map(|it| angle_deg(&middle, it)));
    let audible = sorted(directions.iter().map(|it| audible_angles(&middle, it)));
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

/// How many minimum audible angles a direction lies from the mean one.
fn audible_angles(middle: &Vector, direction: &Vector) -> f64 {
    let (azimuth_deg, elevation_deg) = azimuth_elevation_deg(middle);
    let (left, up) = left_and_up(azimuth_deg, elevation_deg);
    let (along, above) = (direction.dot(&left), direction.dot(&up));
    let across = libm::hypot(along, above);
    if across == 0.0 {
        return angle_deg(middle, direction) / AUDIBLE_ELEVATION_DEG;
    }
    let scale = angle_deg(middle, direction) / across;
    libm::hypot(along * scale / AUDIBLE_AZIMUTH_DEG, above * scale / AUDIBLE_ELEVATION_DEG)
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

fn percentile_95(sorted: &[f64]) -> f64 {
    sorted[(sorted.len() - 1) * 19 / 20]
}
