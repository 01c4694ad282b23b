//! The way over the virtual sphere: what every lane gives its directions, and the filters of those.
//! A lane costs its delays and a few gains, whatever the filters cost.

use pulp::Arch;

use super::feeds::Feeds;
use super::hearing::Lateness;
use super::kernel::{Kernel, QUICK};
use super::late::LateEars;
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

    /// Makes what each ear is to get of a quantum, from what comes in (`None` is silence) and from how
    /// it is heard when the quantum begins and when it ends. Whether there is anything: if not, the ears are not touched.
    pub fn process(
        &mut self,
        kernel: &Kernel,
        input: Option<Levelled<'_>>,
        begin: &Lateness,
        end: &Lateness,
        ears: &mut [Quantum; EARS],
    ) -> bool {
        let sounds = self.late.sounds(input, 0);
        if sounds {
            self.late.process::<QUICK>(self.arch, kernel, input, [begin, end], ears);
        }
        sounds
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

    /// Makes the shares of quanta, one after the other, from what the directions get in each: a filter
    /// that has been fetched serves for all of them.
    ///
    /// # Panics
    /// When there are fewer shares than feeds.
    pub fn process(&mut self, feeds: &[Feeds], shares: &mut [Share]) {
        let shares = &mut shares[..feeds.len()];
        for share in &mut *shares {
            (share.sounds, share.moves) = (false, false);
            share.begin = [Bins::SILENT; EARS];
        }
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
