//! What the directions of the virtual sphere get of all lanes.

use pulp::{Arch, Simd, WithSimd};

use super::responses::EARS;
use super::sphere::{DIRECTIONS, Pan};

use crate::block::{FRAMES, QUANTUM, Quantum, SILENCE};
use crate::dsp::fetch;

/// What a lane gives the sphere in a quantum; it begins with whole lines of the cache.
#[derive(Clone, Debug)]
#[repr(C, align(64))]
pub struct Fed {
    /// For each ear.
    pub ears: [Quantum; EARS],
    /// Whether there is anything: if not, the rest says nothing.
    pub sounds: bool,
    /// From where, when the quantum begins and when it ends.
    pub pans: [Pan; 2],
}

impl Default for Fed {
    fn default() -> Self {
        Self { ears: [SILENCE; EARS], sounds: false, pans: Default::default() }
    }
}

/// What the directions of the sphere get in one quantum, for each ear its own.
#[derive(Clone, Debug)]
pub struct Feeds {
    arch: Arch,
    nodes: Vec<Node>,
    sounding: [bool; DIRECTIONS],
}

/// What one direction gets for each ear, in whole lines of the cache.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Node([Quantum; EARS]);

impl Default for Feeds {
    fn default() -> Self {
        Self::new()
    }
}

impl Feeds {
    /// Silence.
    #[must_use]
    pub fn new() -> Self {
        let nodes = vec![Node([SILENCE; EARS]); DIRECTIONS];
        Self { arch: Arch::new(), nodes, sounding: [false; DIRECTIONS] }
    }

    /// Makes it silence again.
    pub fn clear(&mut self) {
        self.sounding.fill(false);
    }

    /// Adds what lanes give, from where each is when the quantum begins to where it is when it ends. To
    /// be called in scene order.
    pub fn add<'a>(&mut self, lanes: impl Iterator<Item = &'a Fed>) {
        self.arch.dispatch(Add { feeds: self, lanes });
    }

    /// What a direction gets for an ear, if anything.
    #[inline(always)]
    pub(super) fn heard(&self, node: usize, ear: usize) -> Option<&Quantum> {
        self.sounding[node].then(|| &self.nodes[node].0[ear])
    }

    #[inline(always)]
    fn add_lane<S: Simd>(&mut self, simd: S, fed: &Fed) {
        let Fed { ears, pans: [begin, end], .. } = fed;
        if begin.nodes == end.nodes {
            let ramp = |it| Ramp::new(begin.nodes[it], [begin.gains[it], end.gains[it]]);
            self.add_ramps(simd, ears, [ramp(0), ramp(1), ramp(2)]);
            return;
        }
        let leaving = |it| {
            let node = begin.nodes[it];
            Ramp::new(node, [begin.gains[it], end.gain(node).unwrap_or(0.0)])
        };
        let coming = |it| {
            let node = end.nodes[it];
            let to = if begin.gain(node).is_none() { end.gains[it] } else { 0.0 };
            Ramp::new(node, [0.0, to])
        };
        self.add_ramps(simd, ears, [leaving(0), leaving(1), leaving(2)]);
        self.add_ramps(simd, ears, [coming(0), coming(1), coming(2)]);
    }

    #[inline(always)]
    fn add_ramps<S: Simd>(&mut self, simd: S, lane: &[Quantum; EARS], ramps: [Ramp; 3]) {
        if ramps.iter().all(Ramp::sounds) {
            self.add_together(simd, lane, ramps);
        } else {
            for ramp in ramps.into_iter().filter(Ramp::sounds) {
                self.add_together(simd, lane, [ramp]);
            }
        }
    }

    /// Adds the lane to some directions, no two of them the same, its samples staying in registers. Their
    /// products are rounded before they are summed, as in any mix.
    #[inline(always)]
    fn add_together<S: Simd, const COUNT: usize>(
        &mut self,
        simd: S,
        lane: &[Quantum; EARS],
        ramps: [Ramp; COUNT],
    ) {
        let nodes = self.nodes.get_disjoint_mut(ramps.map(|it| it.node as usize));
        let mut nodes = nodes.expect("the corners of a triangle differ");
        for (Node(sums), ramp) in nodes.iter_mut().zip(&ramps) {
            if !std::mem::replace(&mut self.sounding[ramp.node as usize], true) {
                *sums = [SILENCE; EARS];
            }
        }
        let gains = ramps.map(|it| [it.from, it.step].map(|gain| simd.splat_f32s(gain)));
        let lane = lane.each_ref().map(|samples| S::as_simd_f32s(samples).0);
        for (part, frames) in S::as_simd_f32s(&FRAMES).0.iter().enumerate() {
            let held = lane.map(|samples| samples[part]);
            for (Node(sums), [from, step]) in nodes.iter_mut().zip(gains) {
                let gain = simd.mul_add_f32s(step, *frames, from);
                for (sums, held) in sums.iter_mut().zip(held) {
                    let sum = &mut S::as_mut_simd_f32s(sums).0[part];
                    *sum = simd.add_f32s(*sum, simd.mul_f32s(held, gain));
                }
            }
        }
    }
}

/// What a direction gets of a lane: a gain that goes in a straight line.
#[derive(Clone, Copy)]
struct Ramp {
    node: u8,
    from: f32,
    step: f32,
}

impl Ramp {
    #[inline(always)]
    fn new(node: u8, [from, to]: [f64; 2]) -> Self {
        let step = (to - from) * (1.0 / QUANTUM as f64);
        Self { node, from: from as f32, step: step as f32 }
    }

    #[inline(always)]
    fn sounds(&self) -> bool {
        self.from != 0.0 || self.step != 0.0
    }
}

/// The feeding of lanes, compiled for the processor at hand.
struct Add<'a, Lanes> {
    feeds: &'a mut Feeds,
    lanes: Lanes,
}

impl<'a, Lanes: Iterator<Item = &'a Fed>> WithSimd for Add<'_, Lanes> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { feeds, mut lanes } = self;
        let mut coming = lanes.next();
        while let Some(fed) = coming {
            coming = lanes.next();
            if let Some(coming) = coming {
                fetch(&coming.ears);
            }
            if fed.sounds {
                feeds.add_lane(simd, fed);
            }
        }
    }
}
