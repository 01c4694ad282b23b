//! The delay of a strip: whole frames, to bring microphones into line.

use super::Effect;
use crate::block::{Bundle, Quantum, SIDE_BY_SIDE};
use crate::dsp::Delay;

/// The delays of the lanes of a unit.
pub struct Alignment {
    lanes: Vec<Option<Delay>>,
}

impl Alignment {
    /// Delays in frames for lanes, numbered as in the unit.
    #[must_use]
    pub fn new(frames: &[usize]) -> Self {
        Self { lanes: frames.iter().map(|&frames| Delay::new(frames)).collect() }
    }
}

impl Effect for Alignment {
    /// None: the author wants what it does.
    fn latency_frames(&self, _lane: usize) -> usize {
        0
    }

    fn process(&mut self, _quantum: u64, bundles: &mut [Bundle], _keys: &[Quantum]) {
        for (lane, delay) in self.lanes.iter_mut().enumerate() {
            let Some(delay) = delay else { continue };
            let (bundle, column) = (&mut bundles[lane / SIDE_BY_SIDE], lane % SIDE_BY_SIDE);
            let sounds = bundle.iter().any(|frame| frame[column] != 0.0);
            delay.exchange(bundle.iter_mut().map(|frame| &mut frame[column]), sounds);
        }
    }

    fn is_at_rest(&self) -> bool {
        self.lanes.iter().flatten().all(Delay::is_at_rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::QUANTUM;

    #[test]
    fn an_impulse_leaves_when_it_should() {
        let mut alignment = Alignment::new(&[0, 1, 100]);
        let mut heard = Vec::new();
        for quantum in 0..4 {
            let mut bundles = [[[0.0; SIDE_BY_SIDE]; QUANTUM]];
            bundles[0][3] = if quantum == 0 { [1.0; SIDE_BY_SIDE] } else { [0.0; SIDE_BY_SIDE] };
            alignment.process(quantum, &mut bundles, &[]);
            heard.extend_from_slice(&bundles[0]);
        }
        for (lane, delay) in [(0, 0), (1, 1), (2, 100)] {
            assert_eq!(heard.iter().position(|frame| frame[lane] == 1.0), Some(3 + delay));
        }
        assert!(alignment.is_at_rest());
    }
}
