//! A return: a room that strips send to.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Spread, Strip};
use crate::effect::{ConvolutionSpec, EchoSpec, ReverbSpec};
use crate::space::Vector;

/// What comes back of what is sent to it: exactly one of `reverb`, `echo` and `convolution`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Return {
    /// Its name, unlike that of any other bed, object, bus or return.
    pub name: String,
    /// A room made of numbers.
    pub reverb: Option<ReverbSpec>,
    /// Echoes.
    pub echo: Option<EchoSpec>,
    /// A room that was recorded.
    pub convolution: Option<ConvolutionSpec>,
    /// Where it is heard from; default `all`.
    #[serde(default)]
    pub spread: Spread,
    /// What it has in common with beds and objects; it sends nowhere.
    #[serde(rename = "(shared)")]
    #[schemars(flatten)]
    pub strip: Strip,
}

impl Return {
    /// The directions it is heard from: unit vectors.
    #[must_use]
    pub fn directions(&self) -> Vec<Vector> {
        self.spread.directions()
    }
}
