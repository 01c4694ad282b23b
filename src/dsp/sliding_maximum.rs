//! The highest of the last frames, in a time that does not depend on how many they are.

use crate::block::SIDE_BY_SIDE;

type Frame = [f32; SIDE_BY_SIDE];

/// The maximum of the last `window` frames of eight lanes, by blocks (van Herk 1992, Gil and Werman
/// 1993): what is left of the block before, counted from its end, and what has come of this one.
pub struct SlidingMaximum {
    /// Up to `position` the frames of this block; behind it maxima up to the end of the last one.
    block: Vec<Frame>,
    position: usize,
    so_far: Frame,
    /// Frames of nothing but zeros since the last sound.
    silent_frames: usize,
}

impl SlidingMaximum {
    /// Nothing heard so far. Of a window of 0 frames nothing would be the highest: it holds 1.
    #[must_use]
    pub fn new(window: usize) -> Self {
        let block = vec![[0.0; SIDE_BY_SIDE]; window.max(1)];
        Self { block, position: 0, so_far: [0.0; SIDE_BY_SIDE], silent_frames: usize::MAX }
    }

    /// Takes in a frame of magnitudes, 0 or more, and gives the highest of each lane.
    #[inline(always)]
    pub fn process(&mut self, frame: &Frame) -> Frame {
        if self.position == self.block.len() {
            self.end_block();
        }
        let silent = frame.iter().all(|level| *level == 0.0);
        self.silent_frames = if silent { self.silent_frames.saturating_add(1) } else { 0 };
        self.block[self.position] = *frame;
        self.so_far = highest(&self.so_far, frame);
        self.position += 1;
        match self.block.get(self.position) {
            Some(before) => highest(&self.so_far, before),
            None => self.so_far,
        }
    }

    /// Whether everything it holds is silence.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        self.silent_frames >= 2 * self.block.len()
    }

    #[inline(always)]
    fn end_block(&mut self) {
        let mut from_end = [0.0; SIDE_BY_SIDE];
        for frame in self.block.iter_mut().rev() {
            from_end = highest(&from_end, frame);
            *frame = from_end;
        }
        self.position = 0;
        self.so_far = [0.0; SIDE_BY_SIDE];
    }
}

#[inline(always)]
fn highest(a: &Frame, b: &Frame) -> Frame {
    let mut highest = *a;
    for (highest, other) in highest.iter_mut().zip(b) {
        *highest = if *other > *highest { *other } else { *highest };
    }
    highest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_maximum_of_the_window() {
        let mut random: u32 = 1;
        let frames: Vec<Frame> = (0..700)
            .map(|_| {
                std::array::from_fn(|_| {
                    random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (random >> 8) as f32
                })
            })
            .collect();
        for window in [1, 2, 3, 7, 64, 65, 300] {
            let mut sliding = SlidingMaximum::new(window);
            for (index, frame) in frames.iter().enumerate() {
                let highest = sliding.process(frame);
                for (lane, highest) in highest.into_iter().enumerate() {
                    let seen = &frames[(index + 1).saturating_sub(window)..=index];
                    let expected = seen.iter().map(|frame| frame[lane]).fold(0.0, f32::max);
                    assert_eq!(highest, expected, "window {window}, frame {index}");
                }
            }
        }
    }

    #[test]
    fn it_rests_once_silence_fills_it() {
        let mut sliding = SlidingMaximum::new(5);
        assert!(sliding.is_at_rest());
        sliding.process(&[1.0; SIDE_BY_SIDE]);
        let frames = (0..).take_while(|_| {
            sliding.process(&[0.0; SIDE_BY_SIDE]);
            !sliding.is_at_rest()
        });
        assert_eq!(frames.count(), 9);
        let state = sliding.block.iter().flatten().chain(&sliding.so_far);
        assert!(state.into_iter().all(|level| *level == 0.0));
    }
}
