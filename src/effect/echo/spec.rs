//! What the author writes of an echo.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::automation::Automated;

/// An echo: `{ time_ms = 375, feedback = 0.4 }` or `{ beats = 0.75, feedback = 0.4 }`.
///
/// Each echo comes from the next of the return's directions (ping-pong) or, where `ping_pong` is
/// false, all echoes from all of them.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EchoSpec {
    /// The time between echoes, in milliseconds, 1 to 10000.
    pub time_ms: Option<f64>,
    /// The same in beats of the scene's tempo, instead of `time_ms`.
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

fn feedback() -> Automated {
    0.35.into()
}
