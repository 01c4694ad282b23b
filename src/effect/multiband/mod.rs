//! Compression in bands, split by Linkwitz-Riley crossovers that add up flat.

mod spec;

pub use spec::{MultibandBand, MultibandSpec};
