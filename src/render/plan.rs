//! From what the author wrote to what the engine renders.

use std::sync::Arc;

use crate::Result;
use crate::engine::{InverseLaw, LanePlan, ObjectPlan, Plan, Propagation, StripPlan, TargetPlan};
use crate::layout::Layout;
use crate::pan::{GainRow, Panner, Spread, route_bed};
use crate::scene::{
    Bed, DEFAULT_WIDTH_DEG, DistanceLaw, Object, ReadyBed, ReadyObject, Scene, Strip,
};
use crate::source::{Feed, SharedFiles};
use crate::units::decibels_to_amplitude;

/// A scene, ready for an engine: its strips and where they are fed from, in the same order.
pub struct Desk {
    /// What the engine renders.
    pub plan: Plan,
    /// What it is fed with: a source for every strip.
    pub feeds: Vec<Feed>,
    /// The length of the scene in frames.
    pub frames: u64,
    /// What may not be as meant: weak layouts.
    pub warnings: Vec<String>,
}

/// Sets up the desk of a scene for some targets. Strips stand in scene order, beds before objects;
/// muted ones are left out.
///
/// # Errors
/// When a layout cannot work or a file has changed since the scene was read.
pub fn desk(scene: &Scene, targets: &[Layout]) -> Result<Desk> {
    let mut warnings = Vec::new();
    let mut panners = Vec::new();
    for target in targets {
        let panner = Arc::new(Panner::new(target)?);
        warnings.extend_from_slice(panner.warnings());
        panners.push(panner);
    }
    let shared = SharedFiles::default();
    let (mut strips, mut feeds) = (Vec::new(), Vec::new());
    let audible = scene.spec.audible();
    let beds = scene.spec.beds.iter().zip(&scene.beds).zip(&audible.beds);
    for ((bed, ready), _) in beds.filter(|(_, audible)| **audible) {
        let Some(feed) = bed.feed() else { continue };
        feeds.push(scene.open(&feed, &shared)?);
        strips.push(bed_strip(bed, ready, targets, &panners));
    }
    let objects = scene.spec.objects.iter().zip(&scene.objects).zip(&audible.objects);
    for ((object, ready), _) in objects.filter(|(_, audible)| **audible) {
        let Some(feed) = object.feed() else { continue };
        feeds.push(scene.open(&feed, &shared)?);
        strips.push(object_strip(scene, object, ready)?);
    }
    let targets = targets.iter().zip(panners).map(|(target, panner)| TargetPlan {
        name: target.name.clone(),
        channels: target.loudspeakers.len(),
        panner,
    });
    let plan = Plan { rate_hz: scene.spec.sample_rate, strips, targets: targets.collect() };
    Ok(Desk { plan, feeds, frames: scene.frames, warnings })
}

fn bed_strip(
    bed: &Bed,
    ready: &ReadyBed,
    targets: &[Layout],
    panners: &[Arc<Panner>],
) -> StripPlan {
    let rows: Vec<Vec<GainRow>> = targets
        .iter()
        .zip(panners)
        .map(|(target, panner)| route_bed(&ready.layout, target, panner))
        .collect();
    let lanes = ready.routes.iter().map(|route| route.lane + 1).max().unwrap_or(0);
    let lane = |lane: usize| {
        let mine = ready.routes.iter().filter(|route| route.lane == lane);
        let loudspeakers: Vec<usize> = mine.map(|route| route.loudspeaker).collect();
        LanePlan::Routed(rows.iter().map(|rows| sum(rows, &loudspeakers)).collect())
    };
    StripPlan {
        name: bed.name.clone(),
        fader: fader(&bed.strip),
        lanes: (0..lanes).map(lane).collect(),
    }
}

/// The gains of a lane that goes to several channels of its bed.
fn sum(rows: &[GainRow], loudspeakers: &[usize]) -> GainRow {
    let mut gains = std::collections::BTreeMap::new();
    for (channel, gain) in loudspeakers.iter().flat_map(|&index| rows[index].iter()) {
        *gains.entry(channel).or_insert(0.0) += gain;
    }
    let mut row = GainRow::new();
    gains.into_iter().for_each(|(channel, gain)| row.push(channel, gain));
    row
}

/// The strip of an object: where every channel of it is heard from.
///
/// # Errors
/// If a path file has changed since the scene was read.
pub fn object_strip(scene: &Scene, object: &Object, ready: &ReadyObject) -> Result<StripPlan> {
    let trajectory = Arc::new(scene.trajectory(object)?);
    let propagation = Propagation {
        air_absorption: object.air_absorption,
        doppler: object.doppler,
        farthest_m: trajectory.max_distance(),
    };
    let law = object
        .distance_law
        .as_ref()
        .map(|DistanceLaw::Inverse(law)| InverseLaw { reference: law.reference, limit: law.limit });
    let half_width_deg = object.width_deg.unwrap_or(DEFAULT_WIDTH_DEG) / 2.0;
    let offsets = if ready.lanes == 2 { vec![half_width_deg, -half_width_deg] } else { vec![0.0] };
    let lane = |offset_deg| {
        LanePlan::Panned(ObjectPlan {
            trajectory: Arc::clone(&trajectory),
            offset_deg,
            spread: spread(object),
            distance_law: law,
            propagation,
        })
    };
    Ok(StripPlan {
        name: object.name.clone(),
        fader: fader(&object.strip),
        lanes: offsets.into_iter().map(lane).collect(),
    })
}

/// The linear gain of a fader that stays.
fn fader(strip: &Strip) -> f64 {
    decibels_to_amplitude(strip.fader_db().constant().unwrap_or_default())
}

fn spread(object: &Object) -> Spread {
    let both = object.spread_deg.unwrap_or(0.0);
    Spread {
        width_deg: object.spread_width_deg.unwrap_or(both),
        height_deg: object.spread_height_deg.unwrap_or(both),
    }
}
