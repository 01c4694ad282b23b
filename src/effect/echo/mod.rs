//! Echoes: a delay with feedback.

mod spec;

pub use spec::EchoSpec;
