//! The delay lines and what comes back into them.

use std::f64::consts::TAU;

use super::absorption::Absorber;
use super::filters::Filters;
use super::hadamard::{LINES, Lines, hadamard};
use super::room::Room;
use super::spec::ReverbSpec;
use crate::block::{QUANTUM, Quantum};
use crate::dsp::{DelayLine, Weights};
use crate::units::frames_to_seconds;

/// The most a line is read at once: a quantum, an interpolation and how far the delay wanders in
/// between.
const READ: usize = 3 * QUANTUM;

/// Every so many lines one wanders, since all sound passes all lines before long and reading between
/// samples costs more than everything else.
const WANDERING: usize = 4;

/// Sixteen lines that feed each other.
pub struct Network {
    lines: [DelayLine; LINES],
    delays: [usize; LINES],
    signs: [f32; LINES],
    filters: Filters,
    modulation: Option<Modulation>,
}

/// How the delays wander.
struct Modulation {
    depths_frames: [f64; LINES],
    phases: [f64; LINES],
    freq_hz: f64,
    rate_hz: u32,
    weights: Weights,
}

impl Network {
    /// Lines at rest.
    pub fn new(spec: &ReverbSpec, room: &Room, rate_hz: u32) -> Self {
        let absorber = Absorber::new(spec, rate_hz);
        let wandering = spec.modulation_ms > 0.0;
        let reach = |frames: usize| frames + frames / 4 + Weights::SPAN;
        Self {
            lines: room.lines.map(|frames| DelayLine::new(reach(frames))),
            delays: room.lines,
            signs: room.signs[1],
            filters: Filters::new(&room.lines.map(|frames| absorber.line(frames))),
            modulation: wandering.then(|| Modulation::new(spec, room, rate_hz)),
        }
    }

    /// Frames after which an input has left a line.
    pub fn length(&self) -> usize {
        self.lines.iter().map(DelayLine::length).max().unwrap_or_default()
    }

    /// Takes in a quantum for every line and gives back what comes out of each. The loudest
    /// sample of that.
    #[inline(always)]
    pub fn process(&mut self, quantum: u64, channels: &mut Lines) -> f64 {
        let input = *channels;
        self.read(quantum, channels);
        let loudest = self.filters.process(channels);
        let mut mixed = *channels;
        hadamard(&mut mixed);
        for (index, line) in self.lines.iter_mut().enumerate() {
            for (mixed, input) in mixed[index].iter_mut().zip(&input[index]) {
                *mixed = *mixed * self.signs[index] + input;
            }
            line.write(&mixed[index]);
        }
        loudest
    }

    #[inline(always)]
    fn read(&self, quantum: u64, channels: &mut Lines) {
        for (index, channel) in channels.iter_mut().enumerate() {
            let (line, frames) = (&self.lines[index], self.delays[index]);
            match &self.modulation {
                Some(modulation) if index.is_multiple_of(WANDERING) => {
                    let ends = [quantum, quantum + 1].map(|it| modulation.delay(frames, index, it));
                    modulation.read(line, ends, channel);
                }
                _ => line.read(frames, channel),
            }
        }
    }

    /// Forgets all that is in it.
    pub fn clear(&mut self) {
        self.lines.iter_mut().for_each(DelayLine::clear);
        self.filters.clear();
    }
}

impl Modulation {
    fn new(spec: &ReverbSpec, room: &Room, rate_hz: u32) -> Self {
        let asked = spec.modulation_ms * 0.001 * f64::from(rate_hz);
        Self {
            depths_frames: room.lines.map(|frames| asked.min(frames as f64 / 4.0)),
            phases: room.phases,
            freq_hz: spec.modulation_hz,
            rate_hz,
            weights: Weights::new(),
        }
    }

    /// The delay of a line at the beginning of a quantum, in frames.
    fn delay(&self, frames: usize, line: usize, quantum: u64) -> f64 {
        let seconds = frames_to_seconds(quantum * QUANTUM as u64, self.rate_hz);
        let turns = seconds * self.freq_hz + self.phases[line];
        frames as f64 + self.depths_frames[line] * libm::sin(TAU * (turns - turns.floor()))
    }

    /// Reads a line with a delay that goes from one end to the other.
    #[inline(always)]
    fn read(&self, line: &DelayLine, ends: [f64; 2], channel: &mut Quantum) {
        let mut past = [0.0; READ];
        let furthest = ends[0].max(ends[1]) as usize + Weights::SPAN;
        line.read(furthest, &mut past[..READ.min(furthest)]);
        let step = (ends[1] - ends[0]) / QUANTUM as f64;
        for (frame, sample) in channel.iter_mut().enumerate() {
            let delay = ends[0] + step * frame as f64;
            let whole = delay as usize;
            let middle = furthest + frame - whole;
            let first = middle - Weights::SPAN / 2;
            *sample = self.weights.read(&past[first..first + Weights::SPAN], delay - whole as f64);
        }
    }
}
