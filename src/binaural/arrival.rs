//! How a sound arrives at a head that hears it over the virtual sphere.

use super::hearing::Lateness;
use super::sphere::Pan;

/// How a lane, or a reflection of one, is heard over the sphere at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Arrival {
    /// How late, at each ear.
    pub lateness: Lateness,
    /// From where, and how loud.
    pub pan: Pan,
}
