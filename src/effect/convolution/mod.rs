//! Reverberation by an impulse response from a file.
//!
//! The response is used as it is: its level is that of the return. The input itself is not passed,
//! but for what the response passes of it.

mod spec;

pub use spec::ConvolutionSpec;

use super::ReturnEffect;
use crate::block::{QUANTUM, Quantum, SILENCE};
use crate::dsp::{Convolver, DelayLine};
use crate::units::seconds_to_frames;

/// A convolution reverb at work.
pub struct Convolution {
    predelay: DelayLine,
    predelay_frames: usize,
    /// Frames since anything came in.
    silent_frames: usize,
    convolver: Convolver,
    /// How many different channels there are; outputs after them are the same again.
    channels: usize,
    outputs: usize,
}

impl Convolution {
    /// A silent convolution with 1 or more outputs. `responses` are the channels of the impulse
    /// response at the scene's rate.
    ///
    /// # Panics
    ///
    /// If there are no responses or no outputs.
    #[must_use]
    pub fn new(
        responses: &[Vec<f32>],
        spec: &ConvolutionSpec,
        outputs: usize,
        rate_hz: u32,
    ) -> Self {
        assert!(!responses.is_empty() && outputs > 0, "a convolution has responses and outputs");
        let longest =
            spec.length_s.map_or(usize::MAX, |it| seconds_to_frames(it, rate_hz) as usize);
        let channels = folded(responses, outputs, longest);
        let predelay_frames = seconds_to_frames(spec.predelay_ms * 0.001, rate_hz) as usize;
        Self {
            predelay: DelayLine::new(predelay_frames + QUANTUM),
            predelay_frames,
            silent_frames: predelay_frames + QUANTUM,
            convolver: Convolver::new(&channels),
            channels: channels.len(),
            outputs,
        }
    }
}

/// The response of each output that is different from those before: no longer than asked, and the
/// sum of those that fall to the same.
fn folded(responses: &[Vec<f32>], outputs: usize, longest: usize) -> Vec<Vec<f32>> {
    let mut folded = vec![Vec::new(); outputs.min(responses.len())];
    for (index, response) in responses.iter().enumerate() {
        let response = &response[..response.len().min(longest)];
        let sum: &mut Vec<f32> = &mut folded[index % outputs];
        sum.resize(sum.len().max(response.len()), 0.0);
        sum.iter_mut().zip(response).for_each(|(sum, sample)| *sum += sample);
    }
    folded
}

impl ReturnEffect for Convolution {
    fn outputs(&self) -> usize {
        self.outputs
    }

    fn latency_frames(&self) -> usize {
        0
    }

    fn process(&mut self, quantum: u64, input: Option<&Quantum>, outputs: &mut [Quantum]) -> bool {
        let sounds = input.is_some_and(|input| input.iter().any(|sample| *sample != 0.0));
        let waited = self.predelay_frames + QUANTUM;
        if !sounds && self.silent_frames >= waited && self.convolver.is_at_rest() {
            return false;
        }
        self.silent_frames = if sounds { 0 } else { self.silent_frames + QUANTUM };
        let mut delayed = SILENCE;
        self.predelay.write(input.unwrap_or(&SILENCE));
        self.predelay.read(waited, &mut delayed);
        let (made, copies) = outputs.split_at_mut(self.channels);
        if !self.convolver.process(quantum, Some(&delayed), made) {
            return false;
        }
        for (copy, made) in copies.iter_mut().zip(made.iter().cycle()) {
            *copy = *made;
        }
        true
    }
}
