//! Where the lanes of a unit come from.

use std::ops::Range;

use super::fader::Fader;
use super::handover::Handover;
use super::inputs::Inputs;
use super::lane::{Lane, Offset};
use super::mix::{Lanes, mix};
use super::plan::SendPlan;
use super::ramp::Ramp;
use super::table::RampTable;
use super::unit::{Address, Bench, Unit};
use crate::block::{QUANTUM, Quantum, SILENCE};
use crate::dsp::{Delay, fetch};
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
    channels: Vec<Quantum>,
    sounds: bool,
}

/// The sends to a return, and what it makes of them.
pub(super) struct ReturnMix {
    pub(super) sends: Vec<SendTap>,
    effect: Box<dyn ReturnEffect>,
    outputs: Vec<Quantum>,
    sounds: bool,
}

/// What a strip sends: the sum of its lanes.
pub(super) struct SendTap {
    /// The number of the strip.
    strip: usize,
    pub(super) unit: usize,
    pub(super) lanes: Vec<usize>,
    level: Handover<Fader>,
    pre_fader: bool,
    pub(super) align: Option<Delay>,
    ramp: [Ramp; 1],
    /// What left the delay, where there is one.
    delayed: Quantum,
    sounds: bool,
}

impl Origin {
    pub(super) fn bus(members: Vec<Address>, channels: usize) -> Self {
        Self::Bus(BusMix { members, channels: vec![SILENCE; channels], sounds: false })
    }

    pub(super) fn effect(sends: Vec<SendTap>, effect: Box<dyn ReturnEffect>) -> Self {
        let outputs = vec![SILENCE; effect.outputs()];
        Self::Return(Box::new(ReturnMix { sends, effect, outputs, sounds: false }))
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

    /// Gets a quantum ready.
    pub(super) fn fetch<I: Inputs>(&mut self, number: u64, quantum: usize, bench: &Bench<'_, I>) {
        match self {
            Self::Sources => {}
            Self::Bus(bus) => bus.fetch(quantum, bench),
            Self::Return(mix) => mix.fetch(number, quantum, bench),
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
    fn fetch<I: Inputs>(&mut self, number: u64, quantum: usize, bench: &Bench<'_, I>) {
        let Self { sends, effect, outputs, sounds } = self;
        for send in sends.iter_mut() {
            send.fetch(number, quantum, bench);
        }
        let mut sum = [SILENCE];
        let any = sends.iter().any(|send| send.sounds);
        if any {
            mix(bench.arch, &Sent { sends, quantum, bench }, &mut sum);
        }
        *sounds = effect.process(number, any.then_some(&sum[0]), outputs);
    }
}

impl SendTap {
    pub(super) fn new(
        strip: usize,
        unit: usize,
        lanes: Vec<usize>,
        send: &SendPlan,
        steps: u32,
    ) -> Self {
        let SendPlan { level, pre_fader, .. } = send;
        Self {
            strip,
            unit,
            lanes,
            level: Handover::new(level.clone(), steps),
            pre_fader: *pre_fader,
            align: None,
            ramp: [Ramp::level(0, 0.0)],
            delayed: SILENCE,
            sounds: false,
        }
    }

    /// Sends what comes so many frames late: its level moves when that does.
    pub(super) fn late(&mut self, frames: usize) {
        self.level.change(|level| level.late(frames));
    }

    /// Lets the scene's own level change, if there is another; what is to be freed comes in exchange.
    pub(super) fn tune(&mut self, level: &mut Option<Fader>) {
        self.level.give_way(level);
    }

    fn fetch<I: Inputs>(&mut self, number: u64, quantum: usize, bench: &Bench<'_, I>) {
        let frame = number * QUANTUM as u64;
        let mut from = self.level.value(|level| level.at(frame));
        self.level.step();
        let mut to = self.level.value(|level| level.at(frame + QUANTUM as u64));
        let live = bench.inputs.live.map(|live| live.strip(self.strip));
        let live =
            live.and_then(|it| if self.pre_fader { it.open(quantum) } else { it.left(quantum) });
        if let Some([begin, end]) = live {
            (from, to) = (from * begin, to * end);
        }
        self.ramp = [Ramp::between(0, from, to)];
        let lanes = &bench.before[self.unit].lanes;
        self.sounds =
            self.lanes.iter().any(|&lane| lanes[lane].samples(quantum, bench.inputs).is_some());
        if let Some(align) = &mut self.align {
            let mut sum = [SILENCE];
            let alone = Alone { lanes, numbers: &self.lanes, ramp: &self.ramp, quantum, bench };
            mix(bench.arch, &alone, &mut sum);
            self.delayed = sum[0];
            self.sounds = align.process(&mut self.delayed, self.sounds);
        }
    }
}

/// The lanes of one send.
struct Alone<'a, I> {
    lanes: &'a [Lane],
    numbers: &'a [usize],
    ramp: &'a [Ramp; 1],
    quantum: usize,
    bench: &'a Bench<'a, I>,
}

impl<I: Inputs> Lanes for Alone<'_, I> {
    #[inline(always)]
    fn each(&self, mut add: impl FnMut(usize, &Quantum, &[Ramp])) {
        for &number in self.numbers {
            if let Some(samples) = self.lanes[number].samples(self.quantum, self.bench.inputs) {
                add(0, samples, self.ramp);
            }
        }
    }
}

/// All sends to a return.
struct Sent<'a, I> {
    sends: &'a [SendTap],
    quantum: usize,
    bench: &'a Bench<'a, I>,
}

impl<I: Inputs> Lanes for Sent<'_, I> {
    #[inline(always)]
    fn each(&self, mut add: impl FnMut(usize, &Quantum, &[Ramp])) {
        for send in self.sends.iter().filter(|send| send.sounds) {
            if send.align.is_some() {
                add(0, &send.delayed, &[Ramp::level(0, 1.0)]);
                continue;
            }
            let (quantum, bench) = (self.quantum, self.bench);
            let (lanes, numbers) = (&bench.before[send.unit].lanes[..], &send.lanes[..]);
            Alone { lanes, numbers, ramp: &send.ramp, quantum, bench }.each(&mut add);
        }
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
