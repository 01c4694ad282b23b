//! The limiter: what a meter of sixteen times the rate, not ours, reads behind it.

#[path = "support/spectrum.rs"]
mod spectrum;
#[path = "support/true_peak.rs"]
mod true_peak;
#[path = "support/unit.rs"]
mod unit;

use std::f64::consts::PI;

use cupola::automation::{Automated, Curve, Envelope};
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
        (0..FRAMES).map(|frame| sine(0.25, PI / 4.0)(frame) as f32).collect(),
    ]
}

#[test]
fn the_killer_signals_stay_below_the_ceiling() {
    for rate_hz in RATES_HZ {
        for (lookahead_ms, release_ms) in [(2.0, 100.0), (2.0, 10.0), (0.5, 1.0), (5.0, 1000.0)] {
            let spec = spec(-1.0, lookahead_ms, release_ms);
            for (index, out) in alone(&spec, rate_hz, &killers(rate_hz)).iter().enumerate() {
                let read = dbtp(out);
                println!("{rate_hz} {lookahead_ms} {release_ms} signal {index}: {read:.4}");
            }
        }
    }
}

#[test]
fn sums_of_high_tones_stay_below_the_ceiling() {
    let mut chance = Chance(1);
    let mut sum = || {
        let count = 1 + chance.between(0.0, 6.0) as usize;
        let tones: Vec<_> = (0..count)
            .map(|_| (chance.between(0.3, 0.495), chance.between(0.0, 6.3), chance.between(0.2, 1.0)))
            .collect();
        let level_dbtp = chance.between(-2.0, 11.0);
        let signal = |frame| tones.iter().map(|&(f, p, a)| a * sine(f, p)(frame)).sum::<f64>();
        at_peak(faded(signal, FRAMES), level_dbtp)
    };
    for rate_hz in RATES_HZ {
        let signals: Vec<Vec<f32>> = (0..200).map(|_| sum()).collect();
        let mut worst = f64::NEG_INFINITY;
        for signals in signals.chunks(8) {
            for out in alone(&spec(-1.0, 2.0, 100.0), rate_hz, signals) {
                worst = worst.max(dbtp(&out));
            }
        }
        println!("{rate_hz}: {worst:.4}");
    }
}
