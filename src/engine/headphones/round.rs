//! The way of a lane over the virtual sphere.

use super::super::heading::Spot;
use super::room::Ends;
use super::route::hearing;
use super::track::Straight;
use crate::binaural::{Feeds, Head, Hearing, Kernel, Pan, Sphere, SphereLane};
use crate::block::{QUANTA_PER_STEP, Quantum, SILENCE};
use crate::hrtf::{EARS, Near, Set};

/// How a place is heard over the sphere.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Heard {
    hearing: Hearing,
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
    /// How it is heard at both ends of a control step.
    step: Option<(u64, [Heard; 2])>,
    near: [Near; EARS],
}

/// What hears.
#[derive(Clone, Copy)]
pub(super) struct Ears<'a> {
    pub(super) responses: &'a Set,
    pub(super) sphere: &'a Sphere,
    pub(super) kernel: &'a Kernel,
}

impl Ears<'_> {
    fn hear(&self, spot: &Spot, head: &Head, near: &mut [Near; EARS]) -> Heard {
        Heard {
            hearing: hearing(spot, head, self.responses, near),
            pan: self.sphere.pan(&head.direction_to_listener(&spot.direction)),
        }
    }
}

impl Round {
    pub(super) fn new(longest_frames: f64, quanta: usize) -> Self {
        let pan = Pan::default();
        let silent = Fed { ears: [SILENCE; 2], sounds: false, begin: pan, end: pan };
        let lane = SphereLane::new(longest_frames);
        Self { lane, fed: vec![silent; quanta], begin: None, step: None, near: Default::default() }
    }

    /// Takes a quantum of the scene, which has a place in the pass, to the sphere. Where the lane goes
    /// straight through a control step, and the head is still, it is heard at the ends of the step alone
    /// and in between by what lies between. Whether anything is heard of it.
    pub(super) fn listen(
        &mut self,
        (number, quantum): (u64, usize),
        input: Option<&Quantum>,
        ends: &Ends<'_>,
        straight: Option<Straight>,
        ears: Ears<'_>,
    ) -> bool {
        let known = self.begin.filter(|(known, _)| *known == number).map(|(_, begin)| begin);
        let (begin, end) = match straight.filter(|_| ends.heads[0] == ends.heads[1]) {
            Some(straight) => {
                let place = number % QUANTA_PER_STEP;
                let step = self.step(number / QUANTA_PER_STEP, &straight, ends.heads[0], ears);
                let begin = known.unwrap_or_else(|| between(&step, place, ends, 0, ears));
                (begin, between(&step, place + 1, ends, 1, ears))
            }
            None => {
                let mut hear =
                    |end: usize| ears.hear(ends.spots[end], ends.heads[end], &mut self.near);
                let begin = known.unwrap_or_else(|| hear(0));
                (begin, if ends.are_one() { begin } else { hear(1) })
            }
        };
        self.begin = Some((number + 1, end));
        let fed = &mut self.fed[quantum];
        let (from, to) = (&begin.hearing, &end.hearing);
        fed.sounds = self.lane.process(ears.kernel, input, from, to, &mut fed.ears);
        (fed.begin, fed.end) = (begin.pan, end.pan);
        fed.sounds
    }

    /// A quantum in which nothing comes and nothing is left.
    pub(super) fn rest(&mut self, quantum: usize) {
        self.fed[quantum].sounds = false;
    }

    /// How the ends of a control step are heard: what was kept is a shortcut to the same.
    fn step(&mut self, step: u64, straight: &Straight, head: &Head, ears: Ears<'_>) -> [Heard; 2] {
        let [begin, end] = &straight.ends;
        let mut hear = |spot| ears.hear(spot, head, &mut self.near);
        let heard = match self.step {
            Some((known, heard)) if known == step => return heard,
            Some((known, [_, begin])) if known + 1 == step => [begin, hear(end)],
            _ => [hear(begin), hear(end)],
        };
        self.step = Some((step, heard));
        heard
    }

    /// Gives a quantum of the pass to the sphere.
    pub(super) fn feed(&self, quantum: usize, feeds: &mut Feeds) {
        let Fed { ears, sounds, begin, end } = &self.fed[quantum];
        if *sounds {
            feeds.add(ears, begin, end);
        }
    }
}

/// How a place within a control step is heard, by what lies between its ends. Where they lie in
/// different triangles of the sphere, no gains lie between.
fn between(step: &[Heard; 2], place: u64, ends: &Ends<'_>, end: usize, ears: Ears<'_>) -> Heard {
    let [from, to] = step;
    match place {
        // To the bit what the steps beside it begin and end with.
        0 => return *from,
        QUANTA_PER_STEP => return *to,
        _ => {}
    }
    let share = place as f64 / QUANTA_PER_STEP as f64;
    let pan = if from.pan.nodes == to.pan.nodes {
        from.pan.between(&to.pan, share)
    } else {
        ears.sphere.pan(&ends.heads[end].direction_to_listener(&ends.spots[end].direction))
    };
    Heard { hearing: from.hearing.between(&to.hearing, share), pan }
}
