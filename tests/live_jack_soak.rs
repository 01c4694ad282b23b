//! An hour of a scene on a JACK server that runs as fast as it can: memory stays as it is.
#![cfg(all(feature = "live-jack", target_os = "linux"))]

#[path = "support/command.rs"]
mod command;
#[path = "support/jack.rs"]
mod jack;

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use command::program;
use jack::{Running, are_there, lines, may_take_long, server, server_name};

/// A file that is read over and over, what comes in, and things that remember.
const SCENE: &str = "
duration_s = 4000
[[object]]
name = 'file'
file = 'noise.wav'
loop = true
eq = [{ type = 'bell', freq_hz = 500, gain_db = 4 }]
compressor = { threshold_db = -20, ratio = 3 }
sends = [{ to = 'hall', gain_db = -12 }]
macro = { type = 'orbit', turns_per_s = 0.1, repeat = 'forever' }
[[object]]
name = 'input'
input = 1
[[return]]
name = 'hall'
reverb = { rt60_s = 1.5 }
[master]
limiter = { ceiling_dbtp = -1 }
";

/// How much more memory an hour may take than its first five minutes, in kB: what a few pages of
/// a thread's stack that were not touched before amount to.
const TOLERANCE_KB: u64 = 512;

/// A real hour is six times as long.
const PATIENCE: Duration = Duration::from_secs(600);

#[test]
fn memory_stays_as_it_is_for_an_hour() {
    if !may_take_long() || !are_there(&["jackd", "jack_freewheel"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write_noise(&folder.join("noise.wav"));
    fs::write(folder.join("scene.toml"), SCENE).unwrap();
    let name = server_name("soak");
    let _server = server(&name);
    let mut player = program(folder);
    player.env("JACK_DEFAULT_SERVER", &name);
    player.args(["play", "scene.toml", "--to", "stereo", "--host", "jack", "--headless"]);
    player.stdout(fs::File::create(folder.join("lines")).unwrap()).stderr(Stdio::null());
    let player = Running(player.spawn().unwrap());
    std::thread::sleep(Duration::from_secs(2));
    let freewheel = |on: &str| {
        Command::new("jack_freewheel").args([on]).env("JACK_DEFAULT_SERVER", &name).output()
    };
    freewheel("y").unwrap();
    let begun = Instant::now();
    let mut early_kb = None;
    let last = loop {
        assert!(
            begun.elapsed() < PATIENCE,
            "it is slow: {:?}",
            lines(&folder.join("lines")).last()
        );
        std::thread::sleep(Duration::from_millis(200));
        let lines = lines(&folder.join("lines"));
        let Some(last) = lines.last().cloned() else { continue };
        let time_s = last["time_s"].as_f64().unwrap();
        if time_s > 300.0 {
            early_kb.get_or_insert_with(|| (time_s, memory_kb(player.id())));
        }
        if time_s > 3600.0 {
            break last;
        }
    };
    let (early, late_kb) = (early_kb.unwrap(), memory_kb(player.id()));
    println!(
        "{} kB at {} s, {late_kb} kB after an hour; {:?}; {last}",
        early.1,
        early.0,
        begun.elapsed()
    );
    freewheel("n").unwrap();
    assert!(late_kb <= early.1 + TOLERANCE_KB, "{} kB, then {late_kb} kB", early.1);
    assert_eq!((&last["missed_reads"], &last["faults"]), (&0.into(), &0.into()), "{last}");
}

/// What a process holds in memory.
fn memory_kb(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Seven seconds of noise.
fn write_noise(path: &std::path::Path) {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 48_000,
        bits_per_sample: 24,
        sample_format: hound::SampleFormat::Int,
    };
    let mut file = hound::WavWriter::create(path, spec).unwrap();
    let mut state = 1_u32;
    for _ in 0..7 * 48_000 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        file.write_sample((state >> 11) as i32 - (1 << 20)).unwrap();
    }
    file.finalize().unwrap();
}
