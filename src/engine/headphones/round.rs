//! The way of a lane over the virtual sphere.

use super::super::heading::Spot;
use super::room::Ends;
use super::track::Straight;
use crate::binaural::{Feeds, Head, Hearing, Kernel, Pan, Sphere, SphereLane};
use crate::block::{QUANTA_PER_STEP, Quantum, SILENCE};
use crate::hrtf::Set;
use crate::space::Position;

/// How a place is heard over the sphere.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Heard {
    hearing: Hearing,
    pan: Pan,
}

/// What the sphere is given in a quantum.
#[derive(Clone)]
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
}

/// What hears.
#[derive(Clone, Copy)]
pub(super) struct Ears<'a> {
    pub(super) responses: &'a Set,
    pub(super) sphere: &'a Sphere,
    pub(super) kernel: &'a Kernel,
}

impl Ears<'_> {
    fn hear(&self, spot: &Spot, head: &Head) -> Heard {
        let direction = head.direction_to_listener(&spot.direction);
        let position = Position { direction, distance: spot.distance };
        Heard {
            hearing: Hearing::near(self.responses, &position),
            pan: self.sphere.pan(&direction),
        }
    }
}

impl Round {
    pub(super) fn new(longest_frames: f64, quanta: usize) -> Self {
        let pan = Pan::default();
        let silent = Fed { ears: [SILENCE; 2], sounds: false, begin: pan, end: pan };
        let lane = SphereLane::new(longest_frames);
        Self { lane, fed: vec![silent; quanta], begin: None, step: None }
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
                let begin = known.unwrap_or_else(|| ears.hear(ends.spots[0], ends.heads[0]));
                let same = ends.are_one();
                (begin, if same { begin } else { ears.hear(ends.spots[1], ends.heads[1]) })
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
        let heard = match self.step {
            Some((known, heard)) if known == step => return heard,
            Some((known, [_, begin])) if known + 1 == step => [begin, ears.hear(end, head)],
            _ => [ears.hear(begin, head), ears.hear(end, head)],
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
