//! The cases of EBU Tech 3341 and Tech 3342, synthesised at three sample rates: every figure within
//! the tolerance that the documents give.

use std::f64::consts::TAU;

use cupola::loudness::{Meter, Results, weight};
use serde_json::Value;

const RATES_HZ: [u32; 3] = [44_100, 48_000, 96_000];

/// Frames pushed at once, on purpose no divisor of anything.
const BLOCK: usize = 1021;

fn cases() -> Vec<Value> {
    let text = include_str!("data/loudness_cases.json");
    let all: Value = serde_json::from_str(text).unwrap();
    all["cases"].as_array().unwrap().clone()
}

fn amplitude(level_db: f64) -> f64 {
    10.0_f64.powf(level_db / 20.0)
}

/// A tone of 1 kHz through levels (dBFS, seconds), on a phase that does not jump.
fn tone(parts: &[(f64, f64)], rate_hz: u32) -> Vec<f32> {
    let rate = f64::from(rate_hz);
    let mut samples = Vec::new();
    let mut end_s = 0.0;
    for (level_db, duration_s) in parts {
        end_s += duration_s;
        while samples.len() < (end_s * rate).round() as usize {
            let phase = TAU * 1000.0 * samples.len() as f64 / rate;
            samples.push((amplitude(*level_db) * phase.sin()) as f32);
        }
    }
    samples
}

/// The levels and durations of a case, repeated as it says.
fn parts(case: &Value) -> Option<Vec<(f64, f64)>> {
    let sequence = case["seq"].as_array()?;
    let part = |part: &Value| (part[0].as_f64().unwrap(), part[1].as_f64().unwrap());
    let repeats = case["repeat"].as_u64().unwrap_or(1) as usize;
    let once: Vec<(f64, f64)> = sequence.iter().map(part).collect();
    Some(once.repeat(repeats))
}

/// Measures channels, and asks for momentary and short-term loudness every 10 ms from a time on.
fn measure(
    channels: &[Vec<f32>],
    weights: &[f64],
    rate_hz: u32,
    from_s: f64,
    mut ask: impl FnMut(&Meter),
) -> Results {
    let mut meter = Meter::new(weights, rate_hz);
    let mut next = rate_hz as usize / 100;
    let frames = channels[0].len();
    let mut done = 0;
    while done < frames {
        let end = frames.min(done + BLOCK).min(next);
        let slices: Vec<&[f32]> = channels.iter().map(|it| &it[done..end]).collect();
        meter.push(&slices);
        done = end;
        if done == next {
            next += rate_hz as usize / 100;
            if done as f64 >= from_s * f64::from(rate_hz) {
                ask(&meter);
            }
        }
    }
    let names: Vec<String> = (0..weights.len()).map(|it| it.to_string()).collect();
    meter.results(&names)
}

fn stereo(samples: Vec<f32>, rate_hz: u32) -> Results {
    measure(&[samples.clone(), samples], &[1.0, 1.0], rate_hz, 0.0, |_| ())
}

#[track_caller]
fn near(what: &str, found: Option<f64>, expected: f64, below: f64, above: f64) {
    let found = found.unwrap_or(f64::NEG_INFINITY);
    let right = (expected - below..=expected + above).contains(&found);
    assert!(right, "{what}: {found}, not {expected}");
}

#[test]
fn loudness_of_steady_and_gated_tones() {
    let mut seen = 0;
    for case in cases() {
        let Some(parts) = parts(&case) else { continue };
        let tolerance = case["tol"].as_f64().unwrap();
        for rate_hz in RATES_HZ {
            let results = stereo(tone(&parts, rate_hz), rate_hz);
            for (key, found) in [
                ("I", results.integrated_lufs),
                ("M", results.max_momentary_lufs),
                ("S", results.max_short_term_lufs),
                ("LRA", results.loudness_range_lu),
            ] {
                if let Some(expected) = case[key].as_f64() {
                    let what = format!("{} {key} at {rate_hz}", case["id"]);
                    near(&what, found, expected, tolerance, tolerance);
                    seen += 1;
                }
            }
        }
    }
    assert_eq!(seen, 3 * (5 + 2 + 2 + 4), "cases are missing");
}

