//! What comes in through JACK comes out where the scene puts it.
#![cfg(all(feature = "live-jack", target_os = "linux"))]

#[path = "support/command.rs"]
mod command;
#[path = "support/jack.rs"]
mod jack;

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use command::program;
use jack::{Running, are_there, connect, server, server_name, start};

/// A sample that tells its frame and its channel, 0 or 1; an f32 holds every one of them.
fn code(frame: usize, channel: usize) -> f32 {
    (2 * frame + channel + 1) as f32 / (1 << 23) as f32
}

/// The frame that a sample of the first channel tells.
fn frame_of(sample: f32) -> Option<usize> {
    let number = (sample * (1 << 23) as f32) as usize;
    (number % 2 == 1).then_some(number / 2)
}

/// Half a minute of two channels in which every sample is another.
fn write_codes(path: &Path) {
    let spec = hound::WavSpec {
        channels: 2,
        sample_rate: 48_000,
        bits_per_sample: 32,
        sample_format: hound::SampleFormat::Float,
    };
    let mut file = hound::WavWriter::create(path, spec).unwrap();
    for frame in 0..30 * 48_000 {
        (0..2).for_each(|channel| file.write_sample(code(frame, channel)).unwrap());
    }
    file.finalize().unwrap();
}

const SENDS: &str = "[[bed]]\nname = 'codes'\nlayout = 'stereo'\nfile = 'codes.wav'\n";

const LISTENS: &str = "
[[object]]
name = 'voice'
input = 1
[[bed]]
name = 'room'
layout = '7.1.4'
inputs = [2, 1]
channels = ['Lss', 'Rtr']
";

/// In a WAVE file of 7.1.4: where the object comes out, and the two channels of the bed.
const C: usize = 2;
const LSS: usize = 6;
const RTR: usize = 11;

#[test]
fn two_channels_come_out_where_the_scene_puts_them() {
    if !are_there(&["jackd", "jack_connect"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write_codes(&folder.join("codes.wav"));
    fs::write(folder.join("sends.toml"), SENDS).unwrap();
    fs::write(folder.join("listens.toml"), LISTENS).unwrap();
    let name = server_name("inputs");
    let _server = server(&name);
    let play = |scene: &str, to: &str| {
        let mut command = program(folder);
        command.env("JACK_DEFAULT_SERVER", &name);
        command.args(["play", scene, "--to", to, "--host", "jack"]);
        command
    };
    let sends = start(&mut play("sends.toml", "stereo"));
    let lines = fs::File::create(folder.join("lines")).unwrap();
    let mut listens = play("listens.toml", "7.1.4");
    listens.args(["--record", "heard.wav", "--headless"]).stdout(lines).stderr(Stdio::null());
    let listens = Running(listens.spawn().unwrap());
    for channel in 0..2 {
        let from = format!("cpal_client_{}_out:out_{channel}", sends.id());
        let to = format!("cpal_client_{}_in:in_{channel}", listens.id());
        connect(&name, &from, &to);
    }
    std::thread::sleep(Duration::from_millis(3500));
    drop(listens);
    check(&folder.join("heard.wav"));
    let lines = fs::read_to_string(folder.join("lines")).unwrap();
    // The last line but one: the last tells of the moment since then, in which the output may have
    // been called once, just before the input.
    let line = lines.lines().nth_back(1).expect("more lines than one");
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    println!("{line}");
    // The callback and as much held back, a buffer of each device, and at most one more of each
    // where one of the two was late when it began.
    let latency_ms = line["input_latency_ms"].as_f64().expect("it is measured");
    let buffers = latency_ms * 48.0 / 1024.0;
    assert!((3.0..=6.0).contains(&buffers), "{buffers} buffers");
}

/// A second of what was heard, or more, is what was sent, frame after frame and without a gap.
fn check(path: &Path) {
    let mut heard = hound::WavReader::open(path).unwrap();
    let heard: Vec<f32> = heard.samples::<f32>().map(Result::unwrap).collect();
    let (mut longest, mut run, mut last) = (0, 0, None);
    for frame in heard.chunks(12) {
        let at = frame_of(frame[C]);
        let is_right = at.is_some_and(|at| {
            let mut expected = [0.0; 12];
            (expected[C], expected[LSS], expected[RTR]) = (code(at, 0), code(at, 1), code(at, 0));
            frame == expected
        });
        let goes_on = is_right && last.is_some_and(|last: usize| at == Some(last + 1));
        run = if goes_on { run + 1 } else { 0 };
        longest = longest.max(run);
        last = at;
    }
    println!("{longest} frames in a row, of {}", heard.len() / 12);
    assert!(longest > 48_000, "{longest} frames in a row");
}
