//! The latest quanta of a signal, transformed, and what filters make of them.

use std::ops::Range;

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

    /// Adds what a filter makes of it, which is summed up alone before it is added: what is its opposite
    /// takes it away again.
    #[inline(always)]
    pub(super) fn add_under(&self, filter: &[Bins], heard: &mut Bins) {
        let (newer, older) = self.halves(filter.len());
        for first in (0..QUANTUM).step_by(AT_ONCE) {
            let mut sum = Sum::default();
            sum.add_all(&self.stretches[newer.clone()], &filter[..newer.len()], first);
            sum.add_all(&self.stretches[older.clone()], &filter[newer.len()..], first);
            sum.add_to(heard, first);
        }
    }

    /// Adds what is heard of it on the way from one filter to another, from a share of that way on, and what
    /// a further share changes of it.
    #[inline(always)]
    pub(super) fn add_on_the_way(
        &self,
        filters: [&[Bins]; 2],
        [begun, share]: [f32; 2],
        heard: &mut Bins,
        change: &mut Bins,
    ) {
        let (newer, older) = self.halves(filters[0].len());
        let newer_parts = filters.map(|it| &it[..newer.len()]);
        let older_parts = filters.map(|it| &it[newer.len()..]);
        for first in (0..QUANTUM).step_by(AT_ONCE) {
            let (mut from, mut way) = (Sum::default(), Sum::default());
            let mut sums = [&mut from, &mut way];
            Sum::add_both(&mut sums, &self.stretches[newer.clone()], newer_parts, first);
            Sum::add_both(&mut sums, &self.stretches[older.clone()], older_parts, first);
            for k in 0..AT_ONCE {
                way.real[k] -= from.real[k];
                way.imaginary[k] -= from.imaginary[k];
                from.real[k] += begun * way.real[k];
                from.imaginary[k] += begun * way.imaginary[k];
                way.real[k] *= share;
                way.imaginary[k] *= share;
            }
            from.add_to(heard, first);
            way.add_to(change, first);
        }
    }

    /// Where the stretches lie that a filter of so many partitions weighs, the newest first: those up
    /// to the end of the ring and those from its beginning.
    #[inline(always)]
    fn halves(&self, partitions: usize) -> (Range<usize>, Range<usize>) {
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
    fn add_to(&self, bins: &mut Bins, first: usize) {
        for k in 0..AT_ONCE {
            bins.real[first + k] += self.real[k];
            bins.imaginary[first + k] += self.imaginary[k];
        }
    }

    /// Adds the products of stretches and partitions.
    #[inline(always)]
    fn add_all(&mut self, stretches: &[Bins], filter: &[Bins], first: usize) {
        for (stretch, partition) in stretches.iter().zip(filter) {
            self.add(stretch, partition, first);
        }
    }

    /// Adds those of two filters to a sum each; a stretch is fetched once for both.
    #[inline(always)]
    fn add_both(
        sums: &mut [&mut Self; 2],
        stretches: &[Bins],
        filters: [&[Bins]; 2],
        first: usize,
    ) {
        for ((stretch, one), other) in stretches.iter().zip(filters[0]).zip(filters[1]) {
            sums[0].add(stretch, one, first);
            sums[1].add(stretch, other, first);
        }
    }

    /// Adds the products of a stretch and a partition.
    #[inline(always)]
    fn add(&mut self, stretch: &Bins, partition: &Bins, first: usize) {
        for k in 0..AT_ONCE {
            let (a, b) = (stretch.real[first + k], stretch.imaginary[first + k]);
            let (c, d) = (partition.real[first + k], partition.imaginary[first + k]);
            self.real[k] = (-b).mul_add(d, a.mul_add(c, self.real[k]));
            self.imaginary[k] = b.mul_add(c, a.mul_add(d, self.imaginary[k]));
        }
    }
}
