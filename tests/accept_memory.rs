//! Memory does not grow with the length of a scene.
#![cfg(target_os = "linux")]

#[path = "support/command.rs"]
mod command;
#[path = "support/wave.rs"]
mod wave;

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use command::program;
use wave::{noise, write_floats};

/// Looped files at the scene's rate and another, and signals, all of them moving and delayed.
fn scene(duration_s: u32) -> String {
    let mut text = format!("duration_s = {duration_s}\n");
    for index in 0..16 {
        let source = match index % 3 {
            0 => "file = \"in.wav\"\nloop = true",
            1 => "file = \"tone.flac\"\nloop = true\nchannel = 1",
            _ => "signal = { type = \"pink-noise\" }\ndoppler = true",
        };
        let _ = writeln!(
            text,
            "[[object]]\nname = \"{index}\"\n{source}\n\
             macro = {{ type = \"orbit\", turns_per_s = 0.1{index} }}"
        );
    }
    text
}

/// The most memory the render of a scene ever held, in KiB.
fn peak_kib(folder: &Path, duration_s: u32) -> u64 {
    fs::write(folder.join("s.toml"), scene(duration_s)).unwrap();
    let mut child = program(folder)
        .args([
            "render",
            "s.toml",
            "--to",
            "5.1",
            "-o",
            "out.wav",
            "--bits",
            "16",
            "--threads",
            "2",
        ])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    // The high-water mark never falls, so that the last look before the end is the one that counts.
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let number = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = peak.max(number.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(1));
    }
    assert!(child.wait().unwrap().success());
    peak
}

#[test]
fn six_times_the_length_takes_no_more_memory() {
    let folder = tempfile::tempdir().unwrap();
    write_floats(&folder.path().join("in.wav"), &[noise(1, 48_000, 0.1)]);
    let flac = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/audio/tone.flac");
    fs::copy(flac, folder.path().join("tone.flac")).unwrap();
    let (short, long) = (peak_kib(folder.path(), 10), peak_kib(folder.path(), 60));
    println!("10 s: {short} KiB, 60 s: {long} KiB");
    // An allocator's mood is a few megabytes; the 50 s are 200 in f32, 29 in the file.
    assert!(long < short + 4096, "{short} KiB for 10 s, {long} KiB for 60 s");
    assert!(long < 100_000, "{long} KiB");
}
