//! A delay by whole frames.

use crate::block::{QUANTUM, Quantum};

/// A delay by a whole number of frames, to bring paths together or microphones into line.
#[derive(Clone, Debug)]
pub struct Delay {
    /// The last samples, the oldest at `next`.
    samples: Vec<f32>,
    next: usize,
    /// Frames until nothing but zeros is left.
    sounding: usize,
}

impl Delay {
    /// A delay, or nothing where there is nothing to delay by.
    #[must_use]
    pub fn new(frames: usize) -> Option<Self> {
        (frames > 0).then(|| Self { samples: vec![0.0; frames], next: 0, sounding: 0 })
    }

    /// Whether nothing but zeros is left in it.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        self.sounding == 0
    }

    /// Delays a quantum in place; `sounds` says whether anything comes. Whether anything leaves:
    /// where nothing does, the samples are not touched.
    pub fn process(&mut self, samples: &mut Quantum, sounds: bool) -> bool {
        if !sounds && self.is_at_rest() {
            return false;
        }
        if !sounds {
            samples.fill(0.0);
        }
        self.exchange(samples.iter_mut(), sounds);
        true
    }

    /// Delays the samples of a quantum in place, wherever they lie; `sounds` says whether any of them
    /// may be other than zero.
    pub fn exchange<'a>(&mut self, samples: impl Iterator<Item = &'a mut f32>, sounds: bool) {
        if sounds {
            self.sounding = self.samples.len() + QUANTUM;
        }
        for sample in samples {
            std::mem::swap(sample, &mut self.samples[self.next]);
            self.next += 1;
            if self.next == self.samples.len() {
                self.next = 0;
            }
        }
        self.sounding = self.sounding.saturating_sub(QUANTUM);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::SILENCE;

    #[test]
    fn samples_leave_when_they_should_and_then_nothing_does() {
        for frames in [1, 63, 64, 65, 1000] {
            let mut delay = Delay::new(frames).unwrap();
            let mut heard = Vec::new();
            for quantum in 0..20 {
                let mut samples = SILENCE;
                samples[5] = if quantum == 0 { 1.0 } else { 0.0 };
                let sounds = delay.process(&mut samples, quantum == 0);
                heard.extend_from_slice(if sounds { &samples } else { &SILENCE });
            }
            assert_eq!(heard.iter().position(|it| *it == 1.0), Some(5 + frames));
            assert_eq!(heard.iter().sum::<f32>(), 1.0);
            assert!(delay.is_at_rest(), "{frames} frames: silent in the end");
        }
        assert!(Delay::new(0).is_none());
    }
}
