//! From one input to what comes out of the lines: diffusion and network together.

use super::diffusion::Diffusion;
use super::hadamard::{LINES, Lines};
use super::network::Network;
use super::room::Room;
use super::spec::ReverbSpec;
use crate::block::{QUANTUM, Quantum};
use crate::dsp::STATE_FLOOR;

/// A room in which sound goes round.
///
/// Once everything in it is below the floor of states, all of it is dropped at once: dropped sample
/// by sample it would be noise that keeps itself alive.
pub struct Tank {
    signs: [f32; LINES],
    diffusion: [Diffusion; 2],
    network: Network,
    /// Frames since anything above the floor sounded in it.
    silent_frames: usize,
    /// Frames after which an input has left it, if nothing comes back.
    length: usize,
}

impl Tank {
    /// A silent room.
    pub fn new(spec: &ReverbSpec, room: &Room, rate_hz: u32) -> Self {
        let diffusion = room.diffusion.map(Diffusion::new);
        let network = Network::new(spec, room, rate_hz);
        let length = diffusion.iter().map(Diffusion::length).sum::<usize>() + network.length();
        let signs = room.signs[0].map(|sign| sign * 0.25);
        Self { signs, diffusion, network, silent_frames: length, length }
    }

    /// Whether nothing is in it.
    pub fn is_at_rest(&self) -> bool {
        self.silent_frames >= self.length
    }

    /// Makes a quantum of what comes out of each line.
    #[inline(always)]
    pub fn process(&mut self, quantum: u64, input: &Quantum, lines: &mut Lines) {
        for (line, sign) in lines.iter_mut().zip(&self.signs) {
            for (sample, input) in line.iter_mut().zip(input) {
                *sample = input * sign;
            }
        }
        for step in &mut self.diffusion {
            step.process(lines);
        }
        let loudest = self.network.process(quantum, lines);
        let sounds = loudest >= STATE_FLOOR || input.iter().any(|it| *it != 0.0);
        self.silent_frames = if sounds { 0 } else { self.silent_frames + QUANTUM };
        if self.is_at_rest() {
            self.network.clear();
        }
    }
}
