//! A send: a second way out of a strip.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::automation::Automated;

/// A way to a return: `{ to = "hall", gain_db = -18 }`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Send {
    /// The return it goes to.
    pub to: String,
    /// Level in decibels, -200 to 60; default 0.
    #[serde(default)]
    pub gain_db: Automated,
    /// Whether it is taken before the fader; default false.
    #[serde(default)]
    pub pre_fader: bool,
}
