//! The Fourier transform of real stretches, the same to the bit on every processor.
//!
//! Ready-made transforms choose their arithmetic by the processor; this one is plain: Stockham's
//! order of radix 2 on separate real and imaginary parts, so that the compiler works on several at
//! once without changing a bit.

use std::f64::consts::TAU;

/// Complex numbers that lie side by side for the vectoriser; bins come in eights, what is over is 0.
pub const BINS_AT_ONCE: usize = 8;

/// A spectrum: real and imaginary parts of the bins from 0 Hz to half the rate.
#[derive(Clone, Debug)]
pub struct Spectrum {
    /// The real parts.
    pub real: Vec<f32>,
    /// The imaginary parts.
    pub imaginary: Vec<f32>,
}

impl Spectrum {
    /// Nothing at all, of a stretch of so many samples.
    #[must_use]
    pub fn silent(length: usize) -> Self {
        let bins = (length / 2 + 1).next_multiple_of(BINS_AT_ONCE);
        Self { real: vec![0.0; bins], imaginary: vec![0.0; bins] }
    }

    /// Makes it nothing again.
    #[inline(always)]
    pub fn clear(&mut self) {
        self.real.fill(0.0);
        self.imaginary.fill(0.0);
    }
}

/// The transform of stretches of one length, with the room it works in.
#[derive(Clone, Debug)]
pub struct Fourier {
    /// Half as many complex numbers as there are samples: the even ones real, the odd imaginary.
    half: usize,
    /// `exp(-i tau k / length)` for the first half of the turn.
    turns: [Vec<f32>; 2],
    /// What is transformed and where to.
    rooms: [[Vec<f32>; 2]; 2],
}

impl Fourier {
    /// The transform of `length` samples.
    ///
    /// # Panics
    ///
    /// If `length` is not a power of two from 8.
    #[must_use]
    pub fn new(length: usize) -> Self {
        assert!(length.is_power_of_two() && length >= 8, "no transform of {length} samples");
        let half = length / 2;
        let angle = |k: usize| TAU * k as f64 / length as f64;
        Self {
            half,
            turns: [
                (0..half).map(|k| libm::cos(angle(k)) as f32).collect(),
                (0..half).map(|k| -libm::sin(angle(k)) as f32).collect(),
            ],
            rooms: std::array::from_fn(|_| std::array::from_fn(|_| vec![0.0; half])),
        }
    }

    /// Samples of a stretch.
    #[must_use]
    pub fn length(&self) -> usize {
        2 * self.half
    }

    /// The spectrum of a stretch.
    #[inline(always)]
    pub fn forward(&mut self, samples: &[f32], spectrum: &mut Spectrum) {
        let [real, imaginary] = &mut self.rooms[0];
        for ((pair, real), imaginary) in samples.chunks_exact(2).zip(real).zip(imaginary) {
            (*real, *imaginary) = (pair[0], pair[1]);
        }
        self.transform();
        let half = self.half;
        let [real, imaginary] = &self.rooms[0];
        for bin in 0..=half {
            let (here, there) = (bin % half, (half - bin) % half);
            let (turn_real, turn_imaginary) = self.turn(bin);
            let even = (real[here] + real[there], imaginary[here] - imaginary[there]);
            let odd = (imaginary[here] + imaginary[there], real[there] - real[here]);
            let turned_real = odd.0 * turn_real - odd.1 * turn_imaginary;
            let turned_imaginary = odd.0 * turn_imaginary + odd.1 * turn_real;
            spectrum.real[bin] = 0.5 * (even.0 + turned_real);
            spectrum.imaginary[bin] = 0.5 * (even.1 + turned_imaginary);
        }
    }

