//! De-essing: a band is turned down while it is too loud.

mod spec;

pub use spec::DeesserSpec;
