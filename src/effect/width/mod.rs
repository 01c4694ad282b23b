//! Stereo width: more or less of the difference between left and right.

use super::Effect;
use crate::automation::Automated;
use crate::block::{Bundle, QUANTUM, Quantum};
use crate::document::{Place, Problems};

/// A width: 0 is mono, 1 as it is, 2 twice the difference.
const WIDTH: std::ops::RangeInclusive<f64> = 0.0..=2.0;

/// Stereo width at work on lanes 0 (left) and 1 (right) of a unit.
///
/// Half the sum of both stays, half the difference is multiplied by the width: what a mono listener
/// hears does not change.
pub struct Width {
    width: Automated,
    rate_hz: f64,
}

impl Width {
    /// A width of 0 to 2, as it is at 1.
    #[must_use]
    pub fn new(width: &Automated, rate_hz: u32) -> Self {
        Self { width: width.clone(), rate_hz: f64::from(rate_hz) }
    }

    /// Notes every value out of range; `place` is that of the number, `name` its key.
    pub fn check(width: &Automated, place: &Place, name: &str, problems: &mut Problems) {
        width.check(place, name, &WIDTH, "", problems);
    }

    fn at(&self, quantum: u64) -> f64 {
        self.width.at((quantum * QUANTUM as u64) as f64 / self.rate_hz)
    }
}

impl Effect for Width {
    fn latency_frames(&self, _lane: usize) -> usize {
        0
    }

    fn process(&mut self, quantum: u64, lanes: &mut [Bundle], _keys: &[Quantum]) {
        let [begin, end] = [quantum, quantum + 1].map(|quantum| self.at(quantum));
        if begin == 1.0 && end == 1.0 {
            return;
        }
        let step = (end - begin) / QUANTUM as f64;
        for (frame, row) in lanes[0].iter_mut().enumerate() {
            let [left, right] = [row[0], row[1]].map(f64::from);
            let width = begin + step * frame as f64;
            let (middle, side) = ((left + right) / 2.0, (left - right) / 2.0 * width);
            row[0] = (middle + side) as f32;
            row[1] = (middle - side) as f32;
        }
    }

    fn is_at_rest(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::automation::{Curve, Envelope};
    use crate::block::SIDE_BY_SIDE;

    fn noise(lane: usize, frame: usize) -> f32 {
        (((frame * 7 + lane * 5 + 3) * 7919 % 1009) as f32 / 504.5 - 1.0) * 0.4
    }

    fn heard(width: &Automated) -> Bundle {
        let row = |frame| std::array::from_fn::<f32, SIDE_BY_SIDE, _>(|lane| noise(lane, frame));
        let mut bundles = [std::array::from_fn(row)];
        Width::new(width, 48_000).process(0, &mut bundles, &[]);
        bundles[0]
    }

    #[test]
    fn the_mono_sum_stays_and_the_difference_is_widened() {
        let points = vec![[0.0, 0.0], [64.0 / 48_000.0, 2.0]];
        let swept = Automated::Envelope(Envelope { points, curve: Curve::default() });
        for width in [0.0.into(), 0.3.into(), 1.0.into(), 1.7.into(), 2.0.into(), swept] {
            for (frame, row) in heard(&width).iter().enumerate() {
                let (left, right) = (noise(0, frame), noise(1, frame));
                // Two samples below 1 are rounded by 3e-8 each.
                let sum = |left, right| f64::from(left) + f64::from(right);
                assert!((sum(row[0], row[1]) - sum(left, right)).abs() < 1e-7, "{width:?}");
                let asked = width.at(frame as f64 / 48_000.0) as f32;
                assert!((row[0] - row[1] - asked * (left - right)).abs() < 1e-6, "{width:?}");
                assert!((2..SIDE_BY_SIDE).all(|lane| row[lane] == noise(lane, frame)));
            }
        }
    }

    #[test]
    fn one_changes_no_bit_and_nothing_is_mono() {
        for (frame, row) in heard(&1.0.into()).iter().enumerate() {
            assert_eq!((row[0], row[1]), (noise(0, frame), noise(1, frame)));
        }
        assert!(heard(&0.0.into()).iter().all(|row| row[0] == row[1]));
    }
}
