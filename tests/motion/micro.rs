//! Drift, tremor and wander: statistics, spectra, and what seeds do.

use cupola::motion::Trajectory;
use cupola::space::{FRONT, UP, Vector, angle_deg, unit_vector};

use super::{build, largest_step_deg, macro_motion, micro_motion, placement, swaying};

/// How far a swaying object is off its place, in degrees along the azimuth and the elevation.
fn offsets_deg(sway: &Trajectory, place: (f64, f64), rate_hz: f64, count: u32) -> [Vec<f64>; 2] {
    let middle = unit_vector(place.0, place.1);
    let left = unit_vector(place.0 + 90.0, 0.0);
    let up = middle.cross(&left) * -1.0;
    let offset = |step: u32| {
        let direction = sway.position(f64::from(step) / rate_hz).direction;
        let across = direction - middle * middle.dot(&direction);
        across * (angle_deg(&middle, &direction) / across.norm())
    };
    let offsets: Vec<Vector> = (0..count).map(offset).collect();
    [left, -up].map(|axis| offsets.iter().map(|offset| offset.dot(&axis)).collect())
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn rms(values: &[f64]) -> f64 {
    mean(&values.iter().map(|value| value * value).collect::<Vec<_>>()).sqrt()
}

/// The standard error of the mean of a correlated signal, from the means of 64 long pieces.
fn standard_error(values: &[f64]) -> f64 {
    let means: Vec<f64> = values.chunks(values.len() / 64).map(mean).collect();
    let middle = mean(&means);
    rms(&means.iter().map(|it| it - middle).collect::<Vec<_>>()) / 8.0
}

fn correlation(one: &[f64], other: &[f64]) -> f64 {
    let products: Vec<f64> = one.iter().zip(other).map(|(a, b)| a * b).collect();
    mean(&products) / (rms(one) * rms(other))
}

/// Samples in a piece of a spectrum.
const PIECE: usize = 512;

/// The power spectrum, mean over Hann-windowed pieces; bin `k` is `k / 512` of the rate.
fn spectrum(values: &[f64]) -> Vec<f64> {
    let turn = std::f64::consts::TAU / PIECE as f64;
    let cosines: Vec<f64> = (0..PIECE).map(|step| (turn * step as f64).cos()).collect();
    let window = |step: usize| 0.5 - 0.5 * cosines[step];
    let quarter = 3 * PIECE / 4;
    let mut powers = vec![0.0; PIECE / 2];
    for piece in values.chunks_exact(PIECE) {
        let piece: Vec<f64> = piece.iter().enumerate().map(|(at, it)| it * window(at)).collect();
        for (bin, power) in powers.iter_mut().enumerate() {
            let part = |shift: usize| -> f64 {
                let value = |(at, it): (usize, &f64)| it * cosines[(bin * at + shift) % PIECE];
                piece.iter().enumerate().map(value).sum()
            };
            *power += part(0).powi(2) + part(quarter).powi(2);
        }
    }
    powers
}

#[test]
fn amplitudes_are_what_was_asked_for_everywhere() {
    let fields = "azimuth_deg = 1.5\nelevation_deg = 2.5\nrate_hz = 1";
    for kind in ["drift", "tremor", "wander"] {
        for place in [(0.0, 0.0), (90.0, 0.0), (-135.0, 30.0), (40.0, -60.0)] {
            let at = format!("azimuth_deg = {}\nelevation_deg = {}", place.0, place.1);
            let sway = swaying(&at, kind, fields, "voice");
            let offsets = offsets_deg(&sway, place, 6.0, 24_000);
            for (axis, expected_deg) in offsets.iter().zip([1.5, 2.5]) {
                // Some 6000 independent values: a standard error of 1 percent.
                assert!(
                    (rms(axis) / expected_deg - 1.0).abs() < 0.05,
                    "{kind} at {place:?}: {}",
                    rms(axis)
                );
                assert!(mean(axis).abs() < 3.0 * standard_error(axis), "{kind} at {place:?}");
            }
        }
    }
}

#[test]
fn at_the_poles_the_sway_goes_on() {
    let fields = "azimuth_deg = 4\nelevation_deg = 2\nrate_hz = 1";
    let sway = swaying("elevation_deg = 90", "drift", fields, "voice");
    for axis in offsets_deg(&sway, (0.0, 90.0), 6.0, 24_000) {
        // There is no azimuth to go along, but the cap in which it comes back is 3 degrees wide.
        assert!((1.9..2.5).contains(&rms(&axis)), "{}", rms(&axis));
    }
}

#[test]
fn no_jump_on_the_way_over_a_pole() {
    let over =
        "points = [{ t_s = 0 }, { t_s = 4, azimuth_deg = 180, via = { elevation_deg = 90 } }]";
    let motion = macro_motion("keyframes", over);
    let micro = micro_motion("drift", "azimuth_deg = 8\nelevation_deg = 1\nrate_hz = 0.5");
    let both = build(&placement(""), Some(&motion), Some(&micro), "voice").unwrap();
    let (coarse, fine) = (400, 40_000);
    let (long, short) =
        (largest_step_deg(&both, 0.0, 4.0, coarse), largest_step_deg(&both, 0.0, 4.0, fine));
    // A jump would be as large in steps a hundred times as short.
    assert!(short < 0.02 * long, "{short} against {long}");
    assert!(long > 0.2, "it moves");
}

#[test]
fn drift_keeps_to_its_band() {
    let sway = swaying("", "drift", "azimuth_deg = 1\nelevation_deg = 1\nrate_hz = 1", "voice");
    for axis in offsets_deg(&sway, (0.0, 0.0), 16.0, 64_000) {
        let powers = spectrum(&axis);
        // 32 bins a hertz. The band is level up to a third of the rate.
        let level = mean(&powers[2..10]);
        let loudest = powers[3 * 32..].iter().copied().fold(0.0, f64::max);
        assert!(loudest < 1e-4 * level, "{} dB", 10.0 * (loudest / level).log10());
        assert!(powers[24] > 0.3 * level, "three quarters of the rate still belong to the band");
    }
}

#[test]
fn wander_falls_like_ornstein_and_uhlenbeck() {
    let sway = swaying("", "wander", "azimuth_deg = 1\nelevation_deg = 1\nrate_hz = 0.5", "voice");
    for axis in offsets_deg(&sway, (0.0, 0.0), 16.0, 64_000) {
        let powers = spectrum(&axis);
        let around = |hertz: f64| {
            let bin = (hertz * 32.0) as usize;
            mean(&powers[bin * 3 / 4..=bin * 5 / 4])
        };
        // 6 dB an octave over two octaves, give or take the ripple of its layers.
        let fall_db = 10.0 * (around(0.5) / around(2.0)).log10();
        assert!((fall_db - 12.0).abs() < 3.0, "{fall_db} dB");
    }
}

#[test]
fn tremor_keeps_its_rate() {
    let sway = swaying("", "tremor", "azimuth_deg = 1\nrate_hz = 5", "voice");
    let [azimuth, elevation] = offsets_deg(&sway, (0.0, 0.0), 200.0, 20_000);
    let rises = azimuth.windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count();
    assert!((499..=501).contains(&rises), "{rises} in 100 s");
    assert!(rms(&elevation) < 1e-12, "an amplitude of 0 does not move");
}

#[test]
fn objects_move_on_their_own_unless_told_otherwise() {
    let fields = "azimuth_deg = 2\nelevation_deg = 2\nrate_hz = 1";
    let azimuths = |fields: &str, object: &str| {
        let [azimuth, _] =
            offsets_deg(&swaying("", "drift", fields, object), (0.0, 0.0), 4.0, 2400);
        azimuth
    };
    let names = ["voice", "Voice", "voice 2", "eciov", "a", "b", "aa", ""];
    let own: Vec<Vec<f64>> = names.iter().map(|name| azimuths(fields, name)).collect();
    for (index, one) in own.iter().enumerate() {
        for other in &own[..index] {
            let correlation = correlation(one, other);
            assert!(correlation.abs() < 0.1, "{} {correlation}", names[index]);
        }
    }
    let seeded = azimuths(&format!("{fields}\nseed = 1"), "voice");
    assert!(correlation(&seeded, &own[0]).abs() < 0.1);
    let together = format!("{fields}\ntogether = true");
    assert_eq!(azimuths(&together, "voice"), azimuths(&together, "bass"));
}

#[test]
fn the_axes_do_not_know_of_each_other() {
    for kind in ["drift", "tremor", "wander"] {
        let fields = "azimuth_deg = 2\nelevation_deg = 2\nrate_hz = 1";
        let sway = swaying("", kind, fields, "voice");
        let [azimuth, elevation] = offsets_deg(&sway, (0.0, 0.0), 4.0, 2400);
        assert!(correlation(&azimuth, &elevation).abs() < 0.1, "{kind}");
    }
}

#[test]
fn names_and_seeds_mean_the_same_motion_for_ever() {
    // Another number here would be another motion in every scene there is.
    let sway = swaying("", "drift", "azimuth_deg = 2\nelevation_deg = 2\nrate_hz = 1", "voice");
    let expected = Vector::new(0.009889360427699568, 0.9999432376701974, -0.003965096212454766);
    assert_eq!(sway.position(12.5).direction, expected);
}

#[test]
fn a_sway_of_nothing_is_no_sway() {
    let still = swaying("", "drift", "rate_hz = 1", "voice");
    assert!(still.is_static());
    assert_eq!(still.position(3.0).direction, FRONT);
    assert_ne!(
        swaying("", "drift", "rate_hz = 1\nazimuth_deg = 1", "a").position(3.0).direction,
        UP
    );
}
