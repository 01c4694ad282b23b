//! Cupola renders a text scene of beds and moving objects to any loudspeaker layout.
//!
//! Table of contents, in the direction of the imports: a module knows only those above it.

pub mod block;
pub mod error;
pub mod folder;
pub mod hull;
pub mod latest;
pub mod octahedron;
pub mod space;
pub mod units;

pub mod automation;
pub mod document;
pub mod dsp;
pub mod effect;
pub mod hrtf;
pub mod layout;
pub mod loudness;
pub mod motion;
pub mod pan;
pub mod picture;
pub mod source;

pub mod binaural;

pub mod scene;

pub mod engine;
pub mod sink;

pub mod control;

pub mod render;

pub mod live;

pub mod identify;

pub mod bench;

pub mod cli;

pub use error::{Error, Result};
