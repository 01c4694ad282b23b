//! Reverberation by a feedback delay network (Jot and Chaigne 1991).
//!
//! The sound waits (`predelay_ms`), is made dense by two steps of diffusion and goes into sixteen
//! lines of different prime lengths that feed each other through an orthogonal matrix. Each line
//! takes away, at every frequency, what makes the tail fall as asked. The outputs are mixtures of
//! all lines, orthogonal to each other and equal in energy.
//!
//! The level does not depend on how long the tail is, nor on how many outputs there are: an impulse
//! of energy 1 makes a tail of energy 1, all outputs together. The input itself is not passed; the
//! first sound comes after the predelay and the shortest line.

mod absorption;
mod diffusion;
mod filters;
mod hadamard;
mod network;
mod outlets;
mod room;
mod section;
mod spec;
mod tank;

pub use spec::ReverbSpec;

use hadamard::LINES;
use outlets::Outlets;
use pulp::Arch;
use room::Room;
use tank::Tank;

use super::ReturnEffect;
use crate::block::{QUANTUM, Quantum, SILENCE};
use crate::dsp::{DelayLine, vectorised};
use crate::units::seconds_to_frames;

/// A reverb at work.
pub struct Reverb {
    arch: Arch,
    predelay: DelayLine,
    predelay_frames: usize,
    tank: Tank,
    outlets: Outlets,
    /// Frames since anything came in.
    silent_frames: usize,
}

impl Reverb {
    /// A silent room as the author wrote it, with 1 to 16 outputs.
    ///
    /// It rings once before it is used, to make its outputs even: this takes about as long as
    /// half of the tail would take to render.
    ///
    /// # Panics
    ///
    /// With more outputs than 16, or none.
    #[must_use]
    pub fn new(spec: &ReverbSpec, outputs: usize, rate_hz: u32) -> Self {
        assert!((1..=LINES).contains(&outputs), "a reverb has 1 to 16 outputs, not {outputs}");
        let room = Room::new(spec, rate_hz);
        let predelay_frames = seconds_to_frames(spec.predelay_ms * 0.001, rate_hz) as usize;
        Self {
            arch: Arch::new(),
            predelay: DelayLine::new(predelay_frames + QUANTUM),
            predelay_frames,
            tank: Tank::new(spec, &room, rate_hz),
            outlets: Outlets::new(spec, &room, outputs, rate_hz),
            silent_frames: predelay_frames + QUANTUM,
        }
    }

    /// What comes in, after the predelay.
    fn delayed(&mut self, input: &Quantum) -> Quantum {
        let sounds = input.iter().any(|sample| *sample != 0.0);
        self.silent_frames = if sounds { 0 } else { self.silent_frames + QUANTUM };
        let mut delayed = SILENCE;
        self.predelay.write(input);
        self.predelay.read(self.predelay_frames + QUANTUM, &mut delayed);
        delayed
    }

    fn is_at_rest(&self) -> bool {
        self.silent_frames >= self.predelay_frames + QUANTUM && self.tank.is_at_rest()
    }
}

impl ReturnEffect for Reverb {
    fn outputs(&self) -> usize {
        self.outlets.len()
    }

    fn latency_frames(&self) -> usize {
        0
    }

    fn process(&mut self, quantum: u64, input: Option<&Quantum>, outputs: &mut [Quantum]) -> bool {
        if input.is_none() && self.is_at_rest() {
            return false;
        }
        let input = self.delayed(input.unwrap_or(&SILENCE));
        if self.is_at_rest() {
            return false;
        }
        let Self { arch, tank, outlets, .. } = self;
        vectorised(
            *arch,
            #[inline(always)]
            || {
                let mut lines = [SILENCE; LINES];
                tank.process(quantum, &input, &mut lines);
                outlets.mix(&lines, outputs);
            },
        );
        true
    }
}
