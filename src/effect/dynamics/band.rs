//! The gains of a band.

use pulp::{Arch, Simd, WithSimd};

use super::{CurveSettings, Downward, Line, gains};
use crate::block::{Bundle, QUANTUM, SIDE_BY_SIDE};

/// The gain computers of a band of eight slots.
pub struct BandComputers {
    downward: Downward,
    /// The level behind them.
    level_db: Line,
    moves: bool,
    /// All of it is heard.
    mix: Line,
    arch: Arch,
}

impl BandComputers {
    /// Eight slots that leave the band as it is.
    pub fn new() -> Self {
        Self {
            downward: Downward::new(),
            level_db: Line::at_rest(0.0),
            moves: false,
            mix: Line::at_rest(1.0),
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
        self.downward.lowest_gain(slot)
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
        let BandComputers { downward, level_db, mix, moves, .. } = self.computers;
        let mut reductions_db = [[0.0; SIDE_BY_SIDE]; QUANTUM];
        downward.process(self.levels, &mut reductions_db);
        gains(&mut reductions_db, [level_db, mix], *moves, self.gains);
    }
}
