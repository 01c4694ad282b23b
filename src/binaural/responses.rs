//! What the ears are rendered from: responses at the nodes of a mesh, and how a direction mixes them.

use crate::hrtf::Set;
use crate::space::Vector;

pub use crate::hrtf::{EARS, Mixture, Near};

/// Responses of both ears from which the time of arrival is taken out, so that those of neighbouring
/// nodes may be mixed linearly.
pub trait Responses {
    /// Frames a second of the responses.
    fn rate_hz(&self) -> f64;

    /// Samples of each response.
    fn taps(&self) -> usize;

    /// Nodes of the mesh.
    fn nodes(&self) -> usize;

    /// The response of an ear at a node.
    fn response(&self, node: usize, ear: usize) -> &[f32];

    /// How an ear hears a direction, a unit vector from the listener.
    fn at(&self, direction: &Vector, ear: usize) -> Mixture;

    /// The same, faster where the direction is near the last one that this ear heard.
    fn at_near(&self, direction: &Vector, ear: usize, _near: &mut Near) -> Mixture {
        self.at(direction, ear)
    }

    /// Frames that every response has before its onset.
    fn lead_frames(&self) -> f64;
}

/// How both ears hear a direction.
#[must_use]
pub fn both_ears(responses: &impl Responses, direction: &Vector) -> [Mixture; EARS] {
    std::array::from_fn(|ear| responses.at(direction, ear))
}

impl Responses for Set {
    fn rate_hz(&self) -> f64 {
        self.rate_hz()
    }

    fn taps(&self) -> usize {
        self.taps()
    }

    fn nodes(&self) -> usize {
        self.nodes()
    }

    fn response(&self, node: usize, ear: usize) -> &[f32] {
        self.response(node, ear)
    }

    #[inline]
    fn at(&self, direction: &Vector, ear: usize) -> Mixture {
        self.at(direction, ear)
    }

    #[inline]
    fn at_near(&self, direction: &Vector, ear: usize, near: &mut Near) -> Mixture {
        self.at_near(direction, ear, near)
    }

    fn lead_frames(&self) -> f64 {
        self.lead_frames()
    }
}
