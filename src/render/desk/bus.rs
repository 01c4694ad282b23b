//! The lanes of a bus: those of its layout, heard like a bed.

use std::sync::Arc;

use super::{Room, bed};
use crate::engine::{InputPlan, LanePlan};

/// What feeds a bus, its lanes, and the numbers of those that are LFE.
pub fn lanes(own: Option<&Room>, rooms: &[Room]) -> (InputPlan, Vec<LanePlan>, Vec<usize>) {
    let Some(own) = own else { return (InputPlan::Source, Vec::new(), Vec::new()) };
    let channels: Vec<Vec<usize>> = (0..own.layout.loudspeakers.len()).map(|it| vec![it]).collect();
    let (lanes, lfe) = bed::routed(&own.layout, &channels, rooms);
    (InputPlan::Bus(Arc::clone(&own.panner)), lanes, lfe)
}
