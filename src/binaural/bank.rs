//! The way over the virtual sphere: what every lane gives its directions, and the filters of those.
//! A lane costs its delays and a few gains, whatever the filters cost.

use pulp::Arch;

use super::delay::Kernel;
use super::hearing::Hearing;
use super::late::LateEars;
use super::past::Past;
use super::responses::{EARS, Responses, both_ears};
use super::share::Share;
use super::sphere::{DIRECTIONS, Pan, Sphere};
use super::table::{Filter, Table};
use super::transform::{Bins, Transform};
use crate::block::{QUANTUM, Quantum, SILENCE};

/// One signal on its way to the sphere: late at each ear, as it would be without it.
#[derive(Debug)]
pub struct SphereLane {
    arch: Arch,
    late: LateEars,
}

impl SphereLane {
    /// A silent lane, for delays up to `longest_frames`.
    #[must_use]
    pub fn new(longest_frames: f64) -> Self {
        Self { arch: Arch::new(), late: LateEars::new(longest_frames) }
    }

    /// Makes what each ear is to get of a quantum, from what comes in (`None` is silence) and from how
    /// it is heard when the quantum begins and when it ends; of which only delays and nearness count.
    /// Whether there is anything: if not, the ears are not touched.
    pub fn process(
        &mut self,
        kernel: &Kernel,
        input: Option<&Quantum>,
        begin: &Hearing,
        end: &Hearing,
        ears: &mut [Quantum; EARS],
    ) -> bool {
        let sounds = self.late.sounds(input, 0);
        if sounds {
            let Self { arch, late } = self;
            arch.dispatch(
                #[inline(always)]
                || late.process(kernel, input, [begin, end], ears),
            );
        }
        sounds
    }
}

/// What the directions of the sphere get in one quantum, for each ear its own.
#[derive(Clone, Debug)]
pub struct Feeds {
    arch: Arch,
    ears: Vec<[Quantum; EARS]>,
    sounding: [bool; DIRECTIONS],
}

impl Default for Feeds {
    fn default() -> Self {
        Self::new()
    }
}

impl Feeds {
    /// Silence.
    #[must_use]
    pub fn new() -> Self {
        let ears = vec![[SILENCE; EARS]; DIRECTIONS];
        Self { arch: Arch::new(), ears, sounding: [false; DIRECTIONS] }
    }

    /// Makes it silence again.
    pub fn clear(&mut self) {
        self.sounding.fill(false);
    }

    /// Adds what a lane has for both ears, from where it is when the quantum begins to where it is
    /// when it ends. To be called in scene order.
    pub fn add(&mut self, lane: &[Quantum; EARS], begin: &Pan, end: &Pan) {
        let arch = self.arch;
        arch.dispatch(
            #[inline(always)]
            || {
                if begin.nodes == end.nodes {
                    for corner in 0..3 {
                        let gains = [begin.gains[corner], end.gains[corner]];
                        self.add_ramp(lane, begin.nodes[corner], gains);
                    }
                } else {
                    for corner in 0..3 {
                        self.add_ramp(lane, begin.nodes[corner], [begin.gains[corner], 0.0]);
                    }
                    for corner in 0..3 {
                        self.add_ramp(lane, end.nodes[corner], [0.0, end.gains[corner]]);
                    }
                }
            },
        );
    }

    #[inline(always)]
    fn add_ramp(&mut self, lane: &[Quantum; EARS], node: u8, [from, to]: [f64; 2]) {
        if from == 0.0 && to == 0.0 {
            return;
        }
        let (from, step) = (from as f32, ((to - from) * (1.0 / QUANTUM as f64)) as f32);
        let sums = &mut self.ears[node as usize];
        if !self.sounding[node as usize] {
            self.sounding[node as usize] = true;
            *sums = [SILENCE; EARS];
        }
        let mut gains = SILENCE;
        for frame in 0..QUANTUM {
            gains[frame] = from + step * frame as f32;
        }
        for ear in 0..EARS {
            for frame in 0..QUANTUM {
                sums[ear][frame] += lane[ear][frame] * gains[frame];
            }
        }
    }
}

/// The filters of the sphere at work.
#[derive(Debug)]
pub struct Bank {
    arch: Arch,
    transform: Transform,
    nodes: Vec<Node>,
}

/// A direction of the sphere.
#[derive(Debug)]
struct Node {
    ears: [(Past, Filter); EARS],
    silent_frames: usize,
}

impl Bank {
    /// A silent bank.
    #[must_use]
    pub fn new(responses: &impl Responses, table: &Table, sphere: &Sphere) -> Self {
        let partitions = table.partitions();
        let nodes = sphere.directions().iter().map(|direction| {
            let mixtures = both_ears(responses, direction);
            let ears = std::array::from_fn(|ear| {
                let mut filter = vec![Bins::SILENT; partitions];
                table.mix(&mixtures[ear], ear, &mut filter);
                (Past::new(partitions), filter)
            });
            Node { ears, silent_frames: usize::MAX }
        });
        Self { arch: Arch::new(), transform: Transform::new(), nodes: nodes.collect() }
    }

    /// Makes the share of a quantum from what the directions get.
    pub fn process(&mut self, feeds: &Feeds, share: &mut Share) {
        (share.sounds, share.moves) = (false, false);
        let Self { arch, transform, nodes } = self;
        arch.dispatch(
            #[inline(always)]
            || {
                for (number, node) in nodes.iter_mut().enumerate() {
                    let input = feeds.sounding[number].then(|| &feeds.ears[number]);
                    node.process(input, transform, share);
                }
            },
        );
    }
}

impl Node {
    #[inline(always)]
    fn process(
        &mut self,
        input: Option<&[Quantum; EARS]>,
        transform: &Transform,
        share: &mut Share,
    ) {
        let silent_frames = self.silent_frames.saturating_add(QUANTUM);
        self.silent_frames = if input.is_some() { 0 } else { silent_frames };
        if self.silent_frames > (self.ears[0].1.len() + 1) * QUANTUM {
            return;
        }
        if !share.sounds {
            share.sounds = true;
            share.begin = [Bins::SILENT; EARS];
        }
        let input = input.unwrap_or(&[SILENCE; EARS]);
        for (ear, (past, filter)) in self.ears.iter_mut().enumerate() {
            past.push(&input[ear], transform);
            past.add_under(filter, &mut share.begin[ear]);
        }
    }
}
