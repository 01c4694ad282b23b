//! Built-in signals: levels, spectra, and that a sample depends on its frame alone.

mod source_support;

use std::f64::consts::TAU;

use cupola::document::{Place, Problems};
use cupola::source::{Clicks, Noise, Signal, SignalSource, Silence, Source, Sweep, Tone};
use proptest::prelude::*;
use source_support::{read, read_in_pieces, spectrum};

const RATE_HZ: u32 = 48_000;

fn noise(level_db: f64, seed: u64, duration_s: f64) -> Noise {
    Noise { level_db, seed, duration_s: Some(duration_s) }
}

fn samples(signal: &Signal, rate_hz: u32) -> Vec<f64> {
    let mut source = SignalSource::new(signal, rate_hz);
    read(&mut source).unwrap().remove(0).into_iter().map(f64::from).collect()
}

fn rms_db(samples: &[f64]) -> f64 {
    let power: f64 = samples.iter().map(|sample| sample * sample).sum();
    10.0 * (power / samples.len() as f64).log10()
}

/// The levels in dB of the third-octave bands around the frequencies, per hertz, corrected by
/// 10 log10(f^slope), relative to the first.
fn density_db(samples: &[f64], rate_hz: u32, slope: f64, centres_hz: &[f64]) -> Vec<f64> {
    const LENGTH: usize = 16_384;
    let mut power = vec![0.0; LENGTH / 2];
    for piece in samples.chunks_exact(LENGTH) {
        let window = |n: usize| 0.5 - 0.5 * (TAU * n as f64 / LENGTH as f64).cos();
        let piece = piece.iter().enumerate().map(|(n, sample)| sample * window(n)).collect();
        for (sum, (re, im)) in power.iter_mut().zip(spectrum(piece)) {
            *sum += re * re + im * im;
        }
    }
    let bin_hz = f64::from(rate_hz) / LENGTH as f64;
    let edge = 2_f64.powf(1.0 / 6.0);
    let level_db = |centre_hz: &f64| {
        let bins = (centre_hz / edge / bin_hz) as usize..=(centre_hz * edge / bin_hz) as usize;
        let count = bins.clone().count() as f64;
        let sum: f64 = bins.map(|bin| power[bin] * (bin as f64 * bin_hz).powf(slope)).sum();
        10.0 * (sum / count).log10()
    };
    let first = level_db(&centres_hz[0]);
    centres_hz.iter().map(|centre_hz| level_db(centre_hz) - first).collect()
}

#[test]
fn a_tone_has_its_level_frequency_and_phase() {
    let tone = Tone { freq_hz: 1000.0, level_db: -6.0, duration_s: Some(1.0) };
    let samples = samples(&Signal::Tone(tone), RATE_HZ);
    assert_eq!(samples.len(), 48_000);
    let amplitude = 10_f64.powf(-6.0 / 20.0);
    for (n, sample) in samples.iter().enumerate() {
        let expected = amplitude * (TAU * n as f64 / 48.0).sin();
        // One f32 step at half of full scale.
        assert!((sample - expected).abs() < 6e-8, "frame {n}");
    }
}

#[test]
fn a_tone_is_in_tune_after_a_day() {
    let tone = Tone { freq_hz: 997.0, level_db: 0.0, duration_s: None };
    let mut source = SignalSource::new(&Signal::Tone(tone), RATE_HZ);
    source.seek(86_400 * u64::from(RATE_HZ)).unwrap();
    let mut block = [0.0; 64];
    source.read(&mut [&mut block]).unwrap();
    for (n, sample) in block.iter().enumerate() {
        let expected = (TAU * 997.0 * n as f64 / 48_000.0).sin();
        // The phase of 8.6e7 cycles is known to 1.5e-8 cycles: 1e-7 in amplitude, and an f32 step.
        assert!((f64::from(*sample) - expected).abs() < 2e-7, "frame {n}");
    }
}

