//! What the author writes of a convolution reverb.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;

/// A convolution reverb: `{ file = "church.wav", predelay_ms = 10 }`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConvolutionSpec {
    /// The impulse response, relative to the scene; its channels go to the return's directions in
    /// turn.
    pub file: PathBuf,
    /// How long it waits, in milliseconds, 0 to 1000; default 0.
    #[serde(default)]
    pub predelay_ms: f64,
    /// How much of the response is used, in seconds; where absent, all of it.
    pub length_s: Option<f64>,
}
