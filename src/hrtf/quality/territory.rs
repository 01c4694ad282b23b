//! Which part of the sphere each direction stands for, and where there is none near.

use super::Gap;
use super::nearby::Nearby;
use crate::space::{Vector, sin_cos_deg, unit_vector};

/// The sphere is looked at in places so many degrees apart.
const STEP_DEG: f64 = 1.0;

/// The parts of a sphere.
pub(super) struct Territory {
    /// The share of the sphere that is nearer to each direction than to any other; together 1.
    pub(super) shares: Vec<f64>,
    pub(super) largest_gap: Gap,
}

impl Territory {
    pub(super) fn new(nearby: &Nearby) -> Self {
        let mut areas = vec![0.0; nearby.directions().len()];
        let mut farthest = (-1.0, Vector::zeros());
        for (place, area) in places() {
            let (distance, index) = nearby.nearest(&place, 1)[0];
            areas[index] += area;
            // Less than that is rounding: of equals the first is kept, on every machine.
            if distance > farthest.0 + 1e-12 {
                farthest = (distance, place);
            }
        }
        let sphere: f64 = areas.iter().sum();
        areas.iter_mut().for_each(|area| *area /= sphere);
        let angle_deg = 2.0 * libm::asin((0.5 * libm::sqrt(farthest.0)).min(1.0)).to_degrees();
        Self { shares: areas, largest_gap: Gap { angle_deg, direction: farthest.1 } }
    }
}

/// Places all over the sphere, from the lowest ring up, and the area around each.
fn places() -> impl Iterator<Item = (Vector, f64)> {
    let rings = (180.0 / STEP_DEG) as usize;
    (0..=rings).flat_map(move |ring| {
        let elevation_deg = ring as f64 * STEP_DEG - 90.0;
        let height = |deg: f64| sin_cos_deg(deg.clamp(-90.0, 90.0)).0;
        let half = 0.5 * STEP_DEG;
        let area = height(elevation_deg + half) - height(elevation_deg - half);
        let around = libm::round(360.0 / STEP_DEG * sin_cos_deg(elevation_deg).1).max(1.0);
        (0..around as usize).map(move |place| {
            let azimuth_deg = 360.0 * place as f64 / around;
            (unit_vector(azimuth_deg, elevation_deg), area / around)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_directions_have_a_sixth_each() {
        let axes = [(0.0, 0.0), (90.0, 0.0), (180.0, 0.0), (-90.0, 0.0), (0.0, 90.0), (0.0, -90.0)];
        let directions = axes.map(|(azimuth, elevation)| unit_vector(azimuth, elevation));
        let territory = Territory::new(&Nearby::new(&directions));
        for share in &territory.shares {
            // Where two are equally near, the grid gives all to one: up to half a degree of a
            // border of 4 right angles.
            assert!((share - 1.0 / 6.0).abs() < 0.01, "{share}");
        }
        // The corners of a cube are acos(1 / sqrt(3)) from its faces; the grid misses them by less
        // than a degree.
        let gap = territory.largest_gap.angle_deg;
        assert!((54.7356 - gap).abs() < 0.8, "{gap}");
    }

    #[test]
    fn what_is_missing_below_is_the_gap() {
        let ring =
            |elevation: f64| (0..72).map(move |i| unit_vector(5.0 * f64::from(i), elevation));
        let directions: Vec<Vector> =
            (-4..=9).flat_map(|row| ring(10.0 * f64::from(row))).collect();
        let gap = Territory::new(&Nearby::new(&directions)).largest_gap;
        // The arithmetic of a chord.
        assert!((gap.angle_deg - 50.0).abs() < 1e-9, "{gap:?}");
        assert_eq!(gap.direction.z, -1.0);
    }
}
