//! A lane that goes straight: it is heard at the ends of a control step, and in between by what lies
//! between.

use super::super::heading::{Heading, Spot};
use super::super::steering::STEPS;
use super::look::Look;
use super::track::Ahead;
use crate::block::{QUANTA_PER_STEP, QUANTUM};
use crate::space::Vector;

/// The cosine of the 3 degrees by which a direction may turn within a control step before it is
/// worked out for every quantum of it. Across 3 degrees a straight line strays from the arc by a
/// fiftieth of a degree.
pub(super) const STRAIGHT_TURN: f64 = 0.998_629_534_754_573_9;

/// The cosine of 1 degree, for what is heard by filters of its own: pink noise that turns by as much in
/// every step is off by less than -68 dB.
pub(super) const VERY_STRAIGHT_TURN: f64 = 0.999_847_695_156_391_2;

/// Quanta of a pass within one control step, through which a lane goes straight while the head is
/// still.
pub(super) struct Stride<'a> {
    /// The number of the control step.
    pub(super) step: u64,
    /// The first of the quanta, counted from the begin of the step, and from that of the pass.
    pub(super) place: u64,
    pub(super) quantum: usize,
    /// How many there are.
    pub(super) quanta: usize,
    pub(super) heading: &'a Heading,
    /// Where the lane is around the step.
    pub(super) ahead: &'a Ahead,
    /// And at both of its ends.
    pub(super) ends: [&'a Spot; 2],
    pub(super) look: &'a Look,
}

impl Stride<'_> {
    /// The number in the scene of one of its quanta.
    pub(super) fn number(&self, index: usize) -> u64 {
        self.step * QUANTA_PER_STEP + self.place + index as u64
    }

    /// The share of the step that lies before one of its quanta.
    #[inline(always)]
    pub(super) fn share(&self, index: usize) -> f64 {
        (self.place + index as u64) as f64 / QUANTA_PER_STEP as f64
    }

    /// Where the lane is at the begin of one of its quanta.
    pub(super) fn spot(&self, index: usize) -> Spot {
        let [from, to] = self.ends;
        from.between(to, self.share(index))
    }

    /// The levels at the begin of each of its quanta and at the end of the last; where its fader is ridden,
    /// those of the moment.
    pub(super) fn levels(&self) -> [f64; QUANTA_PER_STEP as usize + 1] {
        let [from, to] = self.ends;
        let is_ridden = self.heading.is_ridden();
        let mut levels = [0.0; QUANTA_PER_STEP as usize + 1];
        for (index, level) in levels[..=self.quanta].iter_mut().enumerate() {
            let share = self.share(index);
            *level = if is_ridden {
                let frame = self.number(index) * QUANTUM as u64;
                self.heading.level(frame, from.distance_between(to, share))
            } else {
                from.level_between(to, share)
            };
        }
        levels
    }

    /// Where the listener hears it there.
    pub(super) fn direction(&self, index: usize) -> Vector {
        let [from, to] = self.ends;
        self.look.head.direction_to_listener(&from.direction_between(to, self.share(index)))
    }
}

/// How a head hears the ends of control steps: what was kept is a shortcut to the same.
pub(super) struct Steps<H> {
    /// The first of the steps, and which way the head looked.
    of: Option<(u64, Look)>,
    heard: [H; STEPS + 1],
}

impl<H: Copy + Default> Steps<H> {
    pub(super) fn new() -> Self {
        Self { of: None, heard: [H::default(); STEPS + 1] }
    }

    /// How the ends of the step of a stride are heard, as `hear` hears them where that is not known.
    pub(super) fn ends(
        &mut self,
        stride: &Stride<'_>,
        mut hear: impl FnMut(&Spot) -> H,
    ) -> [&H; 2] {
        let first = stride.ahead.first;
        let known = self.of.filter(|(_, look)| look.is(stride.look)).map(|(first, _)| first);
        if known != Some(first) {
            let [begin, later @ ..] = &stride.ahead.spots;
            let follows = known.is_some_and(|known| known + STEPS as u64 == first);
            self.heard[0] = if follows { self.heard[STEPS] } else { hear(begin) };
            for (heard, spot) in self.heard[1..].iter_mut().zip(later) {
                *heard = hear(spot);
            }
            self.of = Some((first, *stride.look));
        }
        let number = (stride.step - first) as usize;
        [&self.heard[number], &self.heard[number + 1]]
    }
}
