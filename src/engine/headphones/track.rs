//! Where a lane is at the ends of every quantum.

use super::super::fader::Fader;
use super::super::heading::{Heading, Spot};
use super::super::steering::first_frame_of;
use super::stride::STRAIGHT_TURN;
use crate::block::{QUANTA_PER_STEP, QUANTUM};
use crate::space::Vector;

/// A lane's way through space and level.
pub(super) enum Track {
    /// It stays where it is; its fader may be ridden.
    Still(Vector, f64, Fader),
    /// It moves.
    Moving(Box<Moving>),
}

/// What is kept of one that moves.
pub(super) struct Moving {
    heading: Heading,
    /// Where it is in the control steps at hand.
    ahead: Ahead,
}

/// Control steps that are looked at together: much of what one waits for is that of the others.
pub(super) const STEPS: usize = 4;

/// Where a lane is at the ends of some control steps.
#[derive(Default)]
pub(super) struct Ahead {
    /// The number of the first step; none before any was looked at.
    pub(super) first: Option<u64>,
    pub(super) spots: [Spot; STEPS + 1],
}

impl Ahead {
    /// Where it is when a step begins and when it ends, if the step is at hand.
    pub(super) fn ends(&self, step: u64) -> Option<[&Spot; 2]> {
        let number = usize::try_from(step.checked_sub(self.first?)?).ok()?;
        let [begin, end] = self.spots.get(number..)?.first_chunk()?;
        Some([begin, end])
    }

    /// Where it is when a step begins, if that is where the last one at hand ends.
    fn end(&self, step: u64) -> Option<Spot> {
        (self.first? + STEPS as u64 == step).then_some(self.spots[STEPS])
    }

    /// Looks at the steps from one on.
    fn look(&mut self, heading: &Heading, step: u64) {
        let at = |step| heading.at(first_frame_of(step));
        self.spots[0] = self.end(step).unwrap_or_else(|| at(step));
        for (spot, step) in self.spots[1..].iter_mut().zip(step + 1..) {
            *spot = at(step);
        }
        self.first = Some(step);
    }
}

impl Track {
    /// The track of a heading.
    pub(super) fn of(heading: Heading) -> Self {
        if heading.is_still() {
            let Spot { direction, distance, .. } = heading.at(0);
            return Self::Still(direction, distance, heading.still_fader());
        }
        Self::Moving(Box::new(Moving { heading, ahead: Ahead::default() }))
    }

    /// Whether it stays where it is.
    pub(super) fn is_still(&self) -> bool {
        matches!(self, Self::Still(..))
    }

    /// Where it is around a control step, if it moves and turns in that step by no more than an angle of
    /// this cosine.
    pub(super) fn straight(&mut self, step: u64, least_cosine: f64) -> Option<&Ahead> {
        let Self::Moving(moving) = self else { return None };
        if moving.heading.is_ridden() {
            return None;
        }
        let ahead = moving.ahead(step);
        let [begin, end] = ahead.ends(step)?;
        (turn(begin, end) >= least_cosine).then_some(ahead)
    }

    /// Where it is when a quantum of the scene begins.
    pub(super) fn at(&mut self, quantum: u64) -> Spot {
        match self {
            Self::Still(direction, distance, fader) => Spot {
                direction: *direction,
                distance: *distance,
                level: fader.at(quantum * QUANTUM as u64),
            },
            Self::Moving(moving) => moving.at(quantum),
        }
    }
}

impl Moving {
    fn at(&mut self, quantum: u64) -> Spot {
        let (step, place) = (quantum / QUANTA_PER_STEP, quantum % QUANTA_PER_STEP);
        // Where the last step at hand ends is known; the next ones are not begun for that.
        if let Some(end) = self.ahead.end(step).filter(|_| place == 0) {
            return end;
        }
        let is_ridden = self.heading.is_ridden();
        let share = place as f64 / QUANTA_PER_STEP as f64;
        match self.ahead(step).ends(step) {
            Some([begin, _]) if place == 0 => *begin,
            Some([begin, end]) if !is_ridden && turn(begin, end) >= STRAIGHT_TURN => {
                begin.between(end, share)
            }
            _ => self.heading.at(quantum * QUANTUM as u64),
        }
    }

    /// Where it is around a control step: what was kept is a shortcut to the same.
    fn ahead(&mut self, step: u64) -> &Ahead {
        if self.ahead.ends(step).is_none() {
            self.ahead.look(&self.heading, step);
        }
        &self.ahead
    }
}

/// The cosine of the angle by which a direction turns.
fn turn(begin: &Spot, end: &Spot) -> f64 {
    begin.direction.dot(&end.direction)
}
