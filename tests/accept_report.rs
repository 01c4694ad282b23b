//! What a render says about itself, and to whom.

#[path = "support/command.rs"]
mod command;
#[path = "support/wave.rs"]
mod wave;

use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};

use command::{cupola, listing, orbit, plays, program};
use serde_json::Value;
use wave::{read_floats, read_integers, write_floats};

#[test]
fn the_report_is_true() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("s.toml"), orbit(0.5)).unwrap();
    let ran = cupola(folder.path(), "render s.toml --to 7.1.4 --to stereo -o o/ --json").well();
    let report: Value = serde_json::from_str(&ran.printed).unwrap();
    assert_eq!((&report["frames"], &report["sample_rate"]), (&24_000.into(), &48_000.into()));
    let files = report["files"].as_array().unwrap();
    let names = |index: usize| files[index]["channels"].to_string().replace('"', "");
    assert_eq!(names(0), "[L,R,C,LFE,Lrs,Rrs,Lss,Rss,Ltf,Rtf,Ltr,Rtr]");
    assert_eq!(names(1), "[L,R]");
    for file in files {
        let path = folder.path().join(file["path"].as_str().unwrap());
        assert_eq!(file["frames"], 24_000);
        assert_eq!(file["bytes"], fs::metadata(&path).unwrap().len());
        let peaks = read_floats(&path).into_iter().map(|channel| {
            channel.into_iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()))
        });
        let told = file["sample_peak"].as_array().unwrap().iter();
        assert!(peaks.eq(told.map(|peak| peak.as_f64().unwrap() as f32)));
        let hash = Command::new("sha256sum").arg(&path).output().unwrap();
        let hash = String::from_utf8(hash.stdout).unwrap();
        assert_eq!(file["sha256"].as_str(), hash.split(' ').next());
    }
}

#[test]
fn a_clip_is_counted_and_never_wrapped() {
    let folder = tempfile::tempdir().unwrap();
    // Beyond full scale by 12 dB, both ways, and at it.
    let loud = vec![3.98, -3.98, 0.5, 1.0, -1.0, -0.25];
    write_floats(&folder.path().join("in.wav"), std::slice::from_ref(&loud));
    fs::write(folder.path().join("s.toml"), plays("in.wav")).unwrap();
    for (bits, full_scale) in [(16, 32_768), (24, 8_388_608)] {
        let arguments = format!("render s.toml --to mono --bits {bits} -o o.wav --json");
        let ran = cupola(folder.path(), &arguments);
        let report: Value = serde_json::from_str(&ran.printed).unwrap();
        let clipped = report["files"][0]["clipped_samples"].as_u64().unwrap();
        // A sample at full scale may or may not be pushed over by dither.
        assert!((2..=4).contains(&clipped), "{clipped} clips counted");
        let written = read_integers(&folder.path().join("o.wav"));
        let nearly = |value: i32, exact: i32| (value - exact).abs() <= 2;
        assert_eq!(written[..2], [full_scale - 1, -full_scale], "{bits} bits");
        assert!(nearly(written[2], full_scale / 2) && nearly(written[5], -full_scale / 4));
        assert!(nearly(written[3], full_scale - 1) && nearly(written[4], -full_scale));
    }
    let ran = cupola(folder.path(), "render s.toml --to mono -o o.wav");
    assert!(ran.printed.contains("2 samples over full scale"), "{ran:?}");
    assert!(ran.printed.contains("peak 12.00 dBFS"), "{ran:?}");
    assert!(read_floats(&folder.path().join("o.wav")) == [loud], "floats keep what is over");
}

#[test]
fn split_files_are_the_channels() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("s.toml"), orbit(0.5)).unwrap();
    cupola(folder.path(), "render s.toml --to 5.1 -o o.wav").well();
    let ran = cupola(folder.path(), "render s.toml --to 5.1 --split -o sp/").well();
    assert!(ran.printed.contains("1 channel,"), "{ran:?}");
    let whole = read_floats(&folder.path().join("o.wav"));
    for (channel, name) in whole.iter().zip(["L", "R", "C", "LFE", "Ls", "Rs"]) {
        let mono = read_floats(&folder.path().join(format!("sp/s.5.1.{name}.wav")));
        assert!(mono == [channel.clone()], "{name}");
    }
    assert_eq!(listing(&folder.path().join("sp")).len(), 6);
}

/// Whoever reads standard output may stop; the file is written all the same.
#[test]
fn a_reader_that_leaves_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("s.toml"), orbit(0.1)).unwrap();
    for arguments in
        [&["render", "s.toml", "--to", "22.2", "--json", "-o", "o.wav"][..], &["schema"]]
    {
        let mut child = program(folder.path())
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert!(child.wait().unwrap().success() && said.is_empty(), "{said}");
    }
    assert_eq!(read_floats(&folder.path().join("o.wav")).len(), 24);
}

/// Data goes to standard output, everything else to standard error, and bars to terminals only.
#[test]
fn standard_output_has_data_only() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("s.toml"), orbit(0.1)).unwrap();
    let ran = cupola(folder.path(), "render s.toml --to mono -o o.wav --range ..1s");
    assert!(ran.said.starts_with("warning: ") && ran.said.lines().count() == 1, "{ran:?}");
    assert!(ran.printed.starts_with("o.wav  1 channel, 0.10 s, peak -12"), "{ran:?}");
    assert!(!ran.printed.contains('\r') && !ran.said.contains('\u{1b}'), "{ran:?}");
}

#[test]
fn every_verb_has_a_help_with_units() {
    let folder = tempfile::tempdir().unwrap();
    let verbs = [
        ("render", ["seconds or frames", "dithered", "--channel-order"]),
        ("check", ["line and column", "--json", "SCENE"]),
        ("layouts", ["--svg", "--json", "NAME"]),
        ("gains", ["degrees", "standard input", "LAYOUT"]),
        ("plot", ["SVG", "", ""]),
        ("schema", ["JSON Schema", "", ""]),
        ("bench", ["--runs", "--to", "--json"]),
    ];
    let overview = cupola(folder.path(), "--help").well().printed;
    for (verb, words) in verbs {
        assert!(overview.contains(verb));
        let help = cupola(folder.path(), &format!("{verb} --help")).well().printed;
        words.iter().for_each(|word| assert!(help.contains(word), "{verb}: no {word:?}"));
        let longest = help.lines().map(|line| line.chars().count()).max();
        assert!(longest <= Some(110), "{verb}: a line of {longest:?} characters");
    }
}
