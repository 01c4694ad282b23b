//! A head among the strips: what both ears hear of every lane.
//!
//! First every lane goes its way alone, for all quanta of a pass: levelled, late at each ear, and
//! transformed. What has filters of its own is added up in scene order, what has not goes through those of
//! the sphere together, and quantum by quantum the sum of it all is transformed back. What is
//! heard without a head is in the mix of the target already, and waits for the others.

mod build;
mod heard;
mod listener;
mod look;
mod plan;
mod room;
mod round;
mod route;
mod stride;
mod track;

pub use plan::{Ears, EarsMode, HeadPlan, HeadphonesPlan, VirtualLoudspeakers};

use std::iter;

use rayon::prelude::*;

use super::Work;
use super::inputs::Inputs;
use super::lane::Offset;
use super::live::Live;
use super::output::Output;
use super::unit::Unit;
use crate::binaural::{Bank, Feeds, Kernel, Share, Sphere, Summing};
use crate::block::{QUANTUM, Quantum};
use crate::dsp::Delay;
use heard::Kept;
use listener::{Listener, Pass};
use look::Look;
use room::Around;

/// Quanta that go through the filters of the sphere together: what it gets in them stays in the cache
/// beside its filters.
const TOGETHER: usize = 4;

/// A pair of headphones at work.
pub(super) struct Headphones {
    /// The target whose channels it fills.
    target: usize,
    plan: HeadphonesPlan,
    listeners: Vec<Listener>,
    kernel: Kernel,
    sphere: Sphere,
    bank: Bank,
    /// What the sphere gets in each of a few quanta.
    feeds: Vec<Feeds>,
    rooms: Vec<Around>,
    summing: Summing,
    /// What is heard in each quantum of the pass.
    shares: Vec<Share>,
    /// What each lane adds to that later.
    kept: Vec<Kept>,
    looks: Vec<Look>,
    ears: Vec<[Quantum; 2]>,
    /// What lets the mix wait for the ears.
    waits: Option<[Delay; 2]>,
    rate_hz: u32,
    /// By how many frames all that is heard comes late.
    late_frames: u64,
}

impl Headphones {
    /// The target whose channels they fill.
    pub(super) fn target(&self) -> usize {
        self.target
    }

    /// By how many frames they are later than the mix of their target.
    pub(super) fn lead_frames(&self) -> usize {
        self.plan.lead_frames()
    }

    /// Hears some quanta and puts them into the channels of the target.
    pub(super) fn hear<I: Inputs>(
        &mut self,
        work: Work,
        first: u64,
        quanta: usize,
        units: &[Unit],
        outputs: &mut [Output],
        inputs: &Offset<'_, I>,
    ) {
        self.turn(first, quanta, inputs.live);
        self.listen(work, first, quanta, units, outputs, inputs);
        self.go_round(first, quanta);
        self.sum(work, quanta);
        self.put(&mut outputs[self.target], inputs.quanta, quanta);
    }

    /// Lets every lane go its way, and sums what each adds, in scene order.
    fn listen<I: Inputs>(
        &mut self,
        work: Work,
        first: u64,
        quanta: usize,
        units: &[Unit],
        outputs: &[Output],
        inputs: &Offset<'_, I>,
    ) {
        let Self { plan, listeners, kernel, sphere, rooms, looks, summing, kept, .. } = self;
        let pass = Pass {
            units,
            outputs,
            inputs,
            ears: round::Ears { responses: &plan.responses, sphere, kernel },
            rooms,
            looks,
            gain: plan.gain,
            first,
            quanta,
        };
        let shares = &mut self.shares[..quanta];
        match work {
            Work::Serial => {
                for (listener, kept) in listeners.iter_mut().zip(kept) {
                    listener.listen(&pass, &mut kept.heard(shares));
                    for (own, sum) in kept.shares.iter().zip(&mut *shares) {
                        summing.add(iter::once(own), sum);
                    }
                }
            }
            Work::Parallel => {
                let each = listeners.par_iter_mut().zip(&mut *kept);
                each.for_each(|(listener, kept)| listener.listen(&pass, &mut kept.heard(&mut [])));
                shares.par_iter_mut().enumerate().for_each(|(quantum, sum)| {
                    summing.add(kept.iter().filter_map(|it| it.shares.get(quantum)), sum);
                });
            }
        }
    }

    /// Which way the head looks.
    fn turn(&mut self, first: u64, quanta: usize, live: Option<&Live>) {
        let mut last = self.looks.last().copied().unwrap_or_default();
        self.looks.clear();
        for quantum in 0..=quanta {
            let frame =
                ((first + quantum as u64) * QUANTUM as u64).saturating_sub(self.late_frames);
            let own = self.plan.head.at(frame as f64 / f64::from(self.rate_hz));
            last = last.then(live.map_or(own, |live| live.head(quantum, own)));
            self.looks.push(last);
        }
    }

    /// Takes what goes over the sphere, and the rooms, through its filters.
    fn go_round(&mut self, first: u64, quanta: usize) {
        let Self { listeners, feeds, bank, shares, kept, rooms, kernel, .. } = self;
        for (round, shares) in shares[..quanta].chunks_mut(TOGETHER).enumerate() {
            let feeds = &mut feeds[..shares.len()];
            for (index, feeds) in feeds.iter_mut().enumerate() {
                let quantum = round * TOGETHER + index;
                let echoes = || listeners.iter().filter_map(|it| it.echoes.as_deref());
                feeds.clear();
                feeds.add(kept.iter().filter_map(|it| it.fed.get(quantum)));
                feeds.add(echoes().flat_map(|it| it.fed(quantum)));
                for around in rooms.iter_mut() {
                    around.ring((first + quantum as u64, quantum), echoes(), kernel, feeds);
                }
            }
            bank.process(feeds, shares);
        }
    }

    /// Transforms all shares back.
    fn sum(&mut self, work: Work, quanta: usize) {
        let Self { listeners, summing, shares, ears, .. } = self;
        let sum = |(quantum, (share, ears)): (usize, (&mut Share, &mut [Quantum; 2]))| {
            summing.hear(share, ears);
            share.clear();
            listeners.iter().for_each(|listener| listener.add_room(quantum, ears));
        };
        let (shares, ears) = (&mut shares[..quanta], &mut ears[..quanta]);
        match work {
            Work::Serial => shares.iter_mut().zip(ears).enumerate().for_each(sum),
            Work::Parallel => shares.par_iter_mut().zip(ears).enumerate().for_each(sum),
        }
    }

    /// Adds the ears to the mix, which waits for them.
    fn put(&mut self, output: &mut Output, begin: usize, quanta: usize) {
        for quantum in 0..quanta {
            let channels = output.quanta(begin + quantum, 1);
            for (ear, channel) in channels.iter_mut().enumerate() {
                let sounds = channel.iter().any(|sample| *sample != 0.0);
                if let Some(waits) = &mut self.waits {
                    waits[ear].process(channel, sounds);
                }
                for (sum, sample) in channel.iter_mut().zip(&self.ears[quantum][ear]) {
                    *sum += sample;
                }
            }
        }
    }
}
