//! What is to be rendered, resolved: no file names, no keys, no units but those of the arithmetic.

use std::sync::Arc;

use super::fader::Fader;
use super::headphones::{Ears, EarsMode, HeadphonesPlan};
use crate::automation::Automated;
use crate::effect::{
    CompressorSpec, Convolution, ConvolutionSpec, DeesserSpec, Echo, EchoSpec, EqSpec, GateSpec,
    LimiterSpec, MultibandSpec, ReturnEffect, Reverb, ReverbSpec, SaturationSpec,
};
use crate::motion::Trajectory;
use crate::pan::{GainRow, Panner, Spread};
use crate::space::Vector;

/// A scene and its targets, ready to become an [`Engine`](super::Engine).
pub struct Plan {
    /// Frames a second.
    pub rate_hz: u32,
    /// The strips, in scene order: the order in which they are summed.
    pub strips: Vec<StripPlan>,
    /// The targets rendered in one pass.
    pub targets: Vec<TargetPlan>,
}

/// One loudspeaker target.
pub struct TargetPlan {
    /// The name it was asked for by.
    pub name: String,
    /// How many channels it has, LFE included.
    pub channels: usize,
    /// Turns directions into its gains.
    pub panner: Arc<Panner>,
    /// How it hears the strips.
    pub listening: Listening,
    /// What its mix goes through.
    pub master: MasterPlan,
}

impl TargetPlan {
    /// A target that hears the strips, without a master.
    #[must_use]
    pub fn new(name: &str, channels: usize, panner: Arc<Panner>) -> Self {
        let (listening, master) = (Listening::Loudspeakers, MasterPlan::default());
        Self { name: name.to_owned(), channels, panner, listening, master }
    }

    /// Whether a strip is mixed into its channels.
    pub(super) fn mixes(&self, strip: &StripPlan) -> bool {
        let Ears { mode, through_loudspeakers } = strip.ears;
        match &self.listening {
            Listening::Loudspeakers => true,
            Listening::VirtualLoudspeakers => through_loudspeakers && mode != EarsMode::Off,
            Listening::Headphones(_) => mode == EarsMode::Off,
            Listening::Fold(_) => false,
        }
    }
}

/// How a target hears the strips.
pub enum Listening {
    /// All of them, in the channels they are panned to.
    Loudspeakers,
    /// Through the mix of another target.
    Fold(FoldPlan),
    /// Those that a pair of headphones hears through virtual loudspeakers.
    VirtualLoudspeakers,
    /// Through the two ears of a head.
    Headphones(HeadphonesPlan),
}

/// A target made from the mix of another.
#[derive(Clone, Debug)]
pub struct FoldPlan {
    /// The number of the other target, which is no fold.
    pub of: usize,
    /// For every channel, the linear gains of the channels of the other.
    pub gains: Vec<Vec<f64>>,
}

/// What the mix of a target goes through.
#[derive(Clone, Debug, Default)]
pub struct MasterPlan {
    /// Its blocks.
    pub chain: Chain,
    /// The numbers of the channels that are LFE: limited apart, and never heard by detectors.
    pub lfe: Vec<usize>,
}

/// One strip of the desk: an object, a bed, a bus or a return.
pub struct StripPlan {
    /// The author's name for it.
    pub name: String,
    /// Where its lanes come from.
    pub input: InputPlan,
    /// What they go through.
    pub chain: Chain,
    /// Its level.
    pub fader: Fader,
    /// Where they are heard.
    pub destination: Destination,
    /// To which returns it is sent as well.
    pub sends: Vec<SendPlan>,
    /// One lane for every channel.
    pub lanes: Vec<LanePlan>,
    /// The lanes that are LFE: sends leave them out, and detectors do not hear them.
    pub lfe: Vec<usize>,
    /// How headphones hear it.
    pub ears: Ears,
}

impl StripPlan {
    /// A source that goes to the targets as it comes.
    #[must_use]
    pub fn source(name: &str, fader: Fader, lanes: Vec<LanePlan>) -> Self {
        Self {
            name: name.to_owned(),
            input: InputPlan::Source,
            chain: Chain::default(),
            fader,
            destination: Destination::Targets,
            sends: Vec::new(),
            lanes,
            lfe: Vec::new(),
            ears: Ears::default(),
        }
    }

    /// How it is placed in space, if it is an object.
    pub(super) fn object(&self) -> Option<&ObjectPlan> {
        self.lanes.iter().find_map(|lane| match lane {
            LanePlan::Panned(object) => Some(object),
            LanePlan::Routed(_) => None,
        })
    }
}

/// Where the lanes of a strip come from.
pub enum InputPlan {
    /// From the inputs of the engine: the next ones that no strip before it takes.
    Source,
    /// From the strips whose destination this is, panned into its layout.
    Bus(Arc<Panner>),
    /// From the sends to it.
    Return(ReturnPlan),
}

