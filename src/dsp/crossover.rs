//! Splitting of sound into bands that sum up to what it was.

use std::f64::consts::FRAC_1_SQRT_2;

use super::{Biquad, BiquadLanes};
use crate::block::{Bundle, SIDE_BY_SIDE};

/// A Linkwitz-Riley crossover of fourth order (a Butterworth filter of second order, twice) for eight
/// lanes, each with crossover frequencies of its own.
///
/// At every crossover the lowest band is split off. What a split sums up to is no longer what it was,
/// but an all-pass of it: the bands below go through the all-passes of all splits above them, so that
/// the sum of all bands is flat. At its crossovers each band has -6.02 dB.
#[derive(Clone, Debug)]
pub struct Crossover {
    splits: Vec<Split>,
}

/// One crossover frequency of every lane.
#[derive(Clone, Debug)]
struct Split {
    /// The low-pass, and the all-passes of the splits above.
    below: BiquadLanes,
    above: BiquadLanes,
}

impl Crossover {
    /// A crossover at these frequencies, rising, for each lane. There are as many bands as the lane
    /// with most of them needs; the bands that a lane has not stay silent. A lane without crossovers
    /// goes to the lowest band as it comes, to the bit.
    #[must_use]
    pub fn new(crossovers_hz: [&[f64]; SIDE_BY_SIDE], rate_hz: f64) -> Self {
        let most = crossovers_hz.iter().map(|lane| lane.len()).max().unwrap_or(0);
        let mut splits: Vec<Split> = (0..most).map(|split| Split::new(most - 1 - split)).collect();
        for (lane, freqs_hz) in crossovers_hz.iter().enumerate() {
            for (index, split) in splits.iter_mut().enumerate() {
                split.set(lane, freqs_hz.get(index..).unwrap_or(&[]), rate_hz);
            }
        }
        Self { splits }
    }

    /// How many bands there are.
    #[must_use]
    pub fn bands(&self) -> usize {
        self.splits.len() + 1
    }

    /// Splits one quantum into as many bands as there are, from the lowest up.
    pub fn process(&mut self, input: &Bundle, bands: &mut [Bundle]) {
        let (rest, lower) = bands.split_last_mut().expect("a band at least");
        *rest = *input;
        for (split, band) in self.splits.iter_mut().zip(lower) {
            *band = *rest;
            split.below.process(band);
            split.above.process(rest);
        }
    }

    /// Whether silence in would be silence out: every state is zero.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        self.splits.iter().all(|split| split.below.is_at_rest() && split.above.is_at_rest())
    }
}

impl Split {
    fn new(splits_above: usize) -> Self {
        Self { below: BiquadLanes::new(2 + splits_above), above: BiquadLanes::new(2) }
    }

