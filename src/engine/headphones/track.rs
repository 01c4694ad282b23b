//! Where a lane is at the ends of every quantum.

use super::super::fader::Fader;
use super::super::heading::{Heading, Spot};
use super::super::steering::first_frame_of;
use crate::block::{QUANTA_PER_STEP, QUANTUM};
use crate::space::Vector;

/// The cosine of the 3 degrees by which a direction may turn within a control step before it is
/// worked out for every quantum of it. Across 3 degrees a straight line strays from the arc by a
/// fiftieth of a degree.
const STRAIGHT_TURN: f64 = 0.998_629_534_754_573_9;

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
    /// The control step at hand, and where it begins and ends.
    step: Option<(u64, Spot, Spot)>,
}

/// A control step in which a lane goes straight: where it begins and ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Straight {
    pub(super) ends: [Spot; 2],
}

impl Track {
    /// The track of a heading.
    pub(super) fn of(heading: Heading) -> Self {
        if heading.is_still() {
            let Spot { direction, distance, .. } = heading.at(0);
            return Self::Still(direction, distance, heading.still_fader());
        }
        Self::Moving(Box::new(Moving { heading, step: None }))
    }

    /// Whether it stays where it is.
    pub(super) fn is_still(&self) -> bool {
        matches!(self, Self::Still(..))
    }

    /// The control step of a quantum, if it moves and goes straight there.
    pub(super) fn straight(&mut self, quantum: u64) -> Option<Straight> {
        let Self::Moving(moving) = self else { return None };
        let (begin, end) = moving.ends(quantum / QUANTA_PER_STEP);
        is_straight(&begin, &end).then_some(Straight { ends: [begin, end] })
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
        // Where the step at hand ends is known; the next one is not begun for that.
        if let Some((_, _, end)) = self.step.filter(|(known, ..)| place == 0 && known + 1 == step) {
            return end;
        }
        let (begin, end) = self.ends(step);
        if place == 0 {
            return begin;
        }
        if !is_straight(&begin, &end) || self.heading.is_ridden() {
            return self.heading.at(quantum * QUANTUM as u64);
        }
        let share = place as f64 / QUANTA_PER_STEP as f64;
        let between = |begin: f64, end: f64| begin + share * (end - begin);
        let direction = begin.direction + (end.direction - begin.direction) * share;
        Spot {
            direction: direction.normalize(),
            distance: between(begin.distance, end.distance),
            level: between(begin.level, end.level),
        }
    }

    /// Where a control step begins and ends: what was kept is a shortcut to the same.
    fn ends(&mut self, step: u64) -> (Spot, Spot) {
        let at = |step| self.heading.at(first_frame_of(step));
        let (begin, end) = match self.step {
            Some((known, begin, end)) if known == step => return (begin, end),
            Some((known, _, end)) if known + 1 == step => (end, at(step + 1)),
            _ => (at(step), at(step + 1)),
        };
        self.step = Some((step, begin, end));
        (begin, end)
    }
}

fn is_straight(begin: &Spot, end: &Spot) -> bool {
    begin.direction.dot(&end.direction) >= STRAIGHT_TURN
}
