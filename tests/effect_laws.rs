//! What every effect that turns lanes down must keep to, whatever it does to sound.

#[path = "support/counting_allocator.rs"]
mod counting_allocator;
mod effect_support;

use counting_allocator::{CountingAllocator, calls};
use cupola::block::{QUANTUM, SIDE_BY_SIDE};
use cupola::effect::{Compressor, Deesser, Effect, Gate, Group, Multiband};
use effect_support::{group, noise, run, run_from, run_one, spec};
use serde::de::DeserializeOwned;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

const RATE_HZ: u32 = 48_000;

/// An effect on groups of a unit of so many lanes.
type Build = Box<dyn Fn(&[&[usize]], usize) -> Box<dyn Effect>>;

/// How to build an effect with these settings.
fn build<S, E>(new: fn(&[Group<'_, S>], usize, u32) -> E, text: &str) -> Build
where
    S: DeserializeOwned + 'static,
    E: Effect + 'static,
{
    let spec: S = spec(text);
    Box::new(move |groups, lanes| {
        let groups: Vec<_> = groups.iter().map(|lanes| group(&spec, lanes)).collect();
        Box::new(new(&groups, lanes, RATE_HZ))
    })
}

/// Every effect, with settings that make all of its parts work, but its key.
fn effects() -> Vec<(&'static str, Build)> {
    let filter = "[{ type = 'highpass', freq_hz = 100 }]";
    let ahead = format!(
        "threshold_db = -30; ratio = 6; attack_ms = 2; release_ms = 8; lookahead_ms = 1.7; \
         detector = 'rms'; rms_ms = 2; auto_makeup = true; sidechain_eq = {filter}; mix = 0.8"
    );
    let automated = "threshold_db = { lfo = 'sine', rate_hz = 3, from = -40, to = -10 }; \
        ratio = { points = [[0, 2], [1, 9]] }; attack_ms = 1; release_ms = 8; \
        mix = { points = [[0, 0], [1, 1]] }";
    let late = format!(
        "threshold_db = -6; ratio = 3; release_ms = 8; lookahead_ms = 0.9; sidechain_eq = {filter}"
    );
    let moving = "threshold_db = { lfo = 'sine', rate_hz = 3, from = -40, to = -1 }; \
        range_db = { points = [[0, -50], [1, -80]] }; release_ms = 8";
    let ess = "threshold_db = -40; attack_ms = 0; release_ms = 8; \
        freq_hz = { lfo = 'sine', rate_hz = 1, from = 3000, to = 9000 }";
    let bands = "crossovers_hz = [200, 3000]; bands = [{}, { threshold_db = -30, ratio = 3, \
        release_ms = 8 }, { gain_db = { points = [[0, -3], [1, 3]] } }]";
    vec![
        ("compressor", build(Compressor::new, &ahead)),
        ("automated compressor", build(Compressor::new, automated)),
        ("gate", build(Gate::new, &late)),
        ("automated gate", build(Gate::new, moving)),
        ("de-esser", build(Deesser::new, ess)),
        ("multiband", build(Multiband::new, bands)),
    ]
}

/// Bursts of noise with silence between them.
fn bursts(seed: u32, frames: usize) -> Vec<f32> {
    let mut signal = noise(seed, frames);
    signal.iter_mut().enumerate().for_each(|(n, x)| *x *= f32::from((n / 900) as u8 % 2));
    signal
}

#[test]
fn a_lane_does_not_depend_on_its_neighbours() {
    for (name, build) in effects() {
        let signals: Vec<_> = (0..12).map(|lane| bursts(lane, 9600)).collect();
        let together =
            run(&mut *build(&[&[0], &[1, 9], &[3], &[4], &[7], &[8]], 12), &signals, &[]);
        for lane in [0, 3, 8] {
            let alone = run(&mut *build(&[&[0]], 1), &signals[lane..=lane], &[]);
            assert!(alone[0] == together[lane], "{name}: lane {lane}");
            assert!(alone[0] != signals[lane], "{name}: nothing was done");
        }
        let pair = [signals[1].clone(), signals[9].clone()];
        let pair = run(&mut *build(&[&[0, 1]], 2), &pair, &[]);
        assert!(pair[0] == together[1] && pair[1] == together[9], "{name}: a pair");
        for lane in [2, 5, 6, 10, 11] {
            let bits = |signal: &[f32]| signal.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
            assert!(
                bits(&together[lane]) == bits(&signals[lane]),
                "{name}: lane {lane} of no group"
            );
        }
    }
}

#[test]
fn silence_after_sound_ends_in_rest() {
    for (name, build) in effects() {
        let mut effect = build(&[&[0, 1], &[4]], 6);
        assert!(effect.is_at_rest(), "{name} begins at rest");
        let sound: Vec<_> = (0..6).map(|lane| noise(lane, 6400)).collect();
        run_from(&mut *effect, 0, &sound, &[]);
        assert!(!effect.is_at_rest(), "{name} sounds");
        let silence = vec![vec![0.0; 2 * RATE_HZ as usize]; 6];
        let out = run_from(&mut *effect, 100, &silence, &[]);
        assert!(
            out.iter().flat_map(|out| &out[9600..]).all(|x| *x == 0.0),
            "{name} leaves silence"
        );
        assert!(effect.is_at_rest(), "{name} comes to rest");
        assert_eq!([0, 4, 5].map(|lane| effect.lowest_gain(lane) > 0.0), [true; 3]);
    }
}

/// What is no number may leave as it came, but nothing of it stays.
#[test]
fn what_is_no_number_does_no_lasting_harm() {
    for (name, build) in effects() {
        let clean = noise(3, 3 * RATE_HZ as usize);
        for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            let mut signal = clean.clone();
            signal[1000] = bad;
            let mut effect = build(&[&[0]], 1);
            let out = run(&mut *effect, &[signal], &[]).remove(0);
            assert!(out[2000..].iter().all(|x| x.is_finite()), "{name}: {bad} stays");
            let expected = run_one(&mut *build(&[&[0]], 1), &clean);
            let late = 2 * RATE_HZ as usize;
            for (out, expected) in out[late..].iter().zip(&expected[late..]) {
                assert!((out - expected).abs() < 1e-6, "{name}: {bad} is heard for long");
            }
        }
    }
}

/// Delays do not count: where silence was left out, states were zero.
#[test]
fn quanta_of_silence_may_be_left_out() {
    for (name, build) in effects() {
        let sound = [noise(5, 640)];
        let mut waiting = build(&[&[0]], 1);
        run_from(&mut *waiting, 0, &[vec![0.0; 100 * QUANTUM]], &[]);
        let waited = run_from(&mut *waiting, 100, &sound, &[]);
        let skipped = run_from(&mut *build(&[&[0]], 1), 100, &sound, &[]);
        assert!(waited == skipped, "{name}");
    }
}

#[test]
fn working_allocates_nothing() {
    for (name, build) in effects() {
        let mut effect = build(&[&[0], &[1], &[2, 5]], 8);
        let sound = noise(1, QUANTUM * SIDE_BY_SIDE);
        let mut unit = vec![[[0.0; SIDE_BY_SIDE]; QUANTUM]];
        let before = calls();
        for quantum in 0..200 {
            unit[0].as_flattened_mut().copy_from_slice(&sound);
            effect.process(quantum, &mut unit, &[]);
        }
        assert_eq!(calls() - before, 0, "{name} allocated");
    }
}
