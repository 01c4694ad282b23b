//! Waiting for the latest where a lane is heard.

use crate::block::{Quanta, Quantum};
use crate::dsp::Delay;

/// What brings a lane into line with the others where it is heard. Sends and keys take the lane before
/// it, and have delays of their own.
pub(super) struct Waiting {
    delay: Delay,
    /// What is heard, by quantum of the pass.
    heard: Quanta,
    sounding: Vec<bool>,
}

impl Waiting {
    /// A wait of some frames, or nothing where there is nothing to wait for.
    pub(super) fn new(frames: usize, quanta: usize) -> Option<Self> {
        let delay = Delay::new(frames)?;
        Some(Self { delay, heard: Quanta::silent(quanta), sounding: vec![false; quanta] })
    }

    /// Takes a quantum that leaves the lane; `sounds` says whether it is other than silence.
    pub(super) fn take(&mut self, quantum: usize, samples: &Quantum, sounds: bool) {
        let heard = &mut self.heard[quantum];
        if sounds {
            heard.copy_from_slice(samples);
        }
        self.sounding[quantum] = self.delay.process(heard, sounds);
    }

    /// What is heard in a quantum of the pass; `None` is silence.
    #[inline(always)]
    pub(super) fn heard(&self, quantum: usize) -> Option<&Quantum> {
        self.sounding[quantum].then(|| &self.heard[quantum])
    }
}
