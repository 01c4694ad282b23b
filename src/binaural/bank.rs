//! The way over the virtual sphere: what every lane gives its directions, and the filters of those.
//! A lane costs its delays and a few gains, whatever the filters cost.

use std::slice;

use pulp::{Arch, Simd, WithSimd};

use super::arrival::Arrival;
use super::feeds::{Fed, Feeds};
use super::kernel::{Kernel, QUICK};
use super::late::{LateEars, LateQuantum};
use super::levelled::Levelled;
use super::past::Past;
use super::responses::{EARS, Responses};
use super::share::Share;
use super::sphere::{DIRECTIONS, Sphere};
use super::table::{Filter, Table};
use super::transform::{Bins, Transform};

use crate::block::{QUANTUM, Quantum, SILENCE};
use crate::dsp::vectorised;

/// One signal on its way to the sphere: late at each ear, as it would be without it.
#[derive(Debug)]
pub struct SphereLane {
    arch: Arch,
    late: LateEars,
}

impl SphereLane {
    /// A silent lane, for delays up to `longest_frames`.
    #[must_use]
    pub fn new(longest_frames: f64) -> Self {
        Self { arch: Arch::new(), late: LateEars::new(longest_frames) }
    }

    /// Makes what the sphere is given in a quantum, from what comes in (`None` is silence) and from how it
    /// arrives when the quantum begins and when it ends.
    pub fn process(
        &mut self,
        kernel: &Kernel,
        input: Option<Levelled<'_>>,
        [begin, end]: [&Arrival; 2],
        fed: &mut Fed,
    ) {
        self.process_all(kernel, slice::from_mut(fed), *begin, |_| (input, *end));
    }

    /// The same for quanta in a row, from how the first arrives when it begins; `next` tells what comes in
    /// one of them, by its number, and how it arrives when that ends. How the last one does.
    pub fn process_all<'a>(
        &mut self,
        kernel: &Kernel,
        fed: &mut [Fed],
        begin: Arrival,
        next: impl FnMut(usize) -> (Option<Levelled<'a>>, Arrival),
    ) -> Arrival {
        self.arch.dispatch(Row { late: &mut self.late, kernel, fed, begin, next })
    }
}

/// The work of quanta in a row, compiled for the processor at hand.
struct Row<'a, Next> {
    late: &'a mut LateEars,
    kernel: &'a Kernel,
    fed: &'a mut [Fed],
    begin: Arrival,
    next: Next,
}

impl<'a, Next: FnMut(usize) -> (Option<Levelled<'a>>, Arrival)> WithSimd for Row<'_, Next> {
    type Output = Arrival;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Arrival {
        let Self { late, kernel, fed, mut begin, mut next } = self;
        for (number, Fed { ears, sounds, pans }) in fed.iter_mut().enumerate() {
            let (input, end) = next(number);
            *sounds = late.sounds(input, 0);
            if *sounds {
                let lateness = [&begin.lateness, &end.lateness];
                LateQuantum::<QUICK> { late, kernel, input, lateness, ears }.with_simd(simd);
            }
            *pans = [begin.pan, end.pan];
            begin = end;
        }
        begin
    }
}

/// The filters of the sphere at work.
#[derive(Debug)]
pub struct Bank {
    arch: Arch,
    transform: Transform,
    /// For each ear the directions in the order in which they are summed: that of the right ear
    /// mirrors that of the left, so that what is mirrored sounds mirrored, to the bit.
    ears: [Vec<Place>; EARS],
}

/// A direction of the sphere, at one ear.
#[derive(Debug)]
struct Place {
    node: usize,
    past: Past,
    filter: Filter,
    silent_frames: usize,
}

impl Bank {
    /// A silent bank.
    #[must_use]
    pub fn new(responses: &impl Responses, table: &Table, sphere: &Sphere) -> Self {
        let place = |node: usize, ear: usize| {
            let mut filter = vec![Bins::SILENT; table.partitions()];
            table.mix(&responses.at(&sphere.directions()[node], ear), ear, &mut filter);
            Place { node, past: Past::new(filter.len()), filter, silent_frames: usize::MAX }
        };
        let mirrored = |node: usize| sphere.mirrored(node as u8) as usize;
        let left = (0..DIRECTIONS).map(|node| place(node, 0)).collect();
        let right = (0..DIRECTIONS).map(|node| place(mirrored(node), 1)).collect();
        Self { arch: Arch::new(), transform: Transform::new(), ears: [left, right] }
    }

    /// Adds to the shares of quanta, one after the other, what becomes of what the directions get in each:
    /// a filter that has been fetched serves for all of them.
    ///
    /// # Panics
    /// When there are fewer shares than feeds.
    pub fn process(&mut self, feeds: &[Feeds], shares: &mut [Share]) {
        let shares = &mut shares[..feeds.len()];
        let arch = self.arch;
        let Self { transform, ears, .. } = self;
        vectorised(
            arch,
            #[inline(always)]
            || {
                for (ear, places) in ears.iter_mut().enumerate() {
                    for place in places {
                        for (feeds, share) in feeds.iter().zip(&mut *shares) {
                            let input = feeds.heard(place.node, ear);
                            share.sounds |= place.process(input, transform, &mut share.begin[ear]);
                        }
                    }
                }
            },
        );
    }
}

impl Place {
    /// Adds what is heard of the direction, if anything is.
    #[inline(always)]
    fn process(
        &mut self,
        input: Option<&Quantum>,
        transform: &Transform,
        heard: &mut Bins,
    ) -> bool {
        let silent_frames = self.silent_frames.saturating_add(QUANTUM);
        self.silent_frames = if input.is_some() { 0 } else { silent_frames };
        let sounds = self.silent_frames <= (self.filter.len() + 1) * QUANTUM;
        if sounds {
            self.past.push(input.unwrap_or(&SILENCE), transform);
            self.past.add_under(&self.filter, heard);
        }
        sounds
    }
}
