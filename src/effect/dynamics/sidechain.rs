//! What the detectors hear.

use super::Grouping;
use crate::block::{Bundle, QUANTUM, Quantum, SIDE_BY_SIDE};
use crate::effect::{Effect, Eq, EqSpec, Group};

/// The magnitudes that the groups of a unit go by: those of their own lanes or of their keys, behind
/// the equaliser of the side chain.
pub struct Sidechain {
    heard: Vec<Heard>,
    equaliser: Option<Eq>,
    levels: Vec<Bundle>,
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
        Self { heard, equaliser, levels: vec![[[0.0; SIDE_BY_SIDE]; QUANTUM]; bundles] }
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
        for ((level, bundle), heard) in self.levels.iter_mut().zip(lanes).zip(heard) {
            listen(heard, bundle, keys, level);
        }
        if let Some(equaliser) = &mut self.equaliser {
            equaliser.process(quantum, &mut self.levels, &[]);
        }
        for sample in self.levels.as_flattened_mut().as_flattened_mut() {
            *sample = finite_or_silent(*sample).abs();
        }
        grouping.gather(&mut self.levels);
        &mut self.levels
    }

    /// Whether every state is zero.
    pub fn is_at_rest(&self) -> bool {
        self.equaliser.as_ref().is_none_or(Effect::is_at_rest)
    }
}

fn listen(heard: &[Heard; SIDE_BY_SIDE], bundle: &Bundle, keys: &[Quantum], to: &mut Bundle) {
    let own = heard.map(|heard| matches!(heard, Heard::Lane));
    for (to, frame) in to.iter_mut().zip(bundle) {
        for lane in 0..SIDE_BY_SIDE {
            to[lane] = if own[lane] { finite_or_silent(frame[lane]) } else { 0.0 };
        }
    }
    for (lane, heard) in heard.iter().enumerate() {
        let Heard::Key(key) = heard else { continue };
        let Some(key) = keys.get(*key) else { continue };
        for (to, sample) in to.iter_mut().zip(key) {
            to[lane] = finite_or_silent(*sample);
        }
    }
}

/// A sample as the detectors hear it: what is no number is not heard.
#[inline(always)]
pub fn finite_or_silent(sample: f32) -> f32 {
    if sample.abs() < f32::INFINITY { sample } else { 0.0 }
}
