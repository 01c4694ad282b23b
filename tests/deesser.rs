//! The de-esser against its definition.

mod effect_support;

use cupola::effect::{Deesser, DeesserSpec, Effect};
use effect_support::{amplitude, group, level_db, noise, run, run_one, sine, spec};

fn taken_db(text: &str, freq_hz: f64, in_db: f64) -> f64 {
    let spec: DeesserSpec = spec(text);
    let mut effect = Deesser::new(&[group(&spec, &[0])], 1, 48_000);
    let signal = sine(freq_hz, amplitude(in_db), 48_000, 48_000);
    let out = run_one(&mut effect, &signal);
    let peak = |signal: &[f32]| signal[24_000..].iter().copied().fold(0.0, f32::max);
    level_db(peak(&signal)) - level_db(peak(&out))
}

/// At the centre the band is the whole tone: 20 dB over a threshold with a ratio of 4 take 15 dB, or
/// the range. The attack is at once and the release so slow that it falls by 0.02 dB between two peaks.
#[test]
fn what_is_over_the_threshold_is_taken_up_to_the_range() {
    let base = "freq_hz = 6000; threshold_db = -30; attack_ms = 0; release_ms = 200";
    for (more, in_db, expected) in [
        ("range_db = -30", -10.0, 15.0),
        ("range_db = -12", -10.0, 12.0),
        ("range_db = -30; ratio = 2", -20.0, 5.0),
        ("range_db = -30", -30.5, 0.0),
    ] {
        let measured = taken_db(&format!("{base};{more}"), 6000.0, in_db);
        assert!((measured - expected).abs() < 0.05, "{more}: {measured} dB, not {expected}");
    }
    let far = taken_db(&format!("{base}; q = 2"), 300.0, -10.0);
    assert!(far.abs() < 0.05, "{far} dB at 300 Hz");
}

/// The bell is on the band only: while a loud 6 kHz holds it down, 200 Hz pass.
#[test]
fn what_lies_outside_the_band_passes() {
    let spec: DeesserSpec = spec("freq_hz = 6000; q = 2; threshold_db = -40; attack_ms = 0");
    let mut effect = Deesser::new(&[group(&spec, &[0])], 1, 48_000);
    let (low, high) = (sine(200.0, 0.1, 48_000, 48_000), sine(6000.0, 0.5, 48_000, 48_000));
    let both: Vec<f32> = low.iter().zip(&high).map(|(low, high)| low + high).collect();
    let out = run_one(&mut effect, &both);
    // The amplitude of each tone over whole periods.
    let amplitude_of = |freq_hz: f64| {
        let step = std::f64::consts::TAU * freq_hz / 48_000.0;
        let (real, imaginary) = out[24_000..].iter().enumerate().fold((0.0, 0.0), |sum, (n, x)| {
            let (sin, cos) = (step * n as f64).sin_cos();
            (sum.0 + f64::from(*x) * cos, sum.1 + f64::from(*x) * sin)
        });
        2.0 * real.hypot(imaginary) / 24_000.0
    };
    assert!((20.0 * (amplitude_of(200.0) / 0.1).log10()).abs() < 0.1);
    let high_db = 20.0 * (amplitude_of(6000.0) / 0.5).log10();
    assert!((high_db + 12.0).abs() < 0.1, "{high_db}");
}

#[test]
fn below_the_threshold_everything_leaves_as_it_came() {
    let spec: DeesserSpec = spec("threshold_db = 0");
    let mut effect = Deesser::new(&[group(&spec, &[0, 2])], 3, 48_000);
    let signals: Vec<_> = (0..3)
        .map(|lane| noise(lane, 9600).iter().map(|x| x * 0.5).collect())
        .collect::<Vec<Vec<f32>>>();
    assert!(run(&mut effect, &signals, &[]) == signals);
    assert_eq!(effect.lowest_gain(0), 1.0);
}
