//! Compression in bands, split by Linkwitz-Riley crossovers that add up flat.

mod check;
mod compressed_band;
mod spec;

pub use spec::{MultibandBand, MultibandSpec};

use compressed_band::CompressedBand;

use super::dynamics::{Grouping, finite_or_silent, heard_lanes, span_s};
use super::{Effect, Group};
use crate::block::{Bundle, QUANTUM, Quantum, SIDE_BY_SIDE};
use crate::dsp::Crossover;

/// Multiband compressors on groups of the lanes of a unit.
///
/// [`lowest_gain`](Effect::lowest_gain) is that of the band that is turned down most, without the
/// level behind it.
pub struct Multiband {
    grouping: Grouping,
    heard: Vec<[bool; SIDE_BY_SIDE]>,
    members: Vec<[bool; SIDE_BY_SIDE]>,
    crossovers: Vec<Crossover>,
    /// What the crossovers made of each bundle, band by band.
    split: Vec<Vec<Bundle>>,
    bands: Vec<CompressedBand>,
    levels: Vec<Bundle>,
    gains: Vec<Bundle>,
    rate_hz: u32,
}

impl Multiband {
    /// Multiband compressors for groups of a unit of `lanes`; no lane is in two of them, and keys are
    /// not asked for. The settings must have passed [`MultibandSpec::check`].
    #[must_use]
    pub fn new(groups: &[Group<'_, MultibandSpec>], lanes: usize, rate_hz: u32) -> Self {
        let bundles = lanes.div_ceil(SIDE_BY_SIDE);
        let mut crossovers_hz: Vec<[&[f64]; SIDE_BY_SIDE]> = vec![[&[]; SIDE_BY_SIDE]; bundles];
        for group in groups {
            for lane in &group.lanes {
                crossovers_hz[lane / SIDE_BY_SIDE][lane % SIDE_BY_SIDE] = &group.spec.crossovers_hz;
            }
        }
        let crossovers: Vec<Crossover> = (crossovers_hz.into_iter())
            .map(|lanes_hz| Crossover::new(lanes_hz, f64::from(rate_hz)))
            .collect();
        let most = crossovers.iter().map(Crossover::bands).max().unwrap_or(0);
        let silence = [[0.0; SIDE_BY_SIDE]; QUANTUM];
        let grouping = Grouping::new(groups, lanes);
        Self {
            heard: heard_lanes(groups, lanes),
            members: grouping.members(),
            grouping,
            split: crossovers.iter().map(|crossover| vec![silence; crossover.bands()]).collect(),
            crossovers,
            bands: (0..most)
                .map(|band| CompressedBand::new(groups, band, bundles, rate_hz))
                .collect(),
            levels: vec![silence; bundles],
            gains: vec![silence; bundles],
            rate_hz,
        }
    }

    /// Splits the lanes that are in groups into their bands, and silences them.
    fn split(&mut self, lanes: &mut [Bundle]) {
        let rows = self.crossovers.iter_mut().zip(&mut self.split).zip(&self.members);
        for (((crossover, split), members), lanes) in rows.zip(lanes) {
            let input = lanes.map(|frame| frame.map(finite_or_silent));
            crossover.process(&input, split);
            for frame in lanes {
                for lane in 0..SIDE_BY_SIDE {
                    frame[lane] = if members[lane] { 0.0 } else { frame[lane] };
                }
            }
        }
    }

    /// Measures what is heard of a band.
    fn measure(&mut self, band: usize) {
        for ((level, split), heard) in self.levels.iter_mut().zip(&self.split).zip(&self.heard) {
            let Some(signal) = split.get(band) else {
                level.fill([0.0; SIDE_BY_SIDE]);
                continue;
            };
            for (level, signal) in level.iter_mut().zip(signal) {
                for lane in 0..SIDE_BY_SIDE {
                    let magnitude = finite_or_silent(signal[lane]).abs();
                    level[lane] = if heard[lane] { magnitude } else { 0.0 };
                }
            }
        }
        self.grouping.gather(&mut self.levels);
    }

    /// Adds a band to the lanes, under its gains.
    fn add(&self, band: usize, lanes: &mut [Bundle]) {
        for (bundle, lanes) in lanes.iter_mut().enumerate() {
            let Some(signal) = self.split[bundle].get(band) else { continue };
            let members = &self.members[bundle];
            for ((frame, signal), gain) in lanes.iter_mut().zip(signal).zip(&self.gains[bundle]) {
                for lane in 0..SIDE_BY_SIDE {
                    let sum = frame[lane] + gain[lane] * signal[lane];
                    frame[lane] = if members[lane] { sum } else { frame[lane] };
                }
            }
        }
    }
}

impl Effect for Multiband {
    fn latency_frames(&self, _lane: usize) -> usize {
        0
    }

    fn process(&mut self, quantum: u64, lanes: &mut [Bundle], _keys: &[Quantum]) {
        let span_s = span_s(quantum, self.rate_hz);
        self.split(lanes);
        for band in 0..self.bands.len() {
            self.measure(band);
            self.bands[band].process(span_s, self.rate_hz, &self.levels, &mut self.gains);
            self.grouping.share(&mut self.gains);
            self.add(band, lanes);
        }
    }

    fn is_at_rest(&self) -> bool {
        let split = self.crossovers.iter().all(Crossover::is_at_rest);
        split && self.bands.iter().all(CompressedBand::is_at_rest)
    }

    fn lowest_gain(&self, lane: usize) -> f32 {
        let Some(slot) = self.grouping.slot(lane) else { return 1.0 };
        self.bands.iter().map(|band| band.lowest_gain(slot)).fold(1.0, f32::min)
    }
}
