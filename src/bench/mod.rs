//! What the benchmarks measure: crowds of objects with their sources in memory, and the mixes they
//! are held against. Shared by `cupola bench` and `benches/`.

mod baseline;
mod crowd;
mod files;

pub use baseline::{GivenGains, dense_mix};
pub use crowd::{Crowd, Motions, Reel};
pub use files::FileScene;

/// Frames a second of everything measured here.
pub const RATE_HZ: u32 = 48_000;

/// Quanta in a second.
pub const QUANTA_PER_SECOND: usize = RATE_HZ as usize / crate::block::QUANTUM;
