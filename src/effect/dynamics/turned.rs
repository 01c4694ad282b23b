//! Groups of lanes under the gains of computers that stand side by side.

use std::array;

use pulp::{Arch, Simd, WithSimd};

use super::{Grouping, Sidechain, span_s};
use crate::block::{Bundle, QUANTUM, Quantum, SIDE_BY_SIDE};
use crate::effect::{Effect, EqSpec, Group};

/// The gain computers of eight slots, beside eight lanes.
pub trait GainComputers: Send + Sync {
    /// What the author writes.
    type Spec;

    /// The bands that the detector hears through.
    fn sidechain_eq(spec: &Self::Spec) -> &EqSpec;

    /// Computers for eight lanes with these settings, of which those that lead a group have its slot.
    fn new(
        specs: [Option<&Self::Spec>; SIDE_BY_SIDE],
        leads: [bool; SIDE_BY_SIDE],
        rate_hz: u32,
    ) -> Self;

    /// Brings what is automated to where it is at the begin and at the end of a quantum.
    fn tune(&mut self, span_s: [f64; 2], rate_hz: u32);

    /// Makes the gains of a quantum from magnitudes, 1 for slots without a group, and delays the
    /// lanes that look ahead.
    fn process(&mut self, levels: &mut Bundle, lanes: &mut Bundle, gains: &mut Bundle);

    /// By how many frames a lane is delayed.
    fn latency_frames(&self, lane: usize) -> usize;

    /// Whether every state is zero.
    fn is_at_rest(&self) -> bool;

    /// The lowest gain of a slot in the last quantum.
    fn lowest_gain(&self, slot: usize) -> f32;
}

/// The groups of a unit, each under one gain.
pub struct Turned<C> {
    grouping: Grouping,
    sidechain: Sidechain,
    /// For each bundle; none where no lane of it is in a group.
    computers: Vec<Option<C>>,
    gains: Vec<Bundle>,
    rate_hz: u32,
    arch: Arch,
}

impl<C: GainComputers> Turned<C> {
    pub fn new(groups: &[Group<'_, C::Spec>], lanes: usize, rate_hz: u32) -> Self {
        let bundles = lanes.div_ceil(SIDE_BY_SIDE);
        let mut specs = vec![None; bundles * SIDE_BY_SIDE];
        for group in groups {
            group.lanes.iter().for_each(|&lane| specs[lane] = Some(group.spec));
        }
        let grouping = Grouping::new(groups, lanes);
        let computers = |(bundle, specs): (usize, &[_; SIDE_BY_SIDE])| {
            let first = bundle * SIDE_BY_SIDE;
            let leads = array::from_fn(|lane| grouping.slot(first + lane) == Some(first + lane));
            specs.iter().any(Option::is_some).then(|| C::new(*specs, leads, rate_hz))
        };
        Self {
            computers: specs.as_chunks().0.iter().enumerate().map(computers).collect(),
            sidechain: Sidechain::new(groups, lanes, C::sidechain_eq, rate_hz),
            gains: vec![[[1.0; SIDE_BY_SIDE]; QUANTUM]; bundles],
            grouping,
            rate_hz,
            arch: Arch::new(),
        }
    }

    /// The computers that a lane goes by, and its slot among them.
    fn computers(&self, lane: usize) -> Option<(&C, usize)> {
        let slot = self.grouping.slot(lane)?;
        Some((self.computers[slot / SIDE_BY_SIDE].as_ref()?, slot % SIDE_BY_SIDE))
    }
}

impl<C: GainComputers> Effect for Turned<C> {
    fn latency_frames(&self, lane: usize) -> usize {
        self.computers(lane).map_or(0, |(computers, slot)| computers.latency_frames(slot))
    }

    fn process(&mut self, quantum: u64, lanes: &mut [Bundle], keys: &[Quantum]) {
        let levels = self.sidechain.hear(quantum, lanes, keys, &self.grouping);
        let span_s = span_s(quantum, self.rate_hz);
        let bundles = self.computers.iter_mut().zip(levels).zip(&mut *lanes).zip(&mut self.gains);
        for (((computers, levels), lanes), gains) in bundles {
            let Some(computers) = computers else { continue };
            computers.tune(span_s, self.rate_hz);
            self.arch.dispatch(Work { computers, levels, lanes, gains });
        }
        self.grouping.turn(&mut self.gains, lanes);
    }

    fn is_at_rest(&self) -> bool {
        self.sidechain.is_at_rest() && self.computers.iter().flatten().all(C::is_at_rest)
    }

    fn lowest_gain(&self, lane: usize) -> f32 {
        self.computers(lane).map_or(1.0, |(computers, slot)| computers.lowest_gain(slot))
    }
}

/// One quantum of eight slots, compiled once for every kind of processor.
struct Work<'a, C> {
    computers: &'a mut C,
    levels: &'a mut Bundle,
    lanes: &'a mut Bundle,
    gains: &'a mut Bundle,
}

impl<C: GainComputers> WithSimd for Work<'_, C> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        self.computers.process(self.levels, self.lanes, self.gains);
    }
}
