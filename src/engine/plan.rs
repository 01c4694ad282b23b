//! What is to be rendered, resolved: no file names, no keys, no units but those of the arithmetic.

use std::sync::Arc;

use crate::motion::Trajectory;
use crate::pan::{GainRow, Panner, Spread};

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
}

/// One strip of the desk: an object or a bed.
pub struct StripPlan {
    /// The author's name for it.
    pub name: String,
    /// Linear gain of its fader; 0 where muted.
    pub fader: f64,
    /// One lane for every channel of its source.
    pub lanes: Vec<LanePlan>,
}

/// Where one channel of a strip's source goes.
pub enum LanePlan {
    /// A bed channel: the gains of every target, fixed.
    Routed(Vec<GainRow>),
    /// A channel of an object: panned wherever the object is.
    Panned(ObjectPlan),
}

/// How an object is placed in space.
#[derive(Clone)]
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
