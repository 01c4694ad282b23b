//! The targets of the plan.

use std::sync::Arc;

use super::{Finish, Room, master};
use crate::engine::{FoldPlan, TargetPlan};
use crate::layout::Layout;
use crate::render::Target;
use crate::scene::Scene;

/// The targets, and behind them the layouts that are only there to be folded.
pub fn with_sources(targets: &[Target]) -> Vec<Target> {
    let mut all = targets.to_vec();
    for fold in targets.iter().filter_map(|target| target.fold.as_ref()) {
        if source(&all, &fold.from).is_none() {
            all.push(fold.from.clone().into());
        }
    }
    all
}

/// The number of the target that a layout is rendered to.
fn source(targets: &[Target], layout: &Layout) -> Option<usize> {
    targets.iter().position(|target| target.fold.is_none() && target.layout == *layout)
}

/// What the engine is to know of the targets.
pub fn plans(
    scene: &Scene,
    targets: &[Target],
    rooms: &[Room],
    finish: &Finish,
) -> Vec<TargetPlan> {
    let plan = |(index, (target, room)): (usize, (&Target, &Room))| {
        let level_db = finish.levels_db.get(index).copied().unwrap_or(0.0);
        let fold = target.fold.as_ref().and_then(|fold| {
            Some(FoldPlan { of: source(targets, &fold.from)?, gains: fold.gains.clone() })
        });
        let channels = target.layout.loudspeakers.len();
        let plain = TargetPlan::new(target.name(), channels, Arc::clone(&room.panner));
        let master = master::master(scene, &target.layout, level_db, finish.no_master);
        TargetPlan { master, fold, ..plain }
    };
    targets.iter().zip(rooms).enumerate().map(plan).collect()
}