#[test]
fn noise_has_its_rms_level() {
    for rate_hz in [44_100, 48_000, 192_000] {
        let white = rms_db(&samples(&Signal::WhiteNoise(noise(-20.0, 1, 4.0)), rate_hz));
        // 176,400 independent samples: a standard error of 0.009 dB.
        assert!((white + 20.0).abs() < 0.05, "white at {rate_hz}: {white}");
        let pink = rms_db(&samples(&Signal::PinkNoise(noise(-20.0, 1, 20.0)), rate_hz));
        // An octave from 10 Hz up holds a tenth of the power in 200 independent pairs of values:
        // a standard error of 0.05 dB over all octaves.
        assert!((pink + 20.0).abs() < 0.2, "pink at {rate_hz}: {pink}");
    }
}

#[test]
fn white_noise_is_white_and_seeds_are_strangers() {
    let white = samples(&Signal::WhiteNoise(noise(0.0, 7, 40.0)), RATE_HZ);
    let centres_hz = [1000.0, 250.0, 500.0, 4000.0, 10_000.0, 20_000.0];
    for level_db in density_db(&white, RATE_HZ, 0.0, &centres_hz) {
        // The band at 250 Hz has 20 bins in 117 spectra: a standard error of 0.1 dB.
        assert!(level_db.abs() < 0.4, "{level_db}");
    }
    let other = samples(&Signal::WhiteNoise(noise(0.0, 8, 40.0)), RATE_HZ);
    let product: f64 = white.iter().zip(&other).map(|(a, b)| a * b).sum();
    // 1.9 million products of RMS 1: four standard errors.
    assert!((product / white.len() as f64).abs() < 4.0 / (white.len() as f64).sqrt());
}

#[test]
fn pink_noise_falls_by_3_db_per_octave() {
    let centres_hz = [1000.0, 100.0, 250.0, 500.0, 2000.0, 4000.0, 8000.0, 14_000.0];
    for rate_hz in [44_100, 48_000, 96_000] {
        let pink = samples(&Signal::PinkNoise(noise(-10.0, 2, 60.0)), rate_hz);
        let levels_db = density_db(&pink, rate_hz, 1.0, &centres_hz);
        for (level_db, centre_hz) in levels_db.iter().zip(centres_hz) {
            // 0.06 dB of the filter, and chance: three standard errors where the band is narrowest.
            let chance = if centre_hz < 300.0 { 0.6 } else { 0.3 };
            assert!(level_db.abs() < 0.06 + chance, "{rate_hz}, {centre_hz} Hz: {level_db} dB");
        }
    }
}

#[test]
fn a_sweep_rises_by_equal_intervals() {
    let sweep = Sweep { start_hz: 100.0, end_hz: 10_000.0, level_db: 0.0, duration_s: 4.0 };
    let samples = samples(&Signal::Sweep(sweep), RATE_HZ);
    assert_eq!(samples.len(), 192_000);
    for second in 0..4_u32 {
        let from = second as usize * 48_000;
        let upward = |pair: &[f64]| pair[0] <= 0.0 && pair[1] > 0.0;
        let cycles = samples[from..from + 4800].windows(2).filter(|pair| upward(pair)).count();
        // The integral of the frequency over a tenth of a second, give or take a cycle.
        let slope = 100_f64.ln() / 4.0;
        let expected =
            100.0 * (slope * f64::from(second)).exp() * ((slope * 0.1).exp() - 1.0) / slope;
        assert!((cycles as f64 - expected).abs() <= 1.0, "{second} s: {cycles}, not {expected}");
    }
    assert!(samples.iter().all(|sample| sample.abs() <= 1.0));
}

