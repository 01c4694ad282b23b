//! Directions that a set has nothing near: below the lowest loudspeaker, mostly.
//!
//! They are filled with what is heard from the directions nearest to them, at times of arrival that
//! smoothly continue those measured.

use super::mix::{Mixer, Spectra};
use super::spherical::Harmonics;
use super::table::Table;
use crate::hull::{Face, triangles};
use crate::space::{Vector, angle_deg, unit_vector};
use crate::{Error, Result};

/// Directions on the sphere of which those in gaps are filled: 10 degrees apart.
const CANDIDATES: i32 = 400;

/// A gap is as wide as this at least, in degrees from the nearest direction,
const WIDEST_DEG: f64 = 12.0;

/// and as this many times what is usual in the set.
const UNUSUAL: f64 = 2.5;

/// Directions this many times as far as the nearest count as near too.
const NEARLY: f64 = 1.25;

/// Fills the gaps of a table.
///
/// # Errors
/// If the directions are not around the head.
pub fn fill(table: &mut Table) -> Result<()> {
    let faces = triangles(&table.directions).ok_or_else(|| {
        Error::input("the directions of the set are too few, or lie in one plane")
    })?;
    let widest = WIDEST_DEG.max(UNUSUAL * usual_gap_deg(&table.directions, &faces));
    let gaps: Vec<(Vector, f64)> = candidates()
        .map(|direction| (direction, nearest_deg(&table.directions, &direction)))
        .filter(|(_, distance_deg)| *distance_deg > widest)
        .collect();
    let measured = table.directions.clone();
    for ear in &mut table.ears {
        let smooth = Harmonics::fit(&measured, &ear.arrivals_frames);
        let spectra = Spectra::new(ear, table.taps, table.rate_hz);
        let mut mixer = Mixer::new(&spectra);
        for (direction, distance_deg) in &gaps {
            ear.responses.extend(mixer.mix(&near(&measured, direction, NEARLY * distance_deg)));
            ear.arrivals_frames.push(smooth.at(direction));
        }
    }
    table.directions.extend(gaps.iter().map(|(direction, _)| *direction));
    Ok(())
}

/// Directions evenly on the sphere, on a spiral of the golden angle.
fn candidates() -> impl Iterator<Item = Vector> {
    (0..CANDIDATES).map(|index| {
        let height = 1.0 - f64::from(2 * index + 1) / f64::from(CANDIDATES);
        unit_vector(f64::from(index) * 137.507_764, libm::asin(height).to_degrees())
    })
}

/// The median of how far a direction can be from all of the set: the radii of the circles through
/// the corners of its triangles.
fn usual_gap_deg(directions: &[Vector], faces: &[Face]) -> f64 {
    let radius = |[a, b, c]: &Face| {
        let [a, b, c] = [a, b, c].map(|&corner| directions[corner]);
        let centre = (b - a).cross(&(c - a)).normalize();
        angle_deg(&centre, &a)
    };
    let mut radii: Vec<f64> = faces.iter().map(radius).collect();
    radii.sort_by(f64::total_cmp);
    radii[radii.len() / 2]
}

fn nearest_deg(directions: &[Vector], to: &Vector) -> f64 {
    let cosine = directions.iter().map(|it| it.dot(to)).fold(-1.0, f64::max);
    libm::acos(cosine.min(1.0)).to_degrees()
}

/// All directions within an angle, in equal shares.
fn near(directions: &[Vector], to: &Vector, within_deg: f64) -> Vec<(usize, f64)> {
    let cosine = libm::cos(within_deg.min(180.0).to_radians());
    let near: Vec<usize> =
        (0..directions.len()).filter(|&index| directions[index].dot(to) >= cosine).collect();
    near.iter().map(|&index| (index, 1.0 / near.len() as f64)).collect()
}
