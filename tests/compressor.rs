//! The compressor against its definition (Giannoulis, Massberg and Reiss 2012).

mod effect_support;

use cupola::effect::{Compressor, CompressorSpec, Effect};
use effect_support::{amplitude, group, level_db, noise, run, run_one, sine, spec};
use serde::Deserialize;

fn one(spec: &CompressorSpec, rate_hz: u32) -> Compressor {
    Compressor::new(&[group(spec, &[0])], 1, rate_hz)
}

#[derive(Deserialize)]
struct StaticCurve {
    #[serde(rename = "T")]
    threshold_db: f64,
    ratio: f64,
    knee: f64,
    in_db: Vec<f64>,
    out_db: Vec<f64>,
}

/// 6 settings at 25 levels each, computed from the formula of the paper. 0.05 dB would do; the level of
/// an f32 is exact to 1e-6 dB.
#[test]
fn the_static_curve_is_that_of_the_reference() {
    let curves: Vec<StaticCurve> =
        serde_json::from_str(include_str!("data/compressor_static.json")).unwrap();
    assert_eq!(curves.len(), 6);
    for curve in &curves {
        let spec: CompressorSpec = spec(&format!(
            "threshold_db = {:.1}; ratio = {}; knee_db = {}; attack_ms = 0; release_ms = 0",
            curve.threshold_db, curve.ratio, curve.knee
        ));
        for (&in_db, &out_db) in curve.in_db.iter().zip(&curve.out_db) {
            let out = run_one(&mut one(&spec, 48_000), &[amplitude(in_db); 64]);
            let measured_db = level_db(out[63]);
            let place = format!("T {} R {} at {in_db}", curve.threshold_db, curve.ratio);
            assert!((measured_db - out_db).abs() < 1e-5, "{place}: {measured_db} not {out_db}");
        }
    }
}

/// Frames until the reduction has come to a part of what it comes to in the end.
fn frames_to(out: &[f32], from: usize, reached: impl Fn(f64) -> bool) -> f64 {
    let steps = out[from..].iter().position(|sample| reached(level_db(*sample)));
    steps.expect("it gets there") as f64 + 1.0
}

/// A step from -40 to 0 dBFS and back: T -20 R 4, so that 15 dB are taken. The time constants
/// are exact but for what a whole number of frames can say: 2 % or a frame.
#[test]
fn it_attacks_and_releases_in_the_times_asked_for() {
    for rate_hz in [44_100, 48_000, 96_000] {
        for (attack_ms, release_ms) in [(0.1, 5.0), (1.0, 20.0), (20.0, 200.0), (100.0, 500.0)] {
            let spec: CompressorSpec = spec(&format!(
                "threshold_db = -20; ratio = 4; knee_db = 0; attack_ms = {attack_ms}; \
                 release_ms = {release_ms}"
            ));
            let frames = |time_ms: f64| time_ms * 1e-3 * f64::from(rate_hz);
            let (up, down) = (1000, 1000 + frames(12.0 * attack_ms) as usize + 100);
            let mut signal = vec![amplitude(-40.0); down + frames(1.5 * release_ms) as usize + 100];
            signal[up..down].fill(1.0);
            let out = run_one(&mut one(&spec, rate_hz), &signal);
            let taken = 1.0 - (-1.0_f64).exp();
            let attack = frames_to(&out, up, |level| level <= -15.0 * taken);
            let release = frames_to(&out, down, |level| level + 40.0 >= -15.0 * (1.0 - taken));
            for (measured, time_ms) in [(attack, attack_ms), (release, release_ms)] {
                let error = (measured - frames(time_ms)).abs();
                let allowed = (0.02 * frames(time_ms)).max(1.0);
                assert!(error <= allowed, "{time_ms} ms at {rate_hz}: {measured} frames");
            }
        }
    }
}

/// Twenty seconds of release at 192 kHz: a frame gains so little that the gain of it would be lost
/// in single precision. The last 40 % of the way are looked at, in 2 % as above.
#[test]
fn the_longest_release_does_not_stall() {
    let spec: CompressorSpec =
        spec("threshold_db = -20; ratio = 4; knee_db = 0; attack_ms = 0.1; release_ms = 20000");
    let frames = 20 * 192_000;
    let mut signal = vec![amplitude(-40.0); 1000 + frames + frames / 20];
    signal[..1000].fill(1.0);
    let out = run_one(&mut one(&spec, 192_000), &signal);
    let left = (-1.0_f64).exp();
    let release = frames_to(&out, 1000, |level| level + 40.0 >= -15.0 * left);
    assert!((release / frames as f64 - 1.0).abs() < 0.02, "{release} frames");
}

