//! Loudness and true peak, as ITU-R BS.1770-5, EBU Tech 3341 and Tech 3342 define them.
//!
//! A [`Meter`] takes the channels of a target in pieces of any size and knows at any time what has
//! been heard so far. It remembers three seconds and two histograms, however long a programme is.

mod histogram;
mod history;
mod k_weighting;
mod meter;
mod power;
mod programme;
mod results;
mod true_peak;
mod weight;

pub use history::{History, Moment};
pub use k_weighting::k_weighted_power;
pub use meter::{LOWEST_RATE_HZ, Meter};
pub use results::{ChannelPeaks, Peaks, Results};
pub use weight::weight;
