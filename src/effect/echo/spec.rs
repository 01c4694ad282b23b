//! What the author writes of an echo.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::automation::Automated;
use crate::document::{Place, Problems};

/// An echo: `{ time_ms = 375, feedback = 0.4 }` or `{ beats = 0.75, feedback = 0.4 }`.
///
/// Each echo comes from the next of the return's directions (ping-pong) or, where `ping_pong` is
/// false, all echoes from all of them.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EchoSpec {
    /// The time between echoes, in milliseconds, 1 to 10000.
    pub time_ms: Option<f64>,
    /// The same in beats of the scene's tempo, instead of `time_ms`; 1 to 10000 ms as well.
    pub beats: Option<f64>,
    /// How much of an echo is left in the next, 0 to 0.99; default 0.35.
    #[serde(default = "feedback")]
    pub feedback: Automated,
    /// Echoes lose what lies below, in hertz (12 dB an octave, once an echo); default: nothing.
    pub highpass_hz: Option<f64>,
    /// Echoes lose what lies above, in hertz (12 dB an octave, once an echo); default: nothing.
    pub lowpass_hz: Option<f64>,
    /// Whether echoes go round the directions of the return; default false.
    #[serde(default)]
    pub ping_pong: bool,
}

impl EchoSpec {
    /// Notes every bad value; `tempo_bpm` is the scene's, if it has one.
    pub fn check(
        &self,
        place: &Place,
        tempo_bpm: Option<f64>,
        rate_hz: f64,
        problems: &mut Problems,
    ) {
        self.check_time(place, tempo_bpm, problems);
        let range = 0.0..=0.99;
        self.feedback.check(&place.key("feedback"), "feedback", &range, "", problems);
        for (key, freq_hz) in [("highpass_hz", self.highpass_hz), ("lowpass_hz", self.lowpass_hz)] {
            let Some(freq_hz) = freq_hz else { continue };
            if !(freq_hz > 0.0 && freq_hz < rate_hz / 2.0) {
                let message = format!("{key} = {freq_hz} is out of range");
                let help = format!("above 0 and below {} hertz", rate_hz / 2.0);
                problems.error(&place.key(key), message, help);
            }
        }
    }

    fn check_time(&self, place: &Place, tempo_bpm: Option<f64>, problems: &mut Problems) {
        match (self.time_ms, self.beats, tempo_bpm) {
            (None, None, _) => {
                problems.error(place, "no time between echoes", "`time_ms` or `beats`");
            }
            (Some(_), Some(_), _) => {
                let message = "`beats` as well as `time_ms`";
                problems.error(&place.key("beats"), message, "keep one of them");
            }
            (Some(time_ms), None, _) => {
                let place = place.key("time_ms");
                let range = 1.0..=10_000.0;
                Automated::from(time_ms).check(&place, "time_ms", &range, "milliseconds", problems);
            }
            (None, Some(_), None) => {
                let help = "`tempo_bpm` of the scene, or `time_ms`";
                problems.error(&place.key("beats"), "beats without a tempo", help);
            }
            (None, Some(beats), Some(bpm)) => {
                let range = bpm / 60_000.0..=bpm / 6.0;
                let unit = format!("beats at {bpm} a minute: 1 to 10000 ms");
                let place = place.key("beats");
                Automated::from(beats).check(&place, "beats", &range, &unit, problems);
            }
        }
    }

    /// The time between echoes, in seconds; that of a beat at 120 a minute where it is not written.
    pub(super) fn time_s(&self, tempo_bpm: Option<f64>) -> f64 {
        let beats = self.beats.unwrap_or(1.0) * 60.0 / tempo_bpm.unwrap_or(120.0);
        self.time_ms.map_or(beats, |time_ms| time_ms * 0.001)
    }
}

fn feedback() -> Automated {
    0.35.into()
}
