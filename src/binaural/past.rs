//! The latest quanta of a signal, transformed, and what filters make of them.

use super::transform::{Bins, Transform};
use crate::block::{QUANTUM, Quantum, SILENCE};

/// Bins that are summed up at once, in registers.
const AT_ONCE: usize = 16;

/// As many transformed stretches of a signal as a filter has partitions.
#[derive(Clone, Debug)]
pub(super) struct Past {
    /// A ring.
    stretches: Vec<Bins>,
    newest: usize,
    latest: Quantum,
}

impl Past {
    /// Silence, for filters of so many partitions.
    pub(super) fn new(partitions: usize) -> Self {
        Self { stretches: vec![Bins::SILENT; partitions], newest: 0, latest: SILENCE }
    }

    /// Takes the next quantum in.
    #[inline(always)]
    pub(super) fn push(&mut self, quantum: &Quantum, transform: &Transform) {
        self.newest = if self.newest == 0 { self.stretches.len() } else { self.newest } - 1;
        transform.forward(&self.latest, quantum, &mut self.stretches[self.newest]);
        self.latest = *quantum;
    }

    /// What a filter makes of it.
    #[inline(always)]
    pub(super) fn under(&self, filter: &[Bins], heard: &mut Bins) {
        let (newer, older) = self.halves(filter.len());
        for first in (0..QUANTUM).step_by(AT_ONCE) {
            let mut sum = Sum::default();
            sum.add(&self.stretches[newer.clone()], &filter[..newer.len()], first);
            sum.add(&self.stretches[older.clone()], &filter[newer.len()..], first);
            sum.write(heard, first);
        }
    }

    /// What is heard of it on the way from one filter to another, from a share of that way on, and what
    /// a further share changes of it.
    #[inline(always)]
    pub(super) fn on_the_way(
        &self,
        filters: [&[Bins]; 2],
        [begun, share]: [f32; 2],
        heard: &mut Bins,
        change: &mut Bins,
    ) {
        let (newer, older) = self.halves(filters[0].len());
        for first in (0..QUANTUM).step_by(AT_ONCE) {
            let mut sums = [Sum::default(), Sum::default()];
            for (sum, filter) in sums.iter_mut().zip(filters) {
                sum.add(&self.stretches[newer.clone()], &filter[..newer.len()], first);
                sum.add(&self.stretches[older.clone()], &filter[newer.len()..], first);
            }
            let [mut from, mut way] = sums;
            for k in 0..AT_ONCE {
                way.real[k] -= from.real[k];
                way.imaginary[k] -= from.imaginary[k];
                from.real[k] += begun * way.real[k];
                from.imaginary[k] += begun * way.imaginary[k];
                way.real[k] *= share;
                way.imaginary[k] *= share;
            }
            from.write(heard, first);
            way.write(change, first);
        }
    }

    /// Adds what a filter makes of it.
    #[inline(always)]
    pub(super) fn add_under(&self, filter: &[Bins], heard: &mut Bins) {
        let (newer, older) = self.halves(filter.len());
        for first in (0..QUANTUM).step_by(AT_ONCE) {
            let mut sum = Sum::read(heard, first);
            sum.add(&self.stretches[newer.clone()], &filter[..newer.len()], first);
            sum.add(&self.stretches[older.clone()], &filter[newer.len()..], first);
            sum.write(heard, first);
        }
    }

    /// Where the stretches lie that a filter of so many partitions weighs, the newest first: those up
    /// to the end of the ring and those from its beginning.
    #[inline(always)]
    fn halves(&self, partitions: usize) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
        let newer = (self.stretches.len() - self.newest).min(partitions);
        (self.newest..self.newest + newer, 0..partitions - newer)
    }
}

/// A few bins of a sum.
#[derive(Default)]
struct Sum {
    real: [f32; AT_ONCE],
    imaginary: [f32; AT_ONCE],
}

impl Sum {
    #[inline(always)]
    fn read(bins: &Bins, first: usize) -> Self {
        let mut sum = Self::default();
        sum.real.copy_from_slice(&bins.real[first..first + AT_ONCE]);
        sum.imaginary.copy_from_slice(&bins.imaginary[first..first + AT_ONCE]);
        sum
    }

    #[inline(always)]
    fn write(&self, bins: &mut Bins, first: usize) {
        bins.real[first..first + AT_ONCE].copy_from_slice(&self.real);
        bins.imaginary[first..first + AT_ONCE].copy_from_slice(&self.imaginary);
    }

    /// Adds products of stretches and partitions.
    #[inline(always)]
    fn add(&mut self, stretches: &[Bins], filter: &[Bins], first: usize) {
        for (stretch, partition) in stretches.iter().zip(filter) {
            for k in 0..AT_ONCE {
                let (a, b) = (stretch.real[first + k], stretch.imaginary[first + k]);
                let (c, d) = (partition.real[first + k], partition.imaginary[first + k]);
                self.real[k] = (-b).mul_add(d, a.mul_add(c, self.real[k]));
                self.imaginary[k] = b.mul_add(c, a.mul_add(d, self.imaginary[k]));
            }
        }
    }
}
