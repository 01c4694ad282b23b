//! Targets whose masters make them late by different times, heard together.

use crate::block::{QUANTUM, Quanta, Quantum};
use crate::engine::Engine;

/// Delays the targets of an engine so that all are as late as the latest.
pub struct Alignment {
    latency_frames: usize,
    targets: Vec<Target>,
}

/// One target on its way.
struct Target {
    /// By how many frames it is delayed; where that is 0 it is taken as it leaves the engine.
    by: usize,
    /// For every channel what was there before, as many frames as it is delayed by, and then what has
    /// come now.
    history: Vec<Vec<f32>>,
    /// Quantum after quantum, all channels of each.
    out: Quanta,
}

impl Alignment {
    /// That of the first targets of an engine which renders up to so many quanta at once.
    pub fn new(engine: &Engine, wanted: usize, quanta: usize) -> Self {
        let latencies = || (0..wanted).map(|target| engine.latency_frames(target));
        let latency_frames = latencies().max().unwrap_or(0);
        let target = |(number, latency): (usize, usize)| {
            let by = latency_frames - latency;
            let channels = if by == 0 { 0 } else { engine.output(number, 0).len() };
            Target {
                by,
                history: vec![vec![0.0; by + quanta * QUANTUM]; channels],
                out: Quanta::silent(quanta * channels),
            }
        };
        let targets = latencies().enumerate().map(target).collect();
        Self { latency_frames, targets }
    }

    /// By how many frames all leave later than their sources came.
    pub fn latency_frames(&self) -> usize {
        self.latency_frames
    }

    /// How many targets there are.
    pub fn targets(&self) -> usize {
        self.targets.len()
    }

    /// Takes in the quanta that were rendered last.
    pub fn take_in(&mut self, engine: &Engine, quanta: usize) {
        for (number, target) in self.targets.iter_mut().enumerate().filter(|(_, it)| it.by > 0) {
            let count = target.history.len();
            for (channel, history) in target.history.iter_mut().enumerate() {
                for quantum in 0..quanta {
                    let come = &engine.output(number, quantum)[channel];
                    history[target.by + quantum * QUANTUM..][..QUANTUM].copy_from_slice(come);
                    let gone = &history[quantum * QUANTUM..][..QUANTUM];
                    target.out[quantum * count + channel].copy_from_slice(gone);
                }
                history.copy_within(quanta * QUANTUM..quanta * QUANTUM + target.by, 0);
            }
        }
    }

    /// The channels of a target in a quantum of those that were taken in last.
    pub fn output<'a>(
        &'a self,
        engine: &'a Engine,
        target: usize,
        quantum: usize,
    ) -> &'a [Quantum] {
        let Target { by, history, out } = &self.targets[target];
        match by {
            0 => engine.output(target, quantum),
            _ => &out[quantum * history.len()..(quantum + 1) * history.len()],
        }
    }
}