/// A bundle in which nothing reaches its bend is left out; what is quiet must not hear of it where
/// its neighbours are loud.
#[test]
fn what_is_left_out_would_have_changed_nothing() {
    let spec: CompressorSpec = spec("threshold_db = -20; ratio = 4; knee_db = 12; makeup_db = 3");
    for level_db in [-90.0, -40.0, -26.2, -26.0, -25.8, -10.0] {
        let quiet: Vec<f32> = noise(3, 6400).iter().map(|it| it * amplitude(level_db)).collect();
        let alone = run_one(&mut one(&spec, 48_000), &quiet);
        let groups = [group(&spec, &[0]), group(&spec, &[5])];
        let mut beside = Compressor::new(&groups, 8, 48_000);
        let silent = vec![0.0; quiet.len()];
        let mut signals = vec![silent; 8];
        (signals[0], signals[5]) = (quiet, noise(4, 6400));
        assert!(run(&mut beside, &signals, &[])[0] == alone, "{level_db}");
    }
}

#[test]
fn no_attack_is_at_once() {
    let spec: CompressorSpec = spec("threshold_db = -20; ratio = 1000; knee_db = 0; attack_ms = 0");
    let out = run_one(&mut one(&spec, 48_000), &[vec![0.0; 100], vec![1.0; 28]].concat());
    // 1/1000 of 20 dB stays.
    assert!((level_db(out[100]) + 19.98).abs() < 1e-5);
}

#[test]
fn makeup_mix_and_rms_are_as_written() {
    let settled_db = |text: &str, in_db: f64| {
        let base = "threshold_db = -20; ratio = 4; knee_db = 0; attack_ms = 0; release_ms = 0";
        let spec: CompressorSpec = spec(&format!("{base};{text}"));
        let signal = vec![amplitude(in_db); 48_000];
        level_db(*run_one(&mut one(&spec, 48_000), &signal).last().unwrap())
    };
    let close = |measured: f64, expected: f64| {
        assert!((measured - expected).abs() < 1e-5, "{measured} is not {expected}");
    };
    close(settled_db("makeup_db = 3", 0.0), -12.0);
    close(settled_db("auto_makeup = true", -40.0), -32.5);
    close(settled_db("auto_makeup = true; makeup_db = -2", 0.0), -15.0 + 7.5 - 2.0);
    close(settled_db("mix = 0", 0.0), 0.0);
    let half = 0.5 + 0.5 * 10_f64.powf(-15.0 / 20.0);
    close(settled_db("mix = 0.5", 0.0), 20.0 * half.log10());
    close(settled_db("detector = 'rms'", 0.0), -15.0);
}

/// A sine's mean square is 3.01 dB below its peak: so much more than the peak detector lets through,
/// less the ripple of a time constant of 100 ms at 1 kHz.
#[test]
fn the_rms_detector_goes_by_the_mean_square() {
    let spec: CompressorSpec = spec(
        "threshold_db = -20; ratio = 1000; knee_db = 0; attack_ms = 0; release_ms = 0; \
         detector = 'rms'; rms_ms = 100",
    );
    let out = run_one(&mut one(&spec, 48_000), &sine(1000.0, 1.0, 48_000, 96_000));
    let peak = out[90_000..].iter().copied().fold(0.0, f32::max);
    let expected_db = -20.0 + 3.0103 + 0.017;
    assert!((level_db(peak) - expected_db).abs() < 0.02, "{}", level_db(peak));
}

/// The gain is one f32 for all lanes: a product is off by half a unit in the last place, 6e-8.
#[test]
fn linked_lanes_keep_their_ratio() {
    let spec: CompressorSpec = spec("threshold_db = -30; ratio = 8; attack_ms = 1");
    let source = noise(7, 6400);
    let scaled = |by: f32| source.iter().map(|sample| sample * by).collect::<Vec<_>>();
    let silent = vec![0.0; source.len()];
    let mut signals = vec![silent; 12];
    // The lanes of the group lie in both bundles.
    for (lane, by) in [(2, 0.25), (5, 1.0), (9, 0.5), (11, 0.01)] {
        signals[lane] = scaled(by);
    }
    let mut compressor = Compressor::new(&[group(&spec, &[2, 5, 9, 11])], 12, 48_000);
    let out = run(&mut compressor, &signals, &[]);
    for (frame, gain) in out[5].iter().zip(&signals[5]).map(|(out, from)| out / from).enumerate() {
        for lane in [2, 9, 11].into_iter().filter(|lane| signals[*lane][frame] != 0.0) {
            let own = out[lane][frame] / signals[lane][frame];
            assert!((own / gain - 1.0).abs() < 1e-6, "lane {lane}, frame {frame}");
        }
    }
    let lowest = out[5].iter().zip(&signals[5]).map(|(out, from)| out / from).fold(1.0, f32::min);
    assert!(lowest < 0.2, "it compressed: {lowest}");
    // The gain is that of the loudest lane alone.
    let alone = run_one(&mut one(&spec, 48_000), &signals[5]);
    assert_eq!(alone, out[5]);
}