    /// The stretch of a spectrum.
    #[inline(always)]
    pub fn inverse(&mut self, spectrum: &Spectrum, samples: &mut [f32]) {
        let half = self.half;
        for bin in 0..half {
            let mirror = half - bin;
            let (turn_real, turn_imaginary) = self.turn(bin);
            let (real, imaginary) = (spectrum.real[bin], spectrum.imaginary[bin]);
            let (other_real, other_imaginary) = (spectrum.real[mirror], spectrum.imaginary[mirror]);
            let even = (real + other_real, imaginary - other_imaginary);
            let odd = (real - other_real, imaginary + other_imaginary);
            let turned_real = odd.0 * turn_real + odd.1 * turn_imaginary;
            let turned_imaginary = odd.1 * turn_real - odd.0 * turn_imaginary;
            // Backwards is forwards with the sign of the imaginary parts turned round.
            self.rooms[0][0][bin] = even.0 - turned_imaginary;
            self.rooms[0][1][bin] = -(even.1 + turned_real);
        }
        self.transform();
        let scale = 0.5 / half as f32;
        let [real, imaginary] = &self.rooms[0];
        for ((pair, real), imaginary) in samples.chunks_exact_mut(2).zip(real).zip(imaginary) {
            (pair[0], pair[1]) = (real * scale, -imaginary * scale);
        }
    }

    fn turn(&self, bin: usize) -> (f32, f32) {
        if bin == self.half { (-1.0, 0.0) } else { (self.turns[0][bin], self.turns[1][bin]) }
    }

    /// The complex transform of the first room, which is where its result is.
    #[inline(always)]
    fn transform(&mut self) {
        let mut stride = 1;
        while stride < self.half {
            let [from, to] = &mut self.rooms;
            pass(from, to, &self.turns, stride);
            self.rooms.swap(0, 1);
            stride *= 2;
        }
    }
}

/// One pass of butterflies: `stride` transforms lie side by side.
#[inline(always)]
fn pass(from: &[Vec<f32>; 2], to: &mut [Vec<f32>; 2], turns: &[Vec<f32>; 2], stride: usize) {
    let half = from[0].len();
    let [from_real, from_imaginary] = from.each_ref().map(|it| it.split_at(half / 2));
    let [to_real, to_imaginary] = to;
    for group in 0..half / 2 / stride {
        // The table turns once in twice as many steps as there are complex numbers.
        let (turn_real, turn_imaginary) =
            (turns[0][2 * group * stride], turns[1][2 * group * stride]);
        let here = group * stride..(group + 1) * stride;
        let there = 2 * group * stride..2 * (group + 1) * stride;
        let (sum_real, difference_real) = to_real[there.clone()].split_at_mut(stride);
        let (sum_imaginary, difference_imaginary) = to_imaginary[there].split_at_mut(stride);
        let (a_real, b_real) = (&from_real.0[here.clone()], &from_real.1[here.clone()]);
        let (a_imaginary, b_imaginary) = (&from_imaginary.0[here.clone()], &from_imaginary.1[here]);
        for k in 0..stride {
            let real = a_real[k] - b_real[k];
            let imaginary = a_imaginary[k] - b_imaginary[k];
            sum_real[k] = a_real[k] + b_real[k];
            sum_imaginary[k] = a_imaginary[k] + b_imaginary[k];
            difference_real[k] = real * turn_real - imaginary * turn_imaginary;
            difference_imaginary[k] = real * turn_imaginary + imaginary * turn_real;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against a transform in f64 that is not ours: within what f32 leaves of the largest bin.
    #[test]
    fn it_is_the_transform_and_its_inverse() {
        for length in [8, 16, 128, 4096] {
            let samples: Vec<f32> =
                (0..length).map(|n| ((n * n * 37 % 101) as f32) / 101.0 - 0.5).collect();
            let time = samples.iter().map(|it| f64::from(*it));
            let bins = fourier_oracle::forward(time.collect());
            let largest = bins.iter().map(|bin| bin.norm()).fold(0.0, f64::max);
            let mut fourier = Fourier::new(length);
            let mut spectrum = Spectrum::silent(length);
            fourier.forward(&samples, &mut spectrum);
            for (index, bin) in bins.iter().enumerate() {
                let real = f64::from(spectrum.real[index]) - bin.re;
                let imaginary = f64::from(spectrum.imaginary[index]) - bin.im;
                assert!(real.hypot(imaginary) < 5e-7 * largest, "bin {index} of {length}");
            }
            let mut back = vec![0.0; length];
            fourier.inverse(&spectrum, &mut back);
            for (back, sample) in back.iter().zip(&samples) {
                assert!((back - sample).abs() < 5e-7, "{back} was {sample}");
            }
        }
    }
}
