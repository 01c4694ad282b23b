//! How well a layout covers the sphere, in numbers.

use super::{GainRow, Panner};
use crate::layout::Layout;
use crate::space::{Vector, angle_deg, unit_vector};

/// Directions are looked at every so many degrees of azimuth and elevation.
const STEP_DEG: usize = 1;

/// A place on the sphere, and how much of something there is, in degrees.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Extreme {
    /// How much, in degrees.
    pub angle_deg: f64,
    /// Where: azimuth in degrees.
    pub azimuth_deg: f64,
    /// Where: elevation in degrees.
    pub elevation_deg: f64,
}

/// How well a layout covers the sphere, on a grid of 1 degree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coverage {
    /// The direction farthest from its nearest loudspeaker.
    pub largest_gap: Extreme,
    /// The same at ear height and above.
    pub largest_upper_gap: Extreme,
    /// Where Gerzon's energy vector, which is where sound is heard, points farthest away from where
    /// it should; only directions between real loudspeakers count, with no part for virtual ones.
    pub worst_error: Option<Extreme>,
    /// The mean of that error over these directions, each with its part of the sphere.
    pub mean_error_deg: Option<f64>,
}

impl Coverage {
    /// Looks at a layout, whose panner this is.
    #[must_use]
    pub fn of(layout: &Layout, panner: &Panner) -> Self {
        let speakers: Vec<_> = layout
            .loudspeakers
            .iter()
            .map(|speaker| (!speaker.lfe).then(|| speaker.direction()))
            .collect();
        let mut found = Self {
            largest_gap: Extreme::default(),
            largest_upper_gap: Extreme::default(),
            worst_error: None,
            mean_error_deg: None,
        };
        let (mut errors, mut area) = (0.0, 0.0);
        for place in grid() {
            let direction = unit_vector(place.azimuth_deg, place.elevation_deg);
            found.look_for_gap(place, nearest_deg(&speakers, &direction));
            if panner.is_real(&direction) {
                let error_deg = error_deg(&speakers, panner, &direction);
                keep_larger(found.worst_error.get_or_insert_default(), place, error_deg);
                let part = area_of_row(place.elevation_deg);
                errors += part * error_deg;
                area += part;
            }
        }
        found.mean_error_deg = (area > 0.0).then(|| errors / area);
        found
    }

    fn look_for_gap(&mut self, place: Extreme, angle_deg: f64) {
        keep_larger(&mut self.largest_gap, place, angle_deg);
        if place.elevation_deg >= 0.0 {
            keep_larger(&mut self.largest_upper_gap, place, angle_deg);
        }
    }
}

fn keep_larger(largest: &mut Extreme, place: Extreme, angle_deg: f64) {
    // Less than that is rounding: of equals the first is kept, on every machine.
    if angle_deg > largest.angle_deg + 1e-9 {
        *largest = Extreme { angle_deg, ..place };
    }
}

/// From the front to both sides and behind, from ear height up, then down: of equally bad directions
/// the one that matters most is named.
fn grid() -> impl Iterator<Item = Extreme> {
    let up = (0..=90).step_by(STEP_DEG).map(f64::from);
    let down = (STEP_DEG..=90).step_by(STEP_DEG).map(|elevation| -(elevation as f64));
    up.chain(down).flat_map(|elevation_deg| {
        let left = (0..=180).step_by(STEP_DEG).map(f64::from);
        let both = left.flat_map(|azimuth| [azimuth, -azimuth]);
        let single = move |azimuth: &f64| match elevation_deg.abs() {
            90.0 => *azimuth == 0.0 && azimuth.is_sign_positive(),
            _ => *azimuth != -180.0 && (*azimuth != 0.0 || azimuth.is_sign_positive()),
        };
        let place = move |azimuth_deg| Extreme { angle_deg: 0.0, azimuth_deg, elevation_deg };
        both.filter(single).map(place)
    })
}

/// What part of the sphere a direction of a row stands for, up to a factor.
fn area_of_row(elevation_deg: f64) -> f64 {
    let half = 0.5 * STEP_DEG as f64;
    let height = |elevation_deg: f64| libm::sin(elevation_deg.clamp(-90.0, 90.0).to_radians());
    let row = height(elevation_deg + half) - height(elevation_deg - half);
    let directions = if elevation_deg.abs() == 90.0 { 1.0 } else { 360.0 / STEP_DEG as f64 };
    row / directions
}

fn nearest_deg(speakers: &[Option<Vector>], direction: &Vector) -> f64 {
    let nearness = |speaker: &&Vector| speaker.dot(direction);
    let nearest = speakers.iter().flatten().max_by(|a, b| nearness(a).total_cmp(&nearness(b)));
    nearest.map_or(180.0, |speaker| angle_deg(speaker, direction))
}

/// The angle between a direction and its energy vector.
fn error_deg(speakers: &[Option<Vector>], panner: &Panner, direction: &Vector) -> f64 {
    let mut row = GainRow::new();
    panner.solve(direction, &mut row);
    let parts = row.iter().filter_map(|(channel, gain)| Some(speakers[channel]? * (gain * gain)));
    angle_deg(&parts.sum::<Vector>().normalize(), direction)
}
