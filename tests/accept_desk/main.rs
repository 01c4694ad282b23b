//! The desk as a whole: strips, sends, buses, returns and masters together do what they say.

#[path = "../support/command.rs"]
mod command;
#[path = "../support/desk.rs"]
mod desk;
#[path = "../support/heard.rs"]
mod heard;
#[path = "../support/spectrum.rs"]
mod spectrum;
#[path = "../support/wave.rs"]
mod wave;

mod arrivals;
mod faults;
mod files;
mod laws;
mod rides;
mod sums;
mod switches;

use heard::hear;

/// What f32 sums differ by, at levels around -20 dBFS, when they are added in another order.
const ROUNDING: f32 = 1e-6;

/// The channels of a scene on a layout.
fn on(layout: &str, text: &str) -> Vec<Vec<f32>> {
    hear(&desk::scene(text).scene, &desk::layouts(&[layout])).remove(0)
}

/// The sum of two recordings of the same shape, the second under a gain.
fn sum(one: &[Vec<f32>], other: &[Vec<f32>], gain: f32) -> Vec<Vec<f32>> {
    let channels = one.iter().zip(other);
    channels
        .map(|(one, other)| one.iter().zip(other).map(|(a, b)| a + gain * b).collect())
        .collect()
}

/// An object of noise, and what else is written of it.
fn noise(name: &str, seed: u32, more: &str) -> String {
    format!(
        "[[object]]\nname = \"{name}\"\n\
         signal = {{ type = \"white-noise\", level_db = -20, seed = {seed} }}\n{more}\n"
    )
}

/// Asserts that two recordings are the same but for rounding, and not silent.
#[track_caller]
fn alike(one: &[Vec<f32>], other: &[Vec<f32>]) {
    let loudest = one.iter().map(|channel| heard::peak(channel)).fold(0.0, f32::max);
    assert!(loudest > 0.01, "silence proves nothing");
    let difference = heard::difference(one, other);
    assert!(difference < ROUNDING, "they differ by {difference}");
}
