//! The limiter: what a meter of sixteen times the rate, not ours, reads behind it.

#[path = "support/spectrum.rs"]
mod spectrum;
#[path = "support/true_peak.rs"]
mod true_peak;
#[path = "support/unit.rs"]
mod unit;

use std::f64::consts::PI;

use cupola::automation::{Automated, Curve, Envelope};
use cupola::document::{Document, Place, Problems};
use cupola::effect::{Effect, Group, Limiter, LimiterSpec};
use true_peak::{dbtp, true_peak};
use unit::{Chance, run};

const RATES_HZ: [u32; 3] = [44_100, 48_000, 96_000];
const FRAMES: usize = 8192;

fn spec(ceiling_dbtp: f64, lookahead_ms: f64, release_ms: f64) -> LimiterSpec {
    let (ceiling_dbtp, release_ms) = (ceiling_dbtp.into(), release_ms.into());
    LimiterSpec { ceiling_dbtp, lookahead_ms, release_ms }
}

fn group<'a>(spec: &'a LimiterSpec, lanes: &[usize]) -> Group<'a, LimiterSpec> {
    Group { spec, lanes: lanes.to_vec(), heard: lanes.to_vec(), key: None }
}

/// Each signal by a limiter of its own.
fn alone(spec: &LimiterSpec, rate_hz: u32, signals: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let groups: Vec<_> = (0..signals.len()).map(|lane| group(spec, &[lane])).collect();
    let mut limiter = Limiter::new(&groups, signals.len(), rate_hz);
    let tail = limiter.latency_frames(0);
    run(&mut limiter, signals, tail)
}

/// Scaled to a true peak in dBTP.
fn at_peak(mut signal: Vec<f32>, peak_dbtp: f64) -> Vec<f32> {
    let gain = 10_f64.powf(peak_dbtp / 20.0) / true_peak(&signal);
    signal.iter_mut().for_each(|sample| *sample = (f64::from(*sample) * gain) as f32);
    signal
}

fn sine(frequency: f64, phase: f64) -> impl Fn(usize) -> f64 {
    move |frame| (2.0 * PI * frequency * frame as f64 + phase).sin()
}

/// The 5 ms at either end, so that a tone does not begin with a click of its own.
fn faded(sample: impl Fn(usize) -> f64, frames: usize) -> Vec<f32> {
    const FADE: usize = 240;
    let fade = |frame: usize| {
        let from_end = frame.min(frames - 1 - frame);
        0.5 - 0.5 * (PI * from_end.min(FADE) as f64 / FADE as f64).cos()
    };
    (0..frames).map(|frame| (sample(frame) * fade(frame)) as f32).collect()
}

/// A tone at a quarter of the rate that every sample misses, noise, and a square wave.
fn killers(rate_hz: u32) -> Vec<Vec<f32>> {
    let mut chance = Chance(7);
    let noise: Vec<(f64, f64)> =
        (0..300).map(|_| (chance.between(0.002, 0.46), chance.between(0.0, 2.0 * PI))).collect();
    let noise = |frame| noise.iter().map(|&(f, p)| sine(f, p)(frame)).sum::<f64>();
    let square = |frame| sine(997.0 / f64::from(rate_hz), 0.1)(frame).signum();
    vec![
        at_peak(faded(sine(0.25, PI / 4.0), FRAMES), 2.0),
        at_peak(faded(noise, FRAMES), 6.0),
        (0..FRAMES).map(|frame| square(frame) as f32).collect(),
        (0..FRAMES).map(|frame| 1.5 * sine(0.25, PI / 4.0)(frame) as f32).collect(),
    ]
}

/// The reading may be 0.1 dB above the ceiling of -1 dBTP.
const HIGHEST_DBTP: f64 = -0.9;

#[test]
fn the_killer_signals_stay_below_the_ceiling() {
    for rate_hz in RATES_HZ {
        let signals = killers(rate_hz);
        assert!(signals.iter().all(|signal| dbtp(signal) > 1.0), "they are above it");
        for (lookahead_ms, release_ms) in [(2.0, 100.0), (0.5, 1.0), (5.0, 1000.0)] {
            let spec = spec(-1.0, lookahead_ms, release_ms);
            for (index, out) in alone(&spec, rate_hz, &signals).iter().enumerate() {
                let read = dbtp(out);
                assert!(read < HIGHEST_DBTP, "{rate_hz} Hz, signal {index}: {read} dBTP");
                assert!(read > -1.1, "{rate_hz} Hz, signal {index}: {read} dBTP, more than asked");
            }
        }
    }
}

