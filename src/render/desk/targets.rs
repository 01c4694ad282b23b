//! The targets of the plan.

use std::sync::Arc;

use super::{Finish, Room, headphones, master};
use crate::Result;
use crate::engine::{FoldPlan, Listening, TargetPlan};
use crate::layout::{Layout, load};
use crate::render::{Headphones, Made, Target};
use crate::scene::{BinauralWay, Scene};

/// The layout of virtual loudspeakers where nobody says.
const SPEAKERS: &str = "7.1.4";

/// The targets, and behind them those that are only there for the sake of others: layouts that are
/// folded, and mixes for virtual loudspeakers.
///
/// # Errors
/// When the layout of virtual loudspeakers cannot be read.
pub fn with_sources(scene: &Scene, targets: &[Target]) -> Result<Vec<Target>> {
    let mut all = targets.to_vec();
    for target in targets {
        match &target.made {
            Made::Folded(fold) if source(&all, &fold.from).is_none() => {
                all.push(fold.from.clone().into());
            }
            Made::ForHeadphones(asked) => {
                let layout = virtual_loudspeakers(scene, asked)?;
                let made = Made::ForVirtualLoudspeakers;
                all.extend(layout.map(|layout| Target { layout, made }));
            }
            Made::Folded(_) | Made::ForLoudspeakers | Made::ForVirtualLoudspeakers => {}
        }
    }
    Ok(all)
}

/// The number of the target that a layout is rendered to.
fn source(targets: &[Target], layout: &Layout) -> Option<usize> {
    let plain = |it: &Target| it.made == Made::ForLoudspeakers && it.layout == *layout;
    targets.iter().position(plain)
}

/// Whether all is heard through virtual loudspeakers.
pub fn all_through(scene: &Scene, targets: &[Target]) -> bool {
    targets.iter().any(|target| match &target.made {
        Made::ForHeadphones(asked) => asked.speakers.is_some() || has_room(scene, asked),
        Made::Folded(_) | Made::ForLoudspeakers | Made::ForVirtualLoudspeakers => false,
    })
}

fn has_room(scene: &Scene, asked: &Headphones) -> bool {
    asked.brir.is_some() || scene.spec.headphones.brir.is_some()
}

/// The virtual loudspeakers of headphones, if anything is heard through them.
fn virtual_loudspeakers(scene: &Scene, asked: &Headphones) -> Result<Option<Layout>> {
    if asked.speakers.is_some() {
        return Ok(asked.speakers.clone());
    }
    let spec = &scene.spec;
    let through = has_room(scene, asked)
        || spec.ids().any(|id| spec.binaural_way(id) == BinauralWay::Speakers);
    let layout = || match &spec.headphones.speakers {
        Some(layout) if crate::layout::is_path(layout) => {
            load(&scene.folder.resolve(layout.as_ref())?.to_string_lossy())
        }
        Some(layout) => load(layout),
        None => load(SPEAKERS),
    };
    through.then(layout).transpose()
}

/// What the engine is to know of the targets.
///
/// # Errors
/// When a set of head-related responses cannot be read.
pub fn plans(
    scene: &Scene,
    targets: &[Target],
    rooms: &[Room],
    finish: &Finish,
) -> Result<Vec<TargetPlan>> {
    let mut plans = Vec::new();
    for (index, (target, room)) in targets.iter().zip(rooms).enumerate() {
        let level_db = finish.levels_db.get(index).copied().unwrap_or(0.0);
        let channels = target.layout.loudspeakers.len();
        let plain = TargetPlan::new(target.name(), channels, Arc::clone(&room.panner));
        let master = master::master(scene, &target.layout, level_db, finish.no_master);
        let listening = listening(scene, targets, target, room)?;
        plans.push(TargetPlan { master, listening, ..plain });
    }
    Ok(plans)
}

fn listening(scene: &Scene, targets: &[Target], target: &Target, room: &Room) -> Result<Listening> {
    Ok(match &target.made {
        Made::ForLoudspeakers => Listening::Loudspeakers,
        Made::ForVirtualLoudspeakers => Listening::VirtualLoudspeakers,
        Made::Folded(fold) => {
            let of = source(targets, &fold.from);
            let gains = fold.gains.clone();
            of.map_or(Listening::Loudspeakers, |of| Listening::Fold(FoldPlan { of, gains }))
        }
        Made::ForHeadphones(asked) => {
            let playing = |it: &&Target| it.made == Made::ForVirtualLoudspeakers;
            let speakers = targets.iter().position(|it| playing(&it));
            let speakers = speakers.map(|of| (of, &targets[of].layout));
            Listening::Headphones(headphones::plan(scene, asked, room, speakers)?)
        }
    })
}
