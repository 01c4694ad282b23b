//! What headphones are given.

use std::path::Path;
use std::sync::Arc;

use super::Room;
use crate::Result;
use crate::binaural::{Kernel, LFE_GAIN, both_ears, loudness_gain, whole_responses};
use crate::engine::{Ears, EarsMode, HeadPlan, HeadphonesPlan, VirtualLoudspeakers};
use crate::hrtf::{self, Set, sofa};
use crate::layout::{Layout, Loudspeaker};
use crate::pan::GainRow;
use crate::render::Headphones;
use crate::scene::{Binaural, BinauralWay, Scene, StripId};
use crate::space::FRONT;
use crate::units::decibels_to_amplitude;

/// How many moving lanes have filters of their own where nobody says.
const DIRECT_LANES: u32 = 16;

/// How headphones hear a strip.
pub fn ears(scene: &Scene, id: StripId) -> Ears {
    let mode = match scene.spec.strip(id).binaural.unwrap_or_default() {
        Binaural::Off => EarsMode::Off,
        Binaural::Near => EarsMode::Near,
        Binaural::Mid => EarsMode::Mid,
        Binaural::Far => EarsMode::Far,
    };
    let through_loudspeakers = scene.spec.binaural_way(id) == BinauralWay::Speakers;
    Ears { mode, through_loudspeakers }
}

/// The headphones of a target whose own room is that of a pair of loudspeakers; `loudspeakers` is
/// the number of the target that plays to the virtual ones, and their layout.
///
/// # Errors
/// When the set of responses cannot be read, or is none.
pub fn plan(
    scene: &Scene,
    asked: &Headphones,
    room: &Room,
    loudspeakers: Option<(usize, &Layout)>,
) -> Result<HeadphonesPlan> {
    let responses = responses(scene, asked)?;
    let own = &scene.spec.headphones;
    let gain = gain(&responses, room);
    let stand = |it: &Loudspeaker| (!it.lfe).then(|| it.direction());
    let loudspeakers = loudspeakers.map(|(of, layout)| VirtualLoudspeakers {
        of,
        stand: layout.loudspeakers.iter().map(stand).collect(),
    });
    let scene_head = scene.spec.head.clone();
    Ok(HeadphonesPlan {
        responses: Arc::new(responses),
        head: HeadPlan {
            yaw_deg: scene_head.yaw_deg,
            pitch_deg: scene_head.pitch_deg,
            roll_deg: scene_head.roll_deg,
        },
        direct_lanes: asked.direct_lanes.or(own.direct_lanes).unwrap_or(DIRECT_LANES) as usize,
        loudspeakers,
        gain,
        lfe_gain: own.lfe_gain_db.map_or(LFE_GAIN, decibels_to_amplitude),
    })
}

/// The set that was asked for, or that of the scene, or the built-in one.
fn responses(scene: &Scene, asked: &Headphones) -> Result<Set> {
    let rate_hz = f64::from(scene.spec.sample_rate);
    let read = |path: &Path| Set::new(&sofa::read(path)?, &hrtf::Options::for_rendering(rate_hz));
    match (&asked.hrtf, &scene.spec.headphones.hrtf) {
        (Some(path), _) => read(path),
        (None, Some(path)) => read(&scene.folder.resolve(path)?),
        (None, None) => Set::built_in(rate_hz),
    }
}

/// What makes pink noise from the front as loud as two loudspeakers play it.
fn gain(responses: &Set, room: &Room) -> f64 {
    let front = whole_responses(responses, &both_ears(responses, &FRONT), &Kernel::new());
    let mut row = GainRow::new();
    room.panner.solve(&FRONT, &mut row);
    let mut gains = [0.0; 2];
    row.iter().for_each(|(channel, gain)| gains[channel] = gain);
    loudness_gain(&front, responses.rate_hz(), gains)
}
