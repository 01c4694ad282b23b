//! How much is turned down: the static curve, and how the gain gets there.
//!
//! Giannoulis, Massberg and Reiss, "Digital dynamic range compressor design: a tutorial and
//! analysis", J. Audio Eng. Soc. 60 (2012): a bend of second order, and a smoothing of the gain in
//! decibels that branches to the time of the attack where the gain falls.

use super::{Line, SILENCE, Slots, pole};
use crate::block::{Bundle, RUN, SIDE_BY_SIDE, all_along};
use crate::dsp::{amplitudes_of, decibels_of};
use crate::units::decibels_to_amplitude;

/// The reduction, in decibels, that is none: as a gain it is 1 in f32.
const NOTHING_DB: f64 = 1e-9;

/// How far below the bend a level is surely not taken for one within it: far more than
/// [`decibels_of`] is off by.
const SURELY_BELOW_DB: f64 = 1e-3;

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
    /// The highest amplitude of each slot that is surely below the bend, where that stays.
    quiet: [f32; SIDE_BY_SIDE],
    /// What each slot gives now, 0 or less.
    reduction_db: Slots,
    /// The lowest gain of each slot in the last quantum.
    lowest: [f32; SIDE_BY_SIDE],
}

impl CurveSettings {
    /// What the curve takes from a level, 0 or less.
    pub fn reduction_db(&self, level_db: f64) -> f64 {
        let into_db = (level_db - self.threshold_db + 0.5 * self.knee_db) as f32;
        let excess_db = excess(into_db, self.knee_db as f32, inverse(self.knee_db as f32));
        (slope(self.ratio) * f64::from(excess_db)).max(self.range_db)
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
            quiet: [f32::INFINITY; SIDE_BY_SIDE],
            reduction_db: [0.0; SIDE_BY_SIDE],
            lowest: [1.0; SIDE_BY_SIDE],
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
        let bend_db = settings[0].threshold_db - 0.5 * settings[0].knee_db;
        self.quiet[slot] = decibels_to_amplitude(bend_db - SURELY_BELOW_DB) as f32;
    }

    /// Says whether any slot is set anew for every quantum.
    pub fn set_moving(&mut self, moves: bool) {
        self.moves = moves;
    }

    /// Makes of magnitudes the reductions to be given, in decibels.
    #[inline(always)]
    pub fn process(&mut self, levels: &Bundle, reductions_db: &mut Bundle) {
        if !self.moves && self.is_at_rest() && self.all_quiet(levels) {
            // What would come out, to the bit.
            self.lowest = [1.0; SIDE_BY_SIDE];
            reductions_db.fill([0.0; SIDE_BY_SIDE]);
            return;
        }
        self.aim(levels, reductions_db);
        self.approach(reductions_db);
    }

    /// Whether no level reaches the bend.
    #[inline(always)]
    fn all_quiet(&self, levels: &Bundle) -> bool {
        let quiet = all_along(&self.quiet);
        let mut loud = [0; RUN];
        for levels in levels.as_flattened().as_chunks::<RUN>().0 {
            for index in 0..RUN {
                loud[index] |= u32::from(levels[index] > quiet[index]);
            }
        }
        loud == [0; RUN]
    }

    /// Makes of magnitudes what the curve takes from them.
    #[inline(always)]
    fn aim(&self, levels: &Bundle, targets_db: &mut Bundle) {
        decibels_of(levels.as_flattened(), SILENCE, targets_db.as_flattened_mut());
        let targets_db = targets_db.as_flattened_mut().as_chunks_mut::<RUN>().0;
        let mut now = self.along(0);
        for (run, targets_db) in targets_db.iter_mut().enumerate() {
            if self.moves {
                now = self.along(run * RUN / SIDE_BY_SIDE);
            }
            for (index, target_db) in targets_db.iter_mut().enumerate() {
                let into_db = *target_db - now.bend_db[index];
                let excess_db = excess(into_db, now.knee_db[index], now.inverse[index]);
                let (curve_db, range_db) = (now.slope[index] * excess_db, now.range_db[index]);
                *target_db = if curve_db > range_db { curve_db } else { range_db };
            }
        }
    }

