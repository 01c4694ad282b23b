//! A head among the strips: what both ears hear of every lane.
//!
//! First every lane goes its way alone, for all quanta of a pass: levelled, late at each ear, and
//! transformed. Then, quantum by quantum, all are summed in scene order and transformed back. What is
//! heard without a head is in the mix of the target already, and waits for the others.

mod build;
mod listener;
mod look;
mod plan;
mod room;
mod round;
mod route;
mod stride;
mod track;

pub use plan::{Ears, EarsMode, HeadPlan, HeadphonesPlan, VirtualLoudspeakers};

use rayon::prelude::*;

use super::Work;
use super::inputs::Inputs;
use super::lane::Offset;
use super::live::Live;
use super::output::Output;
use super::unit::Unit;
use crate::binaural::{Bank, Feeds, Kernel, Share, Sphere, Summing};
use crate::block::{QUANTUM, Quantum, SILENCE};
use crate::dsp::Delay;
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
    /// What comes from the sphere, by quantum of the pass.
    spherical: Vec<Share>,
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
        let pass = Pass {
            units,
            outputs,
            inputs,
            ears: round::Ears {
                responses: &self.plan.responses,
                sphere: &self.sphere,
                kernel: &self.kernel,
            },
            rooms: &self.rooms,
            looks: &self.looks,
            gain: self.plan.gain,
            first,
            quanta,
        };
        match work {
            Work::Serial => self.listeners.iter_mut().for_each(|it| it.listen(&pass)),
            Work::Parallel => self.listeners.par_iter_mut().for_each(|it| it.listen(&pass)),
        }
        self.go_round(first, quanta);
        self.sum(work, quanta);
        self.put(&mut outputs[self.target], inputs.quanta, quanta);
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
        let Self { listeners, feeds, bank, spherical, rooms, kernel, .. } = self;
        for (round, shares) in spherical[..quanta].chunks_mut(TOGETHER).enumerate() {
            let feeds = &mut feeds[..shares.len()];
            for (index, feeds) in feeds.iter_mut().enumerate() {
                let quantum = round * TOGETHER + index;
                feeds.clear();
                for (number, listener) in listeners.iter().enumerate() {
                    if let Some(next) = listeners.get(number + 1) {
                        next.route.await_feed(quantum);
                    }
                    listener.feed(quantum, feeds);
                }
                for around in rooms.iter_mut() {
                    let echoes = listeners.iter().filter_map(|it| it.echoes.as_deref());
                    around.ring((first + quantum as u64, quantum), echoes, kernel, feeds);
                }
            }
            bank.process(feeds, shares);
        }
    }

    /// Sums all shares, in scene order.
    fn sum(&mut self, work: Work, quanta: usize) {
        let Self { listeners, summing, spherical, ears, .. } = self;
        let sum = |(quantum, ears): (usize, &mut [Quantum; 2])| {
            let shares = listeners.iter().flat_map(|listener| listener.shares(quantum));
            if !summing.sum(shares.chain([&spherical[quantum]]), ears) {
                *ears = [SILENCE; 2];
            }
            listeners.iter().for_each(|listener| listener.add_room(quantum, ears));
        };
        let ears = &mut ears[..quanta];
        match work {
            Work::Serial => ears.iter_mut().enumerate().for_each(sum),
            Work::Parallel => ears.par_iter_mut().enumerate().for_each(sum),
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
