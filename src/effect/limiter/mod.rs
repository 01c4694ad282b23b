//! Limiting: no true peak rises above a ceiling.
//!
//! Peaks are read between the samples ([`TruePeak`](crate::dsp::TruePeak)); of each the gain is known
//! that takes it down to the ceiling. The lowest gain of the time that lies ahead is held for a
//! moment and comes back in an exponential; three running means as long as the look-ahead bend it
//! down in time. A gain as slow as this moves the sound between the samples as it does the samples.
//! What never rises above the ceiling leaves as it came, to the bit; only content above 0.46 of the
//! sample rate may be turned down a few decibels early, for its peaks are not read but bounded.

mod gain;
mod hold;
mod lanes;
mod smoother;
mod spec;

pub use spec::LimiterSpec;

use pulp::{Arch, Simd, WithSimd};

use super::{Effect, Group};
use crate::block::{Bundle, QUANTUM, Quantum, SIDE_BY_SIDE};
use gain::Gain;
use lanes::Lanes;

/// Limiters at work on the groups of a unit.
///
/// Every lane of a group is listened to and turned down with the others, whatever `heard` and `key`
/// say: one that is not would rise above the ceiling.
pub struct Limiter {
    groups: Vec<Limited>,
    /// Of every bundle, where any of its lanes is in a group.
    bundles: Vec<Option<Lanes>>,
    /// The group of each lane.
    group_of: Vec<Option<usize>>,
    /// How many frames of silence came last, up to as many as it takes to come to rest.
    silent_frames: usize,
    frames_to_rest: usize,
}

/// A group at work.
struct Limited {
    arch: Arch,
    gain: Gain,
    members: Vec<Members>,
}

/// The lanes of a group that lie in one bundle.
struct Members {
    bundle: usize,
    /// All ones for those that are.
    chosen: [u32; SIDE_BY_SIDE],
}

impl Limiter {
    /// Limiters of the groups of a unit of so many lanes.
    #[must_use]
    pub fn new(groups: &[Group<'_, LimiterSpec>], lanes: usize, rate_hz: u32) -> Self {
        let mut group_of = vec![None; lanes];
        for (index, group) in groups.iter().enumerate() {
            group.lanes.iter().for_each(|&lane| group_of[lane] = Some(index));
        }
        let limited = |group: &Group<'_, LimiterSpec>| Limited {
            arch: Arch::new(),
            gain: Gain::new(group.spec, f64::from(rate_hz)),
            members: members(&group.lanes),
        };
        let groups: Vec<Limited> = groups.iter().map(limited).collect();
        let longest = groups.iter().map(|group| group.gain.latency_frames()).max().unwrap_or(0);
        let bundle = |lanes: &[Option<usize>]| {
            lanes.iter().any(Option::is_some).then(|| Lanes::new(longest))
        };
        let bundles: Vec<Option<Lanes>> = group_of.chunks(SIDE_BY_SIDE).map(bundle).collect();
        let frames_to_rest = bundles.iter().flatten().map(Lanes::length).max().unwrap_or(0);
        Self { groups, bundles, group_of, silent_frames: frames_to_rest, frames_to_rest }
    }

    /// Takes a quantum in. Whether anything is above its ceiling.
    fn take(&mut self, lanes: &[Bundle]) -> bool {
        let mut any = false;
        for (bundle, lanes) in self.bundles.iter_mut().zip(lanes) {
            if let Some(bundle) = bundle {
                any |= bundle.take(lanes);
            }
        }
        any
    }

    /// Counts the silence at the end of what came.
    fn listen(&mut self, lanes: &[Bundle]) {
        let grouped = self.bundles.iter().zip(lanes).filter(|(bundle, _)| bundle.is_some());
        let is_silent = |(_, lanes): (_, &Bundle)| lanes.as_flattened().iter().all(|it| *it == 0.0);
        let silent = grouped.map(is_silent).fold(true, |all, it| all & it);
        let frames = self.silent_frames + QUANTUM;
        self.silent_frames = if silent { frames.min(self.frames_to_rest) } else { 0 };
    }
}

