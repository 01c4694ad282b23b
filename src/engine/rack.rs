//! The blocks that lanes go through, eight lanes side by side.

use crate::block::{Bundle, QUANTUM, Quantum, SIDE_BY_SIDE};
use crate::effect::Effect;

/// A bundle of silence.
const SILENT_BUNDLE: Bundle = [[0.0; SIDE_BY_SIDE]; QUANTUM];

/// The blocks of a unit, in the order of the chain, and the lanes on their way through.
pub(super) struct Rack {
    effects: Vec<Box<dyn Effect>>,
    bundles: Vec<Bundle>,
    /// Whether something has come in since the last quantum.
    fed: bool,
    /// Whether all that came in has died away.
    resting: bool,
}

impl Rack {
    pub(super) fn new(effects: Vec<Box<dyn Effect>>, lanes: usize) -> Self {
        let bundles = vec![SILENT_BUNDLE; lanes.div_ceil(SIDE_BY_SIDE)];
        Self { effects, bundles, fed: false, resting: true }
    }

    /// By how many frames a lane leaves later than it came, through all blocks before the given one.
    pub(super) fn latency_before(&self, effect: usize, lane: usize) -> usize {
        self.effects[..effect].iter().map(|it| it.latency_frames(lane)).sum()
    }

    /// The same through all blocks.
    pub(super) fn latency(&self, lane: usize) -> usize {
        self.latency_before(self.effects.len(), lane)
    }

    /// Puts in the quantum of a lane; every lane of every quantum must be put in.
    pub(super) fn load(&mut self, lane: usize, samples: Option<&Quantum>) {
        let (bundle, column) = (&mut self.bundles[lane / SIDE_BY_SIDE], lane % SIDE_BY_SIDE);
        match samples {
            Some(samples) => {
                self.fed = true;
                for (frame, sample) in bundle.iter_mut().zip(samples) {
                    frame[column] = *sample;
                }
            }
            None if self.resting && !self.fed => {}
            None => bundle.iter_mut().for_each(|frame| frame[column] = 0.0),
        }
    }

    /// Lets the blocks work on the next quantum even if nothing is put in.
    pub(super) fn wake(&mut self) {
        self.fed = true;
    }

    /// Sends what was put in through all blocks; whether anything may leave.
    pub(super) fn process(&mut self, quantum: u64, keys: &[Quantum]) -> bool {
        if self.resting && !self.fed {
            return false;
        }
        for effect in &mut self.effects {
            effect.process(quantum, &mut self.bundles, keys);
        }
        // What leaves now is still to be taken out: where it sounds, rest begins a quantum later.
        self.resting = !self.fed
            && self.effects.iter().all(|effect| effect.is_at_rest())
            && self.bundles.as_flattened().as_flattened().iter().all(|sample| *sample == 0.0);
        self.fed = false;
        true
    }

    /// Takes out the quantum of a lane; whether it is other than silence.
    pub(super) fn store(&self, lane: usize, samples: &mut Quantum) -> bool {
        let (bundle, column) = (&self.bundles[lane / SIDE_BY_SIDE], lane % SIDE_BY_SIDE);
        let mut sounds = false;
        for (sample, frame) in samples.iter_mut().zip(bundle) {
            *sample = frame[column];
            sounds |= *sample != 0.0;
        }
        sounds
    }

    /// The lowest gain that blocks gave a lane in the last quantum, all together.
    pub(super) fn lowest_gain(&self, lane: usize) -> f32 {
        self.effects.iter().map(|effect| effect.lowest_gain(lane)).product()
    }
}
