//! Compression: what is too loud is turned down.

mod check;
mod eight;
mod spec;

pub use spec::{CompressorSpec, Detector};

use std::array;

use pulp::Arch;

use eight::{Eight, Work};

use super::dynamics::{Grouping, Sidechain, span_s};
use super::{Effect, Group};
use crate::block::{Bundle, QUANTUM, Quantum, SIDE_BY_SIDE};

/// Compressors on groups of the lanes of a unit.
///
/// [`lowest_gain`](Effect::lowest_gain) is what is turned down, without what makes up for it.
pub struct Compressor {
    grouping: Grouping,
    sidechain: Sidechain,
    eights: Vec<Eight>,
    gains: Vec<Bundle>,
    rate_hz: u32,
    arch: Arch,
}

impl Compressor {
    /// Compressors for groups of a unit of `lanes`; no lane is in two of them. The settings must have
    /// passed [`CompressorSpec::check`].
    #[must_use]
    pub fn new(groups: &[Group<'_, CompressorSpec>], lanes: usize, rate_hz: u32) -> Self {
        let bundles = lanes.div_ceil(SIDE_BY_SIDE);
        let mut specs = vec![None; bundles * SIDE_BY_SIDE];
        for group in groups {
            group.lanes.iter().for_each(|&lane| specs[lane] = Some(group.spec));
        }
        let grouping = Grouping::new(groups, lanes);
        let eight = |bundle: usize| {
            let first = bundle * SIDE_BY_SIDE;
            let specs = array::from_fn(|lane| specs[first + lane]);
            let leads = array::from_fn(|lane| grouping.slot(first + lane) == Some(first + lane));
            Eight::new(specs, leads, rate_hz)
        };
        Self {
            eights: (0..bundles).map(eight).collect(),
            sidechain: Sidechain::new(groups, lanes, |spec| &spec.sidechain_eq, rate_hz),
            gains: vec![[[1.0; SIDE_BY_SIDE]; QUANTUM]; bundles],
            grouping,
            rate_hz,
            arch: Arch::new(),
        }
    }
}

impl Effect for Compressor {
    fn latency_frames(&self, lane: usize) -> usize {
        self.eights[lane / SIDE_BY_SIDE].latency_frames(lane % SIDE_BY_SIDE)
    }

    fn process(&mut self, quantum: u64, lanes: &mut [Bundle], keys: &[Quantum]) {
        let levels = self.sidechain.hear(quantum, lanes, keys, &self.grouping);
        let span_s = span_s(quantum, self.rate_hz);
        let bundles = self.eights.iter_mut().zip(levels).zip(&mut *lanes).zip(&mut self.gains);
        for (((eight, levels), lanes), gains) in bundles {
            eight.tune(span_s, self.rate_hz);
            self.arch.dispatch(Work { eight, levels, lanes, gains });
        }
        self.grouping.turn(&mut self.gains, lanes);
    }

    fn is_at_rest(&self) -> bool {
        self.sidechain.is_at_rest() && self.eights.iter().all(Eight::is_at_rest)
    }

    fn lowest_gain(&self, lane: usize) -> f32 {
        let Some(slot) = self.grouping.slot(lane) else { return 1.0 };
        self.eights[slot / SIDE_BY_SIDE].lowest_gain(slot % SIDE_BY_SIDE)
    }
}
