//! Directions that do not sound like those around them: a source that was off, a cable that was
//! loose.

use super::nearby::Nearby;
use crate::hrtf::EARS;

/// So much louder or quieter than around is an outlier, in decibels.
const UNLIKE_DB: f64 = 6.0;

/// How many directions are around one.
const AROUND: usize = 6;

/// A direction that is unlike those around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlier {
    /// Which direction of the set.
    pub direction: usize,
    /// Which ear: 0 left, 1 right.
    pub ear: usize,
    /// How much louder it is than the median of the six nearest directions, over all frequencies,
    /// in decibels.
    pub louder_db: f64,
}

/// The outliers among directions whose levels these are, in the order of the set.
pub(super) fn find(nearby: &Nearby, levels_db: &[[f64; EARS]]) -> Vec<Outlier> {
    let mut found = Vec::new();
    for (direction, place) in nearby.directions().iter().enumerate() {
        // The nearest of all is the direction itself.
        let around = &nearby.nearest(place, AROUND + 1)[1..];
        if around.is_empty() {
            continue;
        }
        for (ear, level_db) in levels_db[direction].iter().enumerate() {
            let louder_db = level_db - median(around.iter().map(|(_, it)| levels_db[*it][ear]));
            if louder_db.abs() > UNLIKE_DB {
                found.push(Outlier { direction, ear, louder_db });
            }
        }
    }
    found
}

fn median(levels: impl Iterator<Item = f64>) -> f64 {
    let mut levels: Vec<f64> = levels.collect();
    levels.sort_by(f64::total_cmp);
    0.5 * (levels[(levels.len() - 1) / 2] + levels[levels.len() / 2])
}
