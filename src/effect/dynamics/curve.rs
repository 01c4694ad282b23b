//! How much is turned down: the static curve, and how the gain gets there.
//!
//! Giannoulis, Massberg and Reiss, "Digital dynamic range compressor design: a tutorial and
//! analysis", J. Audio Eng. Soc. 60 (2012): a bend of second order, and a smoothing of the gain in
//! decibels that branches to the time of the attack where the gain falls.

use super::{Frames, Line, Slots, pole};
use crate::block::SIDE_BY_SIDE;

/// The reduction, in decibels, that is none: as a gain it is 1 in f32.
const NOTHING_DB: f64 = 1e-9;

/// The settings of a curve and its times at an instant.
#[derive(Clone, Copy)]
pub struct CurveSettings {
    pub threshold_db: f64,
    pub ratio: f64,
    pub knee_db: f64,
    /// The most it takes, 0 or less.
    pub range_db: f64,
    pub attack_ms: f64,
    pub release_ms: f64,
}

/// The gain computers of eight slots: what is above a threshold is turned down.
pub struct Downward {
    threshold_db: Line,
    knee_db: Line,
    slope: Line,
    range_db: Line,
    attack: Line,
    release: Line,
    moves: bool,
    /// What each slot gives now, 0 or less.
    reduction_db: Slots,
}

impl CurveSettings {
    /// What the curve takes from a level, 0 or less.
    pub fn reduction_db(&self, level_db: f64) -> f64 {
        let inverse = inverse(self.knee_db);
        let taken = slope(self.ratio) * excess(level_db - self.threshold_db, self.knee_db, inverse);
        taken.max(self.range_db)
    }
}

impl Downward {
    /// Eight slots that turn nothing down.
    pub fn new() -> Self {
        Self {
            threshold_db: Line::at_rest(0.0),
            knee_db: Line::at_rest(0.0),
            slope: Line::at_rest(0.0),
            range_db: Line::at_rest(0.0),
            attack: Line::at_rest(0.0),
            release: Line::at_rest(0.0),
            moves: false,
            reduction_db: [0.0; SIDE_BY_SIDE],
        }
    }

    /// Sets what a slot is at the begin and at the end of the next quantum, and stays at.
    pub fn set(&mut self, slot: usize, settings: [CurveSettings; 2], rate_hz: u32) {
        self.threshold_db.set(slot, settings.map(|at| at.threshold_db));
        self.knee_db.set(slot, settings.map(|at| at.knee_db));
        self.slope.set(slot, settings.map(|at| slope(at.ratio)));
        self.range_db.set(slot, settings.map(|at| at.range_db));
        self.attack.set(slot, settings.map(|at| pole(at.attack_ms, rate_hz)));
        self.release.set(slot, settings.map(|at| pole(at.release_ms, rate_hz)));
    }

    /// Says whether any slot is set anew for every quantum.
    pub fn set_moving(&mut self, moves: bool) {
        self.moves = moves;
    }

    /// Makes of levels the reductions to be given; gives the strongest of each slot.
    #[inline(always)]
    pub fn process(&mut self, frames: &mut Frames) -> Slots {
        let mut strongest_db = [0.0; SIDE_BY_SIDE];
        let mut reduction_db = self.reduction_db;
        let mut now = self.at(0);
        for (frame, levels_db) in frames.iter_mut().enumerate() {
            if self.moves {
                now = self.at(frame);
            }
            for slot in 0..SIDE_BY_SIDE {
                let over_db = levels_db[slot] - now.threshold_db[slot];
                let excess_db = excess(over_db, now.knee_db[slot], now.inverse[slot]);
                let curve_db = now.slope[slot] * excess_db;
                let range_db = now.range_db[slot];
                let target = if curve_db > range_db { curve_db } else { range_db };
                let last = reduction_db[slot];
                let pole = if target < last { now.attack[slot] } else { now.release[slot] };
                let new = target + pole * (last - target);
                reduction_db[slot] = new;
                strongest_db[slot] =
                    if new < strongest_db[slot] { new } else { strongest_db[slot] };
                levels_db[slot] = new;
            }
        }
        self.reduction_db = reduction_db.map(|db| if db > -NOTHING_DB { 0.0 } else { db });
        strongest_db
    }

    /// Whether nothing is turned down.
    pub fn is_at_rest(&self) -> bool {
        self.reduction_db == [0.0; SIDE_BY_SIDE]
    }

    #[inline(always)]
    fn at(&self, frame: usize) -> Now {
        let knee_db = self.knee_db.at(frame);
        let mut inverses = knee_db;
        for knee_db in &mut inverses {
            *knee_db = inverse(*knee_db);
        }
        Now {
            threshold_db: self.threshold_db.at(frame),
            knee_db,
            inverse: inverses,
            slope: self.slope.at(frame),
            range_db: self.range_db.at(frame),
            attack: self.attack.at(frame),
            release: self.release.at(frame),
        }
    }
}

/// The settings of a frame.
struct Now {
    threshold_db: Slots,
    knee_db: Slots,
    inverse: Slots,
    slope: Slots,
    range_db: Slots,
    attack: Slots,
    release: Slots,
}

/// Decibels lost for each above the threshold, as a number of 0 or less.
fn slope(ratio: f64) -> f64 {
    1.0 / ratio - 1.0
}

/// `1 / 2 W`, for a bend of any width but none: that takes no share whatever its inverse.
#[inline(always)]
fn inverse(knee_db: f64) -> f64 {
    0.5 / if knee_db > 1e-9 { knee_db } else { 1e-9 }
}

/// How far a level counts as above the threshold: not below the bend, more and more within it, as
/// far as it is above.
#[inline(always)]
fn excess(over_db: f64, knee_db: f64, inverse: f64) -> f64 {
    let half_db = 0.5 * knee_db;
    let into = over_db + half_db;
    let into = if into > 0.0 { into } else { 0.0 };
    let into = if into < knee_db { into } else { knee_db };
    let beyond = over_db - half_db;
    let beyond = if beyond > 0.0 { beyond } else { 0.0 };
    into * into * inverse + beyond
}
