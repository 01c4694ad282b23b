//! The gains of a band.

use pulp::{Arch, Simd, WithSimd};

use super::{CurveSettings, Downward, Line, Slots, levels_db};
use crate::block::{Bundle, QUANTUM, SIDE_BY_SIDE};
use crate::dsp::amplitude;

/// The gain computers of a band of eight slots.
pub struct BandComputers {
    downward: Downward,
    /// The level behind them.
    level_db: Line,
    moves: bool,
    strongest_db: Slots,
    arch: Arch,
}

impl BandComputers {
    /// Eight slots that leave the band as it is.
    pub fn new() -> Self {
        Self {
            downward: Downward::new(),
            level_db: Line::at_rest(0.0),
            moves: false,
            strongest_db: [0.0; SIDE_BY_SIDE],
            arch: Arch::new(),
        }
    }

    /// Sets what a slot is at the begin and at the end of the next quantum, and stays at.
    pub fn set(
        &mut self,
        slot: usize,
        curve: [CurveSettings; 2],
        level_db: [f64; 2],
        rate_hz: u32,
    ) {
        self.downward.set(slot, curve, rate_hz);
        self.level_db.set(slot, level_db);
    }

    /// Says whether any slot is set anew for every quantum.
    pub fn set_moving(&mut self, moves: bool) {
        self.moves = moves;
        self.downward.set_moving(moves);
    }

    /// Makes the gains of a quantum from magnitudes.
    pub fn process(&mut self, levels: &Bundle, gains: &mut Bundle) {
        self.arch.dispatch(Work { computers: self, levels, gains });
    }

    /// Whether every state is zero.
    pub fn is_at_rest(&self) -> bool {
        self.downward.is_at_rest()
    }

    /// The lowest gain of a slot in the last quantum, but for the level behind it.
    pub fn lowest_gain(&self, slot: usize) -> f32 {
        amplitude(self.strongest_db[slot]) as f32
    }
}

/// One quantum of eight slots, compiled once for every kind of processor.
struct Work<'a> {
    computers: &'a mut BandComputers,
    levels: &'a Bundle,
    gains: &'a mut Bundle,
}

impl WithSimd for Work<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let Self { computers, levels, gains } = self;
        let mut frames = [[0.0; SIDE_BY_SIDE]; QUANTUM];
        levels_db(levels, &mut frames);
        computers.strongest_db = computers.downward.process(&mut frames);
        let mut level_db = computers.level_db.at(0);
        for (frame, (gains, reductions_db)) in gains.iter_mut().zip(&frames).enumerate() {
            if computers.moves {
                level_db = computers.level_db.at(frame);
            }
            for slot in 0..SIDE_BY_SIDE {
                gains[slot] = amplitude(reductions_db[slot] + level_db[slot]) as f32;
            }
        }
    }
}