impl Effect for Limiter {
    fn latency_frames(&self, lane: usize) -> usize {
        self.group_of[lane].map_or(0, |group| self.groups[group].gain.latency_frames())
    }

    fn process(&mut self, quantum: u64, lanes: &mut [Bundle], _keys: &[Quantum]) {
        self.listen(lanes);
        for group in &self.groups {
            group.set_floor(quantum, &mut self.bundles);
        }
        let any = self.take(lanes);
        for group in &mut self.groups {
            group.work(quantum, any, &self.bundles, lanes);
        }
    }

    fn is_at_rest(&self) -> bool {
        self.silent_frames >= self.frames_to_rest
            && self.groups.iter().all(|group| group.gain.is_at_rest())
    }

    fn lowest_gain(&self, lane: usize) -> f32 {
        self.group_of[lane].map_or(1.0, |group| self.groups[group].gain.lowest)
    }
}

impl Limited {
    /// Tells its lanes above what height they are to be read.
    fn set_floor(&self, quantum: u64, bundles: &mut [Option<Lanes>]) {
        let height = self.gain.floor(self.gain.ceiling(quantum));
        for part in &self.members {
            let Some(lanes) = &mut bundles[part.bundle] else { continue };
            for (floor, _) in lanes.floor.iter_mut().zip(part.chosen).filter(|(_, it)| *it > 0) {
                *floor = height;
            }
        }
    }

    /// Finds its gains and gives its lanes back under them.
    fn work(&mut self, quantum: u64, any: bool, bundles: &[Option<Lanes>], out: &mut [Bundle]) {
        let peaks = if any { self.peaks(bundles) } else { [0.0; QUANTUM] };
        if any && peaks.iter().any(|peak| *peak > 0.0) {
            let ceiling = self.gain.ceiling(quantum);
            self.gain.limit(quantum, &peaks, ceiling);
        } else {
            self.gain.rest(quantum);
        }
        for part in &self.members {
            if let Some(lanes) = &bundles[part.bundle] {
                lanes.give(&self.gain, &part.chosen, &mut out[part.bundle]);
            }
        }
    }

    /// The highest peaks of its lanes, frame by frame.
    fn peaks(&self, bundles: &[Option<Lanes>]) -> [f32; QUANTUM] {
        // The bits of numbers that are not negative are in the order of the numbers.
        let mut highest = [0; QUANTUM];
        for part in &self.members {
            let Some(lanes) = &bundles[part.bundle] else { continue };
            self.arch.dispatch(Gather { peaks: &lanes.peaks, part, highest: &mut highest });
        }
        highest.map(f32::from_bits)
    }
}

/// The highest peaks of some lanes, compiled once for every kind of processor.
struct Gather<'a> {
    peaks: &'a Bundle,
    part: &'a Members,
    highest: &'a mut [u32; QUANTUM],
}

impl WithSimd for Gather<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        for (highest, row) in self.highest.iter_mut().zip(self.peaks) {
            for (height, chosen) in row.iter().zip(&self.part.chosen) {
                *highest = u32::max(*highest, height.to_bits() & chosen);
            }
        }
    }
}

/// Lanes by the bundles they lie in.
fn members(lanes: &[usize]) -> Vec<Members> {
    let mut members: Vec<Members> = Vec::new();
    for lane in lanes {
        let bundle = lane / SIDE_BY_SIDE;
        let place = members.iter().position(|it| it.bundle == bundle).unwrap_or_else(|| {
            members.push(Members { bundle, chosen: [0; SIDE_BY_SIDE] });
            members.len() - 1
        });
        members[place].chosen[lane % SIDE_BY_SIDE] = u32::MAX;
    }
    members
}
