//! Control from outside: OSC over UDP to the [`Controls`](crate::engine::Controls) of an engine and the
//! [`Commands`] of a player, and moves back into a scene. Nothing here is ever waited for by the audio.

mod announcer;
mod command;
pub mod moves;
pub mod osc;
mod receiver;
mod surface;
mod tracker;

pub use announcer::Announcer;
pub use command::{Command, Commands};
pub use receiver::{Counts, Listening, REPLY_PORT, Receiver};
pub use surface::{Surface, Tally, osc_name};
pub use tracker::Tracker;
