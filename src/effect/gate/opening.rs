//! When gates open and close, and how far.

use crate::block::{Bundle, SIDE_BY_SIDE};
use crate::effect::dynamics::{Line, SILENCE_DB, Slots, pole};

/// The height above the gain of silence, in decibels, that is none.
const NOTHING_DB: f64 = 1e-9;

/// The settings of a gate at an instant.
#[derive(Clone, Copy)]
pub struct OpeningSettings {
    pub threshold_db: f64,
    pub ratio: f64,
    pub range_db: f64,
    pub hysteresis_db: f64,
    pub attack_ms: f64,
    pub hold_ms: f64,
    pub release_ms: f64,
}

/// The gain computers of eight gates: closed, `T + (x - T) R` comes of a level x below the threshold T,
/// but never less than the range lets through; open, everything passes.
pub struct Opening {
    threshold_db: Line,
    slope: Line,
    range_db: Line,
    hysteresis_db: Line,
    attack: Line,
    hold_frames: Line,
    release: Line,
    moves: bool,
    state: State,
}

/// Where eight gates stand.
#[derive(Clone, Copy, Default)]
struct State {
    /// 1 for an open gate, 0 for a closed one: numbers, so that they lie beside the others.
    open: Slots,
    /// For how many frames more an open gate stays open whatever comes.
    held_frames: Slots,
    /// How far each gain is above the one of silence, so that silence is rest whatever that gain is.
    raised_db: Slots,
}

impl Opening {
    /// Eight slots that let everything pass.
    pub fn new() -> Self {
        Self {
            threshold_db: Line::at_rest(0.0),
            slope: Line::at_rest(0.0),
            range_db: Line::at_rest(0.0),
            hysteresis_db: Line::at_rest(0.0),
            attack: Line::at_rest(0.0),
            hold_frames: Line::at_rest(0.0),
            release: Line::at_rest(0.0),
            moves: false,
            state: State::default(),
        }
    }

    /// Sets what a slot is at the begin and at the end of the next quantum, and stays at.
    pub fn set(&mut self, slot: usize, settings: [OpeningSettings; 2], rate_hz: u32) {
        let frames = |time_ms: f64| time_ms * 1e-3 * f64::from(rate_hz);
        self.threshold_db.set(slot, settings.map(|at| at.threshold_db));
        self.slope.set(slot, settings.map(|at| at.ratio - 1.0));
        self.range_db.set(slot, settings.map(|at| at.range_db));
        self.hysteresis_db.set(slot, settings.map(|at| at.hysteresis_db));
        self.attack.set(slot, settings.map(|at| pole(at.attack_ms, rate_hz)));
        self.hold_frames.set(slot, settings.map(|at| frames(at.hold_ms)));
        self.release.set(slot, settings.map(|at| pole(at.release_ms, rate_hz)));
    }

    /// Says whether any slot is set anew for every quantum.
    pub fn set_moving(&mut self, moves: bool) {
        self.moves = moves;
    }

    /// Makes of levels the gains to be given, in decibels; gives the lowest of each slot. The state is
    /// double: what is gained in a frame of a long release is too little for single precision.
    #[inline(always)]
    pub fn process(&mut self, frames: &mut Bundle) -> [f32; SIDE_BY_SIDE] {
        let mut lowest_db = [0.0; SIDE_BY_SIDE];
        let mut state = self.state;
        let mut now = self.at(0);
        for (frame, levels_db) in frames.iter_mut().enumerate() {
            if self.moves {
                now = self.at(frame);
            }
            for slot in 0..SIDE_BY_SIDE {
                let gain_db = state.step(slot, f64::from(levels_db[slot]), &now) as f32;
                let lowest = lowest_db[slot];
                lowest_db[slot] = if gain_db < lowest { gain_db } else { lowest };
                levels_db[slot] = gain_db;
            }
        }
        state.raised_db = state.raised_db.map(|db| if db.abs() < NOTHING_DB { 0.0 } else { db });
        self.state = state;
        lowest_db
    }

    /// Whether all gates are closed and give what silence gets.
    pub fn is_at_rest(&self) -> bool {
        [self.state.open, self.state.raised_db] == [[0.0; SIDE_BY_SIDE]; 2]
    }

    #[inline(always)]
    fn at(&self, frame: usize) -> Now {
        let (threshold_db, slope) = (self.threshold_db.at(frame), self.slope.at(frame));
        let range_db = self.range_db.at(frame);
        let silence_db = std::array::from_fn(|slot| {
            closed(SILENCE_DB - threshold_db[slot], slope[slot], range_db[slot])
        });
        Now {
            threshold_db,
            slope,
            range_db,
            silence_db,
            hysteresis_db: self.hysteresis_db.at(frame),
            attack: self.attack.at(frame),
            hold_frames: self.hold_frames.at(frame),
            release: self.release.at(frame),
        }
    }
}

impl State {
    /// The gain of a slot at a frame.
    #[inline(always)]
    fn step(&mut self, slot: usize, level_db: f64, now: &Now) -> f64 {
        let over_db = level_db - now.threshold_db[slot];
        let (was_open, held_frames) = (self.open[slot], self.held_frames[slot]);
        let near = over_db >= -now.hysteresis_db[slot];
        let kept = if near { was_open } else { 0.0 };
        let kept = if held_frames > 0.0 { was_open } else { kept };
        let open = if over_db >= 0.0 { 1.0 } else { kept };
        self.open[slot] = open;
        self.held_frames[slot] = if near { now.hold_frames[slot] } else { held_frames - 1.0 };
        let closed_db = closed(over_db, now.slope[slot], now.range_db[slot]);
        let gain_db = if open > 0.0 { 0.0 } else { closed_db };
        let target = gain_db - now.silence_db[slot];
        let last = self.raised_db[slot];
        let pole = if target > last { now.attack[slot] } else { now.release[slot] };
        let raised_db = target + pole * (last - target);
        self.raised_db[slot] = raised_db;
        now.silence_db[slot] + raised_db
    }
}

/// The settings of a frame.
struct Now {
    threshold_db: Slots,
    slope: Slots,
    range_db: Slots,
    /// The gain of silence.
    silence_db: Slots,
    hysteresis_db: Slots,
    attack: Slots,
    hold_frames: Slots,
    release: Slots,
}

/// The gain of a closed gate, 0 or less.
#[inline(always)]
fn closed(over_db: f64, slope: f64, range_db: f64) -> f64 {
    let gain_db = over_db * slope;
    let gain_db = if gain_db > range_db { gain_db } else { range_db };
    if gain_db < 0.0 { gain_db } else { 0.0 }
}
