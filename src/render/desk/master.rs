//! The master of a target.

use super::chain::strip_chain;
use super::seats::Seats;
use crate::automation::Automated;
use crate::engine::{Chain, MasterPlan};
use crate::layout::Layout;
use crate::scene::{Master, Scene};

/// What the mix of a target goes through: its master and a level in decibels, or the level alone.
pub fn master(scene: &Scene, layout: &Layout, level_db: f64, alone: bool) -> MasterPlan {
    let is_lfe = layout.loudspeakers.iter().map(|loudspeaker| loudspeaker.lfe);
    let lfe = is_lfe.enumerate().filter(|(_, is_lfe)| *is_lfe).map(|(channel, _)| channel);
    let given = (level_db != 0.0).then(|| Automated::from(level_db));
    let mut chain = Chain::default();
    if !alone {
        let Master { strip, width, .. } = scene.spec.master_of(&layout.name);
        chain = strip_chain(&strip, scene.spec.sample_rate, &Seats::none());
        chain.width = width.filter(|_| layout.loudspeakers.len() == 2);
        chain.level_db.extend(strip.gain_db);
    }
    chain.level_db.extend(given);
    MasterPlan { chain, lfe: lfe.collect() }
}