#[test]
fn lanes_that_are_not_heard_are_turned_down_with_the_rest() {
    let spec: CompressorSpec = spec("threshold_db = -30; ratio = 8; knee_db = 0; attack_ms = 0");
    let mut pair = group(&spec, &[0, 1]);
    pair.heard = vec![1];
    let quiet = vec![amplitude(-40.0); 640];
    let loud = vec![1.0; 640];
    let out = |pair| run(&mut Compressor::new(&[pair], 2, 48_000), &[loud.clone(), quiet], &[]);
    let unheard = out(pair);
    assert_eq!(unheard[0], loud, "what is loud is not heard");
}

/// High-passed at 24 dB an octave, 40 Hz lie 45 dB lower.
#[test]
fn the_side_chain_goes_through_its_equaliser() {
    let text = "threshold_db = -20; ratio = 4; attack_ms = 0; release_ms = 50";
    let filter = "sidechain_eq = [{ type = 'highpass', freq_hz = 150, slope_db_oct = 24 }]";
    let taken_db = |text: &str, freq_hz: f64| {
        let spec: CompressorSpec = spec(text);
        let signal = sine(freq_hz, 1.0, 48_000, 48_000);
        let out = run_one(&mut one(&spec, 48_000), &signal);
        let peak = |signal: &[f32]| signal[24_000..].iter().copied().fold(0.0, f32::max);
        level_db(peak(&signal)) - level_db(peak(&out))
    };
    let filtered = format!("{text};{filter}");
    let low = taken_db(&filtered, 40.0);
    assert!(low.abs() < 0.1, "{low} dB at 40 Hz");
    assert!(taken_db(text, 40.0) > 14.0);
    assert!(taken_db(&filtered, 4000.0) > 14.0);
}

#[test]
fn a_key_decides_in_place_of_the_lanes() {
    let spec: CompressorSpec = spec("threshold_db = -20; ratio = 4; knee_db = 0; attack_ms = 0");
    let mut keyed = group(&spec, &[0]);
    keyed.key = Some(1);
    let signal = vec![0.5; 1280];
    let silence = vec![0.0; 1280];
    let out = |key: &Vec<f32>| {
        let mut compressor = Compressor::new(&[keyed.clone()], 1, 48_000);
        run(&mut compressor, std::slice::from_ref(&signal), &[signal.clone(), key.clone()])
            .remove(0)
    };
    assert_eq!(out(&silence), signal);
    let ducked = out(&vec![1.0; 1280]);
    assert!((level_db(ducked[700]) - level_db(0.5) + 15.0).abs() < 1e-5);
}

/// The delay is exact; an attack of a fifth of the lookahead has brought the gain to within
/// `e^-5` of 15 dB, 0.1 dB, when the sound arrives.
#[test]
fn lookahead_delays_exactly_and_turns_down_in_time() {
    for lookahead in [1, 7, 63, 64, 101, 333] {
        let lookahead_ms = f64::from(lookahead) / 48.0;
        let spec: CompressorSpec = spec(&format!(
            "threshold_db = -20; ratio = 4; knee_db = 0; attack_ms = {}; mix = 0.5; \
             lookahead_ms = {lookahead_ms}",
            lookahead_ms / 5.0
        ));
        let mut compressor = one(&spec, 48_000);
        let late = compressor.latency_frames(0);
        assert_eq!(late, lookahead as usize);
        let mut impulse = vec![0.0; 960];
        impulse[100] = 1e-3;
        let out = run_one(&mut compressor, &impulse);
        assert!(
            out.iter().enumerate().all(|(n, &x)| x == if n == 100 + late { 1e-3 } else { 0.0 })
        );
        let step = [vec![0.0; 100], vec![1.0; 860]].concat();
        let out = run_one(&mut one(&spec, 48_000), &step);
        let settled_db = 20.0 * (0.5 + 0.5 * 10_f64.powf(-15.0 / 20.0)).log10();
        let over = level_db(out[100 + late]) - settled_db;
        assert!(over <= 0.1, "{lookahead} frames: {over} dB over");
    }
}