    /// Lets the reductions come to their targets. The state is double: what is gained in a frame of a
    /// long release is too little for single precision.
    #[inline(always)]
    fn approach(&mut self, frames: &mut Bundle) {
        let mut strongest_db = [0.0; SIDE_BY_SIDE];
        let mut reduction_db = self.reduction_db;
        if self.moves {
            for (frame, targets_db) in frames.iter_mut().enumerate() {
                self.poles(frame).follow(&mut reduction_db, targets_db, &mut strongest_db);
            }
        } else {
            let poles = self.poles(0);
            for targets_db in frames {
                poles.follow(&mut reduction_db, targets_db, &mut strongest_db);
            }
        }
        self.reduction_db = reduction_db.map(|db| if db > -NOTHING_DB { 0.0 } else { db });
        amplitudes_of(&strongest_db, &mut self.lowest);
    }

    /// The poles at a frame.
    #[inline(always)]
    fn poles(&self, frame: usize) -> Poles {
        let (attack, release) = (self.attack.at(frame), self.release.at(frame));
        let (mut to_attack, mut to_release) = (attack, release);
        for slot in 0..SIDE_BY_SIDE {
            (to_attack[slot], to_release[slot]) = (1.0 - attack[slot], 1.0 - release[slot]);
        }
        Poles { attack, release, to_attack, to_release }
    }

    /// The lowest gain of a slot in the last quantum.
    pub fn lowest_gain(&self, slot: usize) -> f32 {
        self.lowest[slot]
    }

    /// Whether nothing is turned down.
    pub fn is_at_rest(&self) -> bool {
        self.reduction_db == [0.0; SIDE_BY_SIDE]
    }

    /// The settings from a frame on, for a run.
    #[inline(always)]
    fn along(&self, frame: usize) -> Run {
        let knee_db = self.knee_db.along(frame);
        let mut bend_db = self.threshold_db.along(frame);
        for (bend_db, knee_db) in bend_db.iter_mut().zip(&knee_db) {
            *bend_db -= 0.5 * knee_db;
        }
        Run {
            bend_db,
            knee_db,
            inverse: knee_db.map(inverse),
            slope: self.slope.along(frame),
            range_db: self.range_db.along(frame),
        }
    }
}

/// What is left of a distance a frame later, on the way down and on the way back.
struct Poles {
    attack: Slots,
    release: Slots,
    /// 1 less these.
    to_attack: Slots,
    to_release: Slots,
}

impl Poles {
    /// A frame of the way to targets, which become what is reached.
    #[inline(always)]
    fn follow(
        &self,
        reduction_db: &mut Slots,
        targets_db: &mut [f32; SIDE_BY_SIDE],
        strongest_db: &mut [f32; SIDE_BY_SIDE],
    ) {
        for slot in 0..SIDE_BY_SIDE {
            let (target, last) = (f64::from(targets_db[slot]), reduction_db[slot]);
            // Both ways are gone and one is taken: what waits for the frame before is then no more
            // than a product, a sum and a choice.
            let down = self.attack[slot].mul_add(last, self.to_attack[slot] * target);
            let up = self.release[slot].mul_add(last, self.to_release[slot] * target);
            let new = if target < last { down } else { up };
            reduction_db[slot] = new;
            let (new, strongest) = (new as f32, strongest_db[slot]);
            strongest_db[slot] = if new < strongest { new } else { strongest };
            targets_db[slot] = new;
        }
    }
}

/// The settings of the curve for every sample of a run.
struct Run {
    /// Where the bend begins.
    bend_db: [f32; RUN],
    knee_db: [f32; RUN],
    inverse: [f32; RUN],
    slope: [f32; RUN],
    range_db: [f32; RUN],
}

/// Decibels lost for each above the threshold, as a number of 0 or less.
fn slope(ratio: f64) -> f64 {
    1.0 / ratio - 1.0
}

/// `1 / 2 W`, for a bend of any width but none: that takes no share whatever its inverse.
#[inline(always)]
fn inverse(knee_db: f32) -> f32 {
    0.5 / if knee_db > 1e-9 { knee_db } else { 1e-9 }
}

/// How far a level that is so far into the bend, or beyond it, counts as above the threshold: not
/// below the bend, more and more within it, as far as it is above.
#[inline(always)]
fn excess(into_db: f32, knee_db: f32, inverse: f32) -> f32 {
    let above = if into_db > 0.0 { into_db } else { 0.0 };
    let into = if above < knee_db { above } else { knee_db };
    (into * into).mul_add(inverse, above - into)
}
