//! WAV files: RIFF below 4 GiB and RF64 from there, with the channel mask that was asked for.

mod dither;
mod encode;
mod file;
mod header;
mod levels;
mod writer;

#[cfg(test)]
mod tests;

pub use file::WavFile;
pub(super) use header::Header;
