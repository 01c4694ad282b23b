//! The blocks that lanes go through, eight lanes side by side.

use pulp::Arch;

use super::bundling::{Apart, Found, bundle, unbundle};
use super::understudy::Understudy;
use crate::block::{Bundle, QUANTUM, Quantum, SIDE_BY_SIDE, SILENCE};
use crate::effect::Effect;

/// A bundle of silence.
const SILENT_BUNDLE: Bundle = [[0.0; SIDE_BY_SIDE]; QUANTUM];

/// A block at work.
pub(super) struct Slot {
    /// Its number in the order of a chain.
    pub(super) block: usize,
    pub(super) effect: Box<dyn Effect>,
}

/// The blocks of a unit, in the order of the chain, and the lanes on their way through.
pub(super) struct Rack {
    slots: Vec<Slot>,
    /// Blocks that are to take the place of some of these, or that some of these took the place of.
    understudy: Option<Box<Understudy>>,
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
    pub(super) fn new(slots: Vec<Slot>, lanes: usize) -> Self {
        let bundles = vec![SILENT_BUNDLE; lanes.div_ceil(SIDE_BY_SIDE)];
        let apart = [SILENCE; SIDE_BY_SIDE];
        let (understudy, arch) = (None, Arch::new());
        Self { slots, understudy, bundles, apart, arch, fed: false, resting: true }
    }

    /// By how many frames its blocks make its lanes late, block after block and lane after lane.
    pub(super) fn latencies(&self, lanes: usize) -> Vec<usize> {
        let slots = self.slots.iter();
        slots.flat_map(|it| (0..lanes).map(|lane| it.effect.latency_frames(lane))).collect()
    }

    /// Its blocks, and how many bundles they work on.
    pub(super) fn into_slots(self) -> (Vec<Slot>, usize) {
        (self.slots, self.bundles.len())
    }

    /// Lets other blocks take the places of some from now on; what is left of those before that did
    /// comes in exchange.
    pub(super) fn rehearse(&mut self, coming: &mut Option<Box<Understudy>>) {
        self.let_them_play();
        std::mem::swap(&mut self.understudy, coming);
    }

    /// Whoever still listens takes its place at once.
    fn let_them_play(&mut self) {
        if let Some(understudy) = &mut self.understudy {
            understudy.play(&mut self.slots);
        }
    }

    /// By how many frames a lane leaves later than it came, through all blocks before the given one.
    pub(super) fn latency_before(&self, effect: usize, lane: usize) -> usize {
        self.slots[..effect].iter().map(|it| it.effect.latency_frames(lane)).sum()
    }

    /// The same through all blocks.
    pub(super) fn latency(&self, lane: usize) -> usize {
        self.latency_before(self.slots.len(), lane)
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
            // Nobody hears how they come in.
            self.let_them_play();
            return false;
        }
        let Self { slots, understudy, bundles, .. } = self;
        match understudy.as_mut().filter(|it| it.listens()) {
            Some(understudy) => understudy.process(slots, quantum, bundles, keys),
            None => {
                for slot in slots {
                    slot.effect.process(quantum, bundles, keys);
                }
            }
        }
        // What leaves now is still to be taken out: where it sounds, rest begins a quantum later.
        self.resting = !self.fed
            && self.slots.iter().all(|slot| slot.effect.is_at_rest())
            && self.bundles.as_flattened().as_flattened().iter().all(|sample| *sample == 0.0);
        self.fed = false;
        true
    }

    /// Takes out the lanes of a bundle.
    pub(super) fn store(&mut self, number: usize) -> (&Apart, Found) {
        let found = unbundle(self.arch, &self.bundles[number], &mut self.apart);
        (&self.apart, found)
    }

    /// The lowest gains that blocks gave the lanes in the last quantum, all together.
    pub(super) fn lowest_gains(&self, gains: &mut [f32]) {
        gains.fill(1.0);
        self.slots.iter().for_each(|slot| slot.effect.lower(gains));
    }
}
