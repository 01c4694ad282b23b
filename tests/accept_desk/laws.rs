//! The laws of time with everything there is on the desk.

use std::fs;
use std::path::Path;

use crate::command::cupola;
use crate::desk::{FULL_FRAMES, full_scene};
use crate::wave::audio;

fn bytes(folder: &Path, how: &str) -> [Vec<u8>; 2] {
    let common = "render scene.toml --to 5.1 --to stereo -o out/";
    let ran = cupola(folder, &format!("{common} {how}"));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    ["scene.5.1.wav", "scene.stereo.wav"]
        .map(|name| fs::read(folder.join("out").join(name)).unwrap())
}

#[test]
fn neither_threads_nor_batches_change_a_byte() {
    let scene = full_scene();
    let usual = bytes(scene.folder.path(), "--threads 1");
    assert!(audio(&usual[0]).iter().any(|byte| *byte != 0));
    for how in [
        "--threads 2",
        "--threads 3",
        "--threads 8",
        "--threads 1 --batch 1",
        "--threads 3 --batch 7",
        "--threads 2 --batch 512",
        "--threads 2 --report",
    ] {
        assert!(usual == bytes(scene.folder.path(), how), "{how}");
    }
}

#[test]
fn ranges_joined_are_the_whole() {
    let scene = full_scene();
    let whole = bytes(scene.folder.path(), "--bits 16");
    let mut joined = [Vec::new(), Vec::new()];
    for range in [0, 1, 63, 1000, 20_003, FULL_FRAMES].windows(2) {
        let how = format!("--bits 16 --range {}f..{}f", range[0], range[1]);
        for (joined, part) in joined.iter_mut().zip(bytes(scene.folder.path(), &how)) {
            joined.extend_from_slice(audio(&part));
        }
    }
    for (whole, joined) in whole.iter().zip(&joined) {
        assert!(audio(whole) == joined);
    }
}
