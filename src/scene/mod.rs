//! What the author wrote: a scene of beds and objects, read from TOML or JSON, checked against the
//! files it names, every mistake at its line and column.
//!
//! [`Spec`] is the text, key by key; [`Scene`] is a spec that has been found right, with what its
//! files turned out to be.

mod audible;
mod bus;
mod check;
mod desk;
mod distance;
mod edit;
mod feed;
mod files;
mod group;
mod headphones;
mod layout;
mod line_inputs;
mod load;
mod marker;
mod master;
mod opening;
mod preset;
mod range;
mod resolve;
mod response;
mod returns;
mod routing;
mod schema;
mod spec;
mod spread;
mod strip;
mod strip_id;
mod tail;

pub use audible::Audible;
pub use bus::Bus;
pub use distance::{DistanceLaw, InverseLaw};
pub use files::{ReadyBed, ReadyBus, ReadyObject, ReadyReturn, Stretch};
pub use group::Group;
pub use headphones::{Binaural, BinauralWay, Head, Headphones};
pub use line_inputs::LineInput;
pub use load::{Options, Reading, Scene};
pub use marker::Marker;
pub use master::Master;
pub use preset::{Defaults, Preset};
pub use response::Response;
pub use returns::Return;
pub use routing::{Route, by_mask as routes_by_mask};
pub use schema::schema;
pub use spec::{Bed, DEFAULT_WIDTH_DEG, Object, Spec};
pub use spread::{MAX_DIRECTIONS, Spread};
use strip::GAIN_DB;
pub use strip::{Block, Send, Strip};
pub use strip_id::StripId;

/// The most beds and objects together.
pub const MAX_VOICES: usize = 4096;
