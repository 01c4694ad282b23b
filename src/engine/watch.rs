//! An eye on what leaves a rack: that it is sound, and how much was turned down.

use std::ops::Range;

use crate::block::Quantum;

/// What is noted of the lanes of a unit, or of the channels of a target.
pub(super) struct Watch {
    lanes: usize,
    /// The lowest gain of every lane in every quantum of the pass.
    gains: Vec<f32>,
    /// For every lane, the first quantum of the scene in which something was no number.
    faults: Vec<Option<u64>>,
}

impl Watch {
    pub(super) fn new(lanes: usize, quanta: usize) -> Self {
        Self { lanes, gains: vec![1.0; lanes * quanta], faults: vec![None; lanes] }
    }

    /// Whether a quantum of a lane consists of numbers; the first that does not is remembered.
    pub(super) fn is_sound(&mut self, lane: usize, number: u64, samples: &Quantum) -> bool {
        self.notes(lane, number, is_finite(samples))
    }

    /// The same of a quantum that has been looked through.
    pub(super) fn notes(&mut self, lane: usize, number: u64, is_finite: bool) -> bool {
        if !is_finite {
            self.faults[lane].get_or_insert(number);
        }
        is_finite
    }

    /// The lowest gains of all lanes in a quantum of the pass, to be noted.
    pub(super) fn gains(&mut self, quantum: usize) -> &mut [f32] {
        &mut self.gains[quantum * self.lanes..(quantum + 1) * self.lanes]
    }

    /// The lowest gain of some lanes in a quantum of the pass.
    pub(super) fn gain(&self, quantum: usize, lanes: Range<usize>) -> f32 {
        let gains = &self.gains[quantum * self.lanes..(quantum + 1) * self.lanes];
        gains[lanes].iter().copied().fold(1.0, f32::min)
    }

    /// The first quantum of the scene in which something in some lanes was no number, if any.
    pub(super) fn fault(&self, lanes: Range<usize>) -> Option<u64> {
        self.faults[lanes].iter().flatten().min().copied()
    }
}

/// Whether all samples are finite, told by their exponents so that the compiler takes many at once.
fn is_finite(samples: &Quantum) -> bool {
    const EXPONENT: u32 = 0x7F80_0000;
    let broken = |sample: &f32| u32::from(sample.to_bits() & EXPONENT == EXPONENT);
    samples.iter().map(broken).sum::<u32>() == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::SILENCE;

    #[test]
    fn what_is_no_number_is_found() {
        let mut watch = Watch::new(2, 1);
        assert!(watch.is_sound(1, 0, &[f32::MAX; 64]));
        for (number, broken) in [(7, f32::NAN), (8, f32::NEG_INFINITY)] {
            let mut samples = SILENCE;
            samples[63] = broken;
            assert!(!watch.is_sound(1, number, &samples));
        }
        assert_eq!(watch.fault(0..2), Some(7));
        assert_eq!(watch.fault(0..1), None);
    }
}
