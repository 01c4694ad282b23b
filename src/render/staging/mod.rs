//! Gain staging: what of the levels and settings of a desk is hardly meant, from what was measured
//! and what is written. All of it is advice.

mod dynamics;
mod equaliser;
mod finding;
mod levels;
mod node;
mod ways;

pub use finding::{Concern, Finding};

use super::Reading;
use crate::scene::Spec;
use node::nodes;

/// What is hardly meant of the strips and masters that were measured: strip after strip, then target
/// after target. `no_master` says that the masters were left out.
#[must_use]
pub fn findings(
    spec: &Spec,
    strips: &[Reading],
    targets: &[Reading],
    no_master: bool,
) -> Vec<Finding> {
    let nodes = nodes(spec, strips, targets, no_master);
    let mut found = Vec::new();
    for node in &nodes {
        levels::check(node, &nodes, &mut found);
        equaliser::check(node, f64::from(spec.sample_rate), &mut found);
        dynamics::check(node, &mut found);
        ways::check(node, &nodes, spec, &mut found);
    }
    found
}
