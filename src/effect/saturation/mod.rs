//! Saturation: harmonics, oversampled so that nothing folds back.

mod spec;

pub use spec::SaturationSpec;
