//! Triangular dither, a pure function of seed, channel and absolute frame: any range of a render,
//! in blocks of any size, has the dither the whole has.

/// The golden ratio in 64 bits: steps of it spread consecutive frames over the whole range
/// (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// The dither of one channel: the difference of two independent uniform numbers (Lipshitz,
/// Wannamaker and Vanderkooy, "Quantization and dither", 1992).
#[derive(Clone, Copy, Debug)]
pub(super) struct Dither {
    keys: [u64; 2],
}

impl Dither {
    /// The dither of a channel, counted in the order of the slices, not of the file: it stays with
    /// the loudspeaker when the order of the file changes.
    pub(super) fn new(seed: u64, channel: usize) -> Self {
        let key = |which: u64| scramble(scramble(seed) ^ (2 * channel as u64 + which + 1));
        Self { keys: [key(0), key(1)] }
    }

    /// Its value at a frame, in steps of the quantiser: -1 to 1, triangular, mean 0, variance 1/6.
    pub(super) fn at(self, frame: u64) -> f64 {
        let [first, second] = self.keys.map(|key| {
            // 52 bits, so that the difference and its sum with a sample are exact enough in f64.
            (scramble(key.wrapping_add(frame.wrapping_mul(STEP))) >> 12) as i64
        });
        (first - second) as f64 * (1.0 / (1u64 << 52) as f64)
    }
}

/// The finaliser of SplitMix64 (Stafford's variant 13): every bit of the result depends on all of
/// the argument.
fn scramble(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAMES: u64 = 200_000;

    fn correlation(a: impl Fn(u64) -> f64, b: impl Fn(u64) -> f64) -> f64 {
        (0..FRAMES).map(|frame| a(frame) * b(frame)).sum::<f64>() / FRAMES as f64
    }

    #[test]
    fn it_is_triangular() {
        let dither = Dither::new(7, 3);
        let mut below = [0_u64; 3];
        let mut sum = 0.0;
        for frame in 0..FRAMES {
            let value = dither.at(frame);
            assert!(value > -1.0 && value < 1.0);
            sum += value;
            for (count, bound) in below.iter_mut().zip([-0.5, 0.0, 0.5]) {
                *count += u64::from(value < bound);
            }
        }
        // Four standard deviations of the mean of 200,000: 4 sqrt(1/6 / 200000) = 0.0037.
        assert!((sum / FRAMES as f64).abs() < 0.0037, "mean {}", sum / FRAMES as f64);
        let variance = correlation(|frame| dither.at(frame), |frame| dither.at(frame));
        // The fourth moment is 1/15, so the variance's deviation is sqrt((1/15 - 1/36) / 200000),
        // four times that 0.0018.
        assert!((variance - 1.0 / 6.0).abs() < 0.0018, "variance {variance}");
        // The triangle's distribution function at -1/2, 0, 1/2; four deviations are 0.0045.
        for (count, share) in below.into_iter().zip([0.125, 0.5, 0.875]) {
            assert!((count as f64 / FRAMES as f64 - share).abs() < 0.0045, "{count} for {share}");
        }
    }

    #[test]
    fn frames_channels_and_seeds_are_independent() {
        let dither = Dither::new(7, 3);
        // Four standard deviations of a mean of products of variance 1/36: 0.0015.
        for lag in [1, 2, 3, 64, 256, 48_000] {
            let value = correlation(|frame| dither.at(frame), |frame| dither.at(frame + lag));
            assert!(value.abs() < 0.0015, "lag {lag}: {value}");
        }
        for other in [Dither::new(7, 4), Dither::new(7, 2), Dither::new(8, 3), Dither::new(0, 0)] {
            let value = correlation(|frame| dither.at(frame), |frame| other.at(frame));
            assert!(value.abs() < 0.0015, "{other:?}: {value}");
        }
    }

    #[test]
    fn it_is_the_same_for_ever() {
        // What was rendered once must come out again: these bits are a promise.
        let values = [0, 1, 48_000, u64::MAX].map(|frame| Dither::new(1, 2).at(frame).to_bits());
        let promised = [
            0xBFA0_4045_CDED_7160,
            0xBFC6_0553_7855_2EF8,
            0x3FCE_41C6_BE32_D5A0,
            0x3FE1_AC4E_D570_1110,
        ];
        assert_eq!(values, promised);
    }
}
