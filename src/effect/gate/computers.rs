//! The gates of eight slots, side by side.

use super::GateSpec;
use super::opening::{Opening, OpeningSettings};
use crate::block::{Bundle, QUANTUM, SIDE_BY_SIDE};
use crate::dsp::{amplitudes_of, decibels_of};
use crate::effect::EqSpec;
use crate::effect::dynamics::{GainComputers, Lookahead, SILENCE};
use crate::units::seconds_to_frames;

/// How long a magnitude counts: half a period of 50 Hz.
const PEAK_S: f64 = 0.010;

/// Eight gates.
pub struct Computers {
    /// The settings of the slots that are changed for every quantum.
    moving: Vec<(usize, GateSpec)>,
    latencies: [Option<usize>; SIDE_BY_SIDE],
    lookahead: Lookahead,
    opening: Opening,
    /// The lowest gain of each slot in the last quantum.
    lowest: [f32; SIDE_BY_SIDE],
}

impl GainComputers for Computers {
    type Spec = GateSpec;

    fn sidechain_eq(spec: &GateSpec) -> &EqSpec {
        &spec.sidechain_eq
    }

    fn new(
        specs: [Option<&GateSpec>; SIDE_BY_SIDE],
        leads: [bool; SIDE_BY_SIDE],
        rate_hz: u32,
    ) -> Self {
        let latency =
            |spec: &GateSpec| seconds_to_frames(spec.lookahead_ms * 1e-3, rate_hz) as usize;
        let latencies = specs.map(|spec| spec.map(latency));
        let peak_frames = seconds_to_frames(PEAK_S, rate_hz) as usize;
        let mut computers = Self {
            moving: Vec::new(),
            latencies,
            lookahead: Lookahead::new(latencies, peak_frames),
            opening: Opening::new(),
            lowest: [1.0; SIDE_BY_SIDE],
        };
        let slots = specs.into_iter().zip(leads).enumerate();
        for (slot, spec) in
            slots.filter_map(|(slot, (spec, leads))| Some((slot, spec.filter(|_| leads)?)))
        {
            computers.set(slot, spec, [0.0; 2], rate_hz);
            if spec.moves() {
                computers.moving.push((slot, spec.clone()));
            }
        }
        computers.opening.set_moving(!computers.moving.is_empty());
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
    fn process(&mut self, levels: &mut Bundle, lanes: &mut Bundle, gains: &mut Bundle) {
        let mut frames = [[0.0; SIDE_BY_SIDE]; QUANTUM];
        self.lookahead.process(levels, lanes);
        decibels_of(levels.as_flattened(), SILENCE, frames.as_flattened_mut());
        let lowest_db = self.opening.process(&mut frames);
        amplitudes_of(frames.as_flattened(), gains.as_flattened_mut());
        amplitudes_of(&lowest_db, &mut self.lowest);
    }

    fn latency_frames(&self, lane: usize) -> usize {
        self.latencies[lane].unwrap_or(0)
    }

    fn is_at_rest(&self) -> bool {
        self.lookahead.is_at_rest() && self.opening.is_at_rest()
    }

    fn lowest_gain(&self, slot: usize) -> f32 {
        self.lowest[slot]
    }
}

impl Computers {
    fn set(&mut self, slot: usize, spec: &GateSpec, span_s: [f64; 2], rate_hz: u32) {
        self.opening.set(slot, span_s.map(|seconds| spec.opening_at(seconds)), rate_hz);
    }
}

impl GateSpec {
    fn moves(&self) -> bool {
        let numbers = [
            &self.threshold_db,
            &self.ratio,
            &self.range_db,
            &self.hysteresis_db,
            &self.attack_ms,
            &self.hold_ms,
            &self.release_ms,
        ];
        numbers.iter().any(|number| number.constant().is_none())
    }

    fn opening_at(&self, seconds: f64) -> OpeningSettings {
        OpeningSettings {
            threshold_db: self.threshold_db.at(seconds),
            ratio: self.ratio.at(seconds),
            range_db: self.range_db.at(seconds),
            hysteresis_db: self.hysteresis_db.at(seconds),
            attack_ms: self.attack_ms.at(seconds),
            hold_ms: (self.hold_ms.at(seconds) - PEAK_S * 1e3).max(0.0),
            release_ms: self.release_ms.at(seconds),
        }
    }
}