/// What makes the lanes of a return.
#[derive(Clone)]
pub enum ReturnPlan {
    /// A reverb.
    Reverb(ReverbSpec),
    /// Echoes, at the scene's tempo.
    Echo(EchoSpec, Option<f64>),
    /// A convolution with the channels of an impulse response at the engine's rate.
    Convolution(ConvolutionSpec, Arc<Vec<Vec<f32>>>),
}

/// Where the lanes of a strip are heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    /// In every target: [`LanePlan`] has a row or a direction for each.
    Targets,
    /// In the bus with this number among the strips.
    Bus(usize),
    /// Nowhere but where they are sent to.
    Nowhere,
}

/// The way of a strip to a return.
pub struct SendPlan {
    /// The number of the return among the strips.
    pub to: usize,
    /// Its level; that of the strip's fader is in it unless it is sent pre-fader.
    pub level: Fader,
    /// Whether it is sent pre-fader: a live level of the strip does not move it.
    pub pre_fader: bool,
}

/// What a strip or a mix goes through, in the order of its fields.
#[derive(Clone, Debug, Default)]
pub struct Chain {
    /// Level before everything, in decibels.
    pub trim_db: Option<Automated>,
    /// Whether its polarity is turned round.
    pub inverted: bool,
    /// The gate.
    pub gate: Option<Keyed<GateSpec>>,
    /// The equaliser.
    pub eq: Option<EqSpec>,
    /// The compressor.
    pub compressor: Option<Keyed<CompressorSpec>>,
    /// The multiband compressor.
    pub multiband: Option<MultibandSpec>,
    /// The de-esser.
    pub deesser: Option<DeesserSpec>,
    /// The saturation.
    pub saturation: Option<SaturationSpec>,
    /// A delay in whole frames.
    pub delay_frames: usize,
    /// Stereo width, of two channels: 1 as they are.
    pub width: Option<Automated>,
    /// Levels of a master in decibels, which its limiter still holds below the ceiling; strips have theirs
    /// behind the chain.
    pub level_db: Vec<Automated>,
    /// The limiter.
    pub limiter: Option<LimiterSpec>,
}

/// A block that may go by the level of another strip.
#[derive(Clone, Debug, PartialEq)]
pub struct Keyed<S> {
    /// The author's settings.
    pub spec: S,
    /// The number of the strip whose level decides, instead of the block's own input.
    pub key: Option<usize>,
    /// Blocks of the same link turn their strips down together.
    pub link: Option<String>,
}

/// Where one lane of a strip goes.
pub enum LanePlan {
    /// A bed channel.
    Routed(RoutedPlan),
    /// A channel of an object: panned wherever the object is.
    Panned(ObjectPlan),
}

/// Where a bed channel goes.
pub struct RoutedPlan {
    /// Its fixed gains in every target, or in the bus it goes to.
    pub rows: Vec<GainRow>,
    /// Where its loudspeaker stands, a unit vector; none for LFE.
    pub stands: Option<Vector>,
}

/// How an object is placed in space.
#[derive(Clone, Debug)]
pub struct ObjectPlan {
    /// Where it is at any time.
    pub trajectory: Arc<Trajectory>,
    /// How far this lane stands to the left of the object, in degrees about the vertical axis:
    /// half the width for the left channel of a linked pair, minus half of it for the right.
    pub offset_deg: f64,
    /// How wide and high it sounds.
    pub spread: Spread,
    /// What distance does to its level.
    pub distance_law: Option<InverseLaw>,
    /// What distance does to its sound.
    pub propagation: Propagation,
}

/// Level falls by 6.02 dB for every doubling of the distance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InverseLaw {
    /// The distance at which the gain is 1.
    pub reference: f64,
    /// The distance below which the gain no longer grows.
    pub limit: f64,
}

impl InverseLaw {
    /// The linear gain at a distance.
    #[must_use]
    pub fn gain(&self, distance: f64) -> f64 {
        self.reference / distance.max(self.limit)
    }
}

/// What the air between an object and the listener does; one unit of distance is a metre.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Propagation {
    /// Whether the air dulls it.
    pub air_absorption: bool,
    /// Whether it takes its time, so that motion shifts its pitch.
    pub doppler: bool,
    /// The farthest it ever is, in metres; sizes the delay line.
    pub farthest_m: f64,
}

impl ReturnPlan {
    /// The effect at work, for so many outputs.
    pub(super) fn build(&self, outputs: usize, rate_hz: u32) -> Box<dyn ReturnEffect> {
        match self {
            Self::Reverb(spec) => Box::new(Reverb::new(spec, outputs, rate_hz)),
            Self::Echo(spec, tempo_bpm) => Box::new(Echo::new(spec, outputs, *tempo_bpm, rate_hz)),
            Self::Convolution(spec, responses) => {
                Box::new(Convolution::new(responses, spec, outputs, rate_hz))
            }
        }
    }
}
