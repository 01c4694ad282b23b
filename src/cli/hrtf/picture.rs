//! What of a set is drawn.

use crate::hrtf::{Measured, Quality};
use crate::picture::{Responses, responses_sheet};
use crate::space::azimuth_elevation_deg;

/// Directions so near to the horizontal plane count as in it, in degrees; farther ones only where
/// there are fewer than so many.
const IN_PLANE_DEG: f64 = 2.5;
const FEWEST: usize = 16;
const NEAR_PLANE_DEG: f64 = 10.0;

/// The picture of a set, as the text of an SVG file.
pub fn sheet(name: &str, set: &Measured, quality: &Quality) -> String {
    let directions: Vec<(f64, f64)> = set.directions.iter().map(azimuth_elevation_deg).collect();
    let plane = plane(&directions);
    let over_azimuth = |value: &dyn Fn(usize) -> f64| {
        plane.iter().map(|&row| (directions[row].0, value(row))).collect()
    };
    responses_sheet(&Responses {
        title: name.to_owned(),
        subtitle: format!(
            "{} directions · {} Hz · {} samples",
            quality.directions, quality.rate_hz, quality.taps
        ),
        outliers: quality.outliers.iter().map(|it| directions[it.direction]).collect(),
        gap: azimuth_elevation_deg(&quality.largest_gap.direction),
        gap_deg: quality.largest_gap.angle_deg,
        itd_us: over_azimuth(&|row| quality.itds_s[row] * 1e6),
        ild_db: over_azimuth(&|row| quality.ilds_db[row]),
        diffuse_field_db: quality.diffuse_field.iter().map(|&[hz, db]| (hz, db)).collect(),
        directions,
    })
}

/// The directions of the horizontal plane, from the right round by the front to the left.
fn plane(directions: &[(f64, f64)]) -> Vec<usize> {
    let within = |limit_deg: f64| -> Vec<usize> {
        (0..directions.len()).filter(|&row| directions[row].1.abs() <= limit_deg).collect()
    };
    let mut rows = within(IN_PLANE_DEG);
    if rows.len() < FEWEST {
        rows = within(NEAR_PLANE_DEG);
    }
    rows.sort_by(|&a, &b| directions[a].0.total_cmp(&directions[b].0));
    rows
}
