//! Limiting: no true peak rises above a ceiling.

mod spec;

pub use spec::LimiterSpec;
