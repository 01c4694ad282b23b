//! Scenes for tests: written into a folder of their own and read back as a user's would be.
#![allow(dead_code)]

use std::fs;
use std::path::PathBuf;

use cupola::layout::{self, Layout};
use cupola::render::{Headphones, Target};
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

/// Headphones on which only the first two sounds that move have filters of their own.
pub fn headphones() -> Target {
    Target::headphones(Headphones { direct_lanes: Some(2), ..Headphones::default() }).unwrap()
}

/// Everything at once: beds, every kind of motion, spread, a linked pair's worth of signals,
/// distance, air and Doppler.
pub fn busy_scene() -> TestScene {
    scene(BUSY)
}

pub const BUSY: &str = r#"
duration_s = 4.3

[head]
yaw_deg = { lfo = "sine", rate_hz = 0.4, from = -40, to = 40 }
pitch_deg = 10

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
binaural = "off"
signal = { type = "white-noise", level_db = -20, seed = 2 }
start_s = 0.3
gain_db = -3
macro = { type = "orbit", turns_per_s = 4 }

[[object]]
name = "wide"
signal = { type = "pink-noise", level_db = -20, seed = 3 }
spread_deg = 40
binaural = "mid"
macro = { type = "orbit", turns_per_s = 0.1 }

[[object]]
name = "fly-by"
binaural_way = "speakers"
signal = { type = "tone", freq_hz = 900, level_db = -10 }
air_absorption = true
doppler = true
distance_law = { type = "inverse", reference = 2, limit = 0.5 }
macro = { type = "line", from = { x = -20, y = 3, z = 1 }, to = { x = 20, y = 3, z = 1 }, duration_s = 4 }

[[object]]
name = "still"
binaural = "far"
binaural_way = "direct"
signal = { type = "sweep", start_hz = 50, end_hz = 8000, duration_s = 3, level_db = -15 }
position = { azimuth_deg = -75, elevation_deg = 20 }
start_s = 0.777
"#;

/// Everything there is on a desk, and an impulse response beside it.
pub fn full_scene() -> TestScene {
    let folder = tempfile::tempdir().unwrap();
    let spec = hound::WavSpec {
        channels: 2,
        sample_rate: 48_000,
        bits_per_sample: 32,
        sample_format: hound::SampleFormat::Float,
    };
    let mut response = hound::WavWriter::create(folder.path().join("response.wav"), spec).unwrap();
    for index in 0..2 * 3001 {
        response.write_sample(((index * 7919) % 101) as f32 / 2020.0 - 0.025).unwrap();
    }
    response.finalize().unwrap();
    scene_in(folder, FULL)
}

/// How many frames it has: no whole number of quanta.
pub const FULL_FRAMES: u64 = 28_807;

pub const FULL: &str = r#"
duration_s = 0.60014583
tempo_bpm = 140

[defaults.object]
sends = [{ to = "hall", gain_db = -14 }]

[[preset]]
name = "voice"
eq = [{ type = "highpass", freq_hz = 80 }, { type = "bell", freq_hz = { lfo = "sine", rate_hz = 2, from = 300, to = 900 }, gain_db = 4 }]
deesser = { threshold_db = -30 }

[[bed]]
name = "floor"
layout = "5.1"
channels = ["L", "R", "LFE"]
signal = { type = "pink-noise", level_db = -20, seed = 1 }
bus = "band"
delay_ms = 3.3
compressor = { threshold_db = -30, ratio = 3, lookahead_ms = 1.13, key = "beat" }

[[object]]
name = "beat"
signal = { type = "clicks", rate_hz = 7, level_db = -3 }
bus = "drums"
gate = { threshold_db = -40, lookahead_ms = 0.7, hold_ms = 5, release_ms = 20 }
saturation = { drive_db = 9, bias = 0.2 }
sends = [{ to = "slap", gain_db = -6, pre_fader = true }]

[[object]]
name = "lead"
preset = "voice"
signal = { type = "white-noise", level_db = -18, seed = 2 }
start_s = 0.05
fade_in_s = 0.1
gain_db = { points = [[0.1, -6], [0.4, 0]] }
trim_db = { lfo = "triangle", rate_hz = 5, from = -3, to = 0 }
macro = { type = "orbit", turns_per_s = 1.5 }
micro = { type = "drift", azimuth_deg = 2, elevation_deg = 3, rate_hz = 1 }
compressor = { threshold_db = -25, ratio = 4, detector = "rms", link = "two" }
limiter = { ceiling_dbtp = -12 }

[[object]]
name = "double"
signal = { type = "white-noise", level_db = -24, seed = 3 }
invert_polarity = true
spread_deg = 40
compressor = { threshold_db = -25, ratio = 4, detector = "rms", link = "two" }
sends = [{ to = "hall", gain_db = { points = [[0, -40], [0.5, -6]] } }, { to = "church" }]

[[object]]
name = "fly-by"
signal = { type = "tone", freq_hz = 900, level_db = -10 }
end_s = 0.4
air_absorption = true
doppler = true
distance_law = { type = "inverse", reference = 2, limit = 0.5 }
macro = { type = "line", from = { x = -20, y = 3, z = 1 }, to = { x = 20, y = 3, z = 1 }, duration_s = 0.6 }
multiband = { crossovers_hz = [200, 2000], bands = [{}, { threshold_db = -30, ratio = 3 }, { gain_db = 2 }] }

[[bus]]
name = "drums"
layout = "stereo"
bus = "band"
limiter = { ceiling_dbtp = -8, lookahead_ms = 1.51 }

[[bus]]
name = "band"
eq = [{ type = "tilt", freq_hz = 700, gain_db = { points = [[0, -4], [0.6, 4]] } }]
sends = [{ to = "hall", gain_db = -20 }]

[[return]]
name = "hall"
reverb = { rt60_s = 0.7, predelay_ms = 7, damping_hz = 5000, modulation_ms = 1 }
eq = [{ type = "highpass", freq_hz = 150 }]

[[return]]
name = "slap"
echo = { beats = 0.25, feedback = { lfo = "sine", rate_hz = 3, from = 0.2, to = 0.6 }, lowpass_hz = 6000, ping_pong = true }
spread = "heights"
gain_db = { points = [[0, 0], [0.6, -12]] }

[[return]]
name = "church"
convolution = { file = "response.wav", predelay_ms = 4 }
spread = "surround"
bus = "band"

[[group]]
name = "voices"
members = ["lead", "double"]
gain_db = { points = [[0, -3], [0.3, 0]] }
turn_deg = { points = [[0, 0], [0.6, 90]] }

[master]
eq = [{ type = "high_shelf", freq_hz = 8000, gain_db = -2 }]
compressor = { threshold_db = -20, ratio = 2, lookahead_ms = 2 }
limiter = { ceiling_dbtp = -1 }

[master.target.stereo]
width = { points = [[0, 0.5], [0.6, 1.5]] }
gain_db = { points = [[0, -3], [0.6, 0]] }
limiter = { ceiling_dbtp = -1 }
"#;
