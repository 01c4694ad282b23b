//! Reverberation by an impulse response from a file.

mod spec;

pub use spec::ConvolutionSpec;
