//! One band of all groups of a unit.

use super::{MultibandBand, MultibandSpec};
use crate::block::{Bundle, SIDE_BY_SIDE};
use crate::effect::Group;
use crate::effect::dynamics::{BandComputers, CurveSettings};

/// More than any band loses.
const ANY_RANGE_DB: f64 = -1000.0;

/// The compressors of a band, for each bundle.
pub struct CompressedBand {
    computers: Vec<BandComputers>,
    /// The settings of the slots that are changed for every quantum.
    moving: Vec<(usize, MultibandBand)>,
}

impl CompressedBand {
    /// The compressors of the groups that have a band of this number.
    pub fn new(
        groups: &[Group<'_, MultibandSpec>],
        band: usize,
        bundles: usize,
        rate_hz: u32,
    ) -> Self {
        let computers = (0..bundles).map(|_| BandComputers::new()).collect();
        let mut band_of_all = Self { computers, moving: Vec::new() };
        for group in groups {
            let (Some(&slot), Some(spec)) = (group.lanes.first(), group.spec.bands.get(band))
            else {
                continue;
            };
            band_of_all.set(slot, spec, [0.0; 2], rate_hz);
            if spec.moves() {
                band_of_all.moving.push((slot, spec.clone()));
                band_of_all.computers[slot / SIDE_BY_SIDE].set_moving(true);
            }
        }
        band_of_all
    }

    /// Makes the gains of a quantum from the magnitudes of the band.
    pub fn process(
        &mut self,
        span_s: [f64; 2],
        rate_hz: u32,
        levels: &[Bundle],
        gains: &mut [Bundle],
    ) {
        let moving = std::mem::take(&mut self.moving);
        moving.iter().for_each(|(slot, spec)| self.set(*slot, spec, span_s, rate_hz));
        self.moving = moving;
        for ((computers, levels), gains) in self.computers.iter_mut().zip(levels).zip(gains) {
            computers.process(levels, gains);
        }
    }

    /// Whether every state is zero.
    pub fn is_at_rest(&self) -> bool {
        self.computers.iter().all(BandComputers::is_at_rest)
    }

    /// The lowest gain of a slot in the last quantum.
    pub fn lowest_gain(&self, slot: usize) -> f32 {
        self.computers[slot / SIDE_BY_SIDE].lowest_gain(slot % SIDE_BY_SIDE)
    }

    fn set(&mut self, slot: usize, spec: &MultibandBand, span_s: [f64; 2], rate_hz: u32) {
        let curves = span_s.map(|seconds| spec.curve_at(seconds));
        let levels_db = span_s.map(|seconds| spec.gain_db.at(seconds));
        self.computers[slot / SIDE_BY_SIDE].set(slot % SIDE_BY_SIDE, curves, levels_db, rate_hz);
    }
}

impl MultibandBand {
    fn moves(&self) -> bool {
        let numbers = [
            &self.threshold_db,
            &self.ratio,
            &self.knee_db,
            &self.attack_ms,
            &self.release_ms,
            &self.gain_db,
        ];
        numbers.iter().any(|number| number.constant().is_none())
    }

    fn curve_at(&self, seconds: f64) -> CurveSettings {
        CurveSettings {
            threshold_db: self.threshold_db.at(seconds),
            ratio: self.ratio.at(seconds),
            knee_db: self.knee_db.at(seconds),
            range_db: ANY_RANGE_DB,
            attack_ms: self.attack_ms.at(seconds),
            release_ms: self.release_ms.at(seconds),
        }
    }
}
