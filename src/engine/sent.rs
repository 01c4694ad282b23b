//! What is sent to a return.

use super::fader::Fader;
use super::handover::Handover;
use super::inputs::Inputs;
use super::lane::Lane;
use super::mix::{Lanes, add_run};
use super::plan::SendPlan;
use super::ramp::Ramp;
use super::unit::Bench;
use crate::block::{QUANTUM, Quanta, Quantum, SILENCE};
use crate::dsp::{Delay, fetch};

/// The sends to a return, added up for all quanta of a pass: send after send, so that what one needs
/// is fetched once.
pub(super) struct Sent {
    pub(super) sends: Vec<SendTap>,
    sums: Quanta,
    sounds: Vec<bool>,
}

/// What a strip sends: the sum of its lanes.
pub(super) struct SendTap {
    /// The number of the strip.
    strip: usize,
    unit: usize,
    lanes: Vec<usize>,
    level: Handover<Fader>,
    pre_fader: bool,
    pub(super) align: Option<Delay>,
    /// The level in every quantum of the pass.
    ramps: Vec<Ramp>,
}

impl Sent {
    /// Sends for passes of so many quanta.
    pub(super) fn new(sends: Vec<SendTap>, quanta: usize) -> Self {
        Self { sends, sums: Quanta::silent(quanta), sounds: vec![false; quanta] }
    }

    /// Adds up what is sent in the quanta of a pass, in scene order.
    pub(super) fn gather<I: Inputs>(&mut self, bench: &Bench<'_, I>) {
        let sums = &mut self.sums[..bench.quanta];
        sums.fill(SILENCE);
        self.sounds.fill(false);
        let mut sends = &mut self.sends[..];
        while let Some((send, others)) = sends.split_first_mut() {
            send.follow(bench);
            send.add(bench, others.first(), sums, &mut self.sounds);
            sends = others;
        }
    }

    /// What is sent in a quantum of the pass; `None` is silence.
    pub(super) fn sum(&self, quantum: usize) -> Option<&Quantum> {
        self.sounds[quantum].then(|| &self.sums[quantum])
    }
}

impl SendTap {
    /// A send of some lanes of a unit, for passes of so many quanta; another level takes over in so
    /// many `steps`.
    pub(super) fn new(
        strip: usize,
        unit: usize,
        lanes: Vec<usize>,
        send: &SendPlan,
        quanta: usize,
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
            ramps: vec![Ramp::level(0, 0.0); quanta],
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

    /// Works out the levels of a pass.
    fn follow<I: Inputs>(&mut self, bench: &Bench<'_, I>) {
        let live = bench.inputs.live.map(|live| live.strip(self.strip));
        if let (None, Some(still)) = (live, self.level.settled().filter(|level| level.is_still())) {
            return self.ramps[..bench.quanta].fill(Ramp::level(0, still.at(0)));
        }
        let frame = |quantum: usize| (bench.first + quantum as u64) * QUANTUM as u64;
        let mut from = self.level.value(|level| level.at(frame(0)));
        for quantum in 0..bench.quanta {
            self.level.step();
            let to = self.level.value(|level| level.at(frame(quantum + 1)));
            let live = live
                .and_then(|it| if self.pre_fader { it.open(quantum) } else { it.left(quantum) });
            self.ramps[quantum] = match live {
                Some([begin, end]) => Ramp::between(0, from * begin, to * end),
                None => Ramp::between(0, from, to),
            };
            from = to;
        }
    }

    fn add<I: Inputs>(
        &mut self,
        bench: &Bench<'_, I>,
        next: Option<&Self>,
        sums: &mut [Quantum],
        sounds: &mut [bool],
    ) {
        let Self { unit, lanes, align, ramps, .. } = self;
        let source = &bench.before[*unit].lanes;
        let comes = |quantum: usize| {
            lanes.iter().any(|&lane| source[lane].samples(quantum, bench.inputs).is_some())
        };
        let next = next.and_then(|next| bench.before[next.unit].lanes.get(*next.lanes.first()?));
        let mut alone =
            Alone { lanes: source, next, numbers: lanes, ramps, first: 0, count: 1, bench };
        let Some(align) = align else {
            for (quantum, sounds) in sounds.iter_mut().enumerate().take(bench.quanta) {
                *sounds = *sounds || comes(quantum);
            }
            alone.count = bench.quanta;
            return add_run(bench.arch, &alone, 1, sums);
        };
        for quantum in 0..bench.quanta {
            let mut delayed = [SILENCE];
            alone.first = quantum;
            add_run(bench.arch, &alone, 1, &mut delayed);
            if align.process(&mut delayed[0], comes(quantum)) {
                sounds[quantum] = true;
                sums[quantum].iter_mut().zip(&delayed[0]).for_each(|(sum, it)| *sum += it);
            }
        }
    }
}

/// The lanes of one send in some quanta of the pass.
struct Alone<'a, I> {
    lanes: &'a [Lane],
    /// The lane that comes next: its samples are fetched meanwhile.
    next: Option<&'a Lane>,
    numbers: &'a [usize],
    ramps: &'a [Ramp],
    first: usize,
    count: usize,
    bench: &'a Bench<'a, I>,
}

impl<I: Inputs> Lanes for Alone<'_, I> {
    #[inline(always)]
    fn each(&self, mut add: impl FnMut(usize, &Quantum, &[Ramp])) {
        for &number in self.numbers {
            for offset in 0..self.count {
                let quantum = self.first + offset;
                let next = self.next.and_then(|next| next.samples(quantum, self.bench.inputs));
                next.into_iter().for_each(fetch);
                if let Some(samples) = self.lanes[number].samples(quantum, self.bench.inputs) {
                    add(offset, samples, &self.ramps[quantum..=quantum]);
                }
            }
        }
    }
}
