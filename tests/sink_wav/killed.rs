//! A render that is killed leaves nothing under the final name, and a temporary that can be read.
#![cfg(unix)]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use cupola::sink::{SampleFormat, Sink, WavFile};

use super::{listing, noise, spec, write};

/// Where the child, this very test run once more, is to write.
const CHILD: &str = "CUPOLA_TEST_WRITE_UNTIL_KILLED";

/// The sample at a frame.
fn ramp(frame: u64) -> f32 {
    (frame % (1 << 20)) as f32 / (1 << 20) as f32
}

/// Does nothing in an ordinary run; in the child it writes until it is killed.
#[test]
fn writes_until_killed() {
    let Some(path) = std::env::var_os(CHILD).map(PathBuf::from) else { return };
    let mut file = WavFile::create(spec(&path, 2, 3, SampleFormat::Float32)).unwrap();
    for block in 0_u64..1 << 19 {
        let samples: Vec<f32> = (block * 512..(block + 1) * 512).map(ramp).collect();
        file.write(&[&samples, &samples]).unwrap();
    }
}

fn start_writing(path: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed::writes_until_killed"])
        .env(CHILD, path)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// Waits until the file has so many bytes, so that the kill falls into the writing.
fn wait_for(part: &Path, bytes: u64) {
    let started = Instant::now();
    while std::fs::metadata(part).map_or(0, |metadata| metadata.len()) < bytes {
        assert!(started.elapsed() < Duration::from_secs(20), "the child does not write");
        std::thread::sleep(Duration::from_micros(200));
    }
}

#[test]
fn a_kill_at_any_moment_leaves_a_readable_temporary() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mix.wav");
    let part = folder.path().join(".mix.wav.part");
    let mut longest = 0;
    for round in 0_u64..20 {
        // Without this the wait would be for what the last child left.
        let _ = std::fs::remove_file(&part);
        let mut child = start_writing(&path);
        wait_for(&part, 94 + round * 40_000);
        // Any moment will do, as long as they differ.
        std::thread::sleep(Duration::from_micros(round * round * 13));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(listing(folder.path()), [".mix.wav.part"]);
        longest = longest.max(read_ramp(&part));
    }
    // Two buffers of 256 KiB, and the header after them, precede the 760,094th byte.
    assert!(longest >= 65_536, "the later kills find {longest} frames only");
    write(spec(&path, 2, 3, SampleFormat::Float32), &noise(2, 10));
    assert_eq!(listing(folder.path()), ["mix.wav"], "the next render removes what was left");
}

/// Reads a file with a reader of other people's and says how long it is.
fn read_ramp(path: &Path) -> u32 {
    let mut reader = hound::WavReader::open(path).unwrap();
    for (index, sample) in reader.samples::<f32>().enumerate() {
        assert_eq!(sample.unwrap(), ramp(index as u64 / 2));
    }
    reader.duration()
}
