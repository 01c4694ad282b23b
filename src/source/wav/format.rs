//! The `fmt ` chunk.

use super::convert::Encoding;
use crate::source::MAX_FILE_CHANNELS;

const PCM: u16 = 1;
const FLOAT: u16 = 3;
const EXTENSIBLE: u16 = 0xFFFE;

/// The end of the sub-format GUIDs that stand for format tags (`ksmedia.h`).
const GUID_TAIL: [u8; 14] = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

/// Bytes of the chunk that mean anything here: those of `WAVEFORMATEXTENSIBLE`.
pub(super) const FORMAT_BYTES: usize = 40;

/// What the `fmt ` chunk says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// How a sample is written.
    pub encoding: Encoding,
    /// How many channels, 1 to [`MAX_FILE_CHANNELS`].
    pub channels: usize,
    /// Frames a second, at least 1.
    pub rate_hz: u32,
    /// Bits that carry sound, at most those of the encoding.
    pub valid_bits: u32,
    /// The channel mask (`dwChannelMask`), 0 where the file does not say.
    pub mask: u32,
}

impl Format {
    /// Bytes of one frame.
    #[must_use]
    pub fn frame_bytes(&self) -> usize {
        self.channels * self.encoding.bytes()
    }

    /// Takes the chunk apart; the error says what is wrong with it.
    pub(super) fn parse(chunk: &[u8]) -> Result<Self, String> {
        if chunk.len() < 16 {
            return Err(format!("its fmt chunk has {} bytes, needs at least 16", chunk.len()));
        }
        let channels = usize::from(u16_at(chunk, 2));
        let rate_hz = u32_at(chunk, 4);
        let bits = u32::from(u16_at(chunk, 14));
        if channels == 0 || rate_hz == 0 || bits == 0 {
            return Err(format!(
                "has {channels} channels, {rate_hz} Hz, {bits} bits: none may be 0"
            ));
        }
        if channels > MAX_FILE_CHANNELS {
            return Err(format!("has {channels} channels, at most {MAX_FILE_CHANNELS} are read"));
        }
        let encoding = encoding(sample_format(chunk)?, bits)?;
        let (valid_bits, mask) = extension(chunk, bits);
        let format = Self { encoding, channels, rate_hz, valid_bits, mask };
        let block_align = usize::from(u16_at(chunk, 12));
        if block_align != format.frame_bytes() {
            let right = format.frame_bytes();
            return Err(format!(
                "its block align is {block_align}, {channels} channels of {bits} bits need {right}"
            ));
        }
        Ok(format)
    }
}

/// The format tag, taken from the sub-format where the format is extensible.
fn sample_format(chunk: &[u8]) -> Result<u16, String> {
    match u16_at(chunk, 0) {
        EXTENSIBLE if chunk.len() < FORMAT_BYTES => {
            Err(format!("its extensible fmt chunk has {} bytes, needs 40", chunk.len()))
        }
        EXTENSIBLE if chunk[26..40] != GUID_TAIL => {
            Err("its sub-format is unknown (PCM and float are read)".into())
        }
        EXTENSIBLE => Ok(u16_at(chunk, 24)),
        tag => Ok(tag),
    }
}

fn encoding(tag: u16, bits: u32) -> Result<Encoding, String> {
    match (tag, bits) {
        (PCM, 1..=8) => Ok(Encoding::Unsigned8),
        (PCM, 9..=16) => Ok(Encoding::Signed16),
        (PCM, 17..=24) => Ok(Encoding::Signed24),
        (PCM, 25..=32) => Ok(Encoding::Signed32),
        (FLOAT, 32) => Ok(Encoding::Float32),
        (FLOAT, 64) => Ok(Encoding::Float64),
        (PCM, _) => Err(format!("has integers of {bits} bits (8 to 32 are read)")),
        (FLOAT, _) => Err(format!("has floats of {bits} bits (32 and 64 are read)")),
        _ => Err(format!("is {} (PCM and float are read)", tag_name(tag))),
    }
}

/// Valid bits and channel mask; without an extension all bits are valid and the mask is unknown.
fn extension(chunk: &[u8], bits: u32) -> (u32, u32) {
    if u16_at(chunk, 0) != EXTENSIBLE {
        return (bits, 0);
    }
    let valid_bits = u32::from(u16_at(chunk, 18));
    let valid_bits = if (1..=bits).contains(&valid_bits) { valid_bits } else { bits };
    (valid_bits, u32_at(chunk, 20))
}

fn tag_name(tag: u16) -> String {
    match tag {
        0x02 | 0x11 => "ADPCM".into(),
        0x06 => "A-law".into(),
        0x07 => "mu-law".into(),
        0x50 | 0x55 => "MPEG audio".into(),
        _ => format!("of format {tag:#06X}"),
    }
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}
