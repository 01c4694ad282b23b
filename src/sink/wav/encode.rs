//! From planar samples to the interleaved bytes of a file.

use super::dither::Dither;
use crate::sink::SampleFormat;

/// 1.5 * 2^52: added to a small number it leaves no room for a fraction, so that the sum is rounded
/// to the nearest integer (ties to even), which its lowest bits then hold in two's complement.
/// Unlike a call of `round` this compiles to vector code.
const ROUNDING: f64 = 6_755_399_441_055_744.0;

/// One channel on its way into interleaved frames.
#[derive(Clone, Copy, Debug)]
pub(super) struct ChannelEncoder {
    /// How a sample is stored.
    pub(super) format: SampleFormat,
    /// Bytes from a frame's beginning to this channel's sample.
    pub(super) offset: usize,
    /// Bytes of a frame.
    pub(super) frame_bytes: usize,
    /// This channel's dither.
    pub(super) dither: Dither,
}

impl ChannelEncoder {
    /// Puts samples, the first of them at the absolute `frame`, into their places in `out`.
    pub(super) fn encode(&self, samples: &[f32], frame: u64, out: &mut [u8]) {
        let dither = |index: usize| self.dither.at(frame.wrapping_add(index as u64));
        match self.format {
            SampleFormat::Int16 => self.place(samples, out, |index, sample| {
                (quantise(sample, 32_768.0, dither(index)) as i16).to_le_bytes()
            }),
            SampleFormat::Int24 => self.place(samples, out, |index, sample| {
                let [low, middle, high, _] =
                    quantise(sample, 8_388_608.0, dither(index)).to_le_bytes();
                [low, middle, high]
            }),
            SampleFormat::Float32 => self.place(samples, out, |_, sample| sample.to_le_bytes()),
        }
    }

    fn place<const BYTES: usize>(
        &self,
        samples: &[f32],
        out: &mut [u8],
        bytes_of: impl Fn(usize, f32) -> [u8; BYTES],
    ) {
        let places = self.offset..self.offset + BYTES;
        let frames = out.chunks_exact_mut(self.frame_bytes);
        for (index, (frame, &sample)) in frames.zip(samples).enumerate() {
            frame[places.clone()].copy_from_slice(&bytes_of(index, sample));
        }
    }
}

/// The nearest step to a dithered sample, held at the ends of the range, never wrapped round.
fn quantise(sample: f32, steps: f64, dither: f64) -> i32 {
    let held = (f64::from(sample) * steps + dither).clamp(-steps, steps - 1.0);
    (held + ROUNDING).to_bits() as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rounding_is_to_the_nearest() {
        for (value, step) in [(0.0, 0), (0.49, 0), (0.51, 1), (-0.51, -1), (1.5, 2), (-1.5, -2)] {
            assert_eq!(quantise(0.0, 8_388_608.0, value), step, "{value}");
        }
    }

    #[test]
    fn the_ends_of_the_range_hold() {
        for sample in [1.0, 1.5, 1e30, f32::MAX] {
            assert_eq!(quantise(sample, 32_768.0, 0.9), 32_767);
            assert_eq!(quantise(-sample, 32_768.0, -0.9), -32_768);
            assert_eq!(quantise(sample, 8_388_608.0, 0.9), 8_388_607);
            assert_eq!(quantise(-sample, 8_388_608.0, -0.9), -8_388_608);
        }
    }

    proptest! {
        /// Half a step of rounding and one of dither, at most.
        #[test]
        fn the_error_is_at_most_a_step_and_a_half(sample in -0.999_f32..0.999, frame: u64) {
            for steps in [32_768.0, 8_388_608.0] {
                let dither = Dither::new(5, 1).at(frame);
                let error = f64::from(quantise(sample, steps, dither)) - f64::from(sample) * steps;
                prop_assert!(error.abs() <= 1.5, "{error} steps");
            }
        }
    }

    #[test]
    fn the_error_has_no_mean_and_a_constant_variance() {
        // With triangular dither the error's variance is 1/4 whatever the sample (Lipshitz et al.):
        // 1/6 of the dither, 1/12 of the rounding. Undithered it would depend on it.
        let dither = Dither::new(5, 1);
        for sample in [0.0, 0.1, 0.25, 0.5, 0.73] {
            let (mut sum, mut squares) = (0.0, 0.0);
            for frame in 0..100_000 {
                let value = (sample / 32_768.0) as f32;
                let exact = f64::from(value) * 32_768.0;
                let error = f64::from(quantise(value, 32_768.0, dither.at(frame))) - exact;
                sum += error;
                squares += error * error;
            }
            let (mean, variance) = (sum / 1e5, squares / 1e5);
            // Four standard deviations of the mean: 4 * 0.5 / sqrt(1e5) = 0.0063; the square's own
            // deviation is below 0.5, so the same bound holds for the variance.
            assert!(mean.abs() < 0.0063, "mean {mean} at {sample}");
            assert!((variance - 0.25).abs() < 0.0063, "variance {variance} at {sample}");
        }
    }
}
