//! The transform in which ears convolve: 128 real samples to 64 complex numbers, and no more.
//!
//! A stretch of two quanta is folded into 64 complex numbers, the first quantum real and the second
//! imaginary, turned by an eighth of a turn from end to end and transformed: the right-angle
//! convolution of Nussbaumer ("Fast Fourier Transform and Convolution Algorithms", 1982). Products of
//! what comes out are convolutions that come round the end with the opposite sign. Overlap-save throws
//! away what comes round, so that the sign does not matter; and unlike the usual transform of real
//! samples this one has no bin apart from the others, and nothing to take apart and put together.
//!
//! Plain arithmetic on eight columns at once, the same to the bit on every processor.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

use crate::block::{QUANTUM, Quantum};

/// Rows and columns of the square in which the 64 numbers lie.
const SIDE: usize = 8;

/// A stretch of two quanta, transformed; or the sum of some.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub struct Bins {
    /// The real parts.
    pub real: [f32; QUANTUM],
    /// The imaginary parts.
    pub imaginary: [f32; QUANTUM],
}

impl Bins {
    /// Nothing.
    pub const SILENT: Self = Self { real: [0.0; QUANTUM], imaginary: [0.0; QUANTUM] };

    /// Adds others.
    #[inline(always)]
    pub(super) fn add(&mut self, other: &Self) {
        for bin in 0..QUANTUM {
            self.real[bin] += other.real[bin];
            self.imaginary[bin] += other.imaginary[bin];
        }
    }
}

/// The tables of the transform.
#[derive(Clone, Debug)]
pub struct Transform {
    /// `exp(i pi n / 128)`: what turns `z^64 = i` into `z^64 = 1`.
    turn: Bins,
    /// `exp(-i tau row column / 64)`, by row.
    twiddle: Bins,
}

type Square = [[f32; SIDE]; SIDE];

impl Default for Transform {
    fn default() -> Self {
        Self::new()
    }
}

impl Transform {
    /// Works out the tables.
    #[must_use]
    pub fn new() -> Self {
        let table = |angle: &dyn Fn(usize) -> f64| Bins {
            real: std::array::from_fn(|n| libm::cos(angle(n)) as f32),
            imaginary: std::array::from_fn(|n| libm::sin(angle(n)) as f32),
        };
        Self {
            turn: table(&|n| PI * n as f64 / 128.0),
            twiddle: table(&|n| -PI * ((n / SIDE) * (n % SIDE)) as f64 / 32.0),
        }
    }

    /// Transforms the quantum before and this one.
    #[inline(always)]
    pub fn forward(&self, before: &Quantum, now: &Quantum, bins: &mut Bins) {
        let (mut real, mut imaginary) = ([[0.0; SIDE]; SIDE], [[0.0; SIDE]; SIDE]);
        for row in 0..SIDE {
            for column in 0..SIDE {
                let n = row * SIDE + column;
                let (turn_real, turn_imaginary) = (self.turn.real[n], self.turn.imaginary[n]);
                real[row][column] = before[n].mul_add(turn_real, -now[n] * turn_imaginary);
                imaginary[row][column] = before[n].mul_add(turn_imaginary, now[n] * turn_real);
            }
        }
        self.square(&mut real, &mut imaginary);
        for row in 0..SIDE {
            for column in 0..SIDE {
                bins.real[row * SIDE + column] = real[row][column];
                bins.imaginary[row * SIDE + column] = imaginary[row][column];
            }
        }
    }

    /// The second quantum of the stretch of some bins: the one that overlap-save keeps.
    #[inline(always)]
    pub fn inverse(&self, bins: &Bins, now: &mut Quantum) {
        // Backwards is forwards with real and imaginary parts exchanged, before and after.
        let (mut real, mut imaginary) = ([[0.0; SIDE]; SIDE], [[0.0; SIDE]; SIDE]);
        for row in 0..SIDE {
            for column in 0..SIDE {
                real[row][column] = bins.imaginary[row * SIDE + column];
                imaginary[row][column] = bins.real[row * SIDE + column];
            }
        }
        self.square(&mut real, &mut imaginary);
        const SCALE: f32 = 1.0 / QUANTUM as f32;
        for row in 0..SIDE {
            for column in 0..SIDE {
                let n = row * SIDE + column;
                let back = self.turn.real[n]
                    .mul_add(real[row][column], -self.turn.imaginary[n] * imaginary[row][column]);
                now[n] = back * SCALE;
            }
        }
    }

    /// The transform of 64 complex numbers: columns, twiddles, and what were the rows.
    #[inline(always)]
    fn square(&self, real: &mut Square, imaginary: &mut Square) {
        columns(real, imaginary);
        let (mut turned_real, mut turned_imaginary) = ([[0.0; SIDE]; SIDE], [[0.0; SIDE]; SIDE]);
        for row in 0..SIDE {
            for column in 0..SIDE {
                let n = row * SIDE + column;
                let (cosine, sine) = (self.twiddle.real[n], self.twiddle.imaginary[n]);
                let (a, b) = (real[row][column], imaginary[row][column]);
                turned_real[row][column] = a.mul_add(cosine, -b * sine);
                turned_imaginary[row][column] = a.mul_add(sine, b * cosine);
            }
        }
        transpose(&turned_real, real);
        transpose(&turned_imaginary, imaginary);
        columns(real, imaginary);
    }
}

#[inline(always)]
fn transpose(from: &Square, to: &mut Square) {
    for row in 0..SIDE {
        for column in 0..SIDE {
            to[column][row] = from[row][column];
        }
    }
}

