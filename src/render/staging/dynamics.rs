//! Dynamics: blocks that never work, and blocks that work too hard.

use super::node::{Node, Role};
use super::{Concern, Finding};
use crate::scene::{Block, Strip};

/// What takes less than this, in decibels, does nothing.
const LEAST_DB: f64 = 0.1;

/// The most that should be taken, in decibels.
const MOST_DB: f64 = 12.0;

/// Of all blocks of a strip together it is known what they took at most.
pub fn check(node: &Node<'_>, found: &mut Vec<Finding>) {
    if node.is_silent() {
        return;
    }
    // Nothing taken is 0, not -0.
    let taken_db = node.reading.gain_reduction_db.abs();
    let blocks = blocks(&node.strip);
    // The limiter of a master is a guard: that it has nothing to do is well.
    let is_guard = |block: &str| node.role == Role::Master && block == "limiter";
    let idle: Vec<&str> = blocks.iter().copied().filter(|block| !is_guard(block)).collect();
    if taken_db < LEAST_DB && !idle.is_empty() {
        let seen = format!("{} never works: {taken_db:.1} dB taken at most", idle.join(", "));
        let advice = "set its threshold where the sound is, or leave it out";
        found.push(node.finding(Concern::IdleDynamics, seen, advice));
    }
    // Gates are there to take much.
    if taken_db > MOST_DB && !blocks.is_empty() && !blocks.contains(&"gate") {
        let seen = format!("{} takes up to {taken_db:.1} dB", blocks.join(", "));
        let advice = format!(
            "at most {MOST_DB} dB: a higher threshold, a lower ratio, or less level before it"
        );
        found.push(node.finding(Concern::HardDynamics, seen, advice));
    }
}

/// The blocks that turn down, by name.
fn blocks(strip: &Strip) -> Vec<&'static str> {
    let blocks = [
        (strip.gate.is_some(), Block::Gate, "gate"),
        (strip.compressor.is_some(), Block::Compressor, "compressor"),
        (strip.multiband.is_some(), Block::Multiband, "multiband"),
        (strip.deesser.is_some(), Block::Deesser, "de-esser"),
        (strip.limiter.is_some(), Block::Limiter, "limiter"),
    ];
    let at_work = blocks.into_iter().filter(|(given, block, _)| *given && !strip.bypasses(*block));
    at_work.map(|(_, _, name)| name).collect()
}
