//! The lanes of an object: wherever it is.

use std::sync::Arc;

use crate::Result;
use crate::engine::{InverseLaw, LanePlan, ObjectPlan, Propagation};
use crate::pan::Spread;
use crate::scene::{DEFAULT_WIDTH_DEG, DistanceLaw, Object, ReadyObject, Scene};

/// The lanes of the object with a number.
///
/// # Errors
/// If a path file has changed since the scene was read.
pub fn lanes(scene: &Scene, index: usize) -> Result<Vec<LanePlan>> {
    let lanes = object_lanes(scene, &scene.spec.objects[index], &scene.objects[index])?;
    Ok(lanes.into_iter().map(LanePlan::Panned).collect())
}

/// Where every channel of an object is heard from.
///
/// # Errors
/// If a path file has changed since the scene was read.
pub fn object_lanes(
    scene: &Scene,
    object: &Object,
    ready: &ReadyObject,
) -> Result<Vec<ObjectPlan>> {
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
    let lane = |offset_deg| ObjectPlan {
        trajectory: Arc::clone(&trajectory),
        offset_deg,
        spread: spread(object),
        distance_law: law,
        propagation,
    };
    Ok(offsets.into_iter().map(lane).collect())
}

fn spread(object: &Object) -> Spread {
    let both = object.spread_deg.unwrap_or(0.0);
    Spread {
        width_deg: object.spread_width_deg.unwrap_or(both),
        height_deg: object.spread_height_deg.unwrap_or(both),
    }
}
