//! The blocks of a strip, by name.

use schemars::JsonSchema;
use serde::Deserialize;

/// A block of a strip that can be bypassed, in the order of the sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// The level before everything else.
    Trim,
    /// The turn of the sign.
    Polarity,
    /// The gate.
    Gate,
    /// The equaliser.
    Eq,
    /// The compressor.
    Compressor,
    /// The multiband compressor.
    Multiband,
    /// The de-esser.
    Deesser,
    /// The saturation.
    Saturation,
    /// The delay.
    Delay,
    /// The limiter.
    Limiter,
}
