//! A lane that stays where it is: one transform, and filters with their delays in them.

use pulp::Arch;

use super::kernel::Kernel;
use super::past::Past;
use super::responses::{EARS, Mixture, Responses};
use super::share::Share;
use super::table::{Filter, filter};
use super::transform::Transform;

use crate::block::{QUANTUM, Quantum, SILENCE};
use crate::dsp::vectorised;

/// The responses of both ears to a direction with their delays in them, in time with what lanes that
/// go the direct way play.
#[must_use]
pub fn whole_responses(
    responses: &impl Responses,
    mixtures: &[Mixture; EARS],
    kernel: &Kernel,
) -> [Vec<f32>; EARS] {
    std::array::from_fn(|ear| {
        let Mixture { nodes, weights, delay_frames } = mixtures[ear];
        let mut mixed = vec![0.0_f64; responses.taps()];
        for (node, weight) in nodes.iter().zip(weights) {
            for (sum, sample) in mixed.iter_mut().zip(responses.response(*node as usize, ear)) {
                *sum += weight * f64::from(*sample);
            }
        }
        let mixed: Vec<f32> = mixed.iter().map(|sample| *sample as f32).collect();
        kernel.delayed(&mixed, delay_frames)
    })
}

/// One signal through two fixed responses: a channel of a loudspeaker mix.
#[derive(Clone, Debug)]
pub struct FixedLane {
    arch: Arch,
    transform: Transform,
    past: Past,
    filters: [Filter; EARS],
    /// Frames since anything came in.
    silent_frames: usize,
}

impl FixedLane {
    /// A silent lane under the responses of both ears.
    #[must_use]
    pub fn new(responses: &[Vec<f32>; EARS]) -> Self {
        let taps = responses.each_ref().map(Vec::len).into_iter().max().unwrap_or_default();
        let partitions = taps.div_ceil(QUANTUM).max(1);
        let transform = Transform::new();
        Self {
            arch: Arch::new(),
            past: Past::new(partitions),
            filters: responses.each_ref().map(|it| filter(it, partitions, &transform)),
            transform,
            silent_frames: usize::MAX,
        }
    }

    /// Adds to the share of a quantum what becomes of what comes in; `None` is silence.
    /// Whether anything does.
    pub fn process(&mut self, input: Option<&Quantum>, share: &mut Share) -> bool {
        let sounds = input.is_some_and(|it| it.iter().any(|sample| *sample != 0.0));
        self.silent_frames = if sounds { 0 } else { self.silent_frames.saturating_add(QUANTUM) };
        if self.is_at_rest() {
            return false;
        }
        share.sounds = true;
        let arch = self.arch;
        let Self { transform, past, filters, .. } = self;
        vectorised(
            arch,
            #[inline(always)]
            || {
                past.push(input.unwrap_or(&SILENCE), transform);
                for (filter, heard) in filters.iter().zip(&mut share.begin) {
                    past.add_under(filter, heard);
                }
            },
        );
        true
    }

    /// Whether nothing is left of what came in.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        self.silent_frames > (self.filters[0].len() + 1) * QUANTUM
    }
}
