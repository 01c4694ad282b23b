//! The compressors of eight slots, side by side.

use std::array;

use super::{CompressorSpec, Detector};
use crate::block::{Bundle, QUANTUM, SIDE_BY_SIDE};
use crate::effect::EqSpec;
use crate::effect::dynamics::{
    CurveSettings, Downward, GainComputers, Line, Lookahead, MeanSquare, gains,
};
use crate::units::seconds_to_frames;

/// More than any compressor takes.
const ANY_RANGE_DB: f64 = -1000.0;

/// Eight compressors.
pub struct Computers {
    /// The settings of the slots that are changed for every quantum.
    moving: Vec<(usize, CompressorSpec)>,
    latencies: [Option<usize>; SIDE_BY_SIDE],
    mean_square: MeanSquare,
    lookahead: Lookahead,
    computer: Downward,
    makeup_db: Line,
    mix: Line,
    /// Whether any group has its slot here.
    leads: bool,
}

impl GainComputers for Computers {
    type Spec = CompressorSpec;

    fn sidechain_eq(spec: &CompressorSpec) -> &EqSpec {
        &spec.sidechain_eq
    }

    fn new(
        specs: [Option<&CompressorSpec>; SIDE_BY_SIDE],
        leads: [bool; SIDE_BY_SIDE],
        rate_hz: u32,
    ) -> Self {
        let slots = array::from_fn(|lane| specs[lane].filter(|_| leads[lane]));
        let lasting =
            |spec: &CompressorSpec| (spec.detector == Detector::Rms).then_some(spec.rms_ms);
        let latency =
            |spec: &CompressorSpec| seconds_to_frames(spec.lookahead_ms * 1e-3, rate_hz) as usize;
        let latencies = specs.map(|spec| spec.map(latency));
        let mut computers = Self {
            moving: Vec::new(),
            latencies,
            mean_square: MeanSquare::new(slots.map(|spec| spec.and_then(lasting)), rate_hz),
            lookahead: Lookahead::new(latencies, 0),
            computer: Downward::new(),
            makeup_db: Line::at_rest(0.0),
            mix: Line::at_rest(1.0),
            leads: leads.contains(&true),
        };
        for (slot, spec) in slots.into_iter().enumerate() {
            let Some(spec) = spec else { continue };
            computers.set(slot, spec, [0.0; 2], rate_hz);
            if spec.moves() {
                computers.moving.push((slot, spec.clone()));
            }
        }
        computers.computer.set_moving(!computers.moving.is_empty());
        computers
    }

    fn tune(&mut self, span_s: [f64; 2], rate_hz: u32) {
        let moving = std::mem::take(&mut self.moving);
        for (slot, spec) in &moving {
            self.set(*slot, spec, span_s, rate_hz);
        }
        self.moving = moving;
    }

    #[inline(always)]
    fn process(&mut self, levels: &mut Bundle, lanes: &mut Bundle, to: &mut Bundle) {
        self.mean_square.process(levels);
        self.lookahead.process(levels, lanes);
        if self.leads {
            let mut reductions_db = [[0.0; SIDE_BY_SIDE]; QUANTUM];
            self.computer.process(levels, &mut reductions_db);
            let level_and_mix = [&self.makeup_db, &self.mix];
            gains(&mut reductions_db, level_and_mix, !self.moving.is_empty(), to);
        }
    }

    fn latency_frames(&self, lane: usize) -> usize {
        self.latencies[lane].unwrap_or(0)
    }

    fn is_at_rest(&self) -> bool {
        self.mean_square.is_at_rest() && self.lookahead.is_at_rest() && self.computer.is_at_rest()
    }

    fn lowest_gain(&self, slot: usize) -> f32 {
        self.computer.lowest_gain(slot)
    }
}

impl Computers {
    fn set(&mut self, slot: usize, spec: &CompressorSpec, span_s: [f64; 2], rate_hz: u32) {
        let curves = span_s.map(|seconds| spec.curve_at(seconds));
        self.computer.set(slot, curves, rate_hz);
        self.makeup_db.set(slot, span_s.map(|seconds| spec.makeup_db_at(seconds)));
        self.mix.set(slot, span_s.map(|seconds| spec.mix.at(seconds)));
    }
}

impl CompressorSpec {
    fn moves(&self) -> bool {
        let numbers = [
            &self.threshold_db,
            &self.ratio,
            &self.knee_db,
            &self.attack_ms,
            &self.release_ms,
            &self.makeup_db,
            &self.mix,
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

    /// What is given back: half of what 0 dBFS loses as well, where asked for.
    fn makeup_db_at(&self, seconds: f64) -> f64 {
        let taken_db =
            if self.auto_makeup { self.curve_at(seconds).reduction_db(0.0) } else { 0.0 };
        self.makeup_db.at(seconds) - 0.5 * taken_db
    }
}
