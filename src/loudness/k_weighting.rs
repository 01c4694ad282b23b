//! The K weighting of BS.1770: a high shelf for the head, a high-pass for what is too low to be
//! loud. Eight channels side by side.

use std::f64::consts::PI;

use pulp::{Arch, Simd, WithSimd};

use crate::block::SIDE_BY_SIDE;
use crate::dsp::STATE_FLOOR;

/// The coefficients of both filters at a sample rate.
#[derive(Clone, Copy, Debug)]
pub struct KWeighting {
    shelf: Biquad,
    high_pass: Biquad,
}

/// Eight channels on their way through both filters.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bank {
    shelf: State,
    high_pass: State,
    /// The sum of the squares that came out since it was last taken.
    energy: Lanes,
}

type Lanes = [f64; SIDE_BY_SIDE];

/// A filter of second order: `b` over `a`, with `a0` = 1.
#[derive(Clone, Copy, Debug)]
struct Biquad {
    b: [f64; 3],
    a: [f64; 2],
}

/// What a filter remembers of eight channels (transposed direct form II).
#[derive(Clone, Copy, Debug, Default)]
struct State([Lanes; 2]);

impl KWeighting {
    /// The filters at a sample rate. The analogue filters whose bilinear transforms at 48 kHz are
    /// the tables of BS.1770-5, annex 1, are transformed at that rate (B. De Man, 2014, "Evaluation
    /// of implementations of the EBU R128 loudness measurement", has their parameters).
    pub fn new(rate_hz: u32) -> Self {
        let rate_hz = f64::from(rate_hz);
        Self { shelf: shelf(rate_hz), high_pass: high_pass(rate_hz) }
    }
}

/// The power with which the K weighting passes a frequency in hertz, at a sample rate in frames a
/// second (BS.1770-5, annex 1).
#[must_use]
pub fn k_weighted_power(freq_hz: f64, rate_hz: u32) -> f64 {
    let KWeighting { shelf, high_pass } = KWeighting::new(rate_hz);
    let turn = 2.0 * PI * freq_hz / f64::from(rate_hz);
    shelf.power(turn) * high_pass.power(turn)
}

/// +4 dB above some 1.7 kHz.
fn shelf(rate_hz: f64) -> Biquad {
    const FREQ_HZ: f64 = 1_681.974_450_955_533;
    const GAIN_DB: f64 = 3.999_843_853_973_347;
    const Q: f64 = 0.707_175_236_955_419_6;
    // The share of the gain (in dB) that the middle of the slope has.
    const MIDDLE: f64 = 0.499_666_774_154_541_6;
    let k = libm::tan(PI * FREQ_HZ / rate_hz);
    let (high, middle) = (libm::exp10(GAIN_DB / 20.0), libm::exp10(GAIN_DB * MIDDLE / 20.0));
    let a0 = 1.0 + k / Q + k * k;
    Biquad {
        b: [
            (high + middle * k / Q + k * k) / a0,
            2.0 * (k * k - high) / a0,
            (high - middle * k / Q + k * k) / a0,
        ],
        a: [2.0 * (k * k - 1.0) / a0, (1.0 - k / Q + k * k) / a0],
    }
}

/// 38 Hz. The standard leaves its gain in the pass band a hair above 1, and so does this.
fn high_pass(rate_hz: f64) -> Biquad {
    const FREQ_HZ: f64 = 38.135_470_876_024_44;
    const Q: f64 = 0.500_327_037_323_877_3;
    let k = libm::tan(PI * FREQ_HZ / rate_hz);
    let a0 = 1.0 + k / Q + k * k;
    Biquad { b: [1.0, -2.0, 1.0], a: [2.0 * (k * k - 1.0) / a0, (1.0 - k / Q + k * k) / a0] }
}

impl Biquad {
    /// The squared magnitude at an angle on the unit circle, in radians a sample.
    fn power(&self, turn: f64) -> f64 {
        let power = |[first, second, third]: [f64; 3]| {
            let real = first + second * libm::cos(turn) + third * libm::cos(2.0 * turn);
            let imaginary = second * libm::sin(turn) + third * libm::sin(2.0 * turn);
            real * real + imaginary * imaginary
        };
        power(self.b) / power([1.0, self.a[0], self.a[1]])
    }
}

impl Bank {
    /// Filters frames of eight channels and adds up the squares of what comes out.
    pub fn process(&mut self, arch: Arch, filters: &KWeighting, frames: &[[f32; SIDE_BY_SIDE]]) {
        arch.dispatch(Weigh { bank: self, filters, frames });
    }

