//! How long a frame takes in a unit of eight mono strips, one core.

use std::hint::black_box;

use cupola::block::{Bundle, QUANTUM, SIDE_BY_SIDE};
use cupola::effect::{Compressor, CompressorSpec, Effect, Gate, GateSpec, Group};
use divan::Bencher;
use divan::counter::ItemsCount;
use serde::de::DeserializeOwned;

fn main() {
    divan::main();
}

fn spec<S: DeserializeOwned>(text: &str) -> S {
    toml::from_str(text).unwrap()
}

/// Eight groups of one lane.
fn groups<S>(spec: &S) -> Vec<Group<'_, S>> {
    let group = |lane| Group { spec, lanes: vec![lane], heard: vec![lane], key: None };
    (0..SIDE_BY_SIDE).map(group).collect()
}

/// Counts frames of eight lanes.
fn bench(bencher: Bencher<'_, '_>, mut effect: impl Effect) {
    let sound: Bundle = std::array::from_fn(|frame| {
        std::array::from_fn(|lane| ((frame * 8 + lane) as f32 * 0.7).sin())
    });
    let mut quantum = 0;
    bencher.counter(ItemsCount::new(QUANTUM)).bench_local(|| {
        let mut lanes = [black_box(sound)];
        effect.process(quantum, &mut lanes, &[]);
        quantum += 1;
        lanes
    });
}

#[divan::bench(args = ["", "lookahead_ms = 5", "detector = 'rms'", "makeup_db = { lfo = 'sine', rate_hz = 1, from = 0, to = 6 }"])]
fn compressor(bencher: Bencher<'_, '_>, more: &str) {
    let spec: CompressorSpec = spec(&format!("threshold_db = -20\nratio = 4\n{more}"));
    bench(bencher, Compressor::new(&groups(&spec), SIDE_BY_SIDE, 48_000));
}

#[divan::bench]
fn gate(bencher: Bencher<'_, '_>) {
    let spec: GateSpec = spec("threshold_db = -20");
    bench(bencher, Gate::new(&groups(&spec), SIDE_BY_SIDE, 48_000));
}
