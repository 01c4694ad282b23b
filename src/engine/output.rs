//! The mix of a target, and what its master makes of it.

use super::chain::{Member, assemble};
use super::plan::{FoldPlan, Listening, TargetPlan};
use super::rack::Rack;
use super::understudy::Understudy;
use super::watch::Watch;
use crate::block::{Quanta, Quantum, SIDE_BY_SIDE, SILENCE};

/// The mixed channels of one target, for the quanta of one call.
pub(super) struct Output {
    name: String,
    channels: usize,
    quanta: Quanta,
    fold: Option<FoldPlan>,
    is_mixed: bool,
    master: Option<Rack>,
    watch: Watch,
    latency_frames: usize,
    /// By how many frames its strips are late where they are mixed.
    late_frames: usize,
}

impl Output {
    /// The output of a target whose mix is late by some frames.
    pub(super) fn new(plan: &TargetPlan, late_frames: usize, quanta: usize, rate_hz: u32) -> Self {
        let channels = plan.channels;
        let lanes = 0..channels;
        let member = Member { chain: &plan.master.chain, lanes, lfe: plan.master.lfe.clone() };
        let master = assemble(&[member], rate_hz).rack;
        let in_master = master.as_ref().map_or(0, |rack| rack.latency(0));
        let (fold, is_mixed) = match &plan.listening {
            Listening::Fold(fold) => (Some(fold.clone()), false),
            Listening::Loudspeakers | Listening::VirtualLoudspeakers | Listening::Headphones(_) => {
                (None, true)
            }
        };
        Self {
            name: plan.name.clone(),
            channels,
            quanta: Quanta::silent(quanta * channels),
            fold,
            is_mixed,
            master,
            watch: Watch::new(channels, quanta),
            latency_frames: late_frames + in_master,
            late_frames,
        }
    }

    /// What its mix goes through last.
    pub(super) fn rack(&self) -> Option<&Rack> {
        self.master.as_ref()
    }

    /// Lets other blocks take the places of some of its master, if there are any.
    pub(super) fn rehearse(&mut self, coming: &mut Option<Box<Understudy>>) {
        if let (Some(rack), true) = (&mut self.master, coming.is_some()) {
            rack.rehearse(coming);
        }
    }

    pub(super) fn channels(&self) -> usize {
        self.channels
    }

    /// Whether strips are mixed into its channels.
    pub(super) fn is_mixed(&self) -> bool {
        self.is_mixed
    }

    pub(super) fn remembers(&self) -> bool {
        self.master.is_some()
    }

    pub(super) fn latency_frames(&self) -> usize {
        self.latency_frames
    }

    /// By how many frames it leaves later than it was mixed, headphones included.
    pub(super) fn master_latency_frames(&self) -> usize {
        self.latency_frames - self.late_frames
    }

    /// Takes note that its mix comes so many frames later.
    pub(super) fn delay(&mut self, frames: usize) {
        self.latency_frames += frames;
    }

    pub(super) fn fault(&self) -> Option<(&str, u64)> {
        self.watch.fault(0..self.channels).map(|quantum| (self.name.as_str(), quantum))
    }

    /// The channels in a quantum of the call.
    pub(super) fn quantum(&self, quantum: usize) -> &[Quantum] {
        &self.quanta[quantum * self.channels..(quantum + 1) * self.channels]
    }

    /// The lowest gain of the master in a quantum of the call.
    pub(super) fn lowest_gain(&self, quantum: usize) -> f32 {
        self.watch.gain(quantum, 0..self.channels)
    }

    /// The channels of some quanta of the call, quantum after quantum.
    pub(super) fn quanta(&mut self, begin: usize, count: usize) -> &mut [Quantum] {
        &mut self.quanta[begin * self.channels..(begin + count) * self.channels]
    }

    /// Folds what is folded from the mixes of others, before their masters.
    pub(super) fn fold_all(outputs: &mut [Self], begin: usize, count: usize) {
        for index in 0..outputs.len() {
            let Some(fold) = outputs[index].fold.take() else { continue };
            for quantum in begin..begin + count {
                for (channel, gains) in fold.gains.iter().enumerate() {
                    let mut sum = SILENCE;
                    let others = outputs[fold.of].quantum(quantum);
                    for (other, gain) in others.iter().zip(gains).filter(|(_, gain)| **gain != 0.0)
                    {
                        let gain = *gain as f32;
                        sum.iter_mut().zip(other).for_each(|(sum, it)| *sum += it * gain);
                    }
                    outputs[index].quanta(quantum, 1)[channel] = sum;
                }
            }
            outputs[index].fold = Some(fold);
        }
    }

    /// Takes some quanta of the call through the master; `first` is the first of them in the scene.
    pub(super) fn master(&mut self, first: u64, begin: usize, count: usize) {
        let Self { master, watch, quanta, channels, .. } = self;
        for offset in 0..count {
            let number = first + offset as u64;
            let place = begin + offset;
            let mixed = &mut quanta[place * *channels..(place + 1) * *channels];
            for samples in mixed.iter_mut() {
                if !watch.is_sound(0, number, samples) {
                    *samples = SILENCE;
                }
            }
            if let Some(rack) = master {
                through(rack, number, place, mixed, watch);
            }
        }
    }
}

/// Takes a quantum of all channels through the rack of a master.
fn through(rack: &mut Rack, number: u64, place: usize, mixed: &mut [Quantum], watch: &mut Watch) {
    for (bundle, channels) in mixed.chunks(SIDE_BY_SIDE).enumerate() {
        let mut entering = [None; SIDE_BY_SIDE];
        for (entering, samples) in entering.iter_mut().zip(channels) {
            let sounds = samples.iter().any(|sample| *sample != 0.0);
            *entering = sounds.then_some(samples);
        }
        rack.load(bundle, &entering);
    }
    if !rack.process(number, &[]) {
        mixed.fill(SILENCE);
        watch.gains(place).fill(1.0);
        return;
    }
    for (bundle, channels) in mixed.chunks_mut(SIDE_BY_SIDE).enumerate() {
        let (apart, found) = rack.store(bundle);
        for (column, (samples, left)) in channels.iter_mut().zip(apart).enumerate() {
            let channel = bundle * SIDE_BY_SIDE + column;
            let sounds =
                found.sounds[column] && watch.notes(channel, number, found.is_finite[column]);
            *samples = if sounds { *left } else { SILENCE };
        }
    }
    rack.lowest_gains(watch.gains(place));
}