    /// The squares added up since they were last taken. What has become inaudibly small in the
    /// filters becomes nothing.
    pub fn take_energy(&mut self) -> Lanes {
        let State(shelf) = &mut self.shelf;
        let State(high_pass) = &mut self.high_pass;
        for state in shelf.iter_mut().chain(high_pass).flatten() {
            if state.abs() < STATE_FLOOR {
                *state = 0.0;
            }
        }
        std::mem::take(&mut self.energy)
    }
}

/// The work on some frames, compiled once for every kind of processor.
struct Weigh<'a> {
    bank: &'a mut Bank,
    filters: &'a KWeighting,
    frames: &'a [[f32; SIDE_BY_SIDE]],
}

impl WithSimd for Weigh<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let KWeighting { shelf, high_pass } = *self.filters;
        let mut bank = *self.bank;
        for frame in self.frames {
            // Plain loops: a closure would not be compiled for the processor at hand.
            let mut lanes = [0.0; SIDE_BY_SIDE];
            for (lane, sample) in lanes.iter_mut().zip(frame) {
                *lane = f64::from(*sample);
            }
            bank.shelf.step(&shelf, &mut lanes);
            bank.high_pass.step(&high_pass, &mut lanes);
            for (energy, lane) in bank.energy.iter_mut().zip(&lanes) {
                *energy += lane * lane;
            }
        }
        *self.bank = bank;
    }
}

impl State {
    #[inline(always)]
    fn step(&mut self, filter: &Biquad, lanes: &mut Lanes) {
        let Self([first, second]) = self;
        for lane in 0..SIDE_BY_SIDE {
            let input = lanes[lane];
            let output = filter.b[0] * input + first[lane];
            first[lane] = filter.b[1] * input - filter.a[0] * output + second[lane];
            second[lane] = filter.b[2] * input - filter.a[1] * output;
            lanes[lane] = output;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tables of BS.1770-5, annex 1, which have 14 digits.
    #[test]
    fn at_48_khz_the_filters_are_those_of_the_standard() {
        let KWeighting { shelf, high_pass } = KWeighting::new(48_000);
        let close = |found: &[f64], table: &[f64]| {
            for (found, table) in found.iter().zip(table) {
                assert!((found - table).abs() < 2e-13, "{found} is not {table}");
            }
        };
        close(&shelf.b, &[1.535_124_859_586_97, -2.691_696_189_406_38, 1.198_392_810_852_85]);
        close(&shelf.a, &[-1.690_659_293_182_41, 0.732_480_774_215_85]);
        close(&high_pass.b, &[1.0, -2.0, 1.0]);
        close(&high_pass.a, &[-1.990_047_454_833_98, 0.990_072_250_366_21]);
    }

    /// BS.1770-5: the weighting has +0.691 dB at 997 Hz, which its formula takes away again.
    #[test]
    fn it_weighs_as_the_standard_says() {
        for rate_hz in [44_100, 48_000, 96_000] {
            let level_db = |freq_hz| 10.0 * libm::log10(k_weighted_power(freq_hz, rate_hz));
            // The standard gives the filters for 48 kHz; at other rates the bilinear transform bends
            // the foot of the shelf by less than 0.02 dB.
            let bend_db = if rate_hz == 48_000 { 0.001 } else { 0.02 };
            assert!((level_db(997.0) - 0.691).abs() < bend_db, "{rate_hz}: {}", level_db(997.0));
            assert!((level_db(10_000.0) - 4.0).abs() < 0.1, "{rate_hz}");
            assert!(level_db(20.0) < -13.0, "{rate_hz}");
        }
    }

    #[test]
    fn lanes_do_not_hear_each_other_and_silence_settles() {
        let filters = KWeighting::new(48_000);
        let (mut alone, mut among) = (Bank::default(), Bank::default());
        let frame = |index: usize, others: f32| {
            let mut frame = [others * (index as f32 * 0.7).cos(); SIDE_BY_SIDE];
            frame[3] = (index as f32 * 0.3).sin();
            frame
        };
        for (bank, others) in [(&mut alone, 0.0), (&mut among, 0.5)] {
            let frames: Vec<_> = (0..1000).map(|index| frame(index, others)).collect();
            bank.process(Arch::new(), &filters, &frames);
        }
        let (alone_energy, among_energy) = (alone.take_energy(), among.take_energy());
        assert!(alone_energy[3] > 100.0);
        assert_eq!(alone_energy[3], among_energy[3]);
        for _ in 0..100 {
            alone.process(Arch::new(), &filters, &[[0.0; SIDE_BY_SIDE]; 480]);
            _ = alone.take_energy();
        }
        assert_eq!(alone.high_pass.0, [[0.0; SIDE_BY_SIDE]; 2]);
    }
}
