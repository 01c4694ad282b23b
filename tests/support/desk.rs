//! Scenes for tests: written into a folder of their own and read back as a user's would be.
#![allow(dead_code)]

use std::fs;
use std::path::PathBuf;

use cupola::layout::{self, Layout};
use cupola::scene::{Options, Scene};
use tempfile::TempDir;

/// A scene and the folder it lives in.
pub struct TestScene {
    pub folder: TempDir,
    pub path: PathBuf,
    pub scene: Scene,
}

/// Reads a scene from its text.
pub fn scene(text: &str) -> TestScene {
    scene_in(tempfile::tempdir().unwrap(), text)
}

/// Reads a scene from its text in a folder that may have files already.
pub fn scene_in(folder: TempDir, text: &str) -> TestScene {
    let path = folder.path().join("scene.toml");
    fs::write(&path, text).unwrap();
    let (scene, _) = Scene::load(&path, &Options::default())
        .unwrap_or_else(|error| panic!("{error}: {error:?}"));
    TestScene { folder, path, scene }
}

/// Built-in layouts by name.
pub fn layouts(names: &[&str]) -> Vec<Layout> {
    names.iter().map(|name| layout::load(name).unwrap()).collect()
}

/// Everything at once: beds, every kind of motion, spread, a linked pair's worth of signals,
/// distance, air and Doppler.
pub fn busy_scene() -> TestScene {
    scene(BUSY)
}

pub const BUSY: &str = r#"
duration_s = 4.3

[[bed]]
name = "floor"
layout = "5.1"
channels = ["L", "R", "LFE"]
signal = { type = "pink-noise", level_db = -30, seed = 1 }

[[object]]
name = "orbit"
signal = { type = "tone", freq_hz = 440, level_db = -12 }
macro = { type = "orbit", turns_per_s = 0.7 }
micro = { type = "drift", azimuth_deg = 2, elevation_deg = 3, rate_hz = 1 }

[[object]]
name = "fast"
signal = { type = "white-noise", level_db = -20, seed = 2 }
start_s = 0.3
gain_db = -3
macro = { type = "orbit", turns_per_s = 4 }

[[object]]
name = "wide"
signal = { type = "pink-noise", level_db = -20, seed = 3 }
spread_deg = 40
macro = { type = "orbit", turns_per_s = 0.1 }

[[object]]
name = "fly-by"
signal = { type = "tone", freq_hz = 900, level_db = -10 }
air_absorption = true
doppler = true
distance_law = { type = "inverse", reference = 2, limit = 0.5 }
macro = { type = "line", from = { x = -20, y = 3, z = 1 }, to = { x = 20, y = 3, z = 1 }, duration_s = 4 }

[[object]]
name = "still"
signal = { type = "sweep", start_hz = 50, end_hz = 8000, duration_s = 3, level_db = -15 }
position = { azimuth_deg = -75, elevation_deg = 20 }
start_s = 0.777
"#;
