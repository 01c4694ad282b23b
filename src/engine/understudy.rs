//! Blocks that take the places of others in a rack while it plays: first they only listen, so that
//! what remembers has heard something, then they are faded in.

use super::rack::Slot;
use crate::block::{Bundle, QUANTUM, Quantum, SIDE_BY_SIDE};
use crate::effect::Effect;

/// How long they only listen, in seconds.
const LISTENS_S: f64 = 0.04;

/// How long the fade takes, in seconds.
const FADES_S: f64 = 0.02;

/// Blocks that are to take the places of some of a rack, or those whose places were taken.
pub(super) struct Understudy {
    /// By the places of the rack; none where what is there stays.
    effects: Vec<Option<Box<dyn Effect>>>,
    /// What the one at hand makes of the lanes.
    bundles: Vec<Bundle>,
    listens: u32,
    fades: u32,
    /// How many quanta it has heard.
    heard: u32,
}

impl Understudy {
    /// One for a rack of so many bundles.
    pub(super) fn new(effects: Vec<Option<Box<dyn Effect>>>, bundles: usize, rate_hz: u32) -> Self {
        let [listens, fades] = [LISTENS_S, FADES_S].map(|seconds| quanta(seconds, rate_hz));
        let bundles = vec![[[0.0; SIDE_BY_SIDE]; QUANTUM]; bundles];
        Self { effects, bundles, listens, fades, heard: 0 }
    }

    /// How many quanta it takes until one plays alone.
    pub(super) fn quanta(rate_hz: u32) -> u32 {
        quanta(LISTENS_S, rate_hz) + quanta(FADES_S, rate_hz)
    }

    /// Whether the places are not taken yet.
    pub(super) fn listens(&self) -> bool {
        self.heard < self.listens + self.fades
    }

    /// Takes the places; who was there is kept here.
    pub(super) fn play(&mut self, slots: &mut [Slot]) {
        if !self.listens() {
            return;
        }
        self.heard = self.listens + self.fades;
        for (slot, effect) in slots.iter_mut().zip(&mut self.effects) {
            if let Some(effect) = effect {
                std::mem::swap(&mut slot.effect, effect);
            }
        }
    }

    /// Takes a quantum through the rack, listening.
    pub(super) fn process(
        &mut self,
        slots: &mut [Slot],
        quantum: u64,
        lanes: &mut [Bundle],
        keys: &[Quantum],
    ) {
        let shares = [self.share(self.heard), self.share(self.heard + 1)];
        for (slot, effect) in slots.iter_mut().zip(&mut self.effects) {
            let Some(effect) = effect else {
                slot.effect.process(quantum, lanes, keys);
                continue;
            };
            self.bundles.copy_from_slice(lanes);
            slot.effect.process(quantum, lanes, keys);
            effect.process(quantum, &mut self.bundles, keys);
            if shares[1] > 0.0 {
                fade(lanes, &self.bundles, shares);
            }
        }
        if self.heard + 1 == self.listens + self.fades {
            self.play(slots);
        } else {
            self.heard += 1;
        }
    }

    /// How much of it is heard after so many quanta.
    fn share(&self, quanta: u32) -> f32 {
        quanta.saturating_sub(self.listens) as f32 / self.fades as f32
    }
}

fn quanta(seconds: f64, rate_hz: u32) -> u32 {
    (seconds * f64::from(rate_hz) / QUANTUM as f64).round().max(1.0) as u32
}

/// Goes from some lanes to others.
fn fade(lanes: &mut [Bundle], others: &[Bundle], [from, to]: [f32; 2]) {
    let step = (to - from) / QUANTUM as f32;
    for (lanes, others) in lanes.iter_mut().zip(others) {
        for (frame, (lanes, others)) in lanes.iter_mut().zip(others).enumerate() {
            let share = from + step * frame as f32;
            for (sample, other) in lanes.iter_mut().zip(others) {
                *sample += (other - *sample) * share;
            }
        }
    }
}
