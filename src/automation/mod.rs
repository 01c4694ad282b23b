//! Automation: a number of the scene that may change with time.
//!
//! Every level, frequency and time of a strip is an [`Automated`] number: a plain one, an
//! [`Envelope`] through points, or an [`Lfo`]. It is a pure function of the scene's time: no answer
//! depends on an earlier one. Levels are written in decibels and so move in decibels.

mod envelope;
mod lfo;
mod number;

pub use envelope::{Curve, Envelope};
pub use lfo::{Lfo, Shape};
pub use number::Automated;
