//! A reverb falls as asked, evenly and densely on all sides, and then is silent.

#[path = "return_support/mod.rs"]
mod support;

use cupola::block::{QUANTUM, SILENCE};
use cupola::effect::{ReturnEffect, Reverb, ReverbSpec};
use support::{correlation, energy, highest_correlation, impulse, noise, octave, rt60_s, run};

const RATE_HZ: u32 = 48_000;
const OCTAVES_HZ: [f64; 7] = [125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0];

fn spec(text: &str) -> ReverbSpec {
    serde_json::from_str(text).unwrap()
}

fn quanta(seconds: f64) -> usize {
    (seconds * f64::from(RATE_HZ)) as usize / QUANTUM
}

/// RT60 by octave: the mean of the outputs.
fn measured(text: &str, outputs: usize, seconds: f64) -> [f64; 7] {
    let mut reverb = Reverb::new(&spec(text), outputs, RATE_HZ);
    let channels = run(&mut reverb, &impulse(), quanta(seconds));
    OCTAVES_HZ.map(|freq_hz| {
        let each = channels.iter().map(|it| rt60_s(&octave(it, freq_hz, 48_000.0), 48_000.0));
        each.sum::<f64>() / outputs as f64
    })
}

fn assert_falls(text: &str, asked: [f64; 7]) {
    let longest = asked.iter().copied().fold(0.0, f64::max);
    let measured = measured(text, 4, longest + 0.3);
    println!("{text}: {measured:.3?}");
    for (measured, asked) in measured.iter().zip(asked) {
        assert!((measured / asked - 1.0).abs() < 0.05, "{text}: {measured} s, asked {asked}");
    }
}

