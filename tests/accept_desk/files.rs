//! What the program writes of a desk: masters, loudness, folds.

use std::fs;
use std::path::Path;

use cupola::layout::{Fold, built_in};
use serde_json::Value;

use super::noise;
use crate::command::cupola;
use crate::heard::{difference, peak};
use crate::wave::read_floats;

/// Noise and a few peaks, and a master.
fn folder(master: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let clicks = "[[object]]\nname = \"clicks\"\nposition = { azimuth_deg = 110 }\n\
                  signal = { type = \"clicks\", rate_hz = 3, level_db = -3 }\n";
    let text = format!("duration_s = 2\n{}{clicks}{master}", noise("one", 1, ""));
    fs::write(folder.path().join("s.toml"), text).unwrap();
    folder
}

fn report(folder: &Path, arguments: &str) -> Value {
    let ran = cupola(folder, &format!("render s.toml --json {arguments}"));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    serde_json::from_str(&ran.printed).unwrap()
}

#[test]
fn normalize_lands_on_the_loudness() {
    for (goal, limiter) in [(-27.0, ""), (-18.0, "limiter = { ceiling_dbtp = -6 }\n")] {
        let master = format!("[master]\nloudness_lufs = {goal}\n{limiter}");
        let folder = folder(&master);
        let told = report(folder.path(), "--to 5.1 --to stereo --normalize -o o/");
        for target in told["targets"].as_array().unwrap() {
            let lufs = target["integrated_lufs"].as_f64().unwrap();
            assert!((lufs - goal).abs() < 0.1, "{limiter}: {target}");
            let taken = -target["gain_reduction_db"].as_f64().unwrap();
            assert_eq!(taken > 0.5, !limiter.is_empty(), "the limiter works: {target}");
        }
        // The file is what was reported: measured again by itself.
        let ran = cupola(folder.path(), "measure o/s.5.1.wav --json");
        let measured: Value = serde_json::from_str(&ran.printed).unwrap();
        let lufs = measured["integrated_lufs"].as_f64().unwrap();
        assert!((lufs - goal).abs() < 0.1, "{measured}");
    }
}

#[test]
fn without_a_master_the_mix_is_raw() {
    let master = "[master]\ngain_db = -7\neq = [{ type = \"tilt\", freq_hz = 700, gain_db = 4 }]\n\
                  limiter = { ceiling_dbtp = -9 }\n";
    let (with, without) = (folder(master), folder(""));
    report(with.path(), "--to 5.1 -o o.wav --no-master");
    report(with.path(), "--to 5.1 -o mastered.wav");
    report(without.path(), "--to 5.1 -o o.wav");
    let raw = read_floats(&with.path().join("o.wav"));
    assert!(raw == read_floats(&without.path().join("o.wav")));
    let mastered = read_floats(&with.path().join("mastered.wav"));
    assert!(difference(&raw, &mastered) > 0.01);
}

#[test]
fn a_fold_is_the_matrix_applied_to_the_other_file() {
    let folder = folder("");
    report(folder.path(), "--to 5.1 --to stereo=fold:5.1 -o o/");
    let from = read_floats(&folder.path().join("o/s.5.1.wav"));
    let folded = read_floats(&folder.path().join("o/s.stereo.wav"));
    let fold = Fold::itu(&built_in("5.1").unwrap(), &built_in("stereo").unwrap());
    let mix = |gains: &Vec<f64>| -> Vec<f32> {
        let frame = |frame: usize| {
            gains
                .iter()
                .zip(&from)
                .map(|(gain, channel)| gain * f64::from(channel[frame]))
                .sum::<f64>()
        };
        (0..from[0].len()).map(|it| frame(it) as f32).collect()
    };
    let expected: Vec<Vec<f32>> = fold.gains.iter().map(mix).collect();
    assert!(peak(&folded[0]) > 0.01 && difference(&folded, &expected) < 1e-6);
    // And by itself it is the same as beside the other.
    report(folder.path(), "--to stereo=fold:5.1 -o alone.wav");
    assert!(read_floats(&folder.path().join("alone.wav")) == folded);
}
