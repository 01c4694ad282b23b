//! The level that lasts rather than the one of the moment.

use super::{Slots, pole};
use crate::block::{Bundle, SIDE_BY_SIDE};
use crate::dsp::STATE_FLOOR;

/// The root of an exponential mean of squares, for some of eight slots.
pub struct MeanSquare {
    /// The pole of each slot that asks for it.
    poles: [Option<f64>; SIDE_BY_SIDE],
    squares: Slots,
}

impl MeanSquare {
    /// `times_ms` are the time constants of the slots that ask for it.
    pub fn new(times_ms: [Option<f64>; SIDE_BY_SIDE], rate_hz: u32) -> Self {
        let poles = times_ms.map(|time_ms| time_ms.map(|time_ms| pole(time_ms, rate_hz)));
        Self { poles, squares: [0.0; SIDE_BY_SIDE] }
    }

    /// Makes of magnitudes what lasts of them.
    #[inline(always)]
    pub fn process(&mut self, levels: &mut Bundle) {
        if self.poles.iter().all(Option::is_none) {
            return;
        }
        let (poles, asked) = (self.poles.map(Option::unwrap_or_default), self.poles);
        for level in levels {
            for slot in 0..SIDE_BY_SIDE {
                let square = f64::from(level[slot]) * f64::from(level[slot]);
                self.squares[slot] = square + poles[slot] * (self.squares[slot] - square);
                let root = self.squares[slot].sqrt() as f32;
                level[slot] = if asked[slot].is_some() { root } else { level[slot] };
            }
        }
        for (square, asked) in self.squares.iter_mut().zip(asked) {
            let settled = *square < STATE_FLOOR || asked.is_none();
            *square = if settled { 0.0 } else { *square };
        }
    }

    pub fn is_at_rest(&self) -> bool {
        self.squares == [0.0; SIDE_BY_SIDE]
    }
}
