//! The way of a lane over the virtual sphere.

use super::super::heading::Spot;
use super::room::Ends;
use super::stride::{Steps, Stride};
use crate::binaural::{Feeds, Head, Hearing, Kernel, Lateness, Levelled, Pan, Sphere, SphereLane};
use crate::block::{Quantum, SILENCE};
use crate::dsp::fetch;
use crate::hrtf::{EARS, Near, Set};
use crate::space::Position;

/// How a place is heard over the sphere.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Heard {
    lateness: Lateness,
    pan: Pan,
}

/// What the sphere is given in a quantum; it begins with whole lines of the cache.
#[derive(Clone)]
#[repr(C, align(64))]
struct Fed {
    ears: [Quantum; 2],
    sounds: bool,
    begin: Pan,
    end: Pan,
}

/// A lane on its way over the sphere.
pub(super) struct Round {
    lane: SphereLane,
    fed: Vec<Fed>,
    /// How it is heard when a quantum begins: mostly how it was when the last one ended.
    begin: Option<(u64, Heard)>,
    steps: Steps<Heard>,
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
    fn hear(&self, spot: &Spot, head: &Head, near: &mut Nearby) -> Heard {
        let direction = head.direction_to_listener(&spot.direction);
        let position = Position { direction, distance: spot.distance };
        Heard {
            lateness: Hearing::next(self.responses, &position, &mut near.ears).lateness(),
            pan: self.sphere.pan_near(&direction, &mut near.triangle),
        }
    }

    /// How it is heard at the begin of a quantum of a stride, by what lies between the ends of its
    /// step. Where they lie in different triangles of the sphere, no gains lie between.
    #[inline(always)]
    fn between(&self, [from, to]: [&Heard; 2], stride: &Stride<'_>, index: usize) -> Heard {
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
        Heard { lateness: from.lateness.between(&to.lateness, share), pan }
    }
}

impl Round {
    pub(super) fn new(longest_frames: f64, quanta: usize) -> Self {
        let pan = Pan::default();
        let silent = Fed { ears: [SILENCE; 2], sounds: false, begin: pan, end: pan };
        Self {
            lane: SphereLane::new(longest_frames),
            fed: vec![silent; quanta],
            begin: None,
            steps: Steps::new(),
            near: Nearby::default(),
        }
    }

    /// Takes a quantum of the scene, which has a place in the pass, to the sphere. Whether anything is
    /// heard of it.
    pub(super) fn listen(
        &mut self,
        (number, quantum): (u64, usize),
        input: Option<Levelled<'_>>,
        ends: &Ends<'_>,
        ears: Ears<'_>,
    ) -> bool {
        let mut hear = |end: usize| ears.hear(ends.spots[end], ends.heads[end], &mut self.near);
        let known = self.begin.filter(|(known, _)| *known == number).map(|(_, begin)| begin);
        let begin = known.unwrap_or_else(|| hear(0));
        let end = if ends.are_one() { begin } else { hear(1) };
        self.begin = Some((number + 1, end));
        self.fed[quantum].process(&mut self.lane, ears.kernel, input, [&begin, &end]);
        self.fed[quantum].sounds
    }

    /// The same for the quanta of a stride.
    pub(super) fn go<'a>(
        &mut self,
        stride: &Stride<'_>,
        input: impl Fn(usize) -> Option<Levelled<'a>>,
        ears: Ears<'_>,
    ) {
        let step =
            self.steps.ends(stride, |spot| ears.hear(spot, &stride.look.head, &mut self.near));
        let first = stride.number(0);
        let known = self.begin.filter(|(known, _)| *known == first).map(|(_, begin)| begin);
        let mut begin = known.unwrap_or_else(|| ears.between(step, stride, 0));
        let fed = &mut self.fed[stride.quantum..stride.quantum + stride.quanta];
        for (index, fed) in fed.iter_mut().enumerate() {
            let end = ears.between(step, stride, index + 1);
            fed.process(&mut self.lane, ears.kernel, input(index), [&begin, &end]);
            begin = end;
        }
        self.begin = Some((stride.number(stride.quanta), begin));
    }

    /// A quantum in which nothing comes and nothing is left.
    pub(super) fn rest(&mut self, quantum: usize) {
        self.fed[quantum].sounds = false;
    }

    /// Has what it gives to the sphere brought near.
    #[inline]
    pub(super) fn await_feed(&self, quantum: usize) {
        self.fed[quantum].ears.iter().for_each(fetch);
    }

    /// Gives a quantum of the pass to the sphere.
    pub(super) fn feed(&self, quantum: usize, feeds: &mut Feeds) {
        let Fed { ears, sounds, begin, end } = &self.fed[quantum];
        if *sounds {
            feeds.add(ears, begin, end);
        }
    }
}

impl Fed {
    #[inline]
    fn process(
        &mut self,
        lane: &mut SphereLane,
        kernel: &Kernel,
        input: Option<Levelled<'_>>,
        [begin, end]: [&Heard; 2],
    ) {
        self.sounds = lane.process(kernel, input, &begin.lateness, &end.lateness, &mut self.ears);
        (self.begin, self.end) = (begin.pan, end.pan);
    }
}
