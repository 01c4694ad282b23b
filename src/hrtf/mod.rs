//! Head-related impulse responses: how a head hears each direction.
//!
//! - [`measured`]: a set as it was measured

pub mod measured;

pub use measured::{About, EARS, Measured};
