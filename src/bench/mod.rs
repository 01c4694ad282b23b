//! What the benchmarks measure: crowds of objects and desks with their sources in memory, and what
//! they are held against. Shared by `cupola bench` and `benches/`.

mod baseline;
mod crowd;
pub mod desk;
mod ffmpeg;
mod files;
pub mod headphones;
mod parts;

pub use baseline::{GivenGains, dense_mix};
pub use crowd::{Crowd, Motions, Reel};
pub use ffmpeg::{Ffmpeg, mastering, sofalizer};
pub use files::FileScene;
pub use parts::{LimiterAlone, MeterAlone, ReverbAlone};

/// Frames a second of everything measured here.
pub const RATE_HZ: u32 = 48_000;

/// Quanta in a second.
pub const QUANTA_PER_SECOND: usize = RATE_HZ as usize / crate::block::QUANTUM;
