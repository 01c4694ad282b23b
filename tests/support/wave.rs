//! WAV files for tests, written and read by other people's code.
#![allow(dead_code)]

use std::path::Path;

use hound::{SampleFormat, WavReader, WavSpec, WavWriter};

/// Writes channels of one length as 32-bit floats at 48 kHz.
pub fn write_floats(path: &Path, channels: &[Vec<f32>]) {
    let spec = WavSpec {
        channels: channels.len() as u16,
        sample_rate: 48_000,
        bits_per_sample: 32,
        sample_format: SampleFormat::Float,
    };
    let mut writer = WavWriter::create(path, spec).unwrap();
    for frame in 0..channels[0].len() {
        channels.iter().for_each(|channel| writer.write_sample(channel[frame]).unwrap());
    }
    writer.finalize().unwrap();
}

/// The channels of a file of 32-bit floats.
pub fn read_floats(path: &Path) -> Vec<Vec<f32>> {
    let mut reader = WavReader::open(path).unwrap();
    let count = usize::from(reader.spec().channels);
    let mut channels = vec![Vec::new(); count];
    for (index, sample) in reader.samples::<f32>().enumerate() {
        channels[index % count].push(sample.unwrap());
    }
    channels
}

/// The samples of a file of integers, interleaved, as they are written.
pub fn read_integers(path: &Path) -> Vec<i32> {
    WavReader::open(path).unwrap().samples::<i32>().map(Result::unwrap).collect()
}

/// The audio of a file: what follows the header of its data chunk.
pub fn audio(file: &[u8]) -> &[u8] {
    let place = file.windows(4).position(|word| word == b"data").unwrap();
    &file[place + 8..]
}

/// Noise below `level`, the same at every run.
pub fn noise(seed: u32, frames: usize, level: f32) -> Vec<f32> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((state >> 8) as f32 / (1 << 23) as f32 - 1.0) * level
    };
    (0..frames).map(|_| next()).collect()
}
