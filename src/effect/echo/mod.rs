//! Echoes: a delay with feedback.
//!
//! The first echo comes after the time asked for at the level of what went in, echo `k` at `k`
//! times the time and `feedback` to the power of `k - 1`. Each passes the filters once more than
//! the one before. The input itself is not passed.
//!
//! Delays between whole frames are read by a windowed sinc: up to 0.42 of the sample rate their
//! echoes are as loud as others, above it they fade sooner. Delays below 17 frames are rounded.

mod filter;
mod line;
mod spec;

pub use spec::EchoSpec;

use line::Line;

use super::ReturnEffect;
use crate::automation::Automated;
use crate::block::{QUANTUM, Quantum, SILENCE};
use crate::dsp::Weights;
use crate::units::frames_to_seconds;

/// An echo at work.
pub struct Echo {
    /// As many as there are outputs where echoes go round them, else one; each feeds the next and
    /// the last the first.
    lines: Vec<Line>,
    feedback: Automated,
    outputs: usize,
    rate_hz: u32,
}

impl Echo {
    /// A silent echo with 1 or more outputs. `tempo_bpm` is needed where the time is in beats.
    ///
    /// # Panics
    ///
    /// If it has no outputs.
    #[must_use]
    pub fn new(spec: &EchoSpec, outputs: usize, tempo_bpm: Option<f64>, rate_hz: u32) -> Self {
        assert!(outputs > 0, "an echo has at least one output");
        let frames = spec.time_s(tempo_bpm) * f64::from(rate_hz);
        let weights = Weights::new();
        let ways = if spec.ping_pong { outputs } else { 1 };
        let lines = (0..ways).map(|_| Line::new(spec, frames, rate_hz, &weights)).collect();
        Self { lines, feedback: spec.feedback.clone(), outputs, rate_hz }
    }

    /// How much of an echo is left in the next, at the beginning of a quantum.
    fn feedback_at(&self, quantum: u64) -> f64 {
        let seconds = frames_to_seconds(quantum * QUANTUM as u64, self.rate_hz);
        self.feedback.at(seconds).clamp(0.0, 0.99)
    }

    fn is_at_rest(&self) -> bool {
        self.lines.iter().all(Line::is_at_rest)
    }

    /// One quantum of every line into an output of its own.
    fn go_round(&mut self, quantum: u64, input: &Quantum, outputs: &mut [Quantum]) {
        let feedback = self.feedback_at(quantum);
        let step = (self.feedback_at(quantum + 1) - feedback) / QUANTUM as f64;
        let last = self.lines.len() - 1;
        for frame in 0..QUANTUM {
            let feedback = (feedback + step * (frame + 1) as f64) as f32;
            for (line, output) in self.lines.iter_mut().zip(&mut *outputs) {
                output[frame] = line.read();
            }
            self.lines[0].write(input[frame] + feedback * outputs[last][frame]);
            for (line, before) in self.lines[1..].iter_mut().zip(&*outputs) {
                line.write(feedback * before[frame]);
            }
        }
        let loudest_in = loudest(input);
        for (index, line) in self.lines.iter_mut().enumerate() {
            let before = if index == 0 { last } else { index - 1 };
            let came = if index == 0 { loudest_in } else { 0.0 };
            line.settle(came.max(loudest(&outputs[before])).max(loudest(&outputs[index])));
        }
    }
}

fn loudest(samples: &Quantum) -> f32 {
    samples.iter().fold(0.0, |loudest, sample| loudest.max(sample.abs()))
}

impl ReturnEffect for Echo {
    fn outputs(&self) -> usize {
        self.outputs
    }

    fn latency_frames(&self) -> usize {
        0
    }

    fn process(&mut self, quantum: u64, input: Option<&Quantum>, outputs: &mut [Quantum]) -> bool {
        let silent = input.is_none_or(|input| input.iter().all(|it| *it == 0.0));
        if silent && self.is_at_rest() {
            return false;
        }
        self.go_round(quantum, input.unwrap_or(&SILENCE), outputs);
        if self.lines.len() < self.outputs {
            let share = (1.0 / libm::sqrt(self.outputs as f64)) as f32;
            let echo = outputs[0].map(|sample| sample * share);
            outputs.fill(echo);
        }
        true
    }
}
