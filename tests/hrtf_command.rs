//! `cupola hrtf info`: what it prints, draws and refuses.

mod sofa_support;

use assert_cmd::Command;
use serde_json::Value;
use sofa_support::{Maker, kemar, small};

fn cupola(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("cupola").unwrap();
    command.args(["hrtf", "info"]).args(arguments);
    command
}

fn stdout(arguments: &[&str]) -> String {
    let output = cupola(arguments).assert().success().get_output().clone();
    assert!(output.stderr.is_empty());
    String::from_utf8(output.stdout).unwrap()
}

fn assert_says(text: &str, expected: &[&str]) {
    for expected in expected {
        assert!(text.contains(expected), "no {expected:?} in\n{text}");
    }
}

#[test]
fn a_set_is_described() {
    let text = stdout(&[small("spheres.sofa").to_str().unwrap()]);
    let expected = [
        "made · nobody",
        "directions    9, elevation -30 to 90",
        "distance      1.40 m (5 directions at other distances are left out)",
        "rate          48000 Hz",
        "responses     12 samples",
        "licence       CC0",
    ];
    assert_says(&text, &expected);
    let delayed = stdout(&[small("polar.sofa").to_str().unwrap()]);
    assert_says(&delayed, &["delays        3.2 to 4.5 samples before the responses"]);
}

#[test]
fn json_says_the_same() {
    let text = stdout(&[small("spheres.sofa").to_str().unwrap(), "--json"]);
    let json: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["directions"], 9);
    assert_eq!(json["other_distances"], 5);
    assert_eq!(json["rate_hz"], 48_000.0);
    assert_eq!(json["taps"], 12);
    assert_eq!(json["licence"], "CC0");
    assert!(json["largest_gap"]["angle_deg"].as_f64().unwrap() > 60.0);
    assert_eq!(json["symmetry"]["exact"], false);
}

#[test]
fn outliers_are_listed_with_their_places() {
    let positions: Vec<[f64; 3]> = (0..24).map(|i| [f64::from(i) * 15.0, 0.0, 1.5]).collect();
    let size = |direction: usize| if direction == 5 { 3.0 } else { 1.0 };
    let maker =
        Maker::new(&positions, 8, |direction, _, tap| if tap == 3 { size(direction) } else { 0.0 });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("loud.sofa");
    std::fs::write(&path, maker.bytes()).unwrap();
    let text = stdout(&[path.to_str().unwrap()]);
    let line = "  azimuth 75, elevation 0: left ear +9.5 dB\n";
    assert_says(&text, &["loud\n", "outliers      2, against", line, "right ear +9.5 dB"]);
}

#[test]
fn a_picture_goes_to_a_file_or_to_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("set.svg");
    let set = small("polar.sofa");
    let set = set.to_str().unwrap();
    assert_eq!(stdout(&[set, "--svg", path.to_str().unwrap()]), "");
    let drawn = std::fs::read_to_string(&path).unwrap();
    assert_eq!(stdout(&[set, "--svg", "-"]), drawn);
    assert_says(
        &drawn,
        &["made · nobody", "9 directions · 44100 Hz · 12 samples", "Diffuse field"],
    );
    // A mark for each direction, and for each of the horizontal plane in two charts.
    assert_eq!(drawn.matches("class=\"moment\"").count(), 9 + 2 * 6);
    let both = stdout(&[set, "--json", "--svg", path.to_str().unwrap()]);
    assert!(both.starts_with('{'));
}

#[test]
fn kemar_is_described() {
    let Some(path) = kemar() else { return };
    let text = stdout(&[path.to_str().unwrap()]);
    let expected = [
        "MIT · KEMAR, normal pinna",
        "directions    710, elevation -40 to 90",
        "largest gap   50.0 deg from the nearest direction, azimuth 0, elevation -90",
        "outliers      none",
        "left, right   equal: one ear, mirrored",
        "diffuse field 6.6 dB from flat",
    ];
    assert_says(&text, &expected);
}

#[test]
fn mistakes_have_the_right_exit_status() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rooms.sofa");
    std::fs::write(&path, Maker::small().text("SOFAConventions", "MultiSpeakerBRIR").bytes())
        .unwrap();
    let refused = cupola(&[path.to_str().unwrap()]).assert().code(1).get_output().clone();
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_says(&said, &["rooms.sofa", "MultiSpeakerBRIR", "SimpleFreeFieldHRIR"]);
    assert!(refused.stdout.is_empty());
    cupola(&["nowhere.sofa"]).assert().code(1);
    let set = small("polar.sofa");
    cupola(&[set.to_str().unwrap(), "--json", "--svg", "-"]).assert().code(2);
    let nowhere = folder.path().join("missing/set.svg");
    cupola(&[set.to_str().unwrap(), "--svg", nowhere.to_str().unwrap()]).assert().code(3);
}
