//! The responses of every node, transformed and ready to be mixed.

use pulp::Arch;

use super::responses::{EARS, Mixture, Responses};
use super::transform::{Bins, Transform};
use crate::block::{QUANTUM, SILENCE};
use crate::dsp::vectorised;

/// A response cut into partitions of a quantum, transformed.
pub type Filter = Vec<Bins>;

/// The filters of both ears at every node of a mesh.
#[derive(Clone, Debug)]
pub struct Table {
    /// By node, ear and partition.
    bins: Vec<Bins>,
    /// One, where both ears have the same.
    ears: usize,
    partitions: usize,
}

impl Table {
    /// Transforms all responses of a set.
    #[must_use]
    pub fn new(responses: &impl Responses) -> Self {
        let partitions = responses.taps().div_ceil(QUANTUM).max(1);
        let transform = Transform::new();
        let same = |node: usize| responses.response(node, 0) == responses.response(node, 1);
        let ears = if (0..responses.nodes()).all(same) { 1 } else { EARS };
        let mut bins = Vec::with_capacity(responses.nodes() * ears * partitions);
        for node in 0..responses.nodes() {
            for ear in 0..ears {
                bins.extend(filter(responses.response(node, ear), partitions, &transform));
            }
        }
        Self { bins, ears, partitions }
    }

    /// Partitions of every filter.
    #[must_use]
    pub fn partitions(&self) -> usize {
        self.partitions
    }

    /// Mixes the filter of an ear.
    #[inline(always)]
    pub(super) fn mix(&self, mixture: &Mixture, ear: usize, mixed: &mut [Bins]) {
        let [a, b, c] = mixture.nodes.map(|node| self.filter(node as usize, ear));
        let [u, v, w] = mixture.weights.map(|weight| weight as f32);
        for (((mixed, a), b), c) in mixed.iter_mut().zip(a).zip(b).zip(c) {
            for bin in 0..QUANTUM {
                let mix = |a: f32, b: f32, c: f32| w.mul_add(c, v.mul_add(b, u * a));
                mixed.real[bin] = mix(a.real[bin], b.real[bin], c.real[bin]);
                mixed.imaginary[bin] = mix(a.imaginary[bin], b.imaginary[bin], c.imaginary[bin]);
            }
        }
    }

    #[inline(always)]
    fn filter(&self, node: usize, ear: usize) -> &[Bins] {
        let first = (node * self.ears + ear.min(self.ears - 1)) * self.partitions;
        &self.bins[first..first + self.partitions]
    }
}

/// Cuts a response into so many partitions and transforms them.
pub(super) fn filter(response: &[f32], partitions: usize, transform: &Transform) -> Filter {
    let mut parts = response.chunks(QUANTUM);
    let mut filter = vec![Bins::SILENT; partitions];
    vectorised(
        Arch::new(),
        #[inline(always)]
        || {
            for bins in &mut filter {
                let mut stretch = SILENCE;
                let samples = parts.next().unwrap_or_default();
                stretch[..samples.len()].copy_from_slice(samples);
                transform.forward(&stretch, &SILENCE, bins);
            }
        },
    );
    filter
}
