//! `cupola measure`: what it prints, whose channels it takes them for, and what it refuses.

#[path = "support/command.rs"]
mod command;
#[path = "support/wave.rs"]
mod wave;

use std::fs;
use std::path::Path;

use command::{Ran, cupola, orbit, program};
use serde_json::Value;

/// A tone of 1 kHz at -23 dBFS.
fn tone(frames: usize) -> Vec<f32> {
    let sample = |frame: usize| (std::f32::consts::TAU * (frame % 48) as f32 / 48.0).sin();
    (0..frames).map(|frame| 0.070_795 * sample(frame)).collect()
}

fn json(ran: &Ran) -> Value {
    assert_eq!(ran.code, Some(0), "{ran:?}");
    serde_json::from_str(&ran.printed).unwrap()
}

fn near(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap();
    assert!((found - expected).abs() < 0.05, "{found}, not {expected}");
}

#[test]
fn a_tone_in_stereo_reads_its_level() {
    let folder = tempfile::tempdir().unwrap();
    let silent = vec![0.0; 5 * 48_000];
    wave::write_floats(&folder.path().join("tone.wav"), &[tone(5 * 48_000), tone(5 * 48_000)]);
    wave::write_floats(&folder.path().join("left.wav"), &[tone(5 * 48_000), silent]);
    let found = json(&cupola(folder.path(), "measure tone.wav --json").well());
    for (key, expected) in [
        ("integrated_lufs", -23.0),
        ("max_momentary_lufs", -23.0),
        ("max_short_term_lufs", -23.0),
        ("loudness_range_lu", 0.0),
        ("true_peak_dbtp", -23.0),
        ("plr_lu", 0.0),
        ("duration_s", 5.0),
    ] {
        near(&found[key], expected);
    }
    assert_eq!((&found["file"], &found["frames"]), (&"tone.wav".into(), &240_000.into()));
    assert_eq!((&found["layout"], &found["sample_rate"]), (&"stereo".into(), &48_000.into()));
    near(&found["channels"][1]["sample_peak_dbfs"], -23.0);

    let found = json(&cupola(folder.path(), "measure left.wav --json").well());
    near(&found["integrated_lufs"], -26.0);
    assert_eq!(found["channels"][1]["name"], "R");
    assert!(found["channels"][1]["true_peak_dbtp"].is_null());

    let text = cupola(folder.path(), "measure left.wav").well().printed;
    for line in ["integrated          -26.0 LUFS", "L            -23.0           -23.0"] {
        assert!(text.contains(line), "no {line:?} in\n{text}");
    }
    assert!(text.lines().any(|line| line.split_whitespace().eq(["R", "-", "-"])), "{text}");
}

/// The same sound in the order of the mask, in that of the layout, with the layout named: the
/// sides weigh more than the rears whichever come first.
#[test]
fn the_order_of_the_channels_does_not_matter_if_it_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("orbit.toml"), orbit(4.0)).unwrap();
    cupola(path, "render orbit.toml --to 7.1.4 -o mask.wav").well();
    cupola(path, "render orbit.toml --to 7.1.4 --channel-order itu -o itu.wav").well();
    let by_mask = json(&cupola(path, "measure mask.wav --json").well());
    let named = json(&cupola(path, "measure mask.wav --layout 7.1.4 --json").well());
    let by_layout = json(&cupola(path, "measure itu.wav --layout 7.1.4 --json").well());
    assert_eq!((&by_mask["layout"], &by_mask["channel_order"]), (&"7.1.4".into(), &"mask".into()));
    assert_eq!(by_mask["channels"][4]["name"], "Lrs");
    assert_eq!(by_mask, named);
    assert_eq!(by_layout["channel_order"], "layout");
    assert_eq!(by_layout["channels"][4]["name"], "Lss");
    let loudness = |found: &Value| found["integrated_lufs"].as_f64().unwrap();
    // The channels are added in another order.
    assert!((loudness(&by_layout) - loudness(&by_mask)).abs() < 1e-9);

    let guessed = cupola(path, "measure itu.wav --json");
    assert!(guessed.said.starts_with("warning: itu.wav: 12 channels taken for 7.1.4"));
    assert_eq!(json(&guessed)["integrated_lufs"], by_layout["integrated_lufs"]);
}

