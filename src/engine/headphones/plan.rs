//! What headphones are to be given.

use std::sync::Arc;

use crate::automation::Automated;
use crate::binaural::{Head, Kernel};
use crate::hrtf::Set;
use crate::space::Vector;

/// How headphones hear a strip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ears {
    /// From how far away.
    pub mode: EarsMode,
    /// Whether it is mixed for the virtual loudspeakers, where there are any, instead of being heard
    /// from its own direction.
    pub through_loudspeakers: bool,
}

/// From how far away headphones hear a strip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EarsMode {
    /// Not by a head at all: as two loudspeakers have it.
    Off,
    /// Without a room.
    #[default]
    Near,
    /// In a small room.
    Mid,
    /// In a large room.
    Far,
}

/// A pair of headphones.
#[derive(Clone)]
pub struct HeadphonesPlan {
    /// How the head hears.
    pub responses: Arc<Set>,
    /// Which way it looks.
    pub head: HeadPlan,
    /// How many lanes that move have filters of their own: the first ones in scene order; the others are
    /// heard from a sphere of virtual directions.
    pub direct_lanes: usize,
    /// The mix that is heard through virtual loudspeakers.
    pub loudspeakers: Option<VirtualLoudspeakers>,
    /// The linear gain of all that passes the head.
    pub gain: f64,
    /// What each ear gets of LFE, linear.
    pub lfe_gain: f64,
}

/// Which way the head looks, in degrees: it turns to the left, lifts its nose, lowers its right ear,
/// in this order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeadPlan {
    /// To the left.
    pub yaw_deg: Automated,
    /// Up.
    pub pitch_deg: Automated,
    /// To the right.
    pub roll_deg: Automated,
}

/// Loudspeakers around the head.
#[derive(Clone, Debug, PartialEq)]
pub struct VirtualLoudspeakers {
    /// The number of the target whose mix they play.
    pub of: usize,
    /// Where each of its channels stands, a unit vector; none for LFE.
    pub stand: Vec<Option<Vector>>,
    /// How each of them but LFE sounds at both ears in a room, [`lead_frames`](HeadphonesPlan::lead_frames)
    /// late; without, they stand in the open.
    pub room: Option<Arc<Vec<[Vec<f32>; 2]>>>,
}

impl HeadphonesPlan {
    /// By how many frames the ears hear later than loudspeakers play: where in the responses sound
    /// arrives, and what it takes to delay by parts of a frame.
    #[must_use]
    pub fn lead_frames(&self) -> usize {
        self.responses.lead_frames().round() as usize + Kernel::LEAD_FRAMES
    }
}

impl HeadPlan {
    /// Whether it never turns.
    #[must_use]
    pub fn is_still(&self) -> bool {
        [&self.yaw_deg, &self.pitch_deg, &self.roll_deg].iter().all(|it| it.constant().is_some())
    }

    /// Which way it looks at a time, in seconds of the scene.
    #[must_use]
    pub fn at(&self, seconds: f64) -> Head {
        let [yaw_deg, pitch_deg, roll_deg] =
            [&self.yaw_deg, &self.pitch_deg, &self.roll_deg].map(|it| it.at(seconds));
        Head::from_degrees(yaw_deg, pitch_deg, roll_deg)
    }
}
