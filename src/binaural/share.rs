//! What each lane has both ears hear in a quantum, and the sum of it all.

use pulp::Arch;

use super::responses::EARS;
use super::transform::{Bins, Transform};

use crate::block::{QUANTUM, Quantum, SILENCE};
use crate::dsp::{fetch, vectorised};

/// What one lane, or the sum of some, adds to both ears in one quantum, in the domain of the transform: all
/// are summed there, so that the ears are transformed back once, however many lanes there are.
#[derive(Clone, Debug)]
pub struct Share {
    /// What is heard under the filters that hold when the quantum begins.
    pub(super) begin: [Bins; EARS],
    /// What is to be added to it by the end, where the filters move.
    pub(super) change: [Bins; EARS],
    /// Whether there is anything to be heard.
    pub(super) sounds: bool,
    /// Whether there is any change.
    pub(super) moves: bool,
}

impl Share {
    /// Silence.
    #[must_use]
    pub fn silent() -> Self {
        let begin = [Bins::SILENT; EARS];
        Self { begin, change: begin, sounds: false, moves: false }
    }

    /// Whether there is anything to be heard.
    #[must_use]
    pub fn sounds(&self) -> bool {
        self.sounds
    }

    /// Makes it silence again.
    pub fn clear(&mut self) {
        if self.sounds {
            self.begin = [Bins::SILENT; EARS];
        }
        if self.moves {
            self.change = [Bins::SILENT; EARS];
        }
        (self.sounds, self.moves) = (false, false);
    }

    /// Has brought near what says whether there is anything.
    #[inline(always)]
    fn await_flags(&self) {
        fetch(&self.sounds);
    }

    /// Has it brought near.
    #[inline(always)]
    fn fetch(&self) {
        let change = if self.moves { &self.change[..] } else { &[] };
        if self.sounds {
            self.begin.iter().chain(change).for_each(fetch);
        }
    }

    #[inline(always)]
    fn add(&mut self, other: &Self) {
        self.sounds = true;
        for ear in 0..EARS {
            self.begin[ear].add(&other.begin[ear]);
        }
        if other.moves {
            self.moves = true;
            for ear in 0..EARS {
                self.change[ear].add(&other.change[ear]);
            }
        }
    }
}

impl Default for Share {
    fn default() -> Self {
        Self::silent()
    }
}

/// The sum of shares.
#[derive(Clone, Debug, Default)]
pub struct Summing {
    arch: Arch,
    transform: Transform,
}

impl Summing {
    /// Adds shares of a quantum to one, in their order.
    pub fn add<'a>(&self, mut shares: impl Iterator<Item = &'a Share>, sum: &mut Share) {
        vectorised(
            self.arch,
            #[inline(always)]
            || {
                let (mut coming, mut after) = (shares.next(), shares.next());
                while let Some(share) = coming {
                    (coming, after) = (after, shares.next());
                    after.into_iter().for_each(Share::await_flags);
                    coming.into_iter().for_each(Share::fetch);
                    if share.sounds {
                        sum.add(share);
                    }
                }
            },
        );
    }

    /// What the ears hear of a share; silence, if there is nothing to be heard.
    pub fn hear(&self, share: &Share, ears: &mut [Quantum; EARS]) {
        if !share.sounds {
            *ears = [SILENCE; EARS];
            return;
        }
        vectorised(
            self.arch,
            #[inline(always)]
            || self.transform_back(share, ears),
        );
    }

    #[inline(always)]
    fn transform_back(&self, sum: &Share, ears: &mut [Quantum; EARS]) {
        for (ear, heard) in ears.iter_mut().enumerate() {
            self.transform.inverse(&sum.begin[ear], heard);
            if sum.moves {
                let mut change = SILENCE;
                self.transform.inverse(&sum.change[ear], &mut change);
                for (frame, (heard, change)) in heard.iter_mut().zip(&change).enumerate() {
                    *heard += change * (frame as f32 * (1.0 / QUANTUM as f32));
                }
            }
        }
    }
}
