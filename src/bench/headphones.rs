//! Headphones: a bed that lies still, and objects that move.

use std::sync::Arc;

use super::{Crowd, Motions, RATE_HZ};
use crate::Result;
use crate::engine::{
    Engine, Fader, HeadPlan, HeadphonesPlan, LanePlan, Listening, Plan, RoutedPlan, StripPlan,
    TargetPlan, Work,
};
use crate::hrtf::Set;
use crate::layout::{Layout, named};
use crate::pan::Panner;

/// A bed of a layout, every channel from where its loudspeaker stands.
///
/// # Errors
/// When the layout cannot work.
pub fn bed(layout: &Layout, quanta: usize) -> Result<Engine> {
    let mut plan = Crowd::new(0, Motions::Still, layout)?.plan();
    let lane = |stands| LanePlan::Routed(RoutedPlan { rows: Vec::new(), stands });
    let stands = layout.loudspeakers.iter().map(|it| (!it.lfe).then(|| it.direction()));
    let lanes = stands.map(lane).collect();
    plan.strips.push(StripPlan::source("bed", Fader::fixed(0.1), lanes));
    engine(plan, 0, quanta)
}

/// Objects on orbits, of which the first so many have filters of their own.
///
/// # Errors
/// Never: the layout is built in.
pub fn objects(objects: usize, direct_lanes: usize, quanta: usize) -> Result<Engine> {
    let plan = Crowd::new(objects, Motions::Orbits, &named("stereo")?)?.plan();
    engine(plan, direct_lanes, quanta)
}

fn engine(plan: Plan, direct_lanes: usize, quanta: usize) -> Result<Engine> {
    let headphones = HeadphonesPlan {
        responses: Arc::new(Set::built_in(f64::from(RATE_HZ))?),
        head: HeadPlan::default(),
        direct_lanes,
        loudspeakers: None,
        gain: 1.0,
        lfe_gain: 0.7,
    };
    let pair = Arc::new(Panner::new(&named("stereo")?)?);
    let listening = Listening::Headphones(headphones);
    let target = TargetPlan { listening, ..TargetPlan::new("binaural", 2, pair) };
    Ok(Engine::new(&Plan { targets: vec![target], ..plan }, quanta, Work::Serial))
}
