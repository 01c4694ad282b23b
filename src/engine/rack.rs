//! The blocks that lanes go through, eight lanes side by side.

use pulp::Arch;

use super::bundling::{Apart, Found, bundle, unbundle};
use crate::block::{Bundle, QUANTUM, Quantum, SIDE_BY_SIDE, SILENCE};
use crate::effect::Effect;

/// A bundle of silence.
const SILENT_BUNDLE: Bundle = [[0.0; SIDE_BY_SIDE]; QUANTUM];

/// The blocks of a unit, in the order of the chain, and the lanes on their way through.
pub(super) struct Rack {
    effects: Vec<Box<dyn Effect>>,
    bundles: Vec<Bundle>,
    /// The lanes of the bundle that was taken out last.
    apart: Apart,
    arch: Arch,
    /// Whether something has come in since the last quantum.
    fed: bool,
    /// Whether all that came in has died away.
    resting: bool,
}

impl Rack {
    pub(super) fn new(effects: Vec<Box<dyn Effect>>, lanes: usize) -> Self {
        let bundles = vec![SILENT_BUNDLE; lanes.div_ceil(SIDE_BY_SIDE)];
        let apart = [SILENCE; SIDE_BY_SIDE];
        Self { effects, bundles, apart, arch: Arch::new(), fed: false, resting: true }
    }

    /// By how many frames a lane leaves later than it came, through all blocks before the given one.
    pub(super) fn latency_before(&self, effect: usize, lane: usize) -> usize {
        self.effects[..effect].iter().map(|it| it.latency_frames(lane)).sum()
    }

    /// The same through all blocks.
    pub(super) fn latency(&self, lane: usize) -> usize {
        self.latency_before(self.effects.len(), lane)
    }

    /// Puts in a quantum of the lanes of a bundle, `None` for silence; every bundle of every quantum
    /// must be put in.
    pub(super) fn load(&mut self, number: usize, lanes: &[Option<&Quantum>; SIDE_BY_SIDE]) {
        if lanes.iter().any(Option::is_some) {
            self.fed = true;
            let lanes = lanes.map(|lane| lane.unwrap_or(&SILENCE));
            bundle(self.arch, &lanes, &mut self.bundles[number]);
        } else if !self.resting || self.fed {
            self.bundles[number] = SILENT_BUNDLE;
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

    /// Takes out the lanes of a bundle.
    pub(super) fn store(&mut self, number: usize) -> (&Apart, Found) {
        let found = unbundle(self.arch, &self.bundles[number], &mut self.apart);
        (&self.apart, found)
    }

    /// The lowest gain that blocks gave a lane in the last quantum, all together.
    pub(super) fn lowest_gain(&self, lane: usize) -> f32 {
        self.effects.iter().map(|effect| effect.lowest_gain(lane)).product()
    }
}