#[test]
fn it_falls_as_asked_alike_everywhere() {
    for rt60_s in [0.4, 1.0, 1.9, 2.5, 6.0] {
        assert_falls(&format!(r#"{{"rt60_s": {rt60_s}}}"#), [rt60_s; 7]);
    }
}

#[test]
fn it_falls_as_asked_with_damping() {
    for (rt60_s, damping_hz) in [(0.4, 6000.0), (1.9, 6000.0), (2.5, 2000.0), (6.0, 4000.0)] {
        let text = format!(r#"{{"rt60_s": {rt60_s}, "damping_hz": {damping_hz}}}"#);
        let spec = spec(&text);
        let asked = OCTAVES_HZ.map(|freq_hz: f64| {
            let square = (freq_hz / damping_hz).powi(2);
            spec.rt60_s / (1.0 + square / (1.0 + square))
        });
        assert_falls(&text, asked);
    }
}

#[test]
fn it_falls_as_asked_by_octaves() {
    let asked = [3.0, 2.6, 2.2, 1.9, 1.6, 1.3, 1.0];
    assert_falls(&format!(r#"{{"rt60_s": 1, "rt60_bands_s": {asked:?}}}"#), asked);
}

#[test]
fn it_falls_as_asked_while_it_wanders() {
    let text = r#"{"rt60_s": 1.9, "modulation_ms": 1, "modulation_hz": 0.7}"#;
    assert_falls(text, [1.9; 7]);
    assert_falls(r#"{"rt60_s": 6, "modulation_ms": 3, "modulation_hz": 1.3}"#, [6.0; 7]);
}

#[test]
fn its_outputs_are_even_and_have_nothing_to_do_with_each_other() {
    for (text, seconds) in [
        (r#"{"rt60_s": 0.4}"#, 0.8),
        (r#"{"rt60_s": 1.9, "damping_hz": 6000}"#, 2.5),
        (r#"{"rt60_s": 2.5, "modulation_ms": 1, "seed": 3}"#, 3.0),
    ] {
        let channels = run(&mut Reverb::new(&spec(text), 16, RATE_HZ), &impulse(), quanta(seconds));
        let decibels: Vec<f64> =
            channels.iter().map(|it| 10.0 * (energy(it) * 16.0).log10()).collect();
        let (mut worst, mut worst_lag) = (0.0_f64, 0.0_f64);
        for (index, a) in channels.iter().enumerate() {
            for b in &channels[..index] {
                worst = worst.max(correlation(a, b).abs());
            }
            if index > 0 {
                worst_lag = worst_lag.max(highest_correlation(a, &channels[index - 1]));
            }
        }
        println!("{text}: {worst:.4} at lag 0, {worst_lag:.3} at any; {decibels:.2?}");
        assert!(worst < 0.1, "{text}: {worst}");
        assert!(decibels.iter().all(|it| it.abs() < 0.25), "{decibels:?}");
    }
}

/// The level of a return does not depend on the length of the tail or the number of outputs.
#[test]
fn the_tail_has_the_energy_of_what_went_in() {
    for outputs in [1, 2, 5, 12, 16] {
        for rt60_s in [0.3, 2.0] {
            let spec = spec(&format!(r#"{{"rt60_s": {rt60_s}, "damping_hz": 5000}}"#));
            let mut reverb = Reverb::new(&spec, outputs, RATE_HZ);
            let channels = run(&mut reverb, &impulse(), quanta(2.0 * rt60_s));
            let whole: f64 = channels.iter().map(|it| energy(it)).sum();
            // A thousandth of the energy is left out when the level is set.
            assert!((whole - 1.0).abs() < 0.005, "{outputs} outputs, {rt60_s} s: {whole}");
        }
    }
}

/// Abel and Huang (2006): the part of a window that lies outside of its standard deviation, in
/// relation to that of Gaussian noise.
#[test]
fn it_is_dense_by_80_ms() {
    for rt60_s in [0.4, 2.5] {
        let spec = spec(&format!(r#"{{"rt60_s": {rt60_s}}}"#));
        let channels = run(&mut Reverb::new(&spec, 12, RATE_HZ), &impulse(), quanta(0.3));
        for channel in channels {
            let window = &channel[70 * 48..90 * 48];
            let deviation = (energy(window) / window.len() as f64).sqrt() as f32;
            let outside = window.iter().filter(|it| it.abs() > deviation).count();
            let density = outside as f64 / window.len() as f64 / 0.3173;
            assert!((0.8..1.2).contains(&density), "{density}");
        }
    }
}

#[test]
fn nothing_comes_before_its_time() {
    for predelay_ms in [0, 1, 20, 777] {
        let spec = spec(&format!(r#"{{"rt60_s": 1, "predelay_ms": {predelay_ms}}}"#));
        let channels = run(&mut Reverb::new(&spec, 3, RATE_HZ), &impulse(), quanta(1.0));
        for channel in channels {
            let first = channel.iter().position(|sample| *sample != 0.0).unwrap();
            let after = first as isize - predelay_ms * 48;
            // The shortest line is drawn from the first sixteenth of 20 to 60 ms.
            assert!((960..=1030).contains(&after), "{after} frames after {predelay_ms} ms");
        }
    }
}

#[test]
fn it_is_steady_for_a_minute_and_ends_in_silence() {
    let text = r#"{"rt60_s": 2, "rt60_bands_s": [2, 0.5, 2, 0.4, 2, 0.5, 2], "modulation_ms": 2}"#;
    let mut reverb = Reverb::new(&spec(text), 2, RATE_HZ);
    let sound = noise(60 * 48_000, 5);
    let channels = run(&mut reverb, &sound, quanta(60.0) + quanta(14.0));
    let level = |from: usize| energy(&channels[0][from * 48_000..(from + 5) * 48_000]);
    assert!((level(50) / level(10) - 1.0).abs() < 0.2, "it grows or fades");
    let tail = &channels[0][60 * 48_000..];
    let last = tail.iter().rposition(|sample| *sample != 0.0).unwrap();
    // 300 dB below where it was: five times the RT60, and what was left in the lines.
    assert!(last < 12 * 48_000, "it rings for {last} frames");
    assert!(tail.iter().all(|it| *it == 0.0 || it.abs() > f32::MIN_POSITIVE));
    let mut outputs = [SILENCE; 2];
    assert!(!reverb.process(1_000_000, None, &mut outputs));
    assert!(!reverb.process(1_000_001, Some(&SILENCE), &mut outputs));
}

/// The seed is the room: the same every time, others with another.
#[test]
fn a_seed_is_a_room() {
    let tail = |seed: u64, outputs| {
        let text = format!(r#"{{"rt60_s": 0.5, "modulation_ms": 1, "seed": {seed}}}"#);
        run(&mut Reverb::new(&spec(&text), outputs, RATE_HZ), &impulse(), 300)
    };
    assert_eq!(tail(7, 4), tail(7, 4));
    assert!(correlation(&tail(7, 4)[0], &tail(8, 4)[0]).abs() < 0.2);
}

/// Small and large rooms at all sample rates, in which delays are at their limits.
#[test]
fn every_room_falls() {
    for rate_hz in [8000, 44_100, 192_000] {
        for (size, rt60_s) in [(0.1, 0.05), (0.1, 2.0), (4.0, 0.05), (4.0, 2.0)] {
            let text = format!(
                r#"{{"rt60_s": {rt60_s}, "size": {size}, "damping_hz": 500, "modulation_ms": 5,
                    "modulation_hz": 10}}"#
            );
            let mut reverb = Reverb::new(&spec(&text), 16, rate_hz);
            let channels = run(&mut reverb, &impulse(), rate_hz as usize * 3 / QUANTUM);
            for channel in channels {
                let (early, late) = channel.split_at(rate_hz as usize * 2);
                assert!(early.iter().all(|it| it.is_finite()), "{text} at {rate_hz}");
                assert!((1e-4..1.0).contains(&energy(early)), "{text} at {rate_hz}");
                assert!(energy(late) < 2e-6 * energy(early), "{text} at {rate_hz}");
            }
        }
    }
}
