//! The direct way: a lane through filters of its own.

use std::sync::Arc;

use pulp::Arch;

use super::hearing::Hearing;
use super::kernel::{FINE, Kernel};
use super::late::{LateEars, LateQuantum};
use super::levelled::Levelled;
use super::past::Past;
use super::responses::{EARS, Mixture};
use super::share::Share;
use super::table::{Filter, Table};
use super::transform::{Bins, Transform};

use crate::block::{QUANTUM, Quantum, SILENCE};
use crate::dsp::vectorised;

/// What lanes that go the direct way share.
#[derive(Debug)]
pub struct DirectShop {
    table: Table,
    kernel: Kernel,
    transform: Transform,
    longest_frames: f64,
}

impl DirectShop {
    /// The workshop of a table, for delays up to `longest_frames`.
    #[must_use]
    pub fn new(table: Table, longest_frames: f64) -> Self {
        Self { table, kernel: Kernel::new(), transform: Transform::new(), longest_frames }
    }
}

/// One signal, wherever it goes: per ear a delay that glides, and a filter that is crossfaded within
/// each quantum from the one at its begin to the one at its end.
#[derive(Debug)]
pub struct DirectLane {
    arch: Arch,
    shop: Arc<DirectShop>,
    late: LateEars,
    ears: [Ear; EARS],
}

/// What is kept of one ear.
#[derive(Debug)]
struct Ear {
    past: Past,
    /// The filters at both ends of what was heard last.
    begin: Mixed,
    end: Mixed,
}

/// A filter, and of which mixture it is.
#[derive(Debug)]
struct Mixed {
    filter: Filter,
    of: Option<Mixture>,
}

impl DirectLane {
    /// A silent lane.
    #[must_use]
    pub fn new(shop: &Arc<DirectShop>) -> Self {
        let late = LateEars::new(shop.longest_frames);
        let ears = std::array::from_fn(|_| Ear::new(shop.table.partitions()));
        Self { arch: Arch::new(), shop: Arc::clone(shop), late, ears }
    }

    /// Adds to the share of a quantum what becomes of what comes in (`None` is silence), by how it is heard
    /// when the quantum begins and when it ends. Whether anything does.
    pub fn process(
        &mut self,
        input: Option<&Quantum>,
        begin: &Hearing,
        end: &Hearing,
        share: &mut Share,
    ) -> bool {
        self.process_part(input.map(Levelled::from), [begin, end], [0.0, 1.0], share)
    }

    /// The same where the quantum goes only a part of the way, from one share of it to another (0 to
    /// 1): the filters of a way are mixed once.
    pub fn process_part(
        &mut self,
        input: Option<Levelled<'_>>,
        [begin, end]: [&Hearing; 2],
        part: [f64; 2],
        share: &mut Share,
    ) -> bool {
        let tail_frames = self.shop.table.partitions() * QUANTUM;
        if !self.late.sounds(input, tail_frames) {
            return false;
        }
        share.sounds = true;
        let moves = begin.mixtures != end.mixtures;
        share.moves |= moves;
        let arch = self.arch;
        let Self { shop, late, ears, .. } = self;
        let mut samples = [SILENCE; EARS];
        let (from, to) = (begin.lateness(), end.lateness());
        let lateness = part.map(|share| from.between(&to, share));
        arch.dispatch(LateQuantum::<FINE> {
            late,
            kernel: &shop.kernel,
            input,
            lateness: lateness.each_ref(),
            ears: &mut samples,
        });
        vectorised(
            arch,
            #[inline(always)]
            || {
                for (ear, kept) in ears.iter_mut().enumerate() {
                    kept.past.push(&samples[ear], &shop.transform);
                    let mixtures = [&begin.mixtures[ear], &end.mixtures[ear]];
                    let part = moves.then_some(part);
                    kept.filter((&shop.table, ear), mixtures, part, share);
                }
            },
        );
        true
    }
}

impl Ear {
    fn new(partitions: usize) -> Self {
        let mixed = || Mixed { filter: vec![Bins::SILENT; partitions], of: None };
        Self { past: Past::new(partitions), begin: mixed(), end: mixed() }
    }

    #[inline(always)]
    fn filter(
        &mut self,
        (table, ear): (&Table, usize),
        [begin, end]: [&Mixture; 2],
        part: Option<[f64; 2]>,
        share: &mut Share,
    ) {
        if self.end.of.as_ref() == Some(begin) {
            std::mem::swap(&mut self.begin, &mut self.end);
        }
        self.begin.mix(table, ear, begin);
        let (heard, change) = (&mut share.begin[ear], &mut share.change[ear]);
        let Some([from, to]) = part else {
            return self.past.add_under(&self.begin.filter, heard);
        };
        self.end.mix(table, ear, end);
        let filters = [&*self.begin.filter, &*self.end.filter];
        self.past.add_on_the_way(filters, [from as f32, (to - from) as f32], heard, change);
    }
}

impl Mixed {
    /// Makes it that of a mixture, unless it is.
    #[inline(always)]
    fn mix(&mut self, table: &Table, ear: usize, mixture: &Mixture) {
        if self.of.as_ref() != Some(mixture) {
            table.mix(mixture, ear, &mut self.filter);
            self.of = Some(*mixture);
        }
    }
}
