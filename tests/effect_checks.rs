//! Every number of dynamics that cannot be is noted where it stands, with what would be right.

use cupola::document::{Document, Place, Problems};
use cupola::effect::{CompressorSpec, DeesserSpec, GateSpec, MultibandSpec, SaturationSpec};
use serde::de::DeserializeOwned;

type Check<S> = fn(&S, &Place, f64, &mut Problems);

/// What is said of settings, a line for each problem.
fn said<S: DeserializeOwned>(check: Check<S>, text: &str) -> String {
    let text = text.replace(';', "\n");
    let mut document = Document::from_bytes("effect.toml", text.as_bytes()).unwrap();
    let mut problems = Problems::default();
    let spec: S = document.read(&mut problems).expect("settings that can be read");
    check(&spec, &Place::root(), 48_000.0, &mut problems);
    if problems.is_empty() { String::new() } else { document.explain(problems).to_string() }
}

/// Each of the settings is wrong in turn: the problem stands in its line and nothing else is said.
fn each_is_noted<S: DeserializeOwned>(check: Check<S>, right: &str, wrong: &[&str]) {
    assert_eq!(said(check, right), "");
    for setting in wrong {
        let key = setting.split(" =").next().unwrap();
        let others: Vec<&str> =
            right.split(';').filter(|line| line.trim().split(" =").next() != Some(key)).collect();
        let text = format!("{setting};{}", others.join(";"));
        let said = said(check, &text);
        assert_eq!(said.lines().count(), 1, "{setting}: {said}");
        assert!(said.starts_with("effect.toml:1:"), "{setting}: {said}");
    }
}

#[test]
fn compressors() {
    let right = "threshold_db = -20; ratio = 4; attack_ms = 0; release_ms = 20000; mix = 1";
    let wrong = [
        "threshold_db = -101",
        "ratio = 0.5",
        "ratio = { points = [[0, 2], [1, 0.9]] }",
        "knee_db = 61",
        "attack_ms = -1",
        "release_ms = 20001",
        "makeup_db = 61",
        "mix = 1.1",
        "lookahead_ms = 101",
        "rms_ms = 0",
        "sidechain_eq = [{ type = 'highpass', freq_hz = 24000 }]",
    ];
    each_is_noted(CompressorSpec::check, right, &wrong);
    let said = said(CompressorSpec::check, "threshold_db = -20; ratio = 0.5");
    assert!(said.contains("ratio = 0.5 is out of range"), "{said}");
    assert!(said.contains("1 to 1000"), "{said}");
}

#[test]
fn gates() {
    let wrong = [
        "threshold_db = -121",
        "ratio = 0.9",
        "range_db = 1",
        "hysteresis_db = 31",
        "attack_ms = 1001",
        "hold_ms = -1",
        "release_ms = nan",
        "lookahead_ms = -1",
        "sidechain_eq = [{ type = 'notch', freq_hz = 0 }]",
    ];
    each_is_noted(GateSpec::check, "threshold_db = -50; range_db = 0", &wrong);
}

#[test]
fn deessers() {
    let wrong = [
        "freq_hz = 24000",
        "q = 0",
        "threshold_db = 21",
        "ratio = 1001",
        "range_db = 1",
        "attack_ms = 1001",
        "release_ms = { lfo = 'sine', rate_hz = 1, from = -1, to = 1 }",
    ];
    each_is_noted(DeesserSpec::check, "threshold_db = -30; freq_hz = 6500", &wrong);
}

#[test]
fn multiband_compressors() {
    let wrong = [
        "crossovers_hz = [2000, 120]",
        "crossovers_hz = [120, 24000]",
        "bands = [{}, {}, {}, {}]",
        "bands = [{ ratio = 0 }, {}, {}]",
        "bands = [{}, { knee_db = -1 }, {}]",
        "bands = [{}, {}, { gain_db = 61 }]",
    ];
    each_is_noted(
        MultibandSpec::check,
        "crossovers_hz = [120, 2000]; bands = [{}, {}, {}]",
        &wrong,
    );
    assert!(
        said(MultibandSpec::check, "crossovers_hz = []; bands = [{}]").contains("0 crossovers")
    );
}

#[test]
fn saturators() {
    let wrong = ["drive_db = 49", "bias = -1.1", "mix = 2"];
    each_is_noted(SaturationSpec::check, "drive_db = 6; bias = 1", &wrong);
}
