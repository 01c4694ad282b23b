//! What headphones are given.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::Room;
use crate::Result;
use crate::binaural::{Kernel, LFE_GAIN, both_ears, loudness_gain, whole_responses};
use crate::engine::{Ears, EarsMode, HeadPlan, HeadphonesPlan, VirtualLoudspeakers};
use crate::hrtf::{self, Measured, Set, room_responses, sofa};
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
    let brir = match (&asked.brir, &own.brir) {
        (Some(path), _) => Some(sofa::read_room(path)?),
        (None, Some(path)) => Some(sofa::read_room(&scene.folder.resolve(path)?)?),
        (None, None) => None,
    };
    let playing = loudspeakers.map(|(of, layout)| VirtualLoudspeakers {
        of,
        stand: layout.loudspeakers.iter().map(stand).collect(),
        room: None,
    });
    let scene_head = scene.spec.head.clone();
    let mut plan = HeadphonesPlan {
        responses,
        head: HeadPlan {
            yaw_deg: scene_head.yaw_deg,
            pitch_deg: scene_head.pitch_deg,
            roll_deg: scene_head.roll_deg,
        },
        direct_lanes: asked.direct_lanes.or(own.direct_lanes).unwrap_or(DIRECT_LANES) as usize,
        loudspeakers: playing,
        gain,
        lfe_gain: own.lfe_gain_db.map_or(LFE_GAIN, decibels_to_amplitude),
    };
    if let (Some(brir), Some((_, layout))) = (brir, loudspeakers) {
        put_in_room(&mut plan, &brir, layout, room);
    }
    Ok(plan)
}

/// Lets the virtual loudspeakers stand in a room that somebody measured. Noise from its front is as
/// loud as two loudspeakers play it.
fn put_in_room(plan: &mut HeadphonesPlan, brir: &Measured, layout: &Layout, pair: &Room) {
    let lead_frames = plan.lead_frames();
    let rate_hz = plan.responses.rate_hz();
    let mut directions: Vec<_> = layout.loudspeakers.iter().map(Loudspeaker::direction).collect();
    directions.push(FRONT);
    let mut responses = room_responses(brir, &directions, rate_hz, lead_frames);
    let Some(front) = responses.pop() else { return };
    // The gain of the head is applied to all that is heard.
    let gain = (loudness_gain(&front, rate_hz, front_gains(pair)) / plan.gain) as f32;
    responses.iter_mut().flatten().flatten().for_each(|sample| *sample *= gain);
    if let Some(loudspeakers) = &mut plan.loudspeakers {
        loudspeakers.room = Some(Arc::new(responses));
    }
}

/// The set that was asked for, or that of the scene, or the built-in one.
fn responses(scene: &Scene, asked: &Headphones) -> Result<Arc<Set>> {
    let rate_hz = f64::from(scene.spec.sample_rate);
    let read = |path: &Path| {
        Set::new(&sofa::read(path)?, &hrtf::Options::for_rendering(rate_hz)).map(Arc::new)
    };
    match (&asked.hrtf, &scene.spec.headphones.hrtf) {
        (Some(path), _) => read(path),
        (None, Some(path)) => read(&scene.folder.resolve(path)?),
        (None, None) => built_in(rate_hz),
    }
}

/// The built-in set that is in use: a scene that is read anew while it plays finds its own again.
static BUILT_IN: Mutex<Weak<Set>> = Mutex::new(Weak::new());

fn built_in(rate_hz: f64) -> Result<Arc<Set>> {
    let mut known = BUILT_IN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(set) = known.upgrade().filter(|set| set.rate_hz() == rate_hz) {
        return Ok(set);
    }
    let set = Arc::new(Set::built_in(rate_hz)?);
    *known = Arc::downgrade(&set);
    Ok(set)
}

/// What makes pink noise from the front as loud as two loudspeakers play it.
fn gain(responses: &Set, room: &Room) -> f64 {
    let front = whole_responses(responses, &both_ears(responses, &FRONT), &Kernel::new());
    loudness_gain(&front, responses.rate_hz(), front_gains(room))
}

/// How two loudspeakers play what comes from the front.
fn front_gains(room: &Room) -> [f64; 2] {
    let mut row = GainRow::new();
    room.panner.solve(&FRONT, &mut row);
    let mut gains = [0.0; 2];
    row.iter().for_each(|(channel, gain)| gains[channel] = gain);
    gains
}