    /// Takes a lane apart at the first of the frequencies; the others are those of the splits above.
    fn set(&mut self, lane: usize, freqs_hz: &[f64], rate_hz: f64) {
        let Some((&freq_hz, above_hz)) = freqs_hz.split_first() else {
            return self.above.set(0, lane, Biquad::SILENCE);
        };
        for section in 0..2 {
            self.below.set(section, lane, Biquad::low_pass(freq_hz, FRAC_1_SQRT_2, rate_hz));
            self.above.set(section, lane, Biquad::high_pass(freq_hz, FRAC_1_SQRT_2, rate_hz));
        }
        for (index, &freq_hz) in above_hz.iter().enumerate() {
            self.below.set(2 + index, lane, Biquad::all_pass(freq_hz, FRAC_1_SQRT_2, rate_hz));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use super::*;
    use crate::block::QUANTUM;
    use crate::dsp::butterworth_low_pass;
    use crate::units::amplitude_to_decibels;

    const RATE_HZ: f64 = 48_000.0;

    /// The first `quanta` of the impulse responses of every band, in lane 3 of eight alike.
    fn impulse_responses(crossovers_hz: &[f64], quanta: usize) -> Vec<Vec<f64>> {
        let mut crossover = Crossover::new([crossovers_hz; SIDE_BY_SIDE], RATE_HZ);
        let mut bands = vec![[[0.0; SIDE_BY_SIDE]; QUANTUM]; crossover.bands()];
        let mut responses = vec![Vec::new(); bands.len()];
        for quantum in 0..quanta {
            let mut input = [[0.0; SIDE_BY_SIDE]; QUANTUM];
            input[0][3] = if quantum == 0 { 1.0 } else { 0.0 };
            crossover.process(&input, &mut bands);
            for (response, band) in responses.iter_mut().zip(&bands) {
                response.extend(band.iter().map(|frame| f64::from(frame[3])));
            }
        }
        responses
    }

    fn level_db(response: &[f64], freq_hz: f64) -> f64 {
        let (mut real, mut imaginary) = (0.0, 0.0);
        for (frame, sample) in response.iter().enumerate() {
            let (sin, cos) = libm::sincos(2.0 * PI * freq_hz / RATE_HZ * frame as f64);
            real += sample * cos;
            imaginary -= sample * sin;
        }
        amplitude_to_decibels(libm::hypot(real, imaginary))
    }

    fn sum(responses: &[Vec<f64>]) -> Vec<f64> {
        (0..responses[0].len()).map(|frame| responses.iter().map(|it| it[frame]).sum()).collect()
    }

    fn test_frequencies() -> impl Iterator<Item = f64> {
        (0..=120).map(|step| 20.0 * libm::pow(1000.0, f64::from(step) / 120.0))
    }

    const CROSSOVERS_HZ: [&[f64]; 5] = [
        &[1000.0],
        &[120.0, 2000.0],
        &[90.0, 700.0, 5000.0],
        &[100.0, 300.0, 1500.0, 8000.0],
        &[60.0, 150.0, 400.0, 3000.0, 12_000.0],
    ];

    /// The bands are f32, each with a noise of -150 dB, which thousands of frames add up to some
    /// 1e-5 dB of; the promise is 0.001 dB.
    #[test]
    fn the_bands_sum_up_flat() {
        for crossovers_hz in CROSSOVERS_HZ {
            let sum = sum(&impulse_responses(crossovers_hz, 150));
            for freq_hz in test_frequencies() {
                let level = level_db(&sum, freq_hz);
                assert!(level.abs() < 0.001, "{crossovers_hz:?}: {level} dB at {freq_hz} Hz");
            }
        }
    }

    #[test]
    fn bands_cross_at_minus_six_decibels() {
        for crossovers_hz in [&[1000.0][..], &[100.0, 6000.0]] {
            let responses = impulse_responses(crossovers_hz, 150);
            for (index, &freq_hz) in crossovers_hz.iter().enumerate() {
                for band in [index, index + 1] {
                    let level = level_db(&responses[band], freq_hz);
                    // Far away filters take 1e-4 dB of it.
                    assert!((level + 6.0206).abs() < 0.005, "band {band}: {level} at {freq_hz} Hz");
                }
            }
        }
    }

    /// A wrong Q still sums up flat; each band is what two Butterworth filters in a row leave.
    #[test]
    fn each_band_has_the_shape_of_butterworth_squared() {
        let responses = impulse_responses(&[1000.0], 150);
        let low = |freq_hz| {
            butterworth_low_pass(2, 1000.0, RATE_HZ)
                .map(|it| 2.0 * it.magnitude_db(freq_hz, RATE_HZ))
                .sum::<f64>()
        };
        for freq_hz in test_frequencies().filter(|&freq_hz| low(freq_hz) > -80.0) {
            let level = level_db(&responses[0], freq_hz);
            assert!((level - low(freq_hz)).abs() < 0.01, "{level} dB at {freq_hz} Hz");
        }
        // An octave away from 1 kHz: 1 / (1 + (tan ratio)^4), squared amplitude, for both.
        let warped = |freq_hz: f64| libm::tan(PI * freq_hz / RATE_HZ);
        let ratio = libm::pow(warped(2000.0) / warped(1000.0), 4.0);
        let level = level_db(&responses[0], 2000.0);
        assert!((level + amplitude_to_decibels(1.0 + ratio)).abs() < 0.001, "{level}");
        let level = level_db(&responses[1], 2000.0);
        assert!((level + amplitude_to_decibels(1.0 + 1.0 / ratio)).abs() < 0.001, "{level}");
    }

    #[test]
    fn lanes_have_bands_of_their_own() {
        let noise =
            |frame: usize, lane: usize| ((frame * 7919 + lane * 104_729) % 1000) as f32 / 1e3;
        let input: Bundle =
            std::array::from_fn(|frame| std::array::from_fn(|lane| noise(frame, lane)));
        let mut mixed: [&[f64]; SIDE_BY_SIDE] = [&[120.0, 2000.0]; SIDE_BY_SIDE];
        (mixed[2], mixed[5]) = (&[], &[500.0]);
        let split = |crossovers_hz| {
            let mut crossover = Crossover::new(crossovers_hz, RATE_HZ);
            let mut bands = vec![[[9.0; SIDE_BY_SIDE]; QUANTUM]; crossover.bands()];
            crossover.process(&input, &mut bands);
            bands
        };
        let (mixed, two) = (split(mixed), split([&[500.0]; SIDE_BY_SIDE]));
        for frame in 0..QUANTUM {
            assert_eq!(mixed[0][frame][2].to_bits(), input[frame][2].to_bits());
            assert_eq!([mixed[1][frame][2], mixed[2][frame][2]], [0.0; 2]);
            for band in 0..2 {
                assert_eq!(mixed[band][frame][5].to_bits(), two[band][frame][5].to_bits());
            }
            assert_eq!(mixed[2][frame][5], 0.0);
        }
    }
}
