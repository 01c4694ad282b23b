//! Inputs that are not what they should be, and outputs that would replace them.

#[path = "support/command.rs"]
mod command;
#[path = "support/wave.rs"]
mod wave;

use std::fs;
use std::path::Path;

use command::{cupola, listing, orbit, plays};
use tempfile::TempDir;
use wave::{noise, read_floats, write_floats};

/// A folder with a scene that plays `in.wav`, a tenth of a second of noise.
fn desk() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("s.toml"), plays("in.wav")).unwrap();
    write_floats(&folder.path().join("in.wav"), &[noise(1, 4800, 0.5)]);
    folder
}

fn render(folder: &Path) -> command::Ran {
    cupola(folder, "render s.toml --to stereo -o out.wav")
}

/// Runs what must fail with one line, and leave nothing behind.
#[track_caller]
fn refused(folder: &Path, code: i32, parts: &[&str]) {
    let before = listing(folder);
    let ran = render(folder);
    println!("{}", ran.said.trim_end());
    ran.fails(code, parts);
    assert_eq!(listing(folder), before);
}

#[cfg(unix)]
#[test]
fn an_input_is_never_written_over_under_whatever_name() {
    let folder = desk();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("sub")).unwrap();
    std::os::unix::fs::symlink("in.wav", at("soft.wav")).unwrap();
    fs::hard_link(at("in.wav"), at("hard.wav")).unwrap();
    std::os::unix::fs::symlink("in.wav", at("in.stereo.wav")).unwrap();
    fs::hard_link(at("s.toml"), at("scene.wav")).unwrap();
    fs::hard_link(at("in.wav"), at("x.L.wav")).unwrap();
    let (names, before) = (listing(folder.path()), fs::read(at("in.wav")).unwrap());
    for out in [
        "in.wav",
        "./in.wav",
        "sub/../in.wav",
        "soft.wav",
        "hard.wav",
        "scene.wav",
        "x.wav --split",
    ] {
        let ran = cupola(folder.path(), &format!("render s.toml --to stereo -o {out}"));
        ran.fails(2, &["would replace the input"]);
        assert_eq!(listing(folder.path()), names, "{out}");
    }
    let absolute = format!("render s.toml --to stereo -o {}", at("in.wav").display());
    cupola(folder.path(), &absolute).fails(2, &["would replace the input"]);
    fs::rename(at("s.toml"), at("in.toml")).unwrap();
    let by_default = cupola(folder.path(), "render in.toml --to stereo");
    by_default.fails(2, &["in.stereo.wav", "would replace the input"]);
    assert!(fs::read(at("in.wav")).unwrap() == before);
}

#[test]
fn what_is_no_scene_is_told_in_a_line() {
    let folder = tempfile::tempdir().unwrap();
    refused(folder.path(), 1, &["s.toml"]);
    fs::create_dir(folder.path().join("s.toml")).unwrap();
    refused(folder.path(), 1, &["s.toml", "not a regular file"]);
    fs::remove_dir(folder.path().join("s.toml")).unwrap();
    for (content, parts) in [
        (&b""[..], ["s.toml:1:1", "without sound"]),
        (&[0x80, 0xFF, 0, 1, 2], ["s.toml:1", "UTF-8"]),
        (b"RIFF", ["s.toml:1", ""]),
    ] {
        fs::write(folder.path().join("s.toml"), content).unwrap();
        refused(folder.path(), 1, &parts);
    }
}

#[test]
fn audio_that_is_none_is_told_in_a_line() {
    let folder = desk();
    let input = folder.path().join("in.wav");
    fs::write(&input, "This is a text, not a sound.\n").unwrap();
    refused(folder.path(), 1, &["s.toml:3", "in.wav"]);
    fs::write(&input, "").unwrap();
    refused(folder.path(), 1, &["s.toml:3", "in.wav"]);
    fs::remove_file(&input).unwrap();
    refused(folder.path(), 1, &["s.toml:3", "in.wav"]);
    fs::create_dir(&input).unwrap();
    refused(folder.path(), 1, &["s.toml:3", "in.wav"]);
    fs::write(folder.path().join("s.toml"), plays("../in.wav")).unwrap();
    refused(folder.path(), 1, &["s.toml:3", "../in.wav"]);
}

#[test]
fn what_is_cut_off_is_refused_or_padded() {
    let folder = desk();
    let input = folder.path().join("in.wav");
    let whole = fs::read(&input).unwrap();
    cupola(folder.path(), "render s.toml --to mono -o whole.wav").well();
    // A hundred frames and half of one are missing.
    fs::write(&input, &whole[..whole.len() - 402]).unwrap();
    refused(folder.path(), 1, &["in.wav", "4,800 frames", "4,699"]);
    let padded = cupola(folder.path(), "render s.toml --to mono -o out.wav --allow-truncated");
    assert_eq!(padded.code, Some(0), "{padded:?}");
    assert!(padded.said.contains("4,699"), "it says so: {padded:?}");
    let mut expected = read_floats(&folder.path().join("whole.wav"));
    expected[0][4699..].fill(0.0);
    assert!(read_floats(&folder.path().join("out.wav")) == expected);
}

