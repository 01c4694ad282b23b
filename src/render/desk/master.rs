//! The master of a target.

use super::chain::strip_chain;
use super::seats::Seats;
use crate::engine::{Chain, MasterPlan};
use crate::layout::Layout;
use crate::scene::{Master, Scene};

/// What the mix of a target goes through.
pub fn master(scene: &Scene, layout: &Layout) -> MasterPlan {
    let Master { strip, width, .. } = scene.spec.master_of(&layout.name);
    let chain = strip_chain(&strip, scene.spec.sample_rate, &Seats::none());
    let is_lfe = layout.loudspeakers.iter().map(|loudspeaker| loudspeaker.lfe);
    let lfe = is_lfe.enumerate().filter(|(_, is_lfe)| *is_lfe).map(|(channel, _)| channel);
    MasterPlan {
        chain: Chain {
            width: width.filter(|_| layout.loudspeakers.len() == 2),
            level_db: strip.gain_db.into_iter().collect(),
            ..chain
        },
        lfe: lfe.collect(),
    }
}
