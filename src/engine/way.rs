//! How a lane gets to one target.

use std::sync::Arc;

use super::heading::{Heading, Moment};
use super::ramp::Ramp;
use super::steering::Steering;
use super::table::LaneRamps;
use crate::pan::{GainRow, Panner};

/// How a lane gets to one target.
pub(super) enum Way {
    /// By gains that never change.
    Still(Vec<Ramp>),
    /// By gains that follow a heading.
    Moving(Box<Steering>),
}

impl Way {
    /// A bed channel's way.
    pub(super) fn routed(row: &GainRow, level: f64) -> Self {
        Self::Still(row.iter().map(|(channel, gain)| Ramp::level(channel, gain * level)).collect())
    }

    /// An object's way: still if the object is.
    pub(super) fn panned(heading: &Heading, panner: &Arc<Panner>, channels: usize) -> Self {
        if heading.is_still() {
            let mut moment = Moment::new();
            moment.solve(heading, panner, &heading.at(0));
            return Self::routed(moment.levelled().row, moment.levelled().level);
        }
        Self::Moving(Box::new(Steering::new(Arc::clone(panner), channels)))
    }

    /// Its steering, if it moves.
    #[inline]
    pub(super) fn steering(&mut self) -> Option<&mut Steering> {
        match self {
            Self::Still(_) => None,
            Self::Moving(steering) => Some(steering),
        }
    }

    /// Sets the ramps of one quantum, the given one of the current control step.
    #[inline]
    pub(super) fn emit(
        &mut self,
        place_in_step: u64,
        quantum: usize,
        target: usize,
        ramps: &mut LaneRamps<'_>,
    ) {
        match self {
            Self::Still(still) => ramps.set(quantum, target, still.iter().copied()),
            Self::Moving(steering) => steering.emit(place_in_step, quantum, target, ramps),
        }
    }
}
