//! What the author writes of a reverb.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::automation::Automated;
use crate::document::{Place, Problems};

/// The octave bands that `rt60_bands_s` speaks of.
pub const OCTAVES_HZ: [f64; 7] = [125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0];

/// A reverb: `{ rt60_s = 1.9, predelay_ms = 20, damping_hz = 6000 }`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReverbSpec {
    /// How long it takes to fall by 60 dB, in seconds, 0.05 to 30.
    pub rt60_s: f64,
    /// The same by octave band, in seconds: those of 125, 250, 500, 1000, 2000, 4000 and 8000 Hz,
    /// instead of what `rt60_s` and `damping_hz` make of them. In between it goes evenly, outside it
    /// stays.
    pub rt60_bands_s: Option<[f64; 7]>,
    /// How long it waits, in milliseconds, 0 to 1000; default 0.
    #[serde(default)]
    pub predelay_ms: f64,
    /// How large the room sounds, 0.1 to 4; default 1: delays of 20 to 60 ms. None is shorter than
    /// 112 frames.
    #[serde(default = "size")]
    pub size: f64,
    /// Above this the tail falls to half the length it has below (two thirds at the frequency
    /// itself), in hertz, 500 to 24000; where absent, it is as long everywhere.
    pub damping_hz: Option<f64>,
    /// How much delays wander to and fro, in milliseconds, 0 to 5; default 0: not at all. Every fourth
    /// of them does, and none by more than a quarter of itself.
    #[serde(default)]
    pub modulation_ms: f64,
    /// How fast they wander, in hertz, 0.01 to 10; default 0.5.
    #[serde(default = "modulation_hz")]
    pub modulation_hz: f64,
    /// Another number is another room of the same kind; default 0.
    #[serde(default)]
    pub seed: u64,
}

impl ReverbSpec {
    /// Notes every bad value.
    pub fn check(&self, place: &Place, rate_hz: f64, problems: &mut Problems) {
        let mut check = |place: &Place, name: &str, value: f64, low: f64, high: f64, unit: &str| {
            Automated::from(value).check(place, name, &(low..=high), unit, problems);
        };
        check(&place.key("rt60_s"), "rt60_s", self.rt60_s, 0.05, 30.0, "seconds");
        for (index, rt60_s) in self.rt60_bands_s.into_iter().flatten().enumerate() {
            let place = place.key("rt60_bands_s").index(index);
            check(&place, "rt60_bands_s", rt60_s, 0.05, 30.0, "seconds");
        }
        let wait = self.predelay_ms;
        check(&place.key("predelay_ms"), "predelay_ms", wait, 0.0, 1000.0, "milliseconds");
        check(&place.key("size"), "size", self.size, 0.1, 4.0, "");
        if let Some(freq_hz) = self.damping_hz {
            let highest = (rate_hz / 2.0).min(24_000.0);
            check(&place.key("damping_hz"), "damping_hz", freq_hz, 500.0, highest, "hertz");
        }
        let way = self.modulation_ms;
        check(&place.key("modulation_ms"), "modulation_ms", way, 0.0, 5.0, "milliseconds");
        let speed = self.modulation_hz;
        check(&place.key("modulation_hz"), "modulation_hz", speed, 0.01, 10.0, "hertz");
    }

    /// How long the tail takes to fall by 60 dB at a frequency, in seconds.
    pub fn rt60_at(&self, freq_hz: f64) -> f64 {
        match (&self.rt60_bands_s, self.damping_hz) {
            (Some(bands), _) => between(bands, libm::log2(freq_hz / OCTAVES_HZ[0])),
            (None, Some(damping_hz)) => {
                let square = (freq_hz / damping_hz) * (freq_hz / damping_hz);
                self.rt60_s / (1.0 + square / (1.0 + square))
            }
            (None, None) => self.rt60_s,
        }
    }

    /// The longest the tail takes at any frequency, in seconds.
    pub fn longest_rt60_s(&self) -> f64 {
        match &self.rt60_bands_s {
            Some(bands) => bands.iter().copied().fold(0.0, f64::max),
            None => self.rt60_s,
        }
    }
}

/// The value so many octaves from the first of a row of octave bands.
fn between(bands: &[f64; 7], octaves: f64) -> f64 {
    let octaves = octaves.clamp(0.0, (bands.len() - 1) as f64);
    let below = (octaves as usize).min(bands.len() - 2);
    let part = octaves - below as f64;
    bands[below] * libm::pow(bands[below + 1] / bands[below], part)
}

fn size() -> f64 {
    1.0
}

fn modulation_hz() -> f64 {
    0.5
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(text: &str) -> ReverbSpec {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn the_tail_is_as_long_as_written() {
        let bands = spec(r#"{"rt60_s": 1, "rt60_bands_s": [3, 2.5, 2, 1.5, 1.2, 0.9, 0.6]}"#);
        assert_eq!([60.0, 125.0, 1000.0, 9000.0].map(|it| bands.rt60_at(it)), [3.0, 3.0, 1.5, 0.6]);
        assert!((0.9..1.2).contains(&bands.rt60_at(3000.0)));
        let damped = spec(r#"{"rt60_s": 2, "damping_hz": 4000}"#);
        assert_eq!(damped.rt60_at(4000.0), 2.0 / 1.5);
        assert!((damped.rt60_at(40.0) - 2.0).abs() < 0.001);
        assert!((damped.rt60_at(400_000.0) - 1.0).abs() < 0.001);
    }

    #[test]
    fn every_bad_value_is_noted_where_it_is() {
        let bad = r#"{"rt60_s": 0, "rt60_bands_s": [1, 1, 1, 1, 1, 1, 99], "predelay_ms": -1,
            "size": 9, "damping_hz": 30000, "modulation_ms": 6, "modulation_hz": 0}"#;
        let mut problems = Problems::default();
        spec(bad).check(&Place::root().key("reverb"), 48_000.0, &mut problems);
        let places: Vec<String> =
            problems.as_slice().iter().map(|problem| problem.place.to_string()).collect();
        let keys = ["rt60_s", "rt60_bands_s[6]", "predelay_ms", "size", "damping_hz"];
        let keys = keys.into_iter().chain(["modulation_ms", "modulation_hz"]);
        assert_eq!(places, keys.map(|key| format!("reverb.{key}")).collect::<Vec<_>>());
        let first = &problems.as_slice()[0];
        assert_eq!(first.message, "rt60_s = 0 is out of range");
        assert_eq!(first.help.as_deref(), Some("0.05 to 30 seconds"));
    }
}
