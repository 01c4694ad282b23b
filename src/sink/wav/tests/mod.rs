//! Tests of the writer over sinks that no disk offers.

mod boundary;
mod failing;

use crate::sink::{FileSpec, SampleFormat};

/// A specification of so many channels without a mask.
fn spec(channels: usize, format: SampleFormat) -> FileSpec {
    FileSpec {
        path: "test.wav".into(),
        rate_hz: 48_000,
        channel_names: (0..channels).map(|channel| channel.to_string()).collect(),
        mask: 0,
        order: (0..channels).collect(),
        format,
        dither_seed: 1,
        first_frame: 0,
        expected_frames: None,
    }
}

/// The little-endian number at a place of a header.
fn number<const BYTES: usize>(header: &[u8], at: usize) -> u64 {
    let mut bytes = [0; 8];
    bytes[..BYTES].copy_from_slice(&header[at..at + BYTES]);
    u64::from_le_bytes(bytes)
}

/// Where the samples begin.
fn data_start(header: &[u8]) -> usize {
    header.windows(4).position(|id| id == b"data").expect("a data chunk") + 8
}
