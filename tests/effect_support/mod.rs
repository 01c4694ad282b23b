//! Effects at work on whole signals.
#![allow(dead_code)]

use cupola::block::{QUANTUM, Quantum, SIDE_BY_SIDE};
use cupola::document::{Document, Problems};
use cupola::effect::{Effect, Group};
use serde::de::DeserializeOwned;

/// Settings as an author writes them, with semicolons between the lines.
pub fn spec<S: DeserializeOwned>(text: &str) -> S {
    let text = text.replace(';', "\n");
    let mut document = Document::from_bytes("effect.toml", text.as_bytes()).unwrap();
    let mut problems = Problems::default();
    let spec = document.read(&mut problems);
    assert!(problems.is_empty(), "{}", document.explain(problems));
    spec.unwrap()
}

/// A group of these lanes, all of them heard.
pub fn group<'a, S>(spec: &'a S, lanes: &[usize]) -> Group<'a, S> {
    Group { spec, lanes: lanes.to_vec(), heard: lanes.to_vec(), key: None }
}

/// What becomes of signals, one for each lane, from quantum 0 on; keys sound beside them.
pub fn run(effect: &mut dyn Effect, signals: &[Vec<f32>], keys: &[Vec<f32>]) -> Vec<Vec<f32>> {
    run_from(effect, 0, signals, keys)
}

/// What becomes of signals that begin at a quantum.
pub fn run_from(
    effect: &mut dyn Effect,
    first: u64,
    signals: &[Vec<f32>],
    keys: &[Vec<f32>],
) -> Vec<Vec<f32>> {
    let quanta = signals.iter().map(Vec::len).max().unwrap_or(0).div_ceil(QUANTUM);
    let bundles = signals.len().div_ceil(SIDE_BY_SIDE);
    let mut unit = vec![[[0.0; SIDE_BY_SIDE]; QUANTUM]; bundles];
    let mut out = vec![Vec::with_capacity(quanta * QUANTUM); signals.len()];
    for quantum in 0..quanta {
        let at = |signal: &Vec<f32>, frame: usize| {
            signal.get(quantum * QUANTUM + frame).copied().unwrap_or(0.0)
        };
        for (lane, signal) in signals.iter().enumerate() {
            for (frame, samples) in unit[lane / SIDE_BY_SIDE].iter_mut().enumerate() {
                samples[lane % SIDE_BY_SIDE] = at(signal, frame);
            }
        }
        let keys: Vec<Quantum> =
            keys.iter().map(|key| std::array::from_fn(|frame| at(key, frame))).collect();
        effect.process(first + quantum as u64, &mut unit, &keys);
        for (lane, out) in out.iter_mut().enumerate() {
            out.extend(unit[lane / SIDE_BY_SIDE].iter().map(|frame| frame[lane % SIDE_BY_SIDE]));
        }
    }
    out
}

/// What becomes of one signal in a unit of one lane.
pub fn run_one(effect: &mut dyn Effect, signal: &[f32]) -> Vec<f32> {
    run(effect, &[signal.to_vec()], &[]).remove(0)
}

pub fn amplitude(level_db: f64) -> f32 {
    10_f64.powf(level_db / 20.0) as f32
}

pub fn level_db(sample: f32) -> f64 {
    20.0 * f64::from(sample.abs()).log10()
}

pub fn sine(freq_hz: f64, peak: f32, rate_hz: u32, frames: usize) -> Vec<f32> {
    let step = std::f64::consts::TAU * freq_hz / f64::from(rate_hz);
    (0..frames).map(|frame| peak * (step * frame as f64).sin() as f32).collect()
}

/// Noise from -1 to 1, the same for the same seed.
pub fn noise(seed: u32, frames: usize) -> Vec<f32> {
    let mut state = seed;
    let mut next = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 8) / f64::from(1 << 23) - 1.0
    };
    (0..frames).map(|_| next() as f32).collect()
}
