//! Eight lanes side by side: what they hold back, and how high they rise.

use pulp::{Arch, Simd, WithSimd};

use super::gain::Gain;
use crate::block::{Bundle, QUANTUM, RUN, SIDE_BY_SIDE, all_along};
use crate::dsp::TruePeak;

/// Quanta for which the past moves on in its room, before it is taken back to the begin.
const QUANTA_OF_ROOM: usize = 4;

/// The lanes of a bundle that are in groups.
pub struct Lanes {
    arch: Arch,
    detector: TruePeak,
    /// The frames of the last while, from `begin` on.
    room: Vec<[f32; SIDE_BY_SIDE]>,
    begin: usize,
    /// How many of them there are, whole quanta.
    length: usize,
    /// The true peaks of the quantum, where they are above the ceiling.
    pub peaks: Bundle,
    /// The least that is of interest of each lane; infinite where there is no group.
    pub floor: [f32; SIDE_BY_SIDE],
}

impl Lanes {
    /// Lanes that hold back up to so many frames.
    pub fn new(latency_frames: usize) -> Self {
        let length = (latency_frames.div_ceil(QUANTUM) + 1) * QUANTUM;
        Self {
            arch: Arch::new(),
            detector: TruePeak::new(),
            room: vec![[0.0; SIDE_BY_SIDE]; length + QUANTA_OF_ROOM * QUANTUM],
            begin: 0,
            length,
            peaks: [[0.0; SIDE_BY_SIDE]; QUANTUM],
            floor: [f32::INFINITY; SIDE_BY_SIDE],
        }
    }

    /// How many frames of silence leave nothing of what was before.
    pub fn length(&self) -> usize {
        self.length + TruePeak::LATENCY + 2 * QUANTUM
    }

    /// Takes a quantum in; whether any lane rises above its floor.
    pub fn take(&mut self, lanes: &Bundle) -> bool {
        self.begin += QUANTUM;
        if self.begin + self.length > self.room.len() {
            let end = self.begin + self.length - QUANTUM;
            self.room.copy_within(self.begin..end, 0);
            self.begin = 0;
        }
        let end = self.begin + self.length;
        self.room[end - QUANTUM..end].copy_from_slice(lanes);
        self.detector.process(lanes, &self.floor, &mut self.peaks)
    }

    /// Gives back what came `latency_frames` ago under gains, in the lanes that are chosen.
    pub fn give(&self, gain: &Gain, chosen: &[u32; SIDE_BY_SIDE], out: &mut Bundle) {
        let first = self.begin + self.length - QUANTUM - gain.latency_frames();
        let past = &self.room[first..first + QUANTUM];
        self.arch.dispatch(Give { past, gains: &gain.gains, chosen, out });
    }
}

/// The gains at work, compiled once for every kind of processor.
struct Give<'a> {
    past: &'a [[f32; SIDE_BY_SIDE]],
    gains: &'a [f32; QUANTUM],
    chosen: &'a [u32; SIDE_BY_SIDE],
    out: &'a mut Bundle,
}

impl WithSimd for Give<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let masks = all_along(self.chosen);
        // All rows before any is read: what was written in halves is slow to read as a whole at once.
        let mut gain_of = [[0.0; SIDE_BY_SIDE]; QUANTUM];
        for (row, gain) in gain_of.iter_mut().zip(self.gains) {
            *row = [*gain; SIDE_BY_SIDE];
        }
        let gain_of = gain_of.as_flattened().as_chunks::<RUN>().0;
        let past = self.past.as_flattened().as_chunks::<RUN>().0;
        let out = self.out.as_flattened_mut().as_chunks_mut::<RUN>().0;
        for ((out, past), gain_of) in out.iter_mut().zip(past).zip(gain_of) {
            for index in 0..RUN {
                let turned = (past[index] * gain_of[index]).to_bits() & masks[index];
                out[index] = f32::from_bits(turned | (out[index].to_bits() & !masks[index]));
            }
        }
    }
}
