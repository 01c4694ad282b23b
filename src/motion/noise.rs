//! Noise that is a pure function of time: nothing runs, everything is looked up.

use crate::space::Vector;

/// SplitMix64's output function (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", 2014): neighbouring numbers come out unrelated.
pub fn mix(number: u64) -> u64 {
    let number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

/// Three unrelated signals of RMS 1, one for each axis of the room, without any content above a
/// band: random values on a lattice of time, joined by the cubic B-spline.
///
/// The B-spline attenuates by `sinc(f / lattice rate)^8` in power, so that lattice values which
/// come 3.6 times in a cycle of `rate_hz` leave -3 dB at 0.8 `rate_hz` and less than -50 dB from 3
/// `rate_hz` on. Uniform lattice values bound every signal to 2.51 times its RMS.
#[derive(Clone, Debug)]
pub struct BandLimited {
    key: u64,
    lattice_hz: f64,
    gain: f64,
}

/// Lattice values in a cycle of the highest rate.
const VALUES_PER_CYCLE: f64 = 3.6;

/// The mean power that the B-spline leaves of unrelated lattice values of power 1: 151 / 315.
const SPLINE_POWER: f64 = 151.0 / 315.0;

/// Bits of a lattice value: three share one random number.
const VALUE_BITS: u32 = 21;

impl BandLimited {
    /// The noise of a key, up to a rate, with an RMS in every axis.
    pub fn new(key: u64, rate_hz: f64, rms: f64) -> Self {
        // A uniform distribution between -1/2 and 1/2 has a power of 1/12.
        let gain = rms * libm::sqrt(12.0 / SPLINE_POWER);
        Self { key: mix(key), lattice_hz: rate_hz * VALUES_PER_CYCLE, gain }
    }

    /// The three signals at a time.
    pub fn at(&self, time_s: f64) -> Vector {
        let lattice = time_s * self.lattice_hz;
        let before = round_down(lattice);
        let weights = cubic_b_spline(lattice - before);
        let first = self.key.wrapping_add(before as i64 as u64);
        let mut sum = Vector::zeros();
        for (tap, weight) in weights.into_iter().enumerate() {
            sum += lattice_value(first.wrapping_add(tap as u64)) * weight;
        }
        sum * self.gain
    }
}

/// Three unrelated values between -1/2 and 1/2.
fn lattice_value(counter: u64) -> Vector {
    let bits = mix(counter);
    let mask = (1_u64 << VALUE_BITS) - 1;
    // Put behind the point of a number from 1 to 2, and half of the last of them: no conversion is as
    // fast.
    let value = |part: u32| {
        let behind_point = 2 * ((bits >> (part * VALUE_BITS)) & mask) + 1;
        let from_one = 1.0_f64.to_bits() | behind_point << (f64::MANTISSA_DIGITS - 2 - VALUE_BITS);
        f64::from_bits(from_one) - 1.5
    };
    Vector::new(value(0), value(1), value(2))
}

/// The next whole number below: what `floor` is, in the instructions that all processors have. For
/// numbers that an `i64` holds.
#[inline]
fn round_down(number: f64) -> f64 {
    let whole = number as i64 as f64;
    if whole > number { whole - 1.0 } else { whole }
}

/// The weights of the values one before, at, one after and two after, a fraction past the second.
fn cubic_b_spline(fraction: f64) -> [f64; 4] {
    let rest = 1.0 - fraction;
    let square = fraction * fraction;
    let cube = square * fraction;
    let last = cube / 6.0;
    let first = rest * rest * rest / 6.0;
    let second = 2.0 / 3.0 - square + cube / 2.0;
    [first, second, 1.0 - first - second - last, last]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lattice_values_are_thirds_of_a_random_number() {
        let of_unity = |whole: u64| (whole as f64 + 0.5) / 2_097_152.0 - 0.5;
        for counter in (0..100_000).chain([u64::MAX]) {
            let (bits, value) = (mix(counter), lattice_value(counter));
            let thirds = [0, 21, 42].map(|shift| of_unity((bits >> shift) % 2_097_152));
            assert_eq!([value.x, value.y, value.z], thirds, "{counter}");
        }
    }

    #[test]
    fn whole_numbers_are_found_below() {
        for number in [0.0, 0.5, 1.0, 7.999, 1e15 + 0.5, -0.25, -1.0, -7.5] {
            assert_eq!(round_down(number), libm::floor(number), "{number}");
        }
    }
}
