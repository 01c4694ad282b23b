//! The same scene gives the same bytes, whoever renders it, where, when and in how many pieces.

#[path = "support/command.rs"]
mod command;
#[path = "support/desk.rs"]
mod desk;
#[path = "support/wave.rs"]
mod wave;

use std::fs;
use std::path::Path;

use command::{cupola, program};
use tempfile::TempDir;
use wave::{audio, noise, write_floats};

/// Frames of the busy scene: 4.3 s.
const FRAMES: u64 = 206_400;

const FORMATS: [&str; 3] = ["16", "24", "32"];

/// The busy scene, and a file at its rate and one at another among its sources.
fn desk() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("stems")).unwrap();
    write_floats(&at("stems/loop.wav"), &[noise(1, 10_007, 0.2), noise(2, 10_007, 0.2)]);
    fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/audio/tone.flac"),
        at("stems/tone.flac"),
    )
    .unwrap();
    let files = "\n[[object]]\nname = \"pair\"\nfile = \"stems/loop.wav\"\nloop = true\n\
                 macro = { type = \"orbit\", turns_per_s = -0.3 }\n\
                 \n[[object]]\nname = \"other rate\"\nfile = \"stems/tone.flac\"\nloop = true\n\
                 micro = { type = \"wander\", azimuth_deg = 5, elevation_deg = 5, rate_hz = 1 }\n";
    fs::write(at("s.toml"), format!("{}{files}", desk::BUSY)).unwrap();
    folder
}

/// The bytes of the files of one render to two layouts.
fn bytes(folder: &Path, arguments: &str) -> [Vec<u8>; 2] {
    let common = "render s.toml --to 7.1.4 --to stereo -o out/";
    cupola(folder, &format!("{common} {arguments}")).well();
    read(&folder.join("out"))
}

fn read(out: &Path) -> [Vec<u8>; 2] {
    ["s.7.1.4.wav", "s.stereo.wav"].map(|name| fs::read(out.join(name)).unwrap())
}

#[test]
fn neither_threads_nor_batches_change_a_byte() {
    let folder = desk();
    for bits in FORMATS {
        let usual = bytes(folder.path(), &format!("--bits {bits}"));
        assert!(audio(&usual[0]).iter().any(|byte| *byte != 0));
        for how in ["--threads 1", "--threads 2", "--threads 3", "--threads 8"].into_iter().chain([
            "--batch 1",
            "--batch 7 --threads 3",
            "--batch 512",
        ]) {
            let other = bytes(folder.path(), &format!("--bits {bits} {how}"));
            assert!(usual == other, "{bits} bits, {how}");
        }
        let reseeded = bytes(folder.path(), &format!("--bits {bits} --dither-seed 1"));
        assert_eq!(usual == reseeded, bits == "32", "dither has a seed, floats have no dither");
    }
}

#[test]
fn neither_place_nor_language_nor_time_zone_changes_a_byte() {
    let folder = desk();
    let usual = bytes(folder.path(), "--bits 24");
    let elsewhere = tempfile::tempdir().unwrap();
    let scene = folder.path().join("s.toml");
    let [up, name] = [folder.path().parent().unwrap(), folder.path().file_name().unwrap().as_ref()];
    for (from, scene, settings) in [
        (elsewhere.path(), scene.as_path(), [("LANG", "de_DE.UTF-8"), ("LC_ALL", "de_DE.UTF-8")]),
        (up, &name.join("s.toml"), [("LC_ALL", "C"), ("TZ", "Pacific/Apia")]),
        (folder.path(), Path::new("./s.toml"), [("RAYON_NUM_THREADS", "5"), ("LANG", "tr_TR")]),
        (Path::new("/"), scene.as_path(), [("HOME", "/nonexistent"), ("TERM", "dumb")]),
    ] {
        let out = tempfile::tempdir().unwrap();
        let ran = program(from)
            .args(["render", "--to", "7.1.4", "--to", "stereo", "--bits", "24", "-o"])
            .args([out.path(), scene])
            .envs(settings)
            .output()
            .unwrap();
        command::Ran::from(ran).well();
        assert!(usual == read(out.path()), "{} in {}", scene.display(), from.display());
    }
}

#[test]
fn seven_ranges_joined_are_the_whole() {
    let folder = desk();
    let cuts = [0, 1, 63, 1000, 33_333, 100_001, 150_017, FRAMES];
    for bits in FORMATS {
        let whole = bytes(folder.path(), &format!("--bits {bits}"));
        let mut joined = [Vec::new(), Vec::new()];
        for range in cuts.windows(2) {
            // The beginning of the scene and its end need not be said.
            let from = if range[0] == 0 { String::new() } else { format!("{}f", range[0]) };
            let to = if range[1] == FRAMES { String::new() } else { format!("{}f", range[1]) };
            let parts = bytes(folder.path(), &format!("--bits {bits} --range {from}..{to}"));
            for (joined, part) in joined.iter_mut().zip(&parts) {
                joined.extend_from_slice(audio(part));
            }
        }
        for (whole, joined) in whole.iter().zip(&joined) {
            assert!(audio(whole) == joined, "{bits} bits");
        }
    }
}

/// Seconds are rounded to the nearest frame, and the end of one range is the beginning of the next.
#[test]
fn ranges_in_seconds_are_rounded_to_frames() {
    let folder = desk();
    let by_seconds = bytes(folder.path(), "--range 0.10001s..1500.004ms");
    let by_frames = bytes(folder.path(), "--range 4800f..72000f");
    assert!(by_seconds == by_frames);
}
