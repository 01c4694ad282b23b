//! The way of a lane over the virtual sphere.

use super::super::heading::Spot;
use super::room::Ends;
use super::stride::{Steps, Stride};
use crate::binaural::{Arrival, Fed, Head, Hearing, Kernel, Levelled, Sphere, SphereLane};
use crate::hrtf::{EARS, Near, Set};
use crate::space::Position;

/// A lane on its way over the sphere.
pub(super) struct Round {
    lane: SphereLane,
    /// How it is heard when a quantum begins: mostly how it was when the last one ended.
    begin: Option<(u64, Arrival)>,
    steps: Steps<Arrival>,
    near: Nearby,
}

/// What was found for the last place that was heard.
#[derive(Default)]
struct Nearby {
    ears: [Near; EARS],
    triangle: u8,
}

/// What hears.
#[derive(Clone, Copy)]
pub(super) struct Ears<'a> {
    pub(super) responses: &'a Set,
    pub(super) sphere: &'a Sphere,
    pub(super) kernel: &'a Kernel,
}

impl Ears<'_> {
    #[inline(always)]
    fn hear(&self, spot: &Spot, head: &Head, near: &mut Nearby) -> Arrival {
        let direction = head.direction_to_listener(&spot.direction);
        let position = Position { direction, distance: spot.distance };
        Arrival {
            lateness: Hearing::next(self.responses, &position, &mut near.ears).lateness(),
            pan: self.sphere.pan_near(&direction, &mut near.triangle),
        }
    }

    /// How it is heard at the begin of a quantum of a stride, by what lies between the ends of its
    /// step. Where they lie in different triangles of the sphere, no gains lie between.
    #[inline(always)]
    fn between(&self, [from, to]: [&Arrival; 2], stride: &Stride<'_>, index: usize) -> Arrival {
        let share = stride.share(index);
        // To the bit what the steps beside it begin and end with.
        if share == 0.0 || share == 1.0 {
            return if share == 0.0 { *from } else { *to };
        }
        let pan = if from.pan.nodes == to.pan.nodes {
            from.pan.between(&to.pan, share)
        } else {
            self.sphere.pan(&stride.direction(index))
        };
        Arrival { lateness: from.lateness.between(&to.lateness, share), pan }
    }
}

impl Round {
    pub(super) fn new(longest_frames: f64) -> Self {
        Self {
            lane: SphereLane::new(longest_frames),
            begin: None,
            steps: Steps::new(),
            near: Nearby::default(),
        }
    }

    /// Takes a quantum of the scene to the sphere.
    pub(super) fn listen(
        &mut self,
        number: u64,
        input: Option<Levelled<'_>>,
        ends: &Ends<'_>,
        ears: Ears<'_>,
        fed: &mut Fed,
    ) {
        let mut hear = |end: usize| ears.hear(ends.spots[end], ends.heads[end], &mut self.near);
        let known = self.begin.filter(|(known, _)| *known == number).map(|(_, begin)| begin);
        let begin = known.unwrap_or_else(|| hear(0));
        let end = if ends.are_one() { begin } else { hear(1) };
        self.begin = Some((number + 1, end));
        self.lane.process(ears.kernel, input, [&begin, &end], fed);
    }

    /// The same for the quanta of a stride.
    pub(super) fn go<'a>(
        &mut self,
        stride: &Stride<'_>,
        input: impl Fn(usize) -> Option<Levelled<'a>>,
        ears: Ears<'_>,
        fed: &mut [Fed],
    ) {
        let step =
            self.steps.ends(stride, |spot| ears.hear(spot, &stride.look.head, &mut self.near));
        let first = stride.number(0);
        let known = self.begin.filter(|(known, _)| *known == first).map(|(_, begin)| begin);
        let begin = known.unwrap_or_else(|| ears.between(step, stride, 0));
        let fed = &mut fed[stride.quantum..stride.quantum + stride.quanta];
        let end = self.lane.process_all(
            ears.kernel,
            fed,
            begin,
            #[inline(always)]
            |index| (input(index), ears.between(step, stride, index + 1)),
        );
        self.begin = Some((stride.number(stride.quanta), end));
    }
}
