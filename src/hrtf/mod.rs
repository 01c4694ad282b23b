//! Head-related impulse responses: how a head hears each direction.
//!
//! - [`measured`]: a set as it was measured
//! - [`sofa`]: reading one from a file

pub mod measured;
pub mod sofa;

pub use measured::{About, EARS, Measured};
