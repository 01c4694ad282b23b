//! Strips that are worked on together: their lanes lie side by side in one rack.

use std::ops::Range;

use pulp::Arch;

use super::inputs::Inputs;
use super::lane::{Lane, Offset};
use super::live::Live;
use super::origin::Origin;
use super::rack::Rack;
use super::steering::Stretch;
use super::table::RampTable;
use super::watch::Watch;
use crate::block::{Quantum, SIDE_BY_SIDE};
use crate::dsp::{Delay, fetch};

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
    pub(super) stretch: Box<Stretch>,
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
    /// Whether all ramps are worked out now, or only those into buses.
    pub(super) steers_all: bool,
}

impl Unit {
    /// Whether rendering from the middle needs what came before.
    pub(super) fn remembers(&self) -> bool {
        self.rack.is_some()
            || self.origin.remembers()
            || self.lanes.iter().any(Lane::remembers)
            || self.entry.iter().any(Option::is_some)
    }

    /// Takes some quanta through everything up to the ramps. What comes in to the `next` unit, or
    /// next to this one, is fetched meanwhile.
    pub(super) fn prepare<I: Inputs>(&mut self, bench: &Bench<'_, I>, next: Option<&Self>) {
        if !self.lanes.iter().all(Lane::is_direct) {
            self.origin.gather(bench);
            for quantum in 0..bench.quanta {
                match next {
                    Some(next) => next.await_input(quantum, bench.inputs),
                    None if quantum + 1 < bench.quanta => {
                        self.await_input(quantum + 1, bench.inputs)
                    }
                    None => {}
                }
                self.pass(quantum, bench);
            }
        }
        let Self { lanes, ramps, stretch, .. } = self;
        let steered = |lane: &Lane| bench.steers_all || lane.joins_bus;
        for (lane, mut ramps) in lanes.iter_mut().zip(ramps.lanes()).filter(|it| steered(it.0)) {
            lane.steer(bench.first, bench.quanta, bench.inputs, stretch, &mut ramps);
        }
    }

    /// Has what comes in with a quantum brought near.
    fn await_input<I: Inputs>(&self, quantum: usize, inputs: &Offset<'_, I>) {
        for source in self.lanes.iter().filter_map(|lane| lane.source) {
            if let Some(samples) = inputs.quantum(source, quantum) {
                fetch(samples);
            }
        }
    }

    /// Takes a quantum from where it comes from through the rack and out of the lanes.
    fn pass<I: Inputs>(&mut self, quantum: usize, bench: &Bench<'_, I>) {
        let number = bench.first + quantum as u64;
        self.origin.fetch(number, quantum, bench);
        let Self { lanes, origin, entry, rack, keys, watch, .. } = self;
        let Some(rack) = rack else {
            for (index, lane) in lanes.iter_mut().enumerate().filter(|(_, it)| !it.is_direct()) {
                let arrived = arrived(lane, index, origin, quantum, bench);
                lane.put(number, quantum, arrived, bench.inputs.live);
            }
            return;
        };
        for (bundle, lanes) in lanes.chunks_mut(SIDE_BY_SIDE).enumerate() {
            let mut entering = [None; SIDE_BY_SIDE];
            for (column, (lane, entering)) in lanes.iter_mut().zip(&mut entering).enumerate() {
                let index = bundle * SIDE_BY_SIDE + column;
                let arrived = arrived(lane, index, origin, quantum, bench);
                *entering = enter(lane, &mut entry[index], quantum, arrived);
            }
            rack.load(bundle, &entering);
        }
        if keys.fetch(quantum, bench) {
            // Whoever is silent but turned down from outside must know of it when it begins.
            rack.wake();
        }
        if rack.process(number, &keys.quanta) {
            leave((rack, lanes, watch), number, quantum, bench.inputs.live);
        } else {
            watch.gains(quantum).fill(1.0);
            for lane in lanes.iter_mut() {
                lane.put(number, quantum, None, bench.inputs.live);
            }
        }
    }
}

/// Takes some quanta through units that need nothing from each other, one after the other.
pub(super) fn prepare_all<I: Inputs>(units: &mut [Unit], bench: &Bench<'_, I>) {
    let mut rest = units;
    while let Some((unit, others)) = rest.split_first_mut() {
        unit.prepare(bench, others.first());
        rest = others;
    }
}

/// What comes in to a lane.
fn arrived<'a, I: Inputs>(
    lane: &Lane,
    index: usize,
    origin: &'a Origin,
    quantum: usize,
    bench: &'a Bench<'_, I>,
) -> Option<&'a Quantum> {
    match lane.source {
        Some(source) => bench.inputs.quantum(source, quantum),
        None => origin.arrived(index),
    }
}

/// What enters the rack: what came or, where it has to wait for a key, what came before.
fn enter<'a>(
    lane: &'a mut Lane,
    entry: &mut Option<Delay>,
    quantum: usize,
    arrived: Option<&'a Quantum>,
) -> Option<&'a Quantum> {
    let Some(delay) = entry else { return arrived };
    let place = lane.place(quantum);
    if let Some(samples) = arrived {
        *place = *samples;
    }
    delay.process(place, arrived.is_some()).then_some(place)
}

/// Takes a quantum out of the rack and out of the lanes.
fn leave(
    (rack, lanes, watch): (&mut Rack, &mut [Lane], &mut Watch),
    number: u64,
    quantum: usize,
    live: Option<&Live>,
) {
    for (bundle, lanes) in lanes.chunks_mut(SIDE_BY_SIDE).enumerate() {
        let (apart, found) = rack.store(bundle);
        for (column, (lane, samples)) in lanes.iter_mut().zip(apart).enumerate() {
            let index = bundle * SIDE_BY_SIDE + column;
            let sounds =
                found.sounds[column] && watch.notes(index, number, found.is_finite[column]);
            lane.put(number, quantum, sounds.then_some(samples), live);
        }
    }
    rack.lowest_gains(watch.gains(quantum));
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
