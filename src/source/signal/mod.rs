//! Built-in signals: `signal = { type = "tone", freq_hz = 1000 }`.
//!
//! Every sample is a pure function of its frame, so a signal can begin anywhere.

mod noise;
mod pink;
mod stream;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::document::{Place, Problems};

pub use stream::SignalSource;

/// A signal that needs no file. Each has one channel.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(tag = "type")]
pub enum Signal {
    /// A sine that begins at its zero crossing.
    Tone(Tone),
    /// Noise with the same power in every hertz.
    WhiteNoise(Noise),
    /// Noise with the same power in every octave (-3 dB per octave), from 10 Hz up.
    PinkNoise(Noise),
    /// A sine that rises by the same interval every second (Farina 2000).
    Sweep(Sweep),
    /// Single samples at regular times, the first at the very beginning.
    Clicks(Clicks),
    /// Nothing at all.
    Silence(Silence),
}

/// A sine.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tone {
    /// Frequency in hertz, above 0 and below half the scene's rate.
    pub freq_hz: f64,
    /// Peak level in dBFS, -200 to 20.
    #[serde(default = "default_level_db")]
    pub level_db: f64,
    /// Length in seconds; endless without.
    #[serde(default)]
    pub duration_s: Option<f64>,
}

/// White or pink noise.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Noise {
    /// RMS level in dBFS (a square wave of full scale has 0), -200 to 20.
    #[serde(default = "default_level_db")]
    pub level_db: f64,
    /// Noises of different seeds have nothing in common; of one seed they are the same.
    #[serde(default)]
    pub seed: u64,
    /// Length in seconds; endless without.
    #[serde(default)]
    pub duration_s: Option<f64>,
}

/// An exponential sweep.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sweep {
    /// The frequency it begins with, in hertz.
    #[serde(default = "default_start_hz")]
    pub start_hz: f64,
    /// The frequency it ends with, in hertz; below the first it falls.
    #[serde(default = "default_end_hz")]
    pub end_hz: f64,
    /// Peak level in dBFS, -200 to 20.
    #[serde(default = "default_level_db")]
    pub level_db: f64,
    /// Length in seconds.
    #[serde(default = "default_sweep_s")]
    pub duration_s: f64,
}

/// A train of clicks.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Clicks {
    /// Clicks a second; each lies on the frame nearest to its time.
    #[serde(default = "default_click_rate_hz")]
    pub rate_hz: f64,
    /// Peak level in dBFS, -200 to 20.
    #[serde(default = "default_level_db")]
    pub level_db: f64,
    /// Length in seconds; endless without.
    #[serde(default)]
    pub duration_s: Option<f64>,
}

/// Silence.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Silence {
    /// Length in seconds; endless without.
    #[serde(default)]
    pub duration_s: Option<f64>,
}

fn default_level_db() -> f64 {
    -20.0
}

fn default_start_hz() -> f64 {
    20.0
}

fn default_end_hz() -> f64 {
    20_000.0
}

fn default_sweep_s() -> f64 {
    10.0
}

fn default_click_rate_hz() -> f64 {
    1.0
}

impl Signal {
    /// Its length in seconds; `None` where it is endless.
    #[must_use]
    pub fn duration_s(&self) -> Option<f64> {
        match self {
            Self::Tone(tone) => tone.duration_s,
            Self::WhiteNoise(noise) | Self::PinkNoise(noise) => noise.duration_s,
            Self::Sweep(sweep) => Some(sweep.duration_s),
            Self::Clicks(clicks) => clicks.duration_s,
            Self::Silence(silence) => silence.duration_s,
        }
    }

    /// Notes every mistake in it; `rate_hz` is that of the scene.
    pub fn check(&self, place: &Place, rate_hz: u32, problems: &mut Problems) {
        let highest = f64::from(rate_hz) / 2.0;
        let mut frequency = |key: &str, freq_hz: f64| {
            if !(freq_hz > 0.0 && freq_hz < highest) {
                let right = format!("above 0 and below {highest} Hz, half the scene's rate");
                problems.error(&place.key(key), format!("{key} is {freq_hz}"), right);
            }
        };
        match self {
            Self::Tone(tone) => frequency("freq_hz", tone.freq_hz),
            Self::Sweep(sweep) => {
                frequency("start_hz", sweep.start_hz);
                frequency("end_hz", sweep.end_hz);
            }
            Self::Clicks(clicks) => frequency("rate_hz", clicks.rate_hz),
            Self::WhiteNoise(_) | Self::PinkNoise(_) | Self::Silence(_) => {}
        }
        if let Some(level_db) = self.level_db().filter(|level| !(-200.0..=20.0).contains(level)) {
            problems.error(&place.key("level_db"), format!("level_db is {level_db}"), "-200 to 20");
        }
        if let Some(duration_s) = self.duration_s().filter(|duration_s| *duration_s <= 0.0) {
            let message = format!("duration_s is {duration_s}");
            problems.error(&place.key("duration_s"), message, "more than 0 seconds");
        }
    }

    fn level_db(&self) -> Option<f64> {
        match self {
            Self::Tone(tone) => Some(tone.level_db),
            Self::WhiteNoise(noise) | Self::PinkNoise(noise) => Some(noise.level_db),
            Self::Sweep(sweep) => Some(sweep.level_db),
            Self::Clicks(clicks) => Some(clicks.level_db),
            Self::Silence(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_has_a_sensible_value() {
        let read = |text: &str| serde_json::from_str::<Signal>(text).map_err(|e| e.to_string());
        let tone = Tone { freq_hz: 440.0, level_db: -20.0, duration_s: None };
        assert_eq!(read(r#"{ "tone": { "freq_hz": 440 } }"#), Ok(Signal::Tone(tone)));
        let noise = Noise { level_db: -20.0, seed: 0, duration_s: Some(2.0) };
        let text = r#"{ "pink-noise": { "duration_s": 2 } }"#;
        assert_eq!(read(text), Ok(Signal::PinkNoise(noise)));
        assert!(read(r#"{ "tone": {} }"#).unwrap_err().contains("freq_hz"));
        assert!(read(r#"{ "silence": { "freq_hz": 1 } }"#).unwrap_err().contains("unknown field"));
    }

    #[test]
    fn the_schema_knows_every_type() {
        let schema = serde_json::to_string(&schemars::schema_for!(Signal)).unwrap();
        for name in ["tone", "white-noise", "pink-noise", "sweep", "clicks", "silence"] {
            assert!(schema.contains(&format!("\"const\":\"{name}\"")), "{name}: {schema}");
        }
    }
}
