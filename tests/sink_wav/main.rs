//! WAV files as users meet them: what is in them, who can read them, and what is left when a render
//! does not end well.

mod atomic;
mod bits;
mod full_disk;
mod headers;
mod killed;
mod readers;
mod split;

use std::path::Path;

use cupola::sink::{FileReport, FileSpec, SampleFormat, Sink, WavFile};

/// A specification with channels named by number.
fn spec(path: &Path, channels: usize, mask: u32, format: SampleFormat) -> FileSpec {
    FileSpec {
        path: path.into(),
        rate_hz: 48_000,
        channel_names: (0..channels).map(|channel| format!("ch{channel}")).collect(),
        mask,
        order: (0..channels).collect(),
        format,
        dither_seed: 11,
        first_frame: 0,
        expected_frames: None,
    }
}

/// Noise below full scale, the same at every run, different in every channel.
fn noise(channels: usize, frames: usize) -> Vec<Vec<f32>> {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 23) as f32 * 0.99 - 0.99
    };
    (0..channels).map(|_| (0..frames).map(|_| next()).collect()).collect()
}

/// The channels as slices.
fn slices(channels: &[Vec<f32>]) -> Vec<&[f32]> {
    channels.iter().map(Vec::as_slice).collect()
}

/// Writes a whole file.
fn write(spec: FileSpec, channels: &[Vec<f32>]) -> FileReport {
    let mut file = WavFile::create(spec).unwrap();
    file.write(&slices(channels)).unwrap();
    file.finish().unwrap()
}

/// The names of what stands in a folder, sorted.
fn listing(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The body of a chunk of a WAV file, padding left out.
fn chunk<'a>(file: &'a [u8], id: &[u8; 4]) -> Option<&'a [u8]> {
    let mut rest = &file[12..];
    while rest.len() >= 8 {
        let size = u32::from_le_bytes(rest[4..8].try_into().unwrap()) as usize;
        if &rest[..4] == id {
            return Some(&rest[8..8 + size]);
        }
        rest = &rest[8 + size + size % 2..];
    }
    None
}