#[test]
fn flac_that_is_cut_off_is_refused_or_padded() {
    let folder = desk();
    let flac = include_bytes!("data/audio/blocks.flac");
    let input = folder.path().join("in.flac");
    fs::write(folder.path().join("s.toml"), plays("in.flac").replace("file", "channel = 1\nfile"))
        .unwrap();
    fs::write(&input, &flac[..flac.len() * 2 / 3]).unwrap();
    refused(folder.path(), 1, &["in.flac", "frames"]);
    let padded = cupola(folder.path(), "render s.toml --to mono -o out.wav --allow-truncated");
    assert_eq!(padded.code, Some(0), "{padded:?}");
    fs::write(&input, flac).unwrap();
    cupola(folder.path(), "render s.toml --to mono -o whole.wav").well();
    let (whole, out) = ("whole.wav", "out.wav");
    let [whole, out] = [whole, out].map(|name| read_floats(&folder.path().join(name)).remove(0));
    assert_eq!(out.len(), whole.len());
    let lost = out.iter().zip(&whole).position(|(a, b)| a != b).unwrap();
    assert!(lost > whole.len() / 10, "what is there is heard");
    assert!(out[lost..].iter().all(|sample| *sample == 0.0), "and after it silence");
}

#[test]
fn what_is_no_number_is_named_with_its_file_and_sample() {
    for (value, place) in [(f32::NAN, 1234), (f32::INFINITY, 4799), (f32::NEG_INFINITY, 0)] {
        let folder = desk();
        let mut samples = noise(1, 4800, 0.5);
        samples[place] = value;
        write_floats(&folder.path().join("in.wav"), &[noise(2, 4800, 0.5), samples]);
        refused(folder.path(), 1, &["in.wav", &place.to_string()]);
    }
}

#[test]
fn a_file_without_frames_is_silence_with_a_word() {
    let folder = desk();
    write_floats(&folder.path().join("in.wav"), &[vec![]]);
    let scene = format!("duration_s = 0.1\n{}", plays("in.wav"));
    fs::write(folder.path().join("s.toml"), scene).unwrap();
    let ran = render(folder.path());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.said.contains("in.wav"), "a word about it: {ran:?}");
    assert!(read_floats(&folder.path().join("out.wav")) == vec![vec![0.0; 4800]; 2]);
    fs::write(folder.path().join("s.toml"), plays("in.wav")).unwrap();
    fs::remove_file(folder.path().join("out.wav")).unwrap();
    let ran = render(folder.path());
    assert_eq!(ran.code, Some(1), "a scene that lasts no time at all: {ran:?}");
    assert!(ran.said.contains("lasts no time at all"), "{ran:?}");
    assert_eq!(listing(folder.path()), ["in.wav", "s.toml"]);
}

#[test]
fn a_range_without_frames_is_a_mistake_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("s.toml"), orbit(1.0)).unwrap();
    for range in ["1s..2s", "48000f..48001f", "0.5s..0.5s", "7f..7f", "0.5s..0.25s", "..0f"] {
        let ran =
            cupola(folder.path(), &format!("render s.toml --to mono -o o.wav --range {range}"));
        ran.fails(2, &["no frames", "48000"]);
        assert_eq!(listing(folder.path()), ["s.toml"], "{range}");
    }
    let beyond = cupola(folder.path(), "render s.toml --to mono -o o.wav --range 47999f..9s");
    assert_eq!(beyond.code, Some(0), "{beyond:?}");
    assert!(beyond.said.contains("warning") && beyond.said.contains("48000"), "{beyond:?}");
    assert_eq!(read_floats(&folder.path().join("o.wav"))[0].len(), 1);
}

#[test]
fn a_layout_nobody_knows_is_told_with_one_that_is_meant() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("s.toml"), orbit(1.0)).unwrap();
    for (name, meant) in [("714", "7.1.4"), ("Stereo", "stereo"), ("4+7+O", "4+7+0")] {
        let ran = cupola(folder.path(), &format!("render s.toml --to {name} -o o.wav"));
        ran.fails(2, &[&format!("did you mean `{meant}`")]);
    }
    let none = cupola(folder.path(), "render s.toml -o o.wav");
    assert!(none.code == Some(2) && none.said.contains("--to <LAYOUT>"), "{none:?}");
    assert_eq!(listing(folder.path()), ["s.toml"]);
}
