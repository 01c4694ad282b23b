//! What the detectors hear.

use pulp::{Arch, Simd, WithSimd};

use super::Grouping;
use crate::block::{Bundle, QUANTUM, Quantum, RUN, SIDE_BY_SIDE, all_along};
use crate::effect::{Effect, Eq, EqSpec, Group};

/// The magnitudes that the groups of a unit go by: those of their own lanes or of their keys, behind
/// the equaliser of the side chain.
pub struct Sidechain {
    heard: Vec<Heard>,
    equaliser: Option<Eq>,
    levels: Vec<Bundle>,
    arch: Arch,
}

/// What is heard in the place of a lane.
#[derive(Clone, Copy)]
enum Heard {
    Nothing,
    Lane,
    Key(usize),
}

impl Sidechain {
    /// `equaliser` says what bands a group is heard through.
    pub fn new<'a, S>(
        groups: &[Group<'a, S>],
        lanes: usize,
        equaliser: impl Fn(&'a S) -> &'a EqSpec,
        rate_hz: u32,
    ) -> Self {
        let bundles = lanes.div_ceil(SIDE_BY_SIDE);
        let mut heard = vec![Heard::Nothing; bundles * SIDE_BY_SIDE];
        let mut bands = vec![None; bundles * SIDE_BY_SIDE];
        for group in groups {
            let Some(&slot) = group.lanes.first() else { continue };
            if let Some(key) = group.key {
                heard[slot] = Heard::Key(key);
            } else {
                group.heard.iter().for_each(|&lane| heard[lane] = Heard::Lane);
            }
            for &lane in &group.lanes {
                let spec = equaliser(group.spec);
                bands[lane] = (!spec.is_empty()).then_some(spec);
            }
        }
        let equaliser = bands.iter().any(Option::is_some).then(|| Eq::new(&bands, rate_hz));
        Self {
            heard,
            equaliser,
            levels: vec![[[0.0; SIDE_BY_SIDE]; QUANTUM]; bundles],
            arch: Arch::new(),
        }
    }

    /// The magnitudes of a quantum, in the slots of the groups. What is no number is not heard.
    pub fn hear(
        &mut self,
        quantum: u64,
        lanes: &[Bundle],
        keys: &[Quantum],
        grouping: &Grouping,
    ) -> &mut [Bundle] {
        let heard = self.heard.as_chunks().0;
        // Where nothing stands between, what is heard is a magnitude at once.
        let rectify = self.equaliser.is_none();
        for ((level, bundle), heard) in self.levels.iter_mut().zip(lanes).zip(heard) {
            let own = heard.map(|heard| matches!(heard, Heard::Lane));
            self.arch.dispatch(Listen { own, rectify, bundle, level });
            listen_to_keys(heard, keys, rectify, level);
        }
        if let Some(equaliser) = &mut self.equaliser {
            equaliser.process(quantum, &mut self.levels, &[]);
            self.arch.dispatch(Rectify(&mut self.levels));
        }
        grouping.gather(&mut self.levels);
        &mut self.levels
    }

    /// Whether every state is zero.
    pub fn is_at_rest(&self) -> bool {
        self.equaliser.as_ref().is_none_or(Effect::is_at_rest)
    }
}

fn listen_to_keys(heard: &[Heard; SIDE_BY_SIDE], keys: &[Quantum], rectify: bool, to: &mut Bundle) {
    for (lane, heard) in heard.iter().enumerate() {
        let Heard::Key(key) = heard else { continue };
        let Some(key) = keys.get(*key) else { continue };
        for (to, sample) in to.iter_mut().zip(key) {
            let sample = finite_or_silent(*sample);
            to[lane] = if rectify { sample.abs() } else { sample };
        }
    }
}

/// A sample as the detectors hear it: what is no number is not heard.
#[inline(always)]
pub fn finite_or_silent(sample: f32) -> f32 {
    if sample.abs() < f32::INFINITY { sample } else { 0.0 }
}

/// The lanes that go by themselves, compiled once for every kind of processor.
struct Listen<'a> {
    own: [bool; SIDE_BY_SIDE],
    rectify: bool,
    bundle: &'a Bundle,
    level: &'a mut Bundle,
}

impl WithSimd for Listen<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let own = all_along(&self.own.map(|own| if own { f32::INFINITY } else { 0.0 }));
        let bits = if self.rectify { u32::MAX >> 1 } else { u32::MAX };
        let samples = self.bundle.as_flattened().as_chunks::<RUN>().0;
        let levels = self.level.as_flattened_mut().as_chunks_mut::<RUN>().0;
        for (levels, samples) in levels.iter_mut().zip(samples) {
            for index in 0..RUN {
                let heard = samples[index].abs() < own[index];
                let sample = f32::from_bits(samples[index].to_bits() & bits);
                levels[index] = if heard { sample } else { 0.0 };
            }
        }
    }
}

/// Magnitudes of what was heard.
struct Rectify<'a>(&'a mut [Bundle]);

impl WithSimd for Rectify<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        for sample in self.0.as_flattened_mut().as_flattened_mut() {
            *sample = finite_or_silent(*sample).abs();
        }
    }
}
