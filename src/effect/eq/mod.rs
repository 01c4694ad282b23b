//! Equalisation: any number of bands in a row.

mod spec;

pub use spec::{Band, EqSpec};
