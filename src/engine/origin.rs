//! Where the lanes of a unit come from.

use std::ops::Range;

use super::inputs::Inputs;
use super::lane::{Lane, Offset};
use super::mix::{Lanes, mix};
use super::ramp::Ramp;
use super::sent::Sent;
use super::table::RampTable;
use super::unit::{Address, Bench, Unit};
use crate::block::{Quanta, Quantum};
use crate::dsp::fetch;
use crate::effect::ReturnEffect;

/// Where the lanes of a unit come from.
pub(super) enum Origin {
    /// From the inputs of the engine.
    Sources,
    /// From the lanes that are heard in this bus.
    Bus(BusMix),
    /// From the sends to this return.
    Return(Box<ReturnMix>),
}

/// The mix of a bus.
pub(super) struct BusMix {
    /// The lanes that are heard in it, in scene order.
    pub(super) members: Vec<Address>,
    channels: Quanta,
    sounds: bool,
}

/// The sends to a return, and what it makes of them.
pub(super) struct ReturnMix {
    pub(super) sent: Sent,
    effect: Box<dyn ReturnEffect>,
    outputs: Quanta,
    sounds: bool,
}

impl Origin {
    pub(super) fn bus(members: Vec<Address>, channels: usize) -> Self {
        Self::Bus(BusMix { members, channels: Quanta::silent(channels), sounds: false })
    }

    pub(super) fn effect(sent: Sent, effect: Box<dyn ReturnEffect>) -> Self {
        let outputs = Quanta::silent(effect.outputs());
        Self::Return(Box::new(ReturnMix { sent, effect, outputs, sounds: false }))
    }

    /// Whether what comes from it depends on what came before.
    pub(super) fn remembers(&self) -> bool {
        matches!(self, Self::Return(_))
    }

    /// By how many frames what comes from it is late.
    pub(super) fn latency_frames(&self) -> usize {
        match self {
            Self::Return(mix) => mix.effect.latency_frames(),
            Self::Sources | Self::Bus(_) => 0,
        }
    }

    /// Gathers what comes in over the quanta of a pass.
    pub(super) fn gather<I: Inputs>(&mut self, bench: &Bench<'_, I>) {
        match self {
            Self::Sources | Self::Bus(_) => {}
            Self::Return(mix) => mix.sent.gather(bench),
        }
    }

    /// Gets a quantum of the pass ready.
    pub(super) fn fetch<I: Inputs>(&mut self, number: u64, quantum: usize, bench: &Bench<'_, I>) {
        match self {
            Self::Sources => {}
            Self::Bus(bus) => bus.fetch(quantum, bench),
            Self::Return(mix) => mix.fetch(number, quantum),
        }
    }

    /// A lane of the quantum that was fetched; `None` is silence.
    pub(super) fn arrived(&self, lane: usize) -> Option<&Quantum> {
        match self {
            Self::Sources => None,
            Self::Bus(bus) => bus.sounds.then(|| &bus.channels[lane]),
            Self::Return(mix) => mix.sounds.then(|| &mix.outputs[lane]),
        }
    }
}

impl BusMix {
    fn fetch<I: Inputs>(&mut self, quantum: usize, bench: &Bench<'_, I>) {
        let Self { members, channels, sounds } = self;
        let heard = Heard {
            units: bench.before,
            members,
            inputs: bench.inputs,
            quanta: quantum..quantum + 1,
            room: 0,
        };
        *sounds = members.iter().any(|it| heard.sounds(*it));
        if *sounds {
            mix(bench.arch, &heard, channels);
        }
    }
}

impl ReturnMix {
    fn fetch(&mut self, number: u64, quantum: usize) {
        let Self { sent, effect, outputs, sounds } = self;
        *sounds = effect.process(number, sent.sum(quantum), outputs);
    }
}

/// One lane, under ramps that were worked out for it alone.
pub(super) struct Solo<'a, I> {
    pub(super) lane: &'a Lane,
    /// The lane that comes next: its samples are fetched meanwhile.
    pub(super) next: Option<&'a Lane>,
    pub(super) ramps: &'a RampTable,
    pub(super) inputs: &'a Offset<'a, I>,
    /// The quanta of the pass.
    pub(super) quanta: usize,
    /// The number of the room among those the lane is heard in.
    pub(super) room: usize,
}

impl<I: Inputs> Lanes for Solo<'_, I> {
    #[inline(always)]
    fn each(&self, mut add: impl FnMut(usize, &Quantum, &[Ramp])) {
        for quantum in 0..self.quanta {
            if let Some(next) = self.next.and_then(|next| next.heard(quantum, self.inputs)) {
                fetch(next);
            }
            let ramps = self.ramps.get(0, quantum, self.room);
            if ramps.is_empty() {
                continue;
            }
            if let Some(samples) = self.lane.heard(quantum, self.inputs) {
                add(quantum, samples, ramps);
            }
        }
    }
}

/// Lanes that are heard in a room, in scene order.
pub(super) struct Heard<'a, I> {
    pub(super) units: &'a [Unit],
    pub(super) members: &'a [Address],
    pub(super) inputs: &'a Offset<'a, I>,
    /// The quanta of the pass.
    pub(super) quanta: Range<usize>,
    /// The number of the room among those the lanes are heard in.
    pub(super) room: usize,
}

impl<I: Inputs> Heard<'_, I> {
    fn sounds(&self, Address { unit, lane }: Address) -> bool {
        let unit = &self.units[unit];
        self.quanta.clone().any(|quantum| {
            !unit.ramps.get(lane, quantum, self.room).is_empty()
                && unit.lanes[lane].heard(quantum, self.inputs).is_some()
        })
    }
}

impl<I: Inputs> Lanes for Heard<'_, I> {
    /// Lane after lane, so that the samples of each are read in one piece.
    #[inline(always)]
    fn each(&self, mut add: impl FnMut(usize, &Quantum, &[Ramp])) {
        for &Address { unit, lane } in self.members {
            let unit = &self.units[unit];
            for quantum in self.quanta.clone() {
                let ramps = unit.ramps.get(lane, quantum, self.room);
                if ramps.is_empty() {
                    continue;
                }
                if let Some(samples) = unit.lanes[lane].heard(quantum, self.inputs) {
                    add(quantum - self.quanta.start, samples, ramps);
                }
            }
        }
    }
}
