//! The ramps of a lane in one target, for the quanta of one call.

use std::sync::Arc;

use super::heading::{Heading, Moment};
use super::ramp::Ramp;
use super::steering::Steering;
use crate::pan::{GainRow, Panner};

/// How a lane gets to one target.
pub(super) enum Way {
    /// By gains that never change.
    Still(Vec<Ramp>),
    /// By gains that follow a heading.
    Moving(Box<Moving>),
}

/// The ramps of a moving lane.
pub(super) struct Moving {
    pub(super) steering: Steering,
    ramps: Vec<Ramp>,
    /// Where the ramps of each quantum end.
    ends: Vec<usize>,
}

impl Way {
    /// A bed channel's way.
    pub(super) fn routed(row: &GainRow, level: f64) -> Self {
        Self::Still(row.iter().map(|(channel, gain)| Ramp::level(channel, gain * level)).collect())
    }

    /// An object's way: still if the object is.
    pub(super) fn panned(
        heading: &Heading,
        panner: &Arc<Panner>,
        channels: usize,
        quanta: usize,
    ) -> Self {
        if heading.is_still() {
            let mut moment = Moment::new();
            moment.solve(heading, panner, &heading.at(0));
            return Self::routed(moment.levelled().row, moment.levelled().level);
        }
        Self::Moving(Box::new(Moving {
            steering: Steering::new(Arc::clone(panner), channels),
            ramps: Vec::with_capacity(channels * quanta),
            ends: Vec::with_capacity(quanta),
        }))
    }

    /// Its part that moves, if it does.
    #[inline]
    pub(super) fn moving(&mut self) -> Option<&mut Moving> {
        match self {
            Self::Still(_) => None,
            Self::Moving(moving) => Some(moving),
        }
    }

    /// The ramps of a quantum of the current call, in channel order.
    #[inline]
    pub(super) fn ramps(&self, quantum: usize) -> &[Ramp] {
        match self {
            Self::Still(ramps) => ramps,
            Self::Moving(moving) => {
                let begin = if quantum == 0 { 0 } else { moving.ends[quantum - 1] };
                &moving.ramps[begin..moving.ends[quantum]]
            }
        }
    }
}

impl Moving {
    /// Forgets the ramps of the last call.
    pub(super) fn begin(&mut self) {
        self.ramps.clear();
        self.ends.clear();
    }

    /// A quantum in which the lane is silent.
    pub(super) fn rest(&mut self) {
        self.ends.push(self.ramps.len());
    }

    /// The ramps of the next quantum, the given one of the current control step.
    #[inline]
    pub(super) fn emit(&mut self, quantum: u64) {
        self.steering.emit(quantum, &mut self.ramps);
        self.ends.push(self.ramps.len());
    }
}