/// Up to 0.495 of the rate: 21.8 kHz of 44.1. Beyond 0.477 peaks are bounded, not read.
#[test]
fn sums_of_high_tones_stay_below_the_ceiling() {
    let mut chance = Chance(1);
    let mut sum = || {
        let tones: Vec<_> = (0..1 + chance.between(0.0, 6.0) as usize)
            .map(|_| {
                (chance.between(0.3, 0.495), chance.between(0.0, 6.3), chance.between(0.2, 1.0))
            })
            .collect();
        let level_dbtp = chance.between(4.0, 14.0);
        let signal = |frame| tones.iter().map(|&(f, p, a)| a * sine(f, p)(frame)).sum::<f64>();
        at_peak(faded(signal, FRAMES / 2), level_dbtp)
    };
    for rate_hz in RATES_HZ {
        for _ in 0..25 {
            let signals: Vec<Vec<f32>> = (0..8).map(|_| sum()).collect();
            for out in alone(&spec(-1.0, 2.0, 100.0), rate_hz, &signals) {
                let read = dbtp(&out);
                assert!(read < HIGHEST_DBTP, "{rate_hz} Hz: {read} dBTP");
            }
        }
    }
}

/// White up to half the rate, 7 dB over the ceiling.
#[test]
fn white_noise_stays_below_the_ceiling() {
    let mut chance = Chance(11);
    for rate_hz in RATES_HZ {
        let mut white = || (0..FRAMES).map(|_| chance.between(-1.0, 1.0) as f32).collect();
        let signals: Vec<Vec<f32>> = (0..8).map(|_| at_peak(white(), 6.0)).collect();
        for out in alone(&spec(-1.0, 2.0, 100.0), rate_hz, &signals) {
            let read = dbtp(&out);
            assert!(read < HIGHEST_DBTP, "{rate_hz} Hz: {read} dBTP");
            assert!(read > -2.5, "{rate_hz} Hz: {read} dBTP, far more than asked");
        }
    }
}

#[test]
fn tones_up_to_0_45_of_the_rate_pass_to_the_bit_just_below_the_ceiling() {
    let tones = [0.01, 0.3, 0.4, 0.45].map(|it| at_peak(faded(sine(it, 0.3), FRAMES), -1.1));
    let limiter = Limiter::new(&[group(&spec(-1.0, 2.0, 100.0), &[0])], 1, 44_100);
    let late = limiter.latency_frames(0);
    for (tone, out) in tones.iter().zip(alone(&spec(-1.0, 2.0, 100.0), 44_100, &tones)) {
        assert!(out[late..].starts_with(tone));
    }
}

#[test]
fn below_the_ceiling_nothing_changes_but_the_time() {
    for rate_hz in RATES_HZ {
        let signals: Vec<_> =
            killers(rate_hz)[..2].iter().map(|it| at_peak(it.clone(), -1.01)).collect();
        let limiter = Limiter::new(&[group(&spec(-1.0, 2.0, 100.0), &[0])], 1, rate_hz);
        let late = limiter.latency_frames(0);
        for (signal, out) in signals.iter().zip(alone(&spec(-1.0, 2.0, 100.0), rate_hz, &signals)) {
            assert!(out[..late].iter().all(|sample| *sample == 0.0));
            assert!(out[late..].starts_with(signal), "to the bit");
        }
    }
}

#[test]
fn a_low_tone_stays_clean() {
    let length = 48_000;
    let tone = |frame| 0.891_250_9 * 10_f64.powf(3.0 / 20.0) * sine(100.0 / 48_000.0, 0.0)(frame);
    let signal: Vec<f32> = (0..2 * length).map(|frame| tone(frame) as f32).collect();
    let out = &alone(&spec(-1.0, 2.0, 100.0), 48_000, &[signal])[0];
    let settled: Vec<f64> = out[length..2 * length].iter().map(|it| f64::from(*it)).collect();
    let lines = spectrum::amplitudes(&settled);
    let power = |all: &mut dyn Iterator<Item = (usize, &f64)>| all.map(|(_, a)| a * a).sum::<f64>();
    let near = |bin: &usize| bin.abs_diff(100) <= spectrum::MAIN_LOBE;
    let tone = power(&mut lines.iter().enumerate().filter(|(bin, _)| near(bin)));
    let rest = power(&mut lines.iter().enumerate().filter(|(bin, _)| !near(bin)));
    let thd_n_db = 10.0 * (rest / tone).log10();
    assert!(thd_n_db < -80.0, "THD+N {thd_n_db} dB");
    let level_db = spectrum::decibels(spectrum::highest(&lines));
    assert!((level_db + 1.0).abs() < 0.05, "it is turned down to the ceiling: {level_db} dB");
}

