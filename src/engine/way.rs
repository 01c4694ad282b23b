//! How a lane gets to one target.

use std::sync::Arc;

use super::fader::Fader;
use super::heading::{Heading, Moment};
use super::piece::Piece;
use super::ramp::Ramp;
use super::steering::{Steering, Stretch};
use super::table::LaneRamps;
use crate::pan::{GainRow, Panner};

/// How a lane gets to one target.
pub(super) enum Way {
    /// By gains that never change.
    Still(Vec<Ramp>),
    /// By gains that keep their proportions, under a fader that is ridden.
    Ridden(Box<Ridden>),
    /// By gains that follow a heading.
    Moving(Box<Steering>),
}

/// Gains under a fader that is ridden.
pub(super) struct Ridden {
    row: GainRow,
    fader: Fader,
}

impl Way {
    /// A bed channel's way.
    pub(super) fn routed(row: &GainRow, fader: &Fader) -> Self {
        if !fader.is_still() {
            return Self::Ridden(Box::new(Ridden { row: row.clone(), fader: fader.clone() }));
        }
        let level = fader.at(0);
        Self::Still(row.iter().map(|(channel, gain)| Ramp::level(channel, gain * level)).collect())
    }

    /// No way at all.
    pub(super) fn nowhere() -> Self {
        Self::Still(Vec::new())
    }

    /// Whether it is none.
    pub(super) fn leads_nowhere(&self) -> bool {
        matches!(self, Self::Still(ramps) if ramps.is_empty())
    }

    /// An object's way: still if the object is.
    pub(super) fn panned(heading: &Heading, panner: &Arc<Panner>) -> Self {
        if heading.is_still() {
            let mut moment = Moment::new();
            moment.solve(heading.spread(), panner, &heading.at(0));
            return Self::routed(moment.levelled().row, &heading.still_fader());
        }
        Self::Moving(Box::new(Steering::new(Arc::clone(panner))))
    }

    /// The same for what comes so many frames late.
    pub(super) fn late(self, frames: usize) -> Self {
        match self {
            Self::Ridden(ridden) => {
                let fader = ridden.fader.late(frames);
                Self::Ridden(Box::new(Ridden { fader, ..*ridden }))
            }
            still_or_steered => still_or_steered,
        }
    }

    /// Sets the ramps of a piece; where it moves, that is the one that was looked at.
    #[inline]
    pub(super) fn emit(
        &mut self,
        piece: Piece,
        looked: Option<(&Heading, &mut Stretch)>,
        target: usize,
        ramps: &mut LaneRamps<'_>,
    ) {
        match self {
            Self::Still(still) => {
                for (_, quantum) in piece.quanta() {
                    ramps.set(quantum, target, still.iter().copied());
                }
            }
            Self::Ridden(ridden) => {
                for (number, quantum) in piece.quanta() {
                    let (from, to) = ridden.fader.over(number);
                    let ramp = |(channel, gain)| Ramp::between(channel, gain * from, gain * to);
                    ramps.set(quantum, target, ridden.row.iter().map(ramp));
                }
            }
            Self::Moving(steering) => {
                if let Some((heading, stretch)) = looked {
                    steering.emit(heading, stretch, target, ramps);
                }
            }
        }
    }
}
