//! The lanes of a return: what its effect makes, each in a direction of its own.

use std::sync::Arc;

use crate::engine::{InputPlan, LanePlan, ObjectPlan, Propagation, ReturnPlan};
use crate::motion::{Context, Placement, Trajectory};
use crate::pan::Spread;
use crate::scene::Scene;
use crate::space::Vector;
use crate::{Error, Result};

/// What feeds a return, and its lanes.
pub fn lanes(scene: &Scene, index: usize) -> Result<(InputPlan, Vec<LanePlan>, Vec<usize>)> {
    let spec = &scene.spec.returns[index];
    let effect = if let Some(reverb) = &spec.reverb {
        ReturnPlan::Reverb(reverb.clone())
    } else if let Some(echo) = &spec.echo {
        ReturnPlan::Echo(echo.clone(), scene.spec.tempo_bpm)
    } else if let Some(convolution) = &spec.convolution {
        let responses = scene.response(convolution)?;
        ReturnPlan::Convolution(convolution.clone(), Arc::new(responses))
    } else {
        return Err(Error::input(format!("the return {:?} makes nothing", spec.name)));
    };
    let lanes = spec.directions().iter().map(standing).collect::<Result<_>>()?;
    Ok((InputPlan::Return(effect), lanes, Vec::new()))
}

/// A lane that stands still in a direction.
fn standing(direction: &Vector) -> Result<LanePlan> {
    let (x, y, z) = (Some(direction.x), Some(direction.y), Some(direction.z));
    let placement = Placement { x, y, z, ..Placement::default() };
    let resolve = |path: &std::path::Path| Ok(path.to_owned());
    let context = Context { tempo_bpm: None, object: 0, resolve: &resolve };
    let trajectory = Trajectory::new(&placement, None, None, &context)?;
    Ok(LanePlan::Panned(ObjectPlan {
        trajectory: Arc::new(trajectory),
        offset_deg: 0.0,
        spread: Spread::default(),
        distance_law: None,
        propagation: Propagation::default(),
    }))
}
