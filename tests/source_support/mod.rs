//! What the tests of sources share: WAV files made byte by byte, and reading to the end.
#![allow(dead_code, reason = "every test binary uses another part")]

use std::io::Cursor;

use cupola::Result;
use cupola::source::{Source, wav::Wav};
use proptest::prelude::ProptestConfig;

/// So many cases, without a file to remember failures in.
pub fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// A WAV file in the making; every field may be made wrong on purpose.
#[derive(Clone)]
pub struct Maker {
    pub id: [u8; 4],
    pub riff_size: Option<u32>,
    pub chunks_before: Vec<([u8; 4], Vec<u8>)>,
    pub format: Option<Vec<u8>>,
    pub data: Vec<u8>,
    pub data_size: Option<u32>,
    pub tail: Vec<u8>,
}

impl Maker {
    pub fn new(format: Vec<u8>, data: Vec<u8>) -> Self {
        Self {
            id: *b"RIFF",
            riff_size: None,
            chunks_before: vec![],
            format: Some(format),
            data,
            data_size: None,
            tail: vec![],
        }
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut body = b"WAVE".to_vec();
        for (id, content) in &self.chunks_before {
            chunk(&mut body, *id, content);
        }
        if let Some(format) = &self.format {
            chunk(&mut body, *b"fmt ", format);
        }
        body.extend(b"data");
        body.extend(self.data_size.unwrap_or(self.data.len() as u32).to_le_bytes());
        body.extend(&self.data);
        body.extend(&self.tail);
        let mut bytes = self.id.to_vec();
        bytes.extend(self.riff_size.unwrap_or(body.len() as u32).to_le_bytes());
        bytes.extend(body);
        bytes
    }
}

fn chunk(out: &mut Vec<u8>, id: [u8; 4], content: &[u8]) {
    out.extend(id);
    out.extend((content.len() as u32).to_le_bytes());
    out.extend(content);
    if content.len() % 2 == 1 {
        out.push(0);
    }
}

/// The sixteen bytes of a plain `fmt ` chunk.
pub fn format(tag: u16, channels: u16, rate_hz: u32, bits: u16) -> Vec<u8> {
    let align = channels.wrapping_mul(bits.div_ceil(8));
    let mut bytes = vec![];
    bytes.extend(tag.to_le_bytes());
    bytes.extend(channels.to_le_bytes());
    bytes.extend(rate_hz.to_le_bytes());
    bytes.extend(rate_hz.wrapping_mul(u32::from(align)).to_le_bytes());
    bytes.extend(align.to_le_bytes());
    bytes.extend(bits.to_le_bytes());
    bytes
}

/// The forty bytes of an extensible `fmt ` chunk.
pub fn extensible(sub: u16, channels: u16, bits: u16, valid_bits: u16, mask: u32) -> Vec<u8> {
    let mut bytes = format(0xFFFE, channels, 48_000, bits);
    bytes.extend(22_u16.to_le_bytes());
    bytes.extend(valid_bits.to_le_bytes());
    bytes.extend(mask.to_le_bytes());
    bytes.extend(sub.to_le_bytes());
    bytes.extend([0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]);
    bytes
}

/// Mono 16-bit audio of these samples.
pub fn mono16(samples: &[i16]) -> Maker {
    let data = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
    Maker::new(format(1, 1, 48_000, 16), data)
}

pub fn wav(bytes: Vec<u8>) -> Result<Wav<Cursor<Vec<u8>>>> {
    Wav::new(Cursor::new(bytes), "test.wav", false)
}

pub fn wav_truncated(bytes: Vec<u8>) -> Result<Wav<Cursor<Vec<u8>>>> {
    Wav::new(Cursor::new(bytes), "test.wav", true)
}

/// Everything from where the source stands, read in pieces of the sizes, over and over.
pub fn read_in_pieces(source: &mut dyn Source, sizes: &[usize]) -> Result<Vec<Vec<f32>>> {
    let mut channels = vec![vec![]; source.channels()];
    for size in sizes.iter().cycle() {
        let mut block = vec![vec![0.0; *size]; channels.len()];
        let mut slices: Vec<&mut [f32]> = block.iter_mut().map(Vec::as_mut_slice).collect();
        let frames = source.read(&mut slices)?;
        for (channel, block) in channels.iter_mut().zip(&block) {
            channel.extend(&block[..frames]);
        }
        if frames < *size {
            break;
        }
    }
    Ok(channels)
}

pub fn read(source: &mut dyn Source) -> Result<Vec<Vec<f32>>> {
    read_in_pieces(source, &[4096])
}

/// The one line of an error.
pub fn line<T>(result: Result<T>) -> String {
    let message = result.err().expect("an error").to_string();
    assert!(!message.contains('\n'), "one line: {message}");
    message
}

/// The first half of the spectrum of a power of two of samples: Cooley and Tukey, in place.
pub fn spectrum(samples: Vec<f64>) -> Vec<(f64, f64)> {
    let length = samples.len();
    let shift = usize::BITS - length.trailing_zeros();
    let mut bins: Vec<(f64, f64)> =
        (0..length).map(|n| (samples[n.reverse_bits() >> shift], 0.0)).collect();
    let mut half = 1;
    while half < length {
        for start in (0..length).step_by(2 * half) {
            for n in start..start + half {
                let (sin, cos) =
                    (-std::f64::consts::PI * (n - start) as f64 / half as f64).sin_cos();
                let (even, odd) = (bins[n], bins[n + half]);
                let turned = (odd.0 * cos - odd.1 * sin, odd.0 * sin + odd.1 * cos);
                bins[n] = (even.0 + turned.0, even.1 + turned.1);
                bins[n + half] = (even.0 - turned.0, even.1 - turned.1);
            }
        }
        half *= 2;
    }
    bins.truncate(length / 2);
    bins
}
