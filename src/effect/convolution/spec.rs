//! What the author writes of a convolution reverb.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::automation::Automated;
use crate::document::{Place, Problems};

/// A convolution reverb: `{ file = "church.wav", predelay_ms = 10 }`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConvolutionSpec {
    /// The impulse response, relative to the scene; its channels go to the return's directions in
    /// turn: with fewer channels than directions they begin again, with more the directions do.
    pub file: PathBuf,
    /// How long it waits, in milliseconds, 0 to 1000; default 0.
    #[serde(default)]
    pub predelay_ms: f64,
    /// How much of the response is used, in seconds, 0.001 to 60; where absent, all of it.
    pub length_s: Option<f64>,
}

impl ConvolutionSpec {
    /// Notes every bad value; whether there is such a file is found out when it is opened.
    pub fn check(&self, place: &Place, problems: &mut Problems) {
        if self.file.as_os_str().is_empty() {
            problems.error(&place.key("file"), "no file", "the path of an impulse response");
        }
        let wait = Automated::from(self.predelay_ms);
        let range = 0.0..=1000.0;
        wait.check(&place.key("predelay_ms"), "predelay_ms", &range, "milliseconds", problems);
        if let Some(length_s) = self.length_s {
            let length = Automated::from(length_s);
            length.check(&place.key("length_s"), "length_s", &(0.001..=60.0), "seconds", problems);
        }
    }
}
