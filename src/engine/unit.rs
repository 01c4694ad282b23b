//! Strips that are worked on together: their lanes lie side by side in one rack.

use std::ops::Range;

use pulp::Arch;

use super::inputs::Inputs;
use super::lane::{Lane, Offset};
use super::origin::Origin;
use super::rack::Rack;
use super::table::RampTable;
use super::watch::Watch;
use crate::block::Quantum;
use crate::dsp::Delay;

/// A lane by its unit and its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) unit: usize,
    pub(super) lane: usize,
}

/// Strips that are worked on together.
pub(super) struct Unit {
    pub(super) lanes: Vec<Lane>,
    pub(super) ramps: RampTable,
    pub(super) origin: Origin,
    pub(super) rack: Option<Rack>,
    /// The side-chain signals of the rack.
    pub(super) keys: Keys,
    /// What delays the lanes before the rack, where a key comes late.
    pub(super) entry: Vec<Option<Delay>>,
    /// What is kept an eye on.
    pub(super) watch: Watch,
}

/// The side-chain signals of a unit.
#[derive(Default)]
pub(super) struct Keys {
    pub(super) taps: Vec<KeyTap>,
    pub(super) quanta: Vec<Quantum>,
}

/// Whose level another strip goes by: the sum of its lanes, before its fader.
pub(super) struct KeyTap {
    pub(super) unit: usize,
    pub(super) lanes: Range<usize>,
    pub(super) align: Option<Delay>,
}

/// What a unit is worked on with.
pub(super) struct Bench<'a, I> {
    pub(super) inputs: &'a Offset<'a, I>,
    /// The units of earlier stages.
    pub(super) before: &'a [Unit],
    pub(super) arch: Arch,
    /// The number of the first quantum of the pass.
    pub(super) first: u64,
    pub(super) quanta: usize,
}

impl Unit {
    /// Whether rendering from the middle needs what came before.
    pub(super) fn remembers(&self) -> bool {
        self.rack.is_some()
            || self.origin.remembers()
            || self.lanes.iter().any(Lane::remembers)
            || self.entry.iter().any(Option::is_some)
    }

    /// Takes some quanta through everything up to the ramps.
    pub(super) fn prepare<I: Inputs>(&mut self, bench: &Bench<'_, I>) {
        if !self.lanes.iter().all(Lane::is_direct) {
            (0..bench.quanta).for_each(|quantum| self.pass(quantum, bench));
        }
        let Self { lanes, ramps, .. } = self;
        for (lane, mut ramps) in lanes.iter_mut().zip(ramps.lanes()) {
            lane.steer(bench.first, bench.quanta, bench.inputs, &mut ramps);
        }
    }

    /// Takes a quantum from where it comes from through the rack and out of the lanes.
    fn pass<I: Inputs>(&mut self, quantum: usize, bench: &Bench<'_, I>) {
        let number = bench.first + quantum as u64;
        self.origin.fetch(number, quantum, bench);
        for index in 0..self.lanes.len() {
            let sounds = self.enter(index, quantum, bench);
            let lane = &mut self.lanes[index];
            match &mut self.rack {
                Some(rack) => rack.load(index, sounds.then_some(&*lane.place(quantum))),
                None if lane.is_direct() => {}
                None => lane.leave(number, quantum, sounds),
            }
        }
        let Some(rack) = &mut self.rack else { return };
        if self.keys.fetch(quantum, bench) {
            // Whoever is silent but turned down from outside must know of it when it begins.
            rack.wake();
        }
        let any = rack.process(number, &self.keys.quanta);
        for (index, lane) in self.lanes.iter_mut().enumerate() {
            let place = lane.place(quantum);
            let sounds =
                any && rack.store(index, place) && self.watch.is_sound(index, number, place);
            self.watch.note_gain(quantum, index, if any { rack.lowest_gain(index) } else { 1.0 });
            lane.leave(number, quantum, sounds);
        }
    }

    /// Fetches a quantum of a lane to where it leaves from; whether it is other than silence.
    fn enter<I: Inputs>(&mut self, index: usize, quantum: usize, bench: &Bench<'_, I>) -> bool {
        let lane = &mut self.lanes[index];
        if lane.is_direct() {
            return false;
        }
        let arrived = match lane.source {
            Some(source) => bench.inputs.quantum(source, quantum),
            None => self.origin.arrived(index),
        };
        let place = lane.place(quantum);
        if let Some(samples) = arrived {
            place.copy_from_slice(samples);
        }
        match &mut self.entry[index] {
            Some(delay) => delay.process(place, arrived.is_some()),
            None => arrived.is_some(),
        }
    }
}

impl Keys {
    /// Fetches a quantum of every key; whether any is other than silence.
    fn fetch<I: Inputs>(&mut self, quantum: usize, bench: &Bench<'_, I>) -> bool {
        let mut any = false;
        for (tap, sum) in self.taps.iter_mut().zip(&mut self.quanta) {
            sum.fill(0.0);
            let mut sounds = false;
            for lane in &bench.before[tap.unit].lanes[tap.lanes.clone()] {
                if let Some(samples) = lane.samples(quantum, bench.inputs) {
                    sounds = true;
                    sum.iter_mut().zip(samples).for_each(|(sum, sample)| *sum += sample);
                }
            }
            any |= match &mut tap.align {
                Some(align) => align.process(sum, sounds),
                None => sounds,
            };
        }
        any
    }
}
