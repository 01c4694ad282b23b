//! Where a lane is at the ends of every quantum.

use super::super::fader::Fader;
use super::super::heading::{Heading, Spot};
use super::super::steering::{STEPS, first_frame_of};
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

/// Where a lane is at the ends of some control steps, which are looked at together.
pub(super) struct Ahead {
    /// The number of the first step.
    pub(super) first: u64,
    pub(super) spots: [Spot; STEPS + 1],
}

impl Ahead {
    /// Looks at the steps from one on, where the lane is at its begin.
    fn new(heading: &Heading, first: u64, begin: Spot) -> Self {
        let mut spots = [begin; STEPS + 1];
        for (spot, step) in spots[1..].iter_mut().zip(first + 1..) {
            *spot = heading.at(first_frame_of(step));
        }
        Self { first, spots }
    }

    /// Where it is when a step begins and when it ends, if the step is at hand.
    pub(super) fn ends(&self, step: u64) -> Option<[&Spot; 2]> {
        let number = usize::try_from(step.checked_sub(self.first)?).ok()?;
        let [begin, end] = self.spots.get(number..)?.first_chunk()?;
        Some([begin, end])
    }

    /// Where it is when a step begins, if that is where the last one at hand ends.
    fn end(&self, step: u64) -> Option<Spot> {
        (self.first + STEPS as u64 == step).then_some(self.spots[STEPS])
    }
}

impl Track {
    /// The track of a heading.
    pub(super) fn of(heading: Heading) -> Self {
        if heading.is_still() {
            let Spot { direction, distance, .. } = heading.at(0);
            return Self::Still(direction, distance, heading.still_fader());
        }
        let ahead = Ahead::new(&heading, 0, heading.at(0));
        Self::Moving(Box::new(Moving { heading, ahead }))
    }

    /// Whether it stays where it is.
    pub(super) fn is_still(&self) -> bool {
        matches!(self, Self::Still(..))
    }

    /// Its heading, and where it is around a control step, if it moves and turns in that step by no more
    /// than an angle of this cosine.
    pub(super) fn straight(&mut self, step: u64, least_cosine: f64) -> Option<(&Heading, &Ahead)> {
        let Self::Moving(moving) = self else { return None };
        let [begin, end] = moving.ahead(step).ends(step)?;
        (turn(begin, end) >= least_cosine).then_some((&moving.heading, &moving.ahead))
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
            let begin = self.ahead.end(step);
            let begin = begin.unwrap_or_else(|| self.heading.at(first_frame_of(step)));
            self.ahead = Ahead::new(&self.heading, step, begin);
        }
        &self.ahead
    }
}

/// The cosine of the angle by which a direction turns.
fn turn(begin: &Spot, end: &Spot) -> f64 {
    begin.direction.dot(&end.direction)
}
