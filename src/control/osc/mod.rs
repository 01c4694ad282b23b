//! Open Sound Control 1.0 (Wright 2002): packets of bytes to messages and back, patterns to parts.
//!
//! Every packet is checked as a whole before anything in it counts: whoever sends one may be anybody.

mod packet;
mod pattern;
mod write;

pub use packet::{
    Argument, DEEPEST_BUNDLE, LONGEST_ADDRESS, LONGEST_PACKET, MOST_ARGUMENTS, Malformed, Message,
    read,
};
pub use pattern::fits;
pub use write::write;
