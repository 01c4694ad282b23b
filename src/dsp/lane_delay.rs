//! A delay of whole frames for some of the lanes of a bundle.

use crate::block::{Bundle, SIDE_BY_SIDE};

/// Delays lanes by the same number of frames; the others pass as they are.
pub struct LaneDelay {
    ring: Vec<[f32; SIDE_BY_SIDE]>,
    position: usize,
    delayed: [bool; SIDE_BY_SIDE],
    /// Frames in which the delayed lanes were zero since the last sound.
    silent_frames: usize,
}

impl LaneDelay {
    /// A silent line of `frames`, for the lanes that are named `true`.
    #[must_use]
    pub fn new(frames: usize, delayed: [bool; SIDE_BY_SIDE]) -> Self {
        let ring = vec![[0.0; SIDE_BY_SIDE]; frames];
        Self { ring, position: 0, delayed, silent_frames: usize::MAX }
    }

    /// Delays a quantum of the bundle.
    pub fn process(&mut self, bundle: &mut Bundle) {
        for frame in bundle {
            let Some(oldest) = self.ring.get_mut(self.position) else { return };
            let mut silent = true;
            for lane in 0..SIDE_BY_SIDE {
                let (new, old) = (frame[lane], oldest[lane]);
                silent &= !self.delayed[lane] || new == 0.0;
                frame[lane] = if self.delayed[lane] { old } else { new };
                oldest[lane] = new;
            }
            self.silent_frames = if silent { self.silent_frames.saturating_add(1) } else { 0 };
            self.position =
                if self.position + 1 == self.ring.len() { 0 } else { self.position + 1 };
        }
    }

    /// Whether everything that has still to leave is silence.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        self.silent_frames >= self.ring.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::QUANTUM;

    #[test]
    fn whole_delays_are_exact_and_end_at_rest() {
        for frames in [0, 1, 7, 63, 64, 65, 200] {
            let mut delayed = [false; SIDE_BY_SIDE];
            delayed[2] = true;
            let mut delay = LaneDelay::new(frames, delayed);
            for quantum in 0..6 {
                let mut bundle = [[0.0; SIDE_BY_SIDE]; QUANTUM];
                if quantum == 0 {
                    bundle[5] = [1.0; SIDE_BY_SIDE];
                }
                delay.process(&mut bundle);
                for (index, frame) in bundle.iter().enumerate() {
                    let now = quantum * QUANTUM + index;
                    let expected = |late| if now == 5 + late { 1.0 } else { 0.0 };
                    assert_eq!((frame[2], frame[3]), (expected(frames), expected(0)), "{frames}");
                }
                let held = (quantum + 1) * QUANTUM <= 5 + frames;
                assert!(!(held && delay.is_at_rest()), "{frames} frames, quantum {quantum}");
            }
            assert!(delay.is_at_rest());
        }
    }
}
