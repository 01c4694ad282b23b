//! Saturation of the lanes of a bundle.

use std::array;
use std::f64::consts::TAU;

use pulp::{Simd, WithSimd};

use super::SaturationSpec;
use super::curve::Curve;
use crate::block::{Bundle, QUANTUM, SIDE_BY_SIDE};
use crate::dsp::{Doubler, Halver, LaneDelay, STATE_FLOOR};
use crate::effect::dynamics::Slots;

/// Pairs of weights between once and twice the rate: with the window below, what lies 4 % above half
/// the rate is 84 dB down.
const NEAR_PAIRS: usize = 64;

/// Pairs of weights between twice and four times the rate, where there is more room.
const FAR_PAIRS: usize = 7;

/// Kaiser's beta, for side lobes 84 dB down.
const BETA: f64 = 8.3;

/// By how many frames what is saturated leaves late: twice `2 NEAR_PAIRS - 1` frames of the doubled rate
/// and twice `2 FAR_PAIRS - 1` of the fourfold, of which one of the doubled rate is spared.
pub const LATENCY: usize = 2 * NEAR_PAIRS + FAR_PAIRS - 2;

/// Frames after which nothing of a sound is left in the filters.
const MEMORY: usize = 4 * NEAR_PAIRS + 2 * FAR_PAIRS;

/// Below this frequency what the curve adds is taken for a constant, in hertz.
const LOWEST_HZ: f64 = 5.0;

/// No sound is louder: 180 dBFS. The filters reckon in f32, and what is no number is not for them.
const LOUDEST: f32 = 1e9;

/// Eight lanes, of which some are saturated.
pub struct Row {
    /// The settings of the lanes that are changed for every quantum.
    moving: Vec<(usize, SaturationSpec)>,
    saturated: [bool; SIDE_BY_SIDE],
    curve: Curve,
    delay: LaneDelay,
    up: (Doubler, Doubler),
    down: (Halver, Halver),
    constant: Constant,
    silent_frames: usize,
}

/// The constant that lopsided curves add.
struct Constant {
    /// The lanes that have one.
    lopsided: [bool; SIDE_BY_SIDE],
    pole: f64,
    means: Slots,
}

impl Row {
    pub fn new(lanes: &[Option<&SaturationSpec>], rate_hz: u32) -> Self {
        let spec = |lane: usize| lanes.get(lane).copied().flatten();
        let saturated = array::from_fn(|lane| spec(lane).is_some());
        let lopsided =
            array::from_fn(|lane| spec(lane).is_some_and(|spec| spec.bias.constant() != Some(0.0)));
        let mut curve = Curve::new();
        let mut moving = Vec::new();
        for (lane, spec) in lanes.iter().enumerate() {
            let Some(spec) = spec else { continue };
            curve.set(lane, spec, [0.0; 2]);
            if spec.moves() {
                moving.push((lane, (*spec).clone()));
            }
        }
        let pole = libm::exp(-TAU * LOWEST_HZ / f64::from(rate_hz));
        Self {
            moving,
            saturated,
            curve,
            delay: LaneDelay::new(LATENCY, saturated),
            up: (
                Doubler::new(NEAR_PAIRS, BETA, QUANTUM),
                Doubler::new(FAR_PAIRS, BETA, 2 * QUANTUM),
            ),
            down: (
                Halver::new(FAR_PAIRS, BETA, 2 * QUANTUM, false),
                Halver::new(NEAR_PAIRS, BETA, QUANTUM, true),
            ),
            constant: Constant { lopsided, pole, means: [0.0; SIDE_BY_SIDE] },
            silent_frames: MEMORY,
        }
    }

    /// Brings what is automated to where it is at the begin and at the end of a quantum.
    pub fn tune(&mut self, span_s: [f64; 2]) {
        for (lane, spec) in &self.moving {
            self.curve.set(*lane, spec, span_s);
        }
    }

    pub fn saturates(&self, lane: usize) -> bool {
        self.saturated[lane]
    }

    pub fn is_at_rest(&self) -> bool {
        self.silent_frames >= MEMORY && self.constant.means == [0.0; SIDE_BY_SIDE]
    }

    #[inline(always)]
    fn process(&mut self, bundle: &mut Bundle) {
        let mut added = [[0.0; SIDE_BY_SIDE]; QUANTUM];
        for (heard, frame) in added.iter_mut().zip(&*bundle) {
            for lane in 0..SIDE_BY_SIDE {
                let sample = if self.saturated[lane] { frame[lane] } else { 0.0 };
                heard[lane] = if sample.abs() <= LOUDEST { sample } else { 0.0 };
            }
        }
        let silent = added.as_flattened().iter().all(|sample| *sample == 0.0);
        self.silent_frames = if silent { (self.silent_frames + QUANTUM).min(MEMORY) } else { 0 };
        self.bend(&mut added);
        self.constant.take_out(&mut added);
        self.delay.process(bundle);
        for (frame, added) in bundle.iter_mut().zip(&added) {
            for lane in 0..SIDE_BY_SIDE {
                let sum = frame[lane] + added[lane];
                frame[lane] = if self.saturated[lane] { sum } else { frame[lane] };
            }
        }
    }

    /// Makes of a quantum what the curve adds to it, as much of it as is mixed in.
    #[inline(always)]
    fn bend(&mut self, frames: &mut Bundle) {
        let mut double = [[0.0; SIDE_BY_SIDE]; 2 * QUANTUM];
        let mut fourfold = [[0.0; SIDE_BY_SIDE]; 4 * QUANTUM];
        self.up.0.process(frames, &mut double);
        self.up.1.process(&double, &mut fourfold);
        let mut now = self.curve.at(0);
        for (frame, four) in fourfold.as_chunks_mut::<4>().0.iter_mut().enumerate() {
            if !self.moving.is_empty() {
                now = self.curve.at(frame);
            }
            for samples in four {
                let heard = *samples;
                *samples =
                    array::from_fn(|lane| now.mix[lane] as f32 * now.added(lane, heard[lane]));
            }
        }
        self.down.0.process(&fourfold, &mut double);
        self.down.1.process(&double, frames);
    }
}

impl Constant {
    #[inline(always)]
    fn take_out(&mut self, frames: &mut Bundle) {
        if self.lopsided == [false; SIDE_BY_SIDE] {
            return;
        }
        for frame in frames {
            for (lane, added) in frame.iter_mut().enumerate() {
                let sample = f64::from(*added);
                let mean = sample + self.pole * (self.means[lane] - sample);
                self.means[lane] = mean;
                *added = if self.lopsided[lane] { (sample - mean) as f32 } else { *added };
            }
        }
        for (mean, lopsided) in self.means.iter_mut().zip(self.lopsided) {
            let sounds = lopsided && mean.abs() >= STATE_FLOOR && mean.is_finite();
            *mean = if sounds { *mean } else { 0.0 };
        }
    }
}

impl SaturationSpec {
    fn moves(&self) -> bool {
        [&self.drive_db, &self.bias, &self.mix].iter().any(|number| number.constant().is_none())
    }
}

/// One quantum of eight lanes, compiled once for every kind of processor.
pub struct Work<'a> {
    pub row: &'a mut Row,
    pub bundle: &'a mut Bundle,
}

impl WithSimd for Work<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        if self.row.saturated.contains(&true) {
            self.row.process(self.bundle);
        }
    }
}
