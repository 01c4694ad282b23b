//! Gating: what is too quiet is turned down further.

mod spec;

pub use spec::GateSpec;
