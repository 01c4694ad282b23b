//! Head-related impulse responses: how a head hears each direction.
//!
//! - [`measured`]: a set as it was measured
//! - [`sofa`]: reading one from a file
//! - [`quality`]: how good it is
//! - [`Set`]: a set that answers from any direction
//! - [`built_in`]: the set that comes with the program
//!
//! In the order of the computation: `arrival` (when each response begins), `resample`, `align`
//! (responses that begin at once), `mirror` (one ear for both), `caps` (directions nobody measured, by
//! `mix` and `spherical`), `equaliser` and `bass`, `table` (all of that), `refined` (nodes between those
//! measured, by `kriging`), `lookup` (which nodes a direction lies between), `set`.

mod align;
mod arrival;
mod bass;
pub mod built_in;
mod caps;
mod equaliser;
mod kriging;
mod lookup;
pub mod measured;
mod mirror;
mod mix;
mod options;
mod phase;
pub mod quality;
mod refined;
mod resample;
mod room;
mod set;
pub mod sofa;
mod spherical;
mod table;
mod triangle;

pub use measured::{About, EARS, Measured};
pub use options::{Equalise, Options};
pub use quality::Quality;
pub use room::room_responses;
pub use set::{Mixture, Near, Set};
