//! The way of one sound to both ears.

use super::super::heading::Spot;
use super::listener::Pass;
use super::room::Ends;
use crate::binaural::{DirectLane, Feeds, FixedLane, Head, Hearing, Pan, Share, SphereLane};
use crate::block::{Quantum, SILENCE};
use crate::hrtf::Set;
use crate::space::Position;

/// How a sound gets to the ears.
pub(super) enum Passage {
    /// It stays where it is.
    Fixed(Box<FixedLane>, Vec<Share>),
    /// By filters of its own.
    Direct(Box<DirectLane>, Vec<Share>),
    /// Over the virtual sphere.
    Sphere(Box<SphereLane>, Vec<Fed>),
}

/// What the virtual sphere is given in a quantum.
#[derive(Clone)]
pub(super) struct Fed {
    ears: [Quantum; 2],
    sounds: bool,
    begin: Pan,
    end: Pan,
}

impl Fed {
    pub(super) fn silent() -> Self {
        let pan = Pan::default();
        Self { ears: [SILENCE; 2], sounds: false, begin: pan, end: pan }
    }
}

/// A passage, and how it is heard when a quantum begins: mostly how it was when the last one ended.
pub(super) struct Route {
    passage: Passage,
    begin: Option<(u64, Hearing)>,
}

impl Route {
    pub(super) fn new(passage: Passage) -> Self {
        Self { passage, begin: None }
    }

    /// Whether it can go nowhere else.
    pub(super) fn is_fixed(&self) -> bool {
        matches!(self.passage, Passage::Fixed(..))
    }

    /// Takes a quantum of the pass on its way. Whether anything is heard of it.
    pub(super) fn pass<I>(
        &mut self,
        quantum: usize,
        input: Option<&Quantum>,
        ends: &Ends<'_>,
        pass: &Pass<'_, I>,
    ) -> bool {
        if let Passage::Fixed(lane, shares) = &mut self.passage {
            lane.process(input, &mut shares[quantum]);
            return shares[quantum].sounds();
        }
        let number = pass.first + quantum as u64;
        let &Ends { spots, heads: [from, to] } = ends;
        let known = self.begin.filter(|(known, _)| *known == number).map(|(_, hearing)| hearing);
        let begin = known.unwrap_or_else(|| hearing(spots[0], from, pass.responses));
        let end = if ends.are_one() { begin } else { hearing(spots[1], to, pass.responses) };
        self.begin = Some((number + 1, end));
        match &mut self.passage {
            Passage::Fixed(..) => false,
            Passage::Direct(lane, shares) => {
                lane.process(input, &begin, &end, &mut shares[quantum]);
                shares[quantum].sounds()
            }
            Passage::Sphere(lane, fed) => {
                let fed = &mut fed[quantum];
                fed.sounds = lane.process(pass.kernel, input, &begin, &end, &mut fed.ears);
                fed.begin = pass.sphere.pan(&from.direction_to_listener(&spots[0].direction));
                fed.end = pass.sphere.pan(&to.direction_to_listener(&spots[1].direction));
                fed.sounds
            }
        }
    }

    /// A quantum in which nothing comes and nothing is left.
    pub(super) fn rest(&mut self, quantum: usize) {
        match &mut self.passage {
            Passage::Fixed(_, shares) | Passage::Direct(_, shares) => shares[quantum].silence(),
            Passage::Sphere(_, fed) => fed[quantum].sounds = false,
        }
    }

    /// What it adds to the ears in a quantum of the pass, unless the sphere does.
    pub(super) fn share(&self, quantum: usize) -> Option<&Share> {
        match &self.passage {
            Passage::Fixed(_, shares) | Passage::Direct(_, shares) => Some(&shares[quantum]),
            Passage::Sphere(..) => None,
        }
    }

    /// Gives a quantum of the pass to the sphere.
    pub(super) fn feed(&self, quantum: usize, feeds: &mut Feeds) {
        if let Passage::Sphere(_, fed) = &self.passage {
            let fed = &fed[quantum];
            if fed.sounds {
                feeds.add(&fed.ears, &fed.begin, &fed.end);
            }
        }
    }
}

/// How a head hears a spot.
pub(super) fn hearing(spot: &Spot, head: &Head, responses: &Set) -> Hearing {
    let direction = head.direction_to_listener(&spot.direction);
    Hearing::near(responses, &Position { direction, distance: spot.distance })
}
