//! Compression: what is too loud is turned down.

mod spec;

pub use spec::{CompressorSpec, Detector};
