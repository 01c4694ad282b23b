//! Saturation: what it adds, and that nothing folds back.

mod effect_support;
#[path = "support/spectrum.rs"]
mod spectrum;

use cupola::effect::{Effect, Saturation, SaturationSpec};
use effect_support::{noise, run_from, run_one, sine, spec};
use spectrum::{MAIN_LOBE, amplitudes};

fn one(text: &str, rate_hz: u32) -> Saturation {
    Saturation::new(&[Some(&spec::<SaturationSpec>(text))], rate_hz)
}

/// A period of the analysis: 5 kHz and 997 Hz lie on bins of their own.
const LENGTH: usize = 48_000;

fn lines(text: &str, signal: &[f32], rate_hz: u32) -> Vec<f64> {
    let out = run_one(&mut one(text, rate_hz), signal);
    let settled: Vec<f64> = out[out.len() - LENGTH..].iter().map(|x| f64::from(*x)).collect();
    amplitudes(&settled)
}

/// 5 kHz at full scale driven by 12 dB: but for the tone and its harmonics below half the rate, no line
/// rises above -80 dBc.
#[test]
fn nothing_folds_back() {
    for (text, harmonics) in [("drive_db = 12", 1), ("drive_db = 12; bias = 0.5", 2)] {
        let lines = lines(text, &sine(5000.0, 1.0, 48_000, 2 * LENGTH), 48_000);
        let tone = lines[5000];
        // Harmonics lie on multiples of 5 kHz; even ones only where the curve is lopsided.
        for (bin, line) in lines.iter().enumerate() {
            let nearest = (bin + 2500) / 5000 * 5000;
            let order = nearest / 5000;
            let expected = order > 0 && (harmonics == 2 || order % 2 == 1);
            if expected && bin.abs_diff(nearest) <= MAIN_LOBE {
                continue;
            }
            let level_db = 20.0 * (line / tone).log10();
            // Half the rate is 24 kHz; a harmonic at 25 kHz would fold to 23 kHz.
            assert!(level_db < -80.0, "{text}: {level_db:.1} dBc at {bin} Hz");
        }
        assert!(lines[15_000] / tone > 0.05, "{text}: there are harmonics");
        assert_eq!(lines[10_000] / tone > 0.01, harmonics == 2, "{text}: even ones");
    }
}

/// The curve, computed here in f64 without oversampling; at 100 Hz its harmonics above 20 kHz lie below
/// 1e-7, and the ripple of the filters is -84 dB.
#[test]
fn the_curve_is_the_tangent() {
    let signal = sine(100.0, 0.8, 48_000, 9600);
    let mut effect = one("drive_db = 6", 48_000);
    let late = effect.latency_frames(0);
    let out = run_one(&mut effect, &signal);
    let drive = 10_f64.powf(6.0 / 20.0);
    for n in 1000..9000 {
        let exact = (drive * f64::from(signal[n - late])).tanh() / drive;
        assert!((f64::from(out[n]) - exact).abs() < 1e-4, "frame {n}: {} not {exact}", out[n]);
    }
}

/// Quiet sounds keep their level whatever the drive: at -80 dBFS, driven by 24 dB, the curve takes
/// `(d x)^2 / 3`, 8e-7 of it and more between samples; lopsided and driven by 12 dB it adds `tanh(b) d x`, 2.4e-4 of it.
#[test]
fn quiet_sounds_and_dry_ones_are_only_late() {
    for (text, allowed) in [
        ("drive_db = 24", 3e-6),
        ("drive_db = 12; bias = 0.7", 1e-3),
        ("drive_db = 30; mix = 0", 0.0),
    ] {
        let signal: Vec<f32> = noise(9, 9600).iter().map(|x| x * 1e-4).collect();
        let mut effect = one(text, 48_000);
        let late = effect.latency_frames(0);
        let out = run_one(&mut effect, &signal);
        for n in late..9600 {
            let error = (out[n] - signal[n - late]).abs();
            assert!(error <= allowed * 1e-4, "{text}: frame {n} is off by {error}");
        }
    }
}

#[test]
fn a_lopsided_curve_adds_no_constant() {
    let lines = lines("drive_db = 12; bias = 1", &sine(997.0, 1.0, 48_000, 3 * LENGTH), 48_000);
    assert!(lines[0] < 1e-4, "a constant of {}", lines[0]);
    assert!(lines[1994] > 1e-2);
}

#[test]
fn lanes_are_their_own_and_come_to_rest() {
    let soft: SaturationSpec = spec("drive_db = 3; bias = 0.2");
    let hard: SaturationSpec = spec("drive_db = { points = [[0, 0], [1, 30]] }");
    let signals = [noise(1, 6400), noise(2, 6400), noise(3, 6400)];
    let mut effect = Saturation::new(&[Some(&soft), None, Some(&hard)], 48_000);
    assert_eq!([0, 1].map(|lane| effect.latency_frames(lane) > 0), [true, false]);
    let together = run_from(&mut effect, 0, &signals, &[]);
    assert!(together[1] == signals[1]);
    for (lane, spec) in [(0, &soft), (2, &hard)] {
        let alone = run_one(&mut Saturation::new(&[Some(spec)], 48_000), &signals[lane]);
        assert!(alone == together[lane], "lane {lane}");
    }
    assert!(!effect.is_at_rest());
    let out = run_from(&mut effect, 100, &vec![vec![0.0; 96_000]; 3], &[]);
    assert!(effect.is_at_rest());
    assert!(out.iter().flat_map(|out| &out[90_000..]).all(|x| *x == 0.0));
}

#[test]
fn what_is_no_number_does_no_lasting_harm() {
    for bad in [f32::NAN, f32::INFINITY, 3e38] {
        let mut signal = noise(1, 9600);
        signal[1000] = bad;
        let out = run_one(&mut one("drive_db = 12; bias = 0.5", 48_000), &signal);
        assert!(out[2000..].iter().all(|x| x.abs() < 2.0), "{bad} stays");
    }
}