/// Tech 3341 case 6: the surrounds weigh more.
#[test]
fn five_channels_are_weighted_by_where_they_stand() {
    let case = cases().into_iter().find(|it| it["id"] == "3341-6").unwrap();
    for rate_hz in RATES_HZ {
        let stand = [("L", 30.0), ("R", -30.0), ("C", 0.0), ("Ls", 110.0), ("Rs", -110.0)];
        let duration_s = case["dur"].as_f64().unwrap();
        let level = |name: &str| case["levels"][name].as_f64().unwrap();
        let channels = stand.map(|(name, _)| tone(&[(level(name), duration_s)], rate_hz));
        let weights = stand.map(|(_, azimuth_deg)| weight(azimuth_deg, 0.0, false));
        let results = measure(&channels, &weights, rate_hz, 0.0, |_| ());
        near("3341-6", results.integrated_lufs, -23.0, 0.1, 0.1);
    }
}

/// Tech 3341 cases 9 and 12: levels that alternate within a window leave no ripple.
#[test]
fn windows_are_as_long_as_they_should_be() {
    let mut seen = 0;
    for case in cases() {
        let (key, from_s) = match case["id"].as_str().unwrap() {
            "3341-9" => ("S_after_3s", 3.0),
            "3341-12" => ("M_after_1s", 1.0),
            _ => continue,
        };
        let expected = case[key].as_f64().unwrap();
        for rate_hz in RATES_HZ {
            let samples = tone(&parts(&case).unwrap(), rate_hz);
            measure(&[samples.clone(), samples], &[1.0, 1.0], rate_hz, from_s, |meter| {
                let found = match key {
                    "S_after_3s" => meter.short_term_lufs(),
                    _ => meter.momentary_lufs(),
                };
                near(key, found, expected, 0.1, 0.1);
                seen += 1;
            });
        }
    }
    assert!(seen > 3 * (1200 + 900), "{seen} looks");
}

/// Tech 3341 cases 10 and 13: bursts of a window's length, wherever they begin.
#[test]
fn maxima_find_a_burst_wherever_it_is() {
    let silence = f64::NEG_INFINITY;
    for rate_hz in RATES_HZ {
        for step in 0..20 {
            let begin_s = 0.15 * f64::from(step);
            let parts = [(silence, begin_s), (-23.0, 3.0), (silence, 1.0)];
            let results = stereo(tone(&parts, rate_hz), rate_hz);
            near("3341-10", results.max_short_term_lufs, -23.0, 0.1, 0.1);
            let begin_s = 0.02 * f64::from(step);
            let parts = [(silence, begin_s), (-23.0, 0.4), (silence, 1.0)];
            let results = stereo(tone(&parts, rate_hz), rate_hz);
            near("3341-13", results.max_momentary_lufs, -23.0, 0.1, 0.1);
        }
    }
}

/// A tone of a fraction of the sample rate, faded in and out over 100 ms (an abrupt beginning rings
/// over its level: measured -5.37 dBTP for case 18).
fn faded(share: f64, phase_deg: f64, amplitude: f64, rate_hz: u32) -> Vec<f32> {
    let (frames, fade) = (rate_hz as usize, f64::from(rate_hz) * 0.1);
    let sample = |frame: usize| {
        let from_end = frame.min(frames - 1 - frame) as f64;
        let phase = TAU * share * frame as f64 + phase_deg.to_radians();
        (amplitude * phase.sin() * (from_end / fade).min(1.0)) as f32
    };
    (0..frames).map(sample).collect()
}

/// Tech 3341 cases 15 to 19: peaks between the samples.
#[test]
fn true_peaks_between_samples_are_found() {
    let mut seen = 0;
    for case in cases() {
        let Some(expected) = case["true_peak"].as_f64() else { continue };
        let part: f64 = case["freq"].as_str().unwrap()[3..].parse().unwrap();
        let (phase_deg, amplitude) = (case["phase_deg"].as_f64(), case["amp"].as_f64());
        for rate_hz in RATES_HZ {
            let samples = faded(1.0 / part, phase_deg.unwrap(), amplitude.unwrap(), rate_hz);
            let results = stereo(samples, rate_hz);
            let tolerance = |key: &str| case[key].as_f64().unwrap();
            let what = case["id"].to_string();
            let (below, above) = (tolerance("tol_minus"), tolerance("tol_plus"));
            near(&what, results.true_peak_dbtp, expected, below, above);
            seen += 1;
        }
    }
    assert_eq!(seen, 3 * 5, "cases are missing");
}
