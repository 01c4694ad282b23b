//! From directions to gains: the panner of ITU-R BS.2127 for any layout, and the routing of beds.
//!
//! It knows no samples. In the order of the computation: `place` (the loudspeakers), `arrangement` (virtual
//! ones where they are missing), `hull` (facets), `region` (gains between three or four corners), `shares`
//! (what loudspeakers get of corners), `field` (the whole sphere), `grid` (which region), `stereo` (the law of
//! a pair), `spread` and `extent` (sources of some size), `panner` (all of that), `routing` (beds), `coverage`
//! (how good a layout is).

mod advice;
mod arrangement;
mod coverage;
mod extent;
mod field;
mod gain_row;
mod grid;
mod hull;
mod mirror;
mod panner;
mod place;
mod region;
mod routing;
mod routing_rules;
mod shares;
mod spread;
mod stereo;

pub use coverage::{Coverage, Extreme};
pub use gain_row::GainRow;
pub use panner::Panner;
pub use routing::route_bed;
pub use spread::Spread;
