//! Bytes to samples: plain loops that the compiler unrolls and vectorises.

use pulp::Arch;

use crate::dsp::vectorised;

/// How a sample is written. Integers are little-endian, full scale is ±1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// 8-bit integers, unsigned: silence is 128.
    Unsigned8,
    /// 16-bit integers.
    Signed16,
    /// 24-bit integers, packed.
    Signed24,
    /// 32-bit integers.
    Signed32,
    /// 32-bit floats.
    Float32,
    /// 64-bit floats.
    Float64,
}

impl Encoding {
    /// Bytes of one sample.
    #[must_use]
    pub fn bytes(self) -> usize {
        match self {
            Self::Unsigned8 => 1,
            Self::Signed16 => 2,
            Self::Signed24 => 3,
            Self::Signed32 | Self::Float32 => 4,
            Self::Float64 => 8,
        }
    }

    /// Whether samples are floating-point numbers.
    #[must_use]
    pub fn is_float(self) -> bool {
        matches!(self, Self::Float32 | Self::Float64)
    }

    /// Takes one channel (counted from 0) out of whole interleaved frames.
    pub(super) fn take_channel(self, bytes: &[u8], channels: usize, index: usize, out: &mut [f32]) {
        match self {
            Self::Unsigned8 => take(bytes, channels, index, out, |[byte]| {
                f32::from(i16::from(byte) - 128) * (1.0 / 128.0)
            }),
            Self::Signed16 => take(bytes, channels, index, out, |sample| {
                f32::from(i16::from_le_bytes(sample)) * (1.0 / 32_768.0)
            }),
            Self::Signed24 if channels == 1 => take_packed(bytes, out),
            Self::Signed24 => take(bytes, channels, index, out, packed),
            Self::Signed32 => {
                take(bytes, channels, index, out, |sample| full_scale(i32::from_le_bytes(sample)))
            }
            Self::Float32 => take(bytes, channels, index, out, f32::from_le_bytes),
            Self::Float64 => take(bytes, channels, index, out, |s| f64::from_le_bytes(s) as f32),
        }
    }
}

fn take<const BYTES: usize>(
    bytes: &[u8],
    channels: usize,
    index: usize,
    out: &mut [f32],
    decode: impl Fn([u8; BYTES]) -> f32,
) {
    let (samples, _) = bytes.as_chunks::<BYTES>();
    if channels == 1 {
        for (out, sample) in out.iter_mut().zip(samples) {
            *out = decode(*sample);
        }
    } else {
        for (out, frame) in out.iter_mut().zip(samples.chunks_exact(channels)) {
            *out = decode(frame[index]);
        }
    }
}

/// One channel alone of three bytes a sample: four samples are taken out of three words.
fn take_packed(bytes: &[u8], out: &mut [f32]) {
    let (words, left) = bytes.as_chunks::<12>();
    let (fours, rest) = out.as_chunks_mut::<4>();
    vectorised(
        Arch::new(),
        #[inline(always)]
        || {
            for (out, words) in fours.iter_mut().zip(words) {
                for (out, sample) in out.iter_mut().zip(unpacked(words)) {
                    *out = full_scale(sample);
                }
            }
        },
    );
    take(left, 1, 0, rest, packed);
}

/// Four packed samples, each in the upper three bytes of a word.
#[inline(always)]
fn unpacked(bytes: &[u8; 12]) -> [i32; 4] {
    let word = |at: usize| u32::from_le_bytes(std::array::from_fn(|byte| bytes[4 * at + byte]));
    let [first, second, third] = [word(0), word(1), word(2)];
    let samples = [
        first << 8,
        first >> 16 & 0xFF00 | second << 16,
        second >> 8 & 0xFF_FF00 | third << 24,
        third & 0xFFFF_FF00,
    ];
    samples.map(u32::cast_signed)
}

fn packed([low, middle, high]: [u8; 3]) -> f32 {
    full_scale(i32::from_le_bytes([0, low, middle, high]))
}

fn full_scale(sample: i32) -> f32 {
    sample as f32 * (1.0 / 2_147_483_648.0)
}

/// Whether there is no NaN and no infinity: one pass without a branch.
pub(super) fn all_finite(samples: &[f32]) -> bool {
    const EXPONENT: u32 = 0x7F80_0000;
    !samples.iter().fold(false, |found, sample| found | (sample.to_bits() & EXPONENT == EXPONENT))
}
