//! An effect at work on whole signals.
#![allow(dead_code)]

use cupola::block::{Bundle, QUANTUM, SIDE_BY_SIDE};
use cupola::effect::Effect;

/// What becomes of signals, one a lane, when `tail` more frames of silence follow them.
pub fn run(effect: &mut dyn Effect, signals: &[Vec<f32>], tail: usize) -> Vec<Vec<f32>> {
    let frames = signals.iter().map(Vec::len).max().unwrap_or(0) + tail;
    let quanta = frames.div_ceil(QUANTUM);
    let bundles = signals.len().div_ceil(SIDE_BY_SIDE);
    let mut out = vec![Vec::with_capacity(quanta * QUANTUM); signals.len()];
    let mut unit: Vec<Bundle> = vec![[[0.0; SIDE_BY_SIDE]; QUANTUM]; bundles];
    for quantum in 0..quanta {
        let first = quantum * QUANTUM;
        for (lane, signal) in signals.iter().enumerate() {
            let samples = (first..).map(|frame| signal.get(frame).copied().unwrap_or(0.0));
            for (row, sample) in unit[lane / SIDE_BY_SIDE].iter_mut().zip(samples) {
                row[lane % SIDE_BY_SIDE] = sample;
            }
        }
        effect.process(quantum as u64, &mut unit, &[]);
        for (lane, out) in out.iter_mut().enumerate() {
            out.extend(unit[lane / SIDE_BY_SIDE].iter().map(|row| row[lane % SIDE_BY_SIDE]));
        }
    }
    out
}

/// A random sequence from 0 up to 1, the same at every run.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.next()
    }
}
