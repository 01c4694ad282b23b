//! Equalisers do to levels what is written, measured on what they make of an impulse.

mod eq_support;

use cupola::block::{Bundle, QUANTUM, SIDE_BY_SIDE};
use cupola::dsp::{Biquad, BiquadLanes};
use cupola::effect::{Band, EqSpec};
use eq_support::{RATES_HZ, data, impulse_response, level_db, numbers};
use serde_json::Value;

/// The promise, in decibels. What an impulse becomes is heard as f32, each sample off by up to 2^-25
/// of itself; at a response of -80 dB that can add up to 0.005 dB.
const TOLERANCE_DB: f64 = 0.01;

/// Where the promise ends.
const FLOOR_DB: f64 = -80.0;

/// A filter of the reference as the author would write it, but for a low-pass with a Q of its own.
fn band(row: &Value) -> Option<Band> {
    let number = |key: &str| row[key].as_f64().unwrap();
    let (freq_hz, q) = (number("f").into(), number("Q").into());
    let gain_db = number("gain_db").into();
    let is_butterworth = (number("Q") - 0.5_f64.sqrt()).abs() < 1e-6;
    match row["type"].as_str().unwrap() {
        "peak" => Some(Band::Bell { freq_hz, gain_db, q }),
        "ls" => Some(Band::LowShelf { freq_hz, gain_db, q }),
        "hs" => Some(Band::HighShelf { freq_hz, gain_db, q }),
        "bp" => Some(Band::Bandpass { freq_hz, q }),
        "notch" => Some(Band::Notch { freq_hz, q }),
        "hp" if is_butterworth => Some(Band::Highpass { freq_hz, slope_db_oct: 12 }),
        "lp" if is_butterworth => Some(Band::Lowpass { freq_hz, slope_db_oct: 12 }),
        "lp" => None,
        other => panic!("what is {other}?"),
    }
}

/// What the section of a low-pass makes of an impulse, where no band does.
fn low_pass_response(row: &Value, rate_hz: u32) -> Vec<f64> {
    let number = |key: &str| row[key].as_f64().unwrap();
    let section = Biquad::low_pass(number("f"), number("Q"), f64::from(rate_hz));
    let mut filter = BiquadLanes::new(1);
    filter.set(0, 0, section);
    let mut bundle: Bundle = [[0.0; SIDE_BY_SIDE]; QUANTUM];
    bundle[0][0] = 1.0;
    let mut heard = Vec::new();
    for _ in 0..1500 {
        filter.process(&mut bundle);
        heard.extend(bundle.iter().map(|frame| f64::from(frame[0])));
        bundle = [[0.0; SIDE_BY_SIDE]; QUANTUM];
    }
    assert!(filter.is_at_rest());
    heard
}

/// How far the response is from the expected levels, in decibels, at worst.
fn worst(response: &[f64], rate_hz: u32, freqs_hz: &[f64], expected_db: &[f64]) -> f64 {
    let mut worst: f64 = 0.0;
    for (&freq_hz, &expected) in freqs_hz.iter().zip(expected_db) {
        let level = level_db(response, freq_hz, rate_hz);
        if expected > FLOOR_DB {
            worst = worst.max((level - expected).abs());
        } else {
            assert!(level < FLOOR_DB + 1.0, "{level} dB at {freq_hz} Hz, not {expected}");
        }
    }
    worst
}

#[test]
fn filters_of_the_cookbook_have_their_levels() {
    let rows = data("eq_cookbook.json");
    let mut worst_of_all: f64 = 0.0;
    for row in rows.as_array().unwrap() {
        let rate_hz = row["fs"].as_u64().unwrap() as u32;
        let response = match band(row) {
            Some(band) => impulse_response(&vec![band], rate_hz),
            None => low_pass_response(row, rate_hz),
        };
        let worst = worst(&response, rate_hz, &numbers(&row["freqs"]), &numbers(&row["mag_db"]));
        assert!(worst < TOLERANCE_DB, "{row} is off by {worst} dB");
        worst_of_all = worst_of_all.max(worst);
    }
    assert_eq!(rows.as_array().unwrap().len(), 42);
    println!("off by {worst_of_all} dB at most");
}

#[test]
fn random_equalisers_have_their_levels() {
    let table = data("eq_bands.json");
    let mut worst_of_all: f64 = 0.0;
    for row in table["rows"].as_array().unwrap() {
        let rate_hz = row["rate_hz"].as_u64().unwrap() as u32;
        let bands: EqSpec = serde_json::from_value(row["bands"].clone()).unwrap();
        let response = impulse_response(&bands, rate_hz);
        let worst = worst(&response, rate_hz, &numbers(&table["freqs_hz"]), &numbers(&row["db"]));
        assert!(worst < TOLERANCE_DB, "{row} is off by {worst} dB");
        worst_of_all = worst_of_all.max(worst);
    }
    println!("off by {worst_of_all} dB at most");
}

/// What is told of a band is what it does: the same data, without an impulse.
#[test]
fn bands_tell_their_levels() {
    let table = data("eq_bands.json");
    for row in table["rows"].as_array().unwrap() {
        let rate_hz = row["rate_hz"].as_f64().unwrap();
        let bands: EqSpec = serde_json::from_value(row["bands"].clone()).unwrap();
        for (freq_hz, expected) in numbers(&table["freqs_hz"]).iter().zip(numbers(&row["db"])) {
            let told: f64 = bands.iter().map(|it| it.response_db(*freq_hz, rate_hz, 0.0)).sum();
            // The data has six decimals; near nothing at all f64 has its own noise.
            let close = (told - expected).abs() < 1e-5;
            assert!(close || expected < -150.0, "{row}: {told} at {freq_hz} Hz");
        }
    }
}

/// The levels that a high-pass (or low-pass) of an order leaves at the corner and at two frequencies
/// an octave apart, far from the corner.
fn corner_and_slope(order: u32, highpass: bool, rate_hz: u32) -> (f64, f64) {
    // Well away from half the rate, where the bilinear transform would steepen the low-pass.
    let corner_hz = if highpass { 2000.0 } else { 100.0 };
    let (freq_hz, slope_db_oct) = (corner_hz.into(), 6 * order);
    let band = match highpass {
        true => Band::Highpass { freq_hz, slope_db_oct },
        false => Band::Lowpass { freq_hz, slope_db_oct },
    };
    let response = impulse_response(&vec![band], rate_hz);
    // The knee of low orders is wide; high ones are near nothing an octave on.
    let octaves = if order <= 3 { 3.0 } else { 1.0 };
    let away = |octaves: f64| corner_hz * (if highpass { -octaves } else { octaves }).exp2();
    let level = |freq_hz| level_db(&response, freq_hz, rate_hz);
    (level(corner_hz), level(away(octaves)) - level(away(octaves + 1.0)))
}

#[test]
fn high_and_low_passes_are_butterworth() {
    for rate_hz in RATES_HZ {
        for (order, highpass) in (1..=8).flat_map(|order| [(order, true), (order, false)]) {
            let (corner, slope) = corner_and_slope(order, highpass, rate_hz);
            let what = format!("order {order}, high-pass: {highpass}, {rate_hz} Hz");
            assert!((corner + 3.0103).abs() < 0.01, "{what}: {corner} dB at the corner");
            assert!((slope - f64::from(6 * order) * 1.00343).abs() < 0.2, "{what}: {slope} dB");
        }
    }
}
