//! De-essing: a band is turned down while it is too loud.

mod check;
mod spec;

pub use spec::DeesserSpec;

use super::dynamics::{
    BandComputers, CurveSettings, Grouping, finite_or_silent, heard_lanes, span_s,
};
use super::{Effect, Group};
use crate::block::{Bundle, QUANTUM, Quantum, SIDE_BY_SIDE};
use crate::dsp::{Biquad, BiquadLanes};

/// De-essers on groups of the lanes of a unit.
///
/// What a band-pass lets through is both what is measured and what is taken: of the gain g it makes
/// `x + (g - 1) band(x)`, a bell of that gain whose filter stays the same whatever the gain. Without
/// reduction lanes leave as they came.
pub struct Deesser {
    grouping: Grouping,
    heard: Vec<[bool; SIDE_BY_SIDE]>,
    members: Vec<[bool; SIDE_BY_SIDE]>,
    filters: Vec<BiquadLanes>,
    computers: Vec<BandComputers>,
    /// The lanes whose settings are changed for every quantum.
    moving: Vec<(usize, DeesserSpec)>,
    bands: Vec<Bundle>,
    levels: Vec<Bundle>,
    gains: Vec<Bundle>,
    rate_hz: u32,
}

impl Deesser {
    /// De-essers for groups of a unit of `lanes`; no lane is in two of them, and keys are not asked
    /// for. The settings must have passed [`DeesserSpec::check`].
    #[must_use]
    pub fn new(groups: &[Group<'_, DeesserSpec>], lanes: usize, rate_hz: u32) -> Self {
        let bundles = lanes.div_ceil(SIDE_BY_SIDE);
        let grouping = Grouping::new(groups, lanes);
        let silence = vec![[[0.0; SIDE_BY_SIDE]; QUANTUM]; bundles];
        let mut deesser = Self {
            heard: heard_lanes(groups, lanes),
            members: grouping.members(),
            grouping,
            filters: vec![BiquadLanes::new(1); bundles],
            computers: (0..bundles).map(|_| BandComputers::new()).collect(),
            moving: Vec::new(),
            bands: silence.clone(),
            levels: silence.clone(),
            gains: silence,
            rate_hz,
        };
        for group in groups {
            for &lane in &group.lanes {
                deesser.set(lane, group.spec, [0.0; 2]);
                if group.spec.moves() {
                    deesser.moving.push((lane, group.spec.clone()));
                    deesser.computers[lane / SIDE_BY_SIDE].set_moving(true);
                }
            }
        }
        deesser
    }

    /// Brings a lane's filter, and its group's computer, to where they are in a quantum.
    fn set(&mut self, lane: usize, spec: &DeesserSpec, span_s: [f64; 2]) {
        let (bundle, place) = (lane / SIDE_BY_SIDE, lane % SIDE_BY_SIDE);
        let [begin, end] = span_s.map(|seconds| spec.band_at(seconds, f64::from(self.rate_hz)));
        self.filters[bundle].set(0, place, begin);
        self.filters[bundle].ramp_to(0, place, end);
        if self.grouping.slot(lane) == Some(lane) {
            let curves = span_s.map(|seconds| spec.curve_at(seconds));
            self.computers[bundle].set(place, curves, [0.0; 2], self.rate_hz);
        }
    }

    /// Parts off the bands, and measures those that are heard.
    fn part(&mut self, lanes: &[Bundle]) {
        for (bundle, lanes) in lanes.iter().enumerate() {
            let (band, level) = (&mut self.bands[bundle], &mut self.levels[bundle]);
            for (band, frame) in band.iter_mut().zip(lanes) {
                *band = frame.map(finite_or_silent);
            }
            self.filters[bundle].process(band);
            for (level, band) in level.iter_mut().zip(&*band) {
                for lane in 0..SIDE_BY_SIDE {
                    let heard = self.heard[bundle][lane];
                    level[lane] = if heard { finite_or_silent(band[lane]).abs() } else { 0.0 };
                }
            }
        }
        self.grouping.gather(&mut self.levels);
    }
}

impl Effect for Deesser {
    fn latency_frames(&self, _lane: usize) -> usize {
        0
    }

    fn process(&mut self, quantum: u64, lanes: &mut [Bundle], _keys: &[Quantum]) {
        let span_s = span_s(quantum, self.rate_hz);
        let moving = std::mem::take(&mut self.moving);
        moving.iter().for_each(|(lane, spec)| self.set(*lane, spec, span_s));
        self.moving = moving;
        self.part(lanes);
        for (bundle, computers) in self.computers.iter_mut().enumerate() {
            computers.process(&self.levels[bundle], &mut self.gains[bundle]);
        }
        self.grouping.share(&mut self.gains);
        for (bundle, lanes) in lanes.iter_mut().enumerate() {
            let (bands, gains) = (&self.bands[bundle], &self.gains[bundle]);
            for ((frame, band), gain) in lanes.iter_mut().zip(bands).zip(gains) {
                for lane in 0..SIDE_BY_SIDE {
                    let less = frame[lane] + (gain[lane] - 1.0) * band[lane];
                    let turned = self.members[bundle][lane] && gain[lane] != 1.0;
                    frame[lane] = if turned { less } else { frame[lane] };
                }
            }
        }
    }

    fn is_at_rest(&self) -> bool {
        let filters = self.filters.iter().all(BiquadLanes::is_at_rest);
        filters && self.computers.iter().all(BandComputers::is_at_rest)
    }

    fn lowest_gain(&self, lane: usize) -> f32 {
        let Some(slot) = self.grouping.slot(lane) else { return 1.0 };
        self.computers[slot / SIDE_BY_SIDE].lowest_gain(slot % SIDE_BY_SIDE)
    }
}

impl DeesserSpec {
    fn moves(&self) -> bool {
        let numbers = [
            &self.freq_hz,
            &self.q,
            &self.threshold_db,
            &self.ratio,
            &self.range_db,
            &self.attack_ms,
            &self.release_ms,
        ];
        numbers.iter().any(|number| number.constant().is_none())
    }

    fn band_at(&self, seconds: f64, rate_hz: f64) -> Biquad {
        Biquad::band_pass(self.freq_hz.at(seconds), self.q.at(seconds), rate_hz)
    }

    fn curve_at(&self, seconds: f64) -> CurveSettings {
        CurveSettings {
            threshold_db: self.threshold_db.at(seconds),
            ratio: self.ratio.at(seconds),
            knee_db: 0.0,
            range_db: self.range_db.at(seconds),
            attack_ms: self.attack_ms.at(seconds),
            release_ms: self.release_ms.at(seconds),
        }
    }
}
