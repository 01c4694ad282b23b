//! Every scene in `scenes/` is heard: no mistake, no warning, sound in every target, all of it numbers
//! below full scale.

#[path = "support/command.rs"]
mod command;
#[path = "support/wave.rs"]
mod wave;

use std::fs;
use std::path::{Path, PathBuf};

use command::cupola;
use wave::read_floats;

/// Enough of a scene to hear it begin; what remembers is rendered from its beginning all the same.
const RANGE: &str = "0s..1200ms";

/// More than what becomes of a scene in which only noise floors are left.
const AUDIBLE: f32 = 0.001;

fn scenes() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenes");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut scenes: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|it| it == "toml")).collect();
    scenes.sort();
    scenes
}

/// Renders the beginning of a scene and looks at every sample.
fn hear(scene: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let name = scene.display();
    let targets = "--to 7.1.4 --to stereo --to binaural -o out";
    cupola(folder.path(), &format!("render {name} {targets} --range {RANGE}")).well();
    let stem = scene.file_stem().unwrap().to_str().unwrap();
    for target in ["7.1.4", "stereo", "binaural"] {
        let channels = read_floats(&folder.path().join(format!("out/{stem}.{target}.wav")));
        let samples = || channels.iter().flatten();
        assert!(samples().all(|it| it.is_finite()), "{name} to {target}: not a number");
        let peak = samples().fold(0.0_f32, |peak, it| peak.max(it.abs()));
        assert!(peak > AUDIBLE, "{name} to {target}: nothing is heard");
        assert!(peak <= 1.0, "{name} to {target}: {peak} is over full scale");
    }
}

#[test]
fn every_scene_is_without_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    for scene in scenes() {
        cupola(folder.path(), &format!("check {}", scene.display())).well();
    }
}

#[test]
fn every_scene_sounds_and_does_not_clip() {
    let scenes = scenes();
    assert!(scenes.len() >= 15, "only {} scenes were found", scenes.len());
    scenes.iter().for_each(|scene| hear(scene));
}

/// As loud on headphones as in stereo, within the loudness unit that is promised.
#[test]
fn the_demo_is_as_loud_on_headphones_as_in_stereo() {
    let folder = tempfile::tempdir().unwrap();
    let demo = scenes().into_iter().find(|it| it.ends_with("night-market.toml")).unwrap();
    let command = format!("render {} --to stereo --to binaural --json -o out/", demo.display());
    let ran = cupola(folder.path(), &command).well();
    let report: serde_json::Value = serde_json::from_str(&ran.printed).unwrap();
    let lufs = |target: usize| report["targets"][target]["integrated_lufs"].as_f64().unwrap();
    let off_lu = lufs(1) - lufs(0);
    println!("{off_lu:.2} LU");
    assert!(off_lu.abs() < 1.0, "{off_lu} LU");
}
