//! Eight lanes side by side: what they hold back, and how high they rise.

use pulp::{Arch, Simd, WithSimd};

use super::gain::Gain;
use crate::block::{Bundle, QUANTUM, SIDE_BY_SIDE};
use crate::dsp::TruePeak;

/// The lanes of a bundle that are in groups.
pub struct Lanes {
    arch: Arch,
    detector: TruePeak,
    /// The frames of the last while, in a ring.
    past: Vec<[f32; SIDE_BY_SIDE]>,
    newest: usize,
    /// The true peaks of the quantum, where they are above the ceiling.
    pub peaks: Bundle,
    /// The least that is of interest of each lane; infinite where there is no group.
    pub floor: [f32; SIDE_BY_SIDE],
}

impl Lanes {
    /// Lanes that hold back up to so many frames.
    pub fn new(latency_frames: usize) -> Self {
        let quanta = latency_frames.div_ceil(QUANTUM) + 1;
        Self {
            arch: Arch::new(),
            detector: TruePeak::new(),
            past: vec![[0.0; SIDE_BY_SIDE]; quanta * QUANTUM],
            newest: 0,
            peaks: [[0.0; SIDE_BY_SIDE]; QUANTUM],
            floor: [f32::INFINITY; SIDE_BY_SIDE],
        }
    }

    /// How many frames of silence leave nothing of what was before.
    pub fn length(&self) -> usize {
        self.past.len() + TruePeak::LATENCY + 2 * QUANTUM
    }

    /// Takes a quantum in; whether any lane rises above its floor.
    pub fn take(&mut self, lanes: &Bundle) -> bool {
        self.newest = (self.newest + QUANTUM) % self.past.len();
        self.past[self.newest..self.newest + QUANTUM].copy_from_slice(lanes);
        self.detector.process(lanes, &self.floor, &mut self.peaks)
    }

    /// Gives back what came `latency_frames` ago under gains, in the lanes that are chosen.
    pub fn give(&self, gain: &Gain, chosen: &[bool; SIDE_BY_SIDE], out: &mut Bundle) {
        let length = self.past.len();
        let oldest = (self.newest + length - gain.latency_frames()) % length;
        let first = QUANTUM.min(length - oldest);
        let (begin, end) = out.split_at_mut(first);
        let (begin_gains, end_gains) = gain.gains.split_at(first);
        let arch = self.arch;
        arch.dispatch(Give { past: &self.past[oldest..], gains: begin_gains, chosen, out: begin });
        arch.dispatch(Give { past: &self.past, gains: end_gains, chosen, out: end });
    }
}

/// The gains at work, compiled once for every kind of processor.
struct Give<'a> {
    past: &'a [[f32; SIDE_BY_SIDE]],
    gains: &'a [f32],
    chosen: &'a [bool; SIDE_BY_SIDE],
    out: &'a mut [[f32; SIDE_BY_SIDE]],
}

impl WithSimd for Give<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let chosen = *self.chosen;
        for ((out, past), gain) in self.out.iter_mut().zip(self.past).zip(self.gains) {
            let mut row = *out;
            for lane in 0..SIDE_BY_SIDE {
                row[lane] = if chosen[lane] { past[lane] * gain } else { row[lane] };
            }
            *out = row;
        }
    }
}