#[test]
fn clicks_lie_on_the_nearest_frames() {
    let clicks = Clicks { rate_hz: 7.0, level_db: -20.0, duration_s: Some(2.0) };
    let samples = samples(&Signal::Clicks(clicks), RATE_HZ);
    let found: Vec<usize> = (0..samples.len()).filter(|n| samples[*n] != 0.0).collect();
    let expected: Vec<usize> =
        (0..14).map(|k| (k as f64 * 48_000.0 / 7.0).round() as usize).collect();
    assert_eq!(found, expected);
    assert!((samples[0] - 0.1).abs() < 1e-8);
}

fn any_signal() -> impl Strategy<Value = Signal> {
    let tone = Tone { freq_hz: 441.0, level_db: 0.0, duration_s: None };
    let sweep = Sweep { start_hz: 20.0, end_hz: 20_000.0, level_db: 0.0, duration_s: 9.0 };
    let clicks = Clicks { rate_hz: 3000.0, level_db: 0.0, duration_s: None };
    let noise = Noise { level_db: -12.0, seed: 5, duration_s: None };
    prop_oneof![
        Just(Signal::Tone(tone)),
        Just(Signal::Sweep(sweep)),
        Just(Signal::Clicks(clicks)),
        Just(Signal::WhiteNoise(noise.clone())),
        Just(Signal::PinkNoise(noise)),
        Just(Signal::Silence(Silence { duration_s: Some(5.0) })),
    ]
}

proptest! {
    #![proptest_config(source_support::cases(48))]
    #[test]
    fn pieces_and_seeks_change_nothing(
        signal in any_signal(),
        // Pink noise starts its filter anew at every multiple of 96,000 frames.
        from in prop_oneof![0..300_000_u64, 95_000..97_000_u64],
        sizes in prop::collection::vec(1..700_usize, 1..5),
    ) {
        let mut source = SignalSource::new(&signal, RATE_HZ);
        source.seek(from).unwrap();
        let mut whole = vec![0.0; 3000];
        let count = source.read(&mut [&mut whole]).unwrap();
        source.seek(0).unwrap();
        let mut before = vec![0.0; 50];
        source.read(&mut [&mut before]).unwrap();
        source.seek(from).unwrap();
        let mut pieces: Vec<f32> = vec![];
        while pieces.len() < count {
            for size in &sizes {
                let mut block = vec![0.0; *size];
                let got = source.read(&mut [&mut block]).unwrap();
                pieces.extend(&block[..got]);
            }
        }
        prop_assert_eq!(&pieces[..count], &whole[..count]);
    }
}

#[test]
fn a_pink_span_joins_the_next_without_a_step() {
    // The filter that started half a second before the span agrees with the one that ran through.
    let signal = Signal::PinkNoise(noise(0.0, 11, 10.0));
    let mut source = SignalSource::new(&signal, 1000);
    let through = read_in_pieces(&mut source, &[10_000]).unwrap().remove(0);
    assert_eq!(through.len(), 10_000);
    let joint = |at: usize| f64::from(through[at] - through[at - 1]).abs();
    let usual = (1..10_000).map(joint).fold(0.0, f64::max);
    assert!((2000..10_000).step_by(2000).all(|at| joint(at) < 0.8 * usual));
}

#[test]
fn mistakes_are_noted_at_their_keys() {
    let count = |signal: Signal| {
        let mut problems = Problems::default();
        signal.check(&Place::root().key("signal"), RATE_HZ, &mut problems);
        problems.as_slice().iter().map(|problem| problem.place.to_string()).collect::<Vec<_>>()
    };
    let tone = Tone { freq_hz: 24_000.0, level_db: 30.0, duration_s: Some(0.0) };
    let all = ["signal.freq_hz", "signal.level_db", "signal.duration_s"];
    assert_eq!(count(Signal::Tone(tone)), all);
    let sweep = Sweep { start_hz: 0.0, end_hz: 25_000.0, level_db: 0.0, duration_s: 1.0 };
    assert_eq!(count(Signal::Sweep(sweep)), ["signal.start_hz", "signal.end_hz"]);
    assert!(count(Signal::WhiteNoise(noise(-20.0, 0, 1.0))).is_empty());
}
