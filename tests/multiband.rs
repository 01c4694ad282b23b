//! The multiband compressor against its definition.

mod effect_support;

use cupola::effect::{Effect, Multiband, MultibandSpec};
use effect_support::{group, level_db, run, run_one, sine, spec};

fn peak(signal: &[f32]) -> f32 {
    signal[72_000..].iter().copied().map(f32::abs).fold(0.0, f32::max)
}

/// With a ratio of 1 in every band the sum is flat. A period of the tones has many samples near its
/// peak over half a second; 0.001 dB is what the crossover promises.
#[test]
fn bands_left_alone_sum_up_flat() {
    for (crossovers, bands) in [
        ("[300]", "[{}, {}]"),
        ("[120, 2000]", "[{}, {}, {}]"),
        ("[80, 300, 1200, 4000, 9000]", "[{}, {}, {}, {}, {}, {}]"),
    ] {
        let spec: MultibandSpec = spec(&format!("crossovers_hz = {crossovers}; bands = {bands}"));
        let mut effect = Multiband::new(&[group(&spec, &[0])], 1, 48_000);
        let mut impulse = vec![0.0; 48_000];
        impulse[0] = 1.0;
        let out = run_one(&mut effect, &impulse);
        for freq_hz in [31.0, 80.0, 120.0, 300.0, 777.0, 1200.0, 2000.0, 4000.0, 9000.0, 17_000.0] {
            let step = std::f64::consts::TAU * freq_hz / 48_000.0;
            let (real, imaginary) = out.iter().enumerate().fold((0.0, 0.0), |sum, (n, x)| {
                let (sin, cos) = (step * n as f64).sin_cos();
                (sum.0 + f64::from(*x) * cos, sum.1 + f64::from(*x) * sin)
            });
            let level_db = 20.0 * f64::hypot(real, imaginary).log10();
            assert!(level_db.abs() < 0.001, "{crossovers}: {level_db} dB at {freq_hz} Hz");
        }
    }
}

/// Two octaves and more from the crossovers a tone lies in one band: 20 dB over the threshold with a
/// ratio of 4 take 15 dB of it. The other bands add 0.02 dB; between two peaks of 30 Hz the gain comes
/// back by 0.5 dB.
#[test]
fn every_band_is_compressed_by_itself() {
    let spec: MultibandSpec = spec(
        "crossovers_hz = [250, 4000]; bands = [{ threshold_db = -20, ratio = 4, knee_db = 0, \
         attack_ms = 0, release_ms = 500 }, { gain_db = 3 }, { threshold_db = -20, ratio = 2, \
         knee_db = 0, attack_ms = 0, release_ms = 500 }]",
    );
    for (freq_hz, expected_db) in [(30.0, -15.0), (1000.0, 3.0), (15_001.0, -10.0)] {
        let mut effect = Multiband::new(&[group(&spec, &[0])], 1, 48_000);
        let out = run_one(&mut effect, &sine(freq_hz, 1.0, 48_000, 96_000));
        let measured_db = level_db(peak(&out));
        assert!((measured_db - expected_db).abs() < 0.15, "{freq_hz} Hz: {measured_db}");
        let lowest_db = level_db(effect.lowest_gain(0));
        assert!((lowest_db - expected_db.min(0.0)).abs() < 0.6, "{freq_hz} Hz: {lowest_db}");
    }
}

/// Lanes with other crossovers, or in no group, lie beside; those of a group keep their ratio, but for
/// the rounding of three bands in f32.
#[test]
fn groups_differ_and_hold_together() {
    let two: MultibandSpec =
        spec("crossovers_hz = [500]; bands = [{ threshold_db = -40, ratio = 10 }, {}]");
    let three: MultibandSpec =
        spec("crossovers_hz = [200, 3000]; bands = [{}, { threshold_db = -30, ratio = 3 }, {}]");
    let signal = |peak| sine(300.0, peak, 48_000, 48_000);
    let signals: Vec<_> = [0.5, 0.25, 0.9, 0.05].map(signal).to_vec();
    let mut effect = Multiband::new(&[group(&two, &[0, 3]), group(&three, &[1])], 4, 48_000);
    let out = run(&mut effect, &signals, &[]);
    assert!(out[2] == signals[2]);
    for (first, second) in out[0].iter().zip(&out[3]).skip(1000) {
        assert!((second - 0.1 * first).abs() < 1e-7);
    }
    let alone = run_one(&mut Multiband::new(&[group(&three, &[0])], 1, 48_000), &signals[1]);
    assert!(alone == out[1]);
}
