//! What the author wrote: a scene of beds and objects, read from TOML or JSON, checked against the
//! files it names, every mistake at its line and column.
//!
//! [`Spec`] is the text, key by key; [`Scene`] is a spec that has been found right, with what its
//! files turned out to be.

mod check;
mod distance;
mod feed;
mod files;
mod layout;
mod load;
mod opening;
mod range;
mod routing;
mod schema;
mod spec;

pub use distance::{DistanceLaw, InverseLaw};
pub use files::{ReadyBed, ReadyObject, Stretch};
pub use load::{Options, Reading, Scene};
pub use routing::{Route, by_mask as routes_by_mask};
pub use schema::schema;
pub use spec::{Bed, DEFAULT_WIDTH_DEG, Object, Spec};

/// The most beds and objects together.
pub const MAX_VOICES: usize = 4096;
