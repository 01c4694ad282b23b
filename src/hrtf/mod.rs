//! Head-related impulse responses: how a head hears each direction.
//!
//! - [`measured`]: a set as it was measured
//! - [`sofa`]: reading one from a file
//! - [`quality`]: how good it is

pub mod measured;
pub mod quality;
pub mod sofa;

pub use measured::{About, EARS, Measured};
pub use quality::Quality;
