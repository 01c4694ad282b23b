//! Everything in front of the samples, and how it changes as the file grows.

use crate::sink::report::Container;
use crate::sink::{FileSpec, SampleFormat};

const FORMAT_PCM: u16 = 1;
const FORMAT_FLOAT: u16 = 3;
const FORMAT_EXTENSIBLE: u16 = 0xFFFE;

/// The rest of the identifier `0000xxxx-0000-0010-8000-00AA00389B71`, whose first four bytes are the
/// plain format.
const SUBFORMAT: [u8; 12] = [0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

/// What a mono file stands for: the centre.
const MONO_MASK: u32 = 0x4;

/// What a stereo file stands for: left and right.
const STEREO_MASK: u32 = 0x3;

/// What `ds64` holds: two sizes and a count of 64 bits, and the length of an empty table.
const DS64_BYTES: usize = 28;

// Where the numbers stand that change as the file grows.
const RIFF_SIZE: usize = 4;
const DS64_ID: usize = 12;
const DS64: usize = 20;

/// A size that is to be looked up in `ds64`.
const IN_DS64: u32 = u32::MAX;

/// The header of a WAV file: RIFF, a `JUNK` chunk that becomes `ds64` when the file outgrows 4 GiB
/// (EBU Tech 3306, ITU-R BS.2088), `fmt `, for floating point `fact`, and the beginning of `data`.
#[derive(Clone, Debug)]
pub(in crate::sink) struct Header {
    bytes: Vec<u8>,
    frame_bytes: u64,
    has_fact: bool,
}

impl Header {
    /// The header of an empty file.
    pub(in crate::sink) fn new(spec: &FileSpec) -> Self {
        let mut bytes = b"RIFF\0\0\0\0WAVEJUNK".to_vec();
        bytes.extend((DS64_BYTES as u32).to_le_bytes());
        bytes.extend([0; DS64_BYTES]);
        push_format(&mut bytes, spec);
        let has_fact = spec.format == SampleFormat::Float32;
        if has_fact {
            bytes.extend(b"fact\x04\0\0\0\0\0\0\0");
        }
        bytes.extend(b"data\0\0\0\0");
        let mut header = Self { bytes, frame_bytes: spec.frame_bytes() as u64, has_fact };
        header.set_frames(0);
        header
    }

    /// The header's bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Bytes of a whole file of so many frames, the last chunk padded to an even length.
    pub(in crate::sink) fn file_bytes(&self, frames: u64) -> u64 {
        let data = self.data_bytes(frames);
        self.bytes.len() as u64 + data + data % 2
    }

    /// What a file of so many frames is: RF64 where the size of the RIFF chunk no longer fits.
    pub(super) fn container(&self, frames: u64) -> Container {
        if self.file_bytes(frames) - 8 < u64::from(u32::MAX) {
            Container::Riff
        } else {
            Container::Rf64
        }
    }

    /// Makes it the header of a file of so many frames.
    pub(super) fn set_frames(&mut self, frames: u64) {
        let (riff, data) = (self.file_bytes(frames) - 8, self.data_bytes(frames));
        match self.container(frames) {
            Container::Riff => {
                self.put(0, b"RIFF");
                self.put(DS64_ID, b"JUNK");
                self.put(DS64, &[0; DS64_BYTES]);
                self.put_sizes(riff as u32, data as u32);
            }
            Container::Rf64 => {
                self.put(0, b"RF64");
                self.put(DS64_ID, b"ds64");
                self.put(DS64, &riff.to_le_bytes());
                self.put(DS64 + 8, &data.to_le_bytes());
                self.put(DS64 + 16, &frames.to_le_bytes());
                self.put_sizes(IN_DS64, IN_DS64);
            }
        }
        if self.has_fact {
            let frames = u32::try_from(frames).unwrap_or(IN_DS64);
            self.put(self.bytes.len() - 12, &frames.to_le_bytes());
        }
    }

    fn data_bytes(&self, frames: u64) -> u64 {
        frames.saturating_mul(self.frame_bytes).min(u64::MAX / 2)
    }

    fn put_sizes(&mut self, riff: u32, data: u32) {
        self.put(RIFF_SIZE, &riff.to_le_bytes());
        self.put(self.bytes.len() - 4, &data.to_le_bytes());
    }

    fn put(&mut self, at: usize, value: &[u8]) {
        self.bytes[at..at + value.len()].copy_from_slice(value);
    }
}

/// Whether the short form says it all. Microsoft asks for the extensible one above two channels or
/// 16 bits and wherever the mask is not the usual one; elsewhere the short form is read by more
/// programs, and none of them takes a mono file for a left channel.
fn is_plain(spec: &FileSpec) -> bool {
    let usual_mask = match spec.order.len() {
        1 => [0, MONO_MASK].contains(&spec.mask),
        2 => spec.mask == STEREO_MASK,
        _ => false,
    };
    usual_mask && spec.format != SampleFormat::Int24
}

fn push_format(bytes: &mut Vec<u8>, spec: &FileSpec) {
    let plain_tag = match spec.format {
        SampleFormat::Int16 | SampleFormat::Int24 => FORMAT_PCM,
        SampleFormat::Float32 => FORMAT_FLOAT,
    };
    let plain = is_plain(spec);
    let (tag, size) = match (plain, plain_tag) {
        (true, FORMAT_PCM) => (plain_tag, 16_u32),
        (true, _) => (plain_tag, 18),
        (false, _) => (FORMAT_EXTENSIBLE, 40),
    };
    let bits = 8 * spec.format.bytes() as u16;
    bytes.extend(b"fmt ");
    bytes.extend(size.to_le_bytes());
    bytes.extend(tag.to_le_bytes());
    bytes.extend((spec.order.len() as u16).to_le_bytes());
    bytes.extend(spec.rate_hz.to_le_bytes());
    bytes.extend(spec.rate_hz.saturating_mul(spec.frame_bytes() as u32).to_le_bytes());
    bytes.extend((spec.frame_bytes() as u16).to_le_bytes());
    bytes.extend(bits.to_le_bytes());
    if size == 18 {
        bytes.extend(0_u16.to_le_bytes());
    } else if size == 40 {
        bytes.extend(22_u16.to_le_bytes());
        bytes.extend(bits.to_le_bytes());
        bytes.extend(spec.mask.to_le_bytes());
        bytes.extend(u32::from(plain_tag).to_le_bytes());
        bytes.extend(SUBFORMAT);
    }
}
