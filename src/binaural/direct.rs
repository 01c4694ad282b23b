//! The direct way: a lane through filters of its own.

use std::sync::Arc;

use pulp::Arch;

use super::hearing::Hearing;
use super::kernel::{FINE, Kernel};
use super::late::LateEars;
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
    /// The filter at the begin of a quantum, and of which mixture it is.
    begin: Filter,
    begin_of: Option<Mixture>,
    end: Filter,
}

impl DirectLane {
    /// A silent lane.
    #[must_use]
    pub fn new(shop: &Arc<DirectShop>) -> Self {
        let late = LateEars::new(shop.longest_frames);
        let ears = std::array::from_fn(|_| Ear::new(shop.table.partitions()));
        Self { arch: Arch::new(), shop: Arc::clone(shop), late, ears }
    }

    /// Makes the share of a quantum from what comes in (`None` is silence) and from how it is heard
    /// when the quantum begins and when it ends.
    pub fn process(
        &mut self,
        input: Option<&Quantum>,
        begin: &Hearing,
        end: &Hearing,
        share: &mut Share,
    ) {
        let tail_frames = self.shop.table.partitions() * QUANTUM;
        share.sounds = self.late.sounds(input, tail_frames);
        share.moves = share.sounds && begin.mixtures != end.mixtures;
        if !share.sounds {
            return;
        }
        let arch = self.arch;
        let Self { shop, late, ears, .. } = self;
        let mut samples = [SILENCE; EARS];
        late.process::<FINE>(arch, &shop.kernel, input, [begin, end], &mut samples);
        vectorised(
            arch,
            #[inline(always)]
            || {
                for (ear, kept) in ears.iter_mut().enumerate() {
                    kept.past.push(&samples[ear], &shop.transform);
                    let mixtures = [&begin.mixtures[ear], &end.mixtures[ear]];
                    kept.filter(&shop.table, ear, mixtures, share);
                }
            },
        );
    }
}

impl Ear {
    fn new(partitions: usize) -> Self {
        let filter = vec![Bins::SILENT; partitions];
        let past = Past::new(partitions);
        Self { past, begin: filter.clone(), begin_of: None, end: filter }
    }

    #[inline(always)]
    fn filter(&mut self, table: &Table, ear: usize, mixtures: [&Mixture; 2], share: &mut Share) {
        let [begin, end] = mixtures;
        if self.begin_of.as_ref() != Some(begin) {
            table.mix(begin, ear, &mut self.begin);
            self.begin_of = Some(*begin);
        }
        self.past.under(&self.begin, &mut share.begin[ear]);
        if !share.moves {
            return;
        }
        table.mix(end, ear, &mut self.end);
        let change = &mut share.change[ear];
        self.past.under(&self.end, change);
        change.subtract(&share.begin[ear]);
        std::mem::swap(&mut self.begin, &mut self.end);
        self.begin_of = Some(*end);
    }
}