/// The transform of eight numbers in each column, the columns side by side.
#[inline(always)]
fn columns(real: &mut Square, imaginary: &mut Square) {
    const HALF_TURN: f32 = FRAC_1_SQRT_2 as f32;
    for c in 0..SIDE {
        // Sums and differences of opposite rows.
        let (a0, i0) = (real[0][c] + real[4][c], imaginary[0][c] + imaginary[4][c]);
        let (a1, i1) = (real[0][c] - real[4][c], imaginary[0][c] - imaginary[4][c]);
        let (a2, i2) = (real[2][c] + real[6][c], imaginary[2][c] + imaginary[6][c]);
        let (a3, i3) = (real[2][c] - real[6][c], imaginary[2][c] - imaginary[6][c]);
        let (a4, i4) = (real[1][c] + real[5][c], imaginary[1][c] + imaginary[5][c]);
        let (a5, i5) = (real[1][c] - real[5][c], imaginary[1][c] - imaginary[5][c]);
        let (a6, i6) = (real[3][c] + real[7][c], imaginary[3][c] + imaginary[7][c]);
        let (a7, i7) = (real[3][c] - real[7][c], imaginary[3][c] - imaginary[7][c]);
        // The transforms of the even rows and of the odd ones.
        let (even0, even0_i, even2, even2_i) = (a0 + a2, i0 + i2, a0 - a2, i0 - i2);
        let (even1, even1_i, even3, even3_i) = (a1 + i3, i1 - a3, a1 - i3, i1 + a3);
        let (odd0, odd0_i, odd2, odd2_i) = (a4 + a6, i4 + i6, a4 - a6, i4 - i6);
        let (odd1, odd1_i, odd3, odd3_i) = (a5 + i7, i5 - a7, a5 - i7, i5 + a7);
        // The odd ones turned by an eighth and three eighths.
        let (turn1, turn1_i) = ((odd1 + odd1_i) * HALF_TURN, (odd1_i - odd1) * HALF_TURN);
        let (turn3, turn3_i) = ((odd3_i - odd3) * HALF_TURN, (odd3 + odd3_i) * -HALF_TURN);
        (real[0][c], imaginary[0][c]) = (even0 + odd0, even0_i + odd0_i);
        (real[1][c], imaginary[1][c]) = (even1 + turn1, even1_i + turn1_i);
        (real[2][c], imaginary[2][c]) = (even2 + odd2_i, even2_i - odd2);
        (real[3][c], imaginary[3][c]) = (even3 + turn3, even3_i + turn3_i);
        (real[4][c], imaginary[4][c]) = (even0 - odd0, even0_i - odd0_i);
        (real[5][c], imaginary[5][c]) = (even1 - turn1, even1_i - turn1_i);
        (real[6][c], imaginary[6][c]) = (even2 - odd2_i, even2_i + odd2);
        (real[7][c], imaginary[7][c]) = (even3 - turn3, even3_i - turn3_i);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::SILENCE;

    fn noise(seed: u32) -> Quantum {
        std::array::from_fn(|n| ((n as u32 * 7919 + seed) * 613 % 1009) as f32 / 504.5 - 1.0)
    }

    /// By its definition, in f64: the largest of 64 numbers is below 64, f32 keeps 6e-8 of it.
    #[test]
    fn it_is_the_sum_that_defines_it() {
        let (before, now) = (noise(1), noise(2));
        let mut bins = Bins::SILENT;
        Transform::new().forward(&before, &now, &mut bins);
        for bin in 0..QUANTUM {
            let (mut real, mut imaginary) = (0.0, 0.0);
            for n in 0..QUANTUM {
                let angle = PI * n as f64 * (1.0 / 128.0 - bin as f64 / 32.0);
                let (sine, cosine) = libm::sincos(angle);
                let (a, b) = (f64::from(before[n]), f64::from(now[n]));
                real += a * cosine - b * sine;
                imaginary += a * sine + b * cosine;
            }
            let off = libm::hypot(
                f64::from(bins.real[bin]) - real,
                f64::from(bins.imaginary[bin]) - imaginary,
            );
            assert!(off < 1e-5, "bin {bin} is off by {off}");
        }
    }

    /// Against the sum over all taps; what is left is the rounding of f32, of sums of 64 numbers.
    #[test]
    fn a_product_is_a_convolution() {
        let (before, now, response) = (noise(3), noise(4), noise(5));
        let transform = Transform::new();
        let (mut bins, mut filter) = (Bins::SILENT, Bins::SILENT);
        transform.forward(&before, &now, &mut bins);
        transform.forward(&response, &SILENCE, &mut filter);
        let mut product = Bins::SILENT;
        for bin in 0..QUANTUM {
            let (a, b) = (bins.real[bin], bins.imaginary[bin]);
            let (c, d) = (filter.real[bin], filter.imaginary[bin]);
            (product.real[bin], product.imaginary[bin]) = (a * c - b * d, a * d + b * c);
        }
        let mut heard = SILENCE;
        transform.inverse(&product, &mut heard);
        let stretch: Vec<f32> = before.iter().chain(&now).copied().collect();
        for (n, heard) in heard.iter().enumerate() {
            let exact: f64 = (0..QUANTUM)
                .map(|tap| f64::from(response[tap]) * f64::from(stretch[QUANTUM + n - tap]))
                .sum();
            assert!((f64::from(*heard) - exact).abs() < 1e-5, "{heard} for {exact}");
        }
    }
}
