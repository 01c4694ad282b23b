//! What the author writes of a reverb.

use schemars::JsonSchema;
use serde::Deserialize;

/// A reverb: `{ rt60_s = 1.9, predelay_ms = 20, damping_hz = 6000 }`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReverbSpec {
    /// How long it takes to fall by 60 dB, in seconds, 0.05 to 30.
    pub rt60_s: f64,
    /// The same by octave band, in seconds: those of 125, 250, 500, 1000, 2000, 4000 and 8000 Hz,
    /// instead of what `rt60_s` and `damping_hz` make of them.
    pub rt60_bands_s: Option<[f64; 7]>,
    /// How long it waits, in milliseconds, 0 to 1000; default 0.
    #[serde(default)]
    pub predelay_ms: f64,
    /// How large the room sounds, 0.1 to 4; default 1: delays of 20 to 60 ms.
    #[serde(default = "size")]
    pub size: f64,
    /// Where the tail is half as long as below, in hertz, 500 to 24000; where absent, it is as long
    /// everywhere.
    pub damping_hz: Option<f64>,
    /// How much the delays wander, in milliseconds, 0 to 5; default 0: not at all.
    #[serde(default)]
    pub modulation_ms: f64,
    /// How fast they wander, in hertz, 0.01 to 10; default 0.5.
    #[serde(default = "modulation_hz")]
    pub modulation_hz: f64,
    /// Another number is another room of the same kind; default 0.
    #[serde(default)]
    pub seed: u64,
}

fn size() -> f64 {
    1.0
}

fn modulation_hz() -> f64 {
    0.5
}