#[test]
fn a_group_is_turned_down_as_one_and_others_are_not() {
    let mut chance = Chance(3);
    // Sums of neighbours: nothing at half the rate.
    let mut noise = |level: f64| -> Vec<f32> {
        let white: Vec<f64> = (0..=6000).map(|_| chance.between(-level, level)).collect();
        white.windows(2).map(|pair| (pair[0] + pair[1]) as f32).collect()
    };
    let signals: Vec<Vec<f32>> = (0..12).map(|lane| noise(0.1 + 0.2 * lane as f64)).collect();
    let (short, long) = (spec(-3.0, 1.0, 50.0), spec(-1.0, 4.0, 50.0));
    let groups = [group(&short, &[0, 9, 10]), group(&long, &[2, 8])];
    let mut limiter = Limiter::new(&groups, 12, 48_000);
    let late: Vec<usize> = (0..12).map(|lane| limiter.latency_frames(lane)).collect();
    assert_eq!((late[1], late[9] + 144, late[11]), (0, late[8], 0), "3 ms apart");
    let out = run(&mut limiter, &signals, 1000);
    for lane in [1, 3, 7, 11] {
        assert!(out[lane].starts_with(&signals[lane]), "lane {lane} is in no group");
        assert_eq!(limiter.lowest_gain(lane), 1.0);
    }
    for frame in 0..6000 {
        let gain = |lane: usize| f64::from(out[lane][frame + late[lane]] / signals[lane][frame]);
        // Quotients of rounded numbers.
        assert!((gain(0) / gain(10) - 1.0).abs() < 1e-6 && (gain(2) / gain(8) - 1.0).abs() < 1e-6);
        assert!(gain(10) < 1.0 || !(100..=5900).contains(&frame));
    }
    let together = [&out[0], &out[9], &out[10]].map(|lane| true_peak(lane));
    assert!(together.iter().all(|peak| *peak < 10_f64.powf(-2.9 / 20.0)), "{together:?}");
    // The bits of a lane are its group's alone.
    let mut fewer = Limiter::new(&[group(&long, &[0, 1])], 2, 48_000);
    let alone = run(&mut fewer, &[signals[2].clone(), signals[8].clone()], 1000);
    assert!(alone[0] == out[2] && alone[1] == out[8]);
}

#[test]
fn it_comes_back_and_to_rest() {
    let spec = spec(-6.0, 2.0, 50.0);
    let mut limiter = Limiter::new(&[group(&spec, &[0])], 1, 48_000);
    assert!(limiter.is_at_rest());
    let mut signal = vec![0.0; 4800];
    signal[0] = 1.0;
    run(&mut limiter, &[signal], 0);
    // 100 ms after the peak less 2 ms of look-ahead and 12 ms of hold: 1.75 time constants.
    let expected = 1.0 - (1.0 - 0.4992) * (-1.75_f64).exp();
    let reached = f64::from(limiter.lowest_gain(0));
    assert!((reached - expected).abs() < 0.01, "{reached}, not {expected}");
    assert!(!limiter.is_at_rest(), "on its way back");
    run(&mut limiter, &[vec![0.0; 48_000]], 0);
    assert!(limiter.is_at_rest() && limiter.lowest_gain(0) == 1.0);
}

#[test]
fn a_ceiling_may_move() {
    let ceiling_dbtp = Automated::Envelope(Envelope {
        points: vec![[0.0, -20.0], [0.5, -20.0], [1.0, -2.0]],
        curve: Curve::default(),
    });
    let spec = LimiterSpec { ceiling_dbtp: ceiling_dbtp.clone(), ..spec(0.0, 2.0, 20.0) };
    let tone: Vec<f32> = (0..48_000).map(|frame| sine(0.02, 0.0)(frame) as f32).collect();
    let out = &alone(&spec, 48_000, &[tone])[0];
    for frame in (4800..48_000).step_by(480) {
        let peak = out[frame..frame + 100].iter().fold(0.0, |peak: f32, it| peak.max(it.abs()));
        let asked_db = ceiling_dbtp.at(frame as f64 / 48_000.0);
        let below_db = asked_db - spectrum::decibels(f64::from(peak));
        // On its way up it lags by what it holds and comes back with.
        assert!((-0.1..2.0).contains(&below_db), "{frame}: {below_db} dB below");
    }
}

#[test]
fn mistakes_are_shown_where_they_are() {
    let text = "ceiling_dbtp = 0.5\nlookahead_ms = 0.1\n\
                release_ms = { points = [[0, 100], [1, 0]] }\n";
    let mut document = Document::from_bytes("scene.toml", text.as_bytes()).unwrap();
    let mut problems = Problems::default();
    let spec = document.read::<LimiterSpec>(&mut problems).unwrap();
    spec.check(&Place::root(), 48_000.0, &mut problems);
    let shown = document.explain(problems).to_string();
    for expected in [
        "1:16: error: ceiling_dbtp = 0.5 is out of range (-60 to 0 dBTP)",
        "2:16: error: lookahead_ms = 0.1 is out of range (0.5 to 20 milliseconds)",
        "3:40: error: release_ms = 0 is out of range (1 to 5000 milliseconds)",
    ] {
        assert!(shown.contains(expected), "{expected}\n{shown}");
    }
}
