//! What the engine is fed with: it reads no files and knows no devices.

use crate::block::Quantum;

/// The samples of every lane for the quanta of one call, ready in memory.
pub trait Inputs: Sync {
    /// The samples of a lane in a quantum, counted from the first of this call; `None` is silence.
    ///
    /// Whether a quantum is silence may depend on its place in the scene only, never on how the
    /// scene was cut into calls.
    fn quantum(&self, lane: usize, quantum: usize) -> Option<&Quantum>;
}
