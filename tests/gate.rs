//! The gate against its definition.

mod effect_support;

use cupola::effect::{Effect, Gate, GateSpec};
use effect_support::{amplitude, group, level_db, noise, run, run_one, sine, spec};

fn one(spec: &GateSpec, rate_hz: u32) -> Gate {
    Gate::new(&[group(spec, &[0])], 1, rate_hz)
}

/// Below T comes T + (x - T) R, but no more than the range is taken.
#[test]
fn the_static_curve_is_as_defined() {
    for (threshold_db, ratio, range_db) in
        [(-50.0, 10.0, -80.0), (-40.0, 2.0, -30.0), (-30.0, 1.5, -12.0)]
    {
        let spec: GateSpec = spec(&format!(
            "threshold_db = {threshold_db:.1}; ratio = {ratio}; range_db = {range_db:.1}; \
             attack_ms = 0; release_ms = 0"
        ));
        for in_db in (-90..=0).map(f64::from) {
            let signal = sine(1000.0, amplitude(in_db), 48_000, 9600);
            let out = run_one(&mut one(&spec, 48_000), &signal);
            let peak = out[4800..].iter().copied().fold(0.0, f32::max);
            let below_db = (in_db - threshold_db).min(0.0);
            let expected = in_db + (below_db * (ratio - 1.0)).max(range_db);
            // The sine has a sample on its peak, 48 to a period; f32 tells 1e-6 dB.
            let error = (level_db(peak) - expected).abs();
            assert!(error < 1e-4, "T {threshold_db} R {ratio} at {in_db}: off by {error}");
        }
    }
}

/// A tone whose level wanders by 1 dB to either side of the threshold, under 3 dB of hysteresis.
#[test]
fn it_does_not_chatter() {
    let toggles = |hysteresis_db: f64| {
        let spec: GateSpec = spec(&format!(
            "threshold_db = -40; hysteresis_db = {hysteresis_db}; hold_ms = 0; release_ms = 5"
        ));
        let tone = sine(440.0, 1.0, 48_000, 480_000);
        // The level changes every 20 ms, as noise does.
        let wander = noise(11, 500);
        let signal: Vec<f32> = (tone.iter().enumerate())
            .map(|(n, x)| x * amplitude(-40.0 + f64::from(wander[n / 960])))
            .collect();
        let mut gate = one(&spec, 48_000);
        let gains: Vec<f32> = (signal.chunks(64).enumerate())
            .map(|(quantum, chunk)| {
                effect_support::run_from(&mut gate, quantum as u64, &[chunk.to_vec()], &[]);
                gate.lowest_gain(0)
            })
            .collect();
        gains.windows(2).filter(|pair| (pair[0] > 0.9) != (pair[1] > 0.9)).count()
    };
    assert!(toggles(3.0) <= 1, "in ten seconds: {}", toggles(3.0));
    assert!(toggles(0.0) > 20, "without hysteresis it does: {}", toggles(0.0));
}

/// Noise around the threshold, whose magnitudes jump from sample to sample.
#[test]
fn noise_at_the_threshold_keeps_it_open() {
    let spec: GateSpec = spec("threshold_db = -40");
    let signal: Vec<f32> = noise(3, 480_000).iter().map(|x| x * amplitude(-39.0)).collect();
    let out = run_one(&mut one(&spec, 48_000), &signal);
    assert!(out[4800..] == signal[4800..]);
}

/// Opening: 63.2 % of the decibels in the time of the attack. Closing: after the hold, 63.2 % in the
/// time of the release. Each within 2 % or a frame.
#[test]
fn it_opens_holds_and_closes_in_the_times_asked_for() {
    for rate_hz in [44_100, 48_000, 96_000] {
        let spec: GateSpec = spec(
            "threshold_db = -40; ratio = 1000; range_db = -60; attack_ms = 2; hold_ms = 30; release_ms = 50",
        );
        let frames = |time_ms: f64| (time_ms * 1e-3 * f64::from(rate_hz)).round();
        let (up, down) = (1000, 1000 + frames(100.0) as usize);
        let mut signal = vec![1e-4; down + frames(200.0) as usize];
        signal[up..down].fill(0.5);
        let out = run_one(&mut one(&spec, rate_hz), &signal);
        let gain_db = |n: usize| level_db(out[n] / signal[n]);
        let missed = 60.0 * (-1.0_f64).exp();
        let opened = (up..down).find(|&n| gain_db(n) >= -missed).unwrap() - up + 1;
        assert!((opened as f64 - frames(2.0)).abs() <= 2.0, "{rate_hz}: opened in {opened}");
        let closes = (down..signal.len()).find(|&n| gain_db(n) < -0.01).unwrap() - down;
        assert!((closes as f64 - frames(30.0)).abs() <= 2.0, "{rate_hz}: held {closes}");
        let closed = (down..signal.len()).find(|&n| gain_db(n) <= missed - 60.0).unwrap();
        let release = (closed - down - closes) as f64;
        assert!((release / frames(50.0) - 1.0).abs() < 0.02, "{rate_hz}: closed in {release}");
    }
}

#[test]
fn lookahead_opens_before_the_sound_comes() {
    let spec: GateSpec = spec("threshold_db = -40; attack_ms = 0.5; lookahead_ms = 5.0208333");
    let mut gate = one(&spec, 48_000);
    assert_eq!(gate.latency_frames(0), 241);
    let signal = [vec![0.0; 1000], sine(1000.0, 0.5, 48_000, 1000)].concat();
    let out = run_one(&mut gate, &signal);
    for n in 0..800 {
        // Ten times the attack leave e^-10 of 80 dB, 0.004 dB.
        assert!((out[1241 + n] - signal[1000 + n]).abs() < 5e-4 * signal[1000 + n].abs() + 1e-9);
    }
}

#[test]
fn a_key_opens_it() {
    let spec: GateSpec = spec("threshold_db = -40; range_db = -60");
    let mut keyed = group(&spec, &[0, 1]);
    keyed.key = Some(0);
    let mut gate = Gate::new(&[keyed], 2, 48_000);
    let signals = [vec![0.5; 9600], vec![0.25; 9600]];
    let key = [vec![0.0; 4800], vec![0.1; 4800]].concat();
    let out = run(&mut gate, &signals, &[key]);
    for (out, signal) in out.iter().zip(&signals) {
        assert!((level_db(out[4700] / signal[0]) + 60.0).abs() < 1e-4);
        assert_eq!(out[9599], signal[0]);
    }
}
