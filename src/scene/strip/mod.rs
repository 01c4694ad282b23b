//! The strip: what beds, objects, buses, returns and masters have in common.

mod block;
mod check;
mod send;

pub use block::Block;
pub(super) use check::GAIN_DB;
pub use send::Send;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Binaural, BinauralWay};
use crate::automation::Automated;
use crate::effect::{
    CompressorSpec, DeesserSpec, EqSpec, GateSpec, LimiterSpec, MultibandSpec, SaturationSpec,
};

/// A strip of the desk. Sound passes its blocks in the order they are listed here, whatever the
/// order in the file.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Strip {
    /// The preset that gives what is not said here.
    pub preset: Option<String>,
    /// Level before everything else, in decibels, -60 to 60.
    pub trim_db: Option<Automated>,
    /// Whether its sign is turned.
    pub invert_polarity: Option<bool>,
    /// Turns down what is too quiet.
    pub gate: Option<GateSpec>,
    /// Bands of an equaliser, passed through in their order.
    pub eq: Option<EqSpec>,
    /// Turns down what is too loud.
    pub compressor: Option<CompressorSpec>,
    /// Compresses in bands.
    pub multiband: Option<MultibandSpec>,
    /// Turns down a band while it is too loud.
    pub deesser: Option<DeesserSpec>,
    /// Adds harmonics.
    pub saturation: Option<SaturationSpec>,
    /// How much later it is heard, in milliseconds, 0 to 1000.
    pub delay_ms: Option<f64>,
    /// Lets no true peak rise above a ceiling.
    pub limiter: Option<LimiterSpec>,
    /// Level in decibels, the fader, -200 to 60; default 0.
    pub gain_db: Option<Automated>,
    /// Whether it is silent.
    pub mute: Option<bool>,
    /// Whether what is not soloed is silent.
    pub solo: Option<bool>,
    /// Blocks that sound passes by untouched.
    pub bypass: Option<Vec<Block>>,
    /// Where else it goes to.
    pub sends: Option<Vec<Send>>,
    /// The bus it goes to, instead of the loudspeakers.
    pub bus: Option<String>,
    /// From how far away headphones hear it; default `near`.
    pub binaural: Option<Binaural>,
    /// By which way headphones hear it; default `direct`, or `speakers` for an object with a spread.
    pub binaural_way: Option<BinauralWay>,
}

impl Strip {
    /// The fader.
    #[must_use]
    pub fn fader_db(&self) -> Automated {
        self.gain_db.clone().unwrap_or_default()
    }

    /// Whether it is silent by its own switch.
    #[must_use]
    pub fn is_muted(&self) -> bool {
        self.mute == Some(true)
    }

    /// Whether it is soloed by its own switch.
    #[must_use]
    pub fn is_soloed(&self) -> bool {
        self.solo == Some(true)
    }

    /// Whether sound passes a block by untouched.
    #[must_use]
    pub fn bypasses(&self, block: Block) -> bool {
        self.sidestepped().contains(&block)
    }

    /// Its sends.
    #[must_use]
    pub fn sends(&self) -> &[Send] {
        self.sends.as_deref().unwrap_or_default()
    }

    /// By how many seconds it is heard later.
    #[must_use]
    pub fn delay_s(&self) -> f64 {
        let delay_ms = self.delay_ms.filter(|_| !self.bypasses(Block::Delay));
        delay_ms.unwrap_or(0.0) / 1000.0
    }

    /// The effects that go by the level of another strip, and its name.
    pub fn keys(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let gate = self.gate.as_ref().and_then(|gate| gate.key.as_deref());
        let compressor = self.compressor.as_ref().and_then(|it| it.key.as_deref());
        let keys = [("gate", gate), ("compressor", compressor)];
        keys.into_iter().filter_map(|(effect, key)| Some((effect, key?)))
    }

    /// The effects that are linked, and the word that links them.
    pub fn links(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let gate = self.gate.as_ref().and_then(|gate| gate.link.as_deref());
        let compressor = self.compressor.as_ref().and_then(|it| it.link.as_deref());
        let links = [("gate", gate), ("compressor", compressor)];
        links.into_iter().filter_map(|(effect, link)| Some((effect, link?)))
    }

    fn sidestepped(&self) -> &[Block] {
        self.bypass.as_deref().unwrap_or_default()
    }
}