#[test]
fn a_layout_of_ones_own_weighs_by_angle() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    wave::write_floats(&path.join("one.wav"), &[tone(48_000)]);
    for (azimuth_deg, expected) in [(0, -26.0), (90, -24.5)] {
        let text = format!(
            "title = \"one\"\nloudspeakers = [{{ name = \"X\", azimuth_deg = {azimuth_deg}, \
             elevation_deg = 0 }}]\n"
        );
        fs::write(path.join("room.toml"), text).unwrap();
        let found = json(&cupola(path, "measure one.wav --layout room.toml --json").well());
        assert_eq!(
            (&found["layout"], &found["channels"][0]["name"]),
            (&"room".into(), &"X".into())
        );
        near(&found["integrated_lufs"], expected);
    }
}

#[test]
fn other_kinds_of_files_are_measured_too() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/audio");
    let wav = json(&cupola(&folder, "measure tone.wav --json"));
    for file in ["tone.flac", "tone.aiff", "tone-alac.m4a"] {
        let found = json(&cupola(&folder, &format!("measure {file} --json")));
        // They are shorter than what is gated.
        for key in ["max_momentary_lufs", "true_peak_dbtp", "channels"] {
            assert_eq!(found[key], wav[key], "{file}: {key}");
        }
    }
    assert!(wav["max_momentary_lufs"].is_f64());
}

#[test]
fn silence_is_null_and_a_dash() {
    let folder = tempfile::tempdir().unwrap();
    wave::write_floats(&folder.path().join("silence.wav"), &[vec![0.0; 48_000]]);
    wave::write_floats(&folder.path().join("empty.wav"), &[vec![]]);
    for file in ["silence.wav", "empty.wav"] {
        let found = json(&cupola(folder.path(), &format!("measure {file} --json")));
        for key in ["integrated_lufs", "loudness_range_lu", "true_peak_dbtp", "plr_lu"] {
            assert!(found[key].is_null(), "{file}: {key}");
        }
        let text = cupola(folder.path(), &format!("measure {file}")).printed;
        assert!(text.contains("integrated              - LUFS"), "{text}");
    }
}

#[test]
fn what_cannot_be_measured_is_refused_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("notes.txt"), "no sound here\n").unwrap();
    fs::create_dir(path.join("folder")).unwrap();
    wave::write_floats(&path.join("seven.wav"), &vec![tone(4800); 7]);
    wave::write_floats(&path.join("whole.wav"), &[tone(4800)]);
    let whole = fs::read(path.join("whole.wav")).unwrap();
    fs::write(path.join("cut.wav"), &whole[..whole.len() / 2]).unwrap();
    cupola(path, "measure missing.wav").fails(1, &["missing.wav: no such file"]);
    cupola(path, "measure notes.txt").fails(1, &["notes.txt: looks like text"]);
    cupola(path, "measure folder").fails(1, &["folder: not a file"]);
    cupola(path, "measure cut.wav").fails(1, &["cut.wav", "truncated"]);
    cupola(path, "measure seven.wav").fails(2, &["seven.wav: has 7 channels", "--layout"]);
    let fit = "seven.wav: has 7 channels, the layout 5.1 has 6";
    cupola(path, "measure seven.wav --layout 5.1").fails(2, &[fit]);
    cupola(path, "measure whole.wav --layout 5.l").fails(2, &["did you mean `5.1`"]);
    let cut = json(&cupola(path, "measure cut.wav --allow-truncated --json"));
    assert_eq!(cut["frames"], 4800);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    wave::write_floats(&folder.path().join("tone.wav"), &[tone(4800)]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let status = program(folder.path()).args(["measure", "tone.wav"]).stdout(writer).status();
    assert_eq!(status.unwrap().code(), Some(0));
}
