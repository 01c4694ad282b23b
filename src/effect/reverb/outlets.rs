//! The outputs of the room: mixtures of its lines that have nothing to do with each other.

use pulp::Arch;

use super::hadamard::{LINES, Lines, element};
use super::room::Room;
use super::spec::ReverbSpec;
use super::tank::Tank;
use crate::block::{QUANTUM, Quantum, SILENCE};
use crate::dsp::{Cholesky, vectorised};

/// How much of each line is in each output.
pub struct Outlets(Vec<[f32; LINES]>);

impl Outlets {
    /// Mixtures of the lines of a room that share out the energy of an impulse evenly and are
    /// orthogonal over its tail: where `C = L L^T` are the products of what comes out of the lines,
    /// rows of the Hadamard matrix times the inverse of `L`.
    pub fn new(spec: &ReverbSpec, room: &Room, outputs: usize, rate_hz: u32) -> Self {
        let products = products(spec, room, rate_hz);
        let cholesky = Cholesky::new(products);
        let inverse: Vec<Vec<f64>> = (0..LINES)
            .map(|line| {
                cholesky.forward(&std::array::from_fn::<_, LINES, _>(|it| {
                    f64::from(u8::from(it == line))
                }))
            })
            .collect();
        let share = libm::sqrt(1.0 / outputs as f64);
        let weight = |output: usize, line: usize| {
            let rows = inverse[line].iter().enumerate();
            let sum: f64 = rows.map(|(row, value)| element(output, row) * value).sum();
            (share * sum) as f32
        };
        Self((0..outputs).map(|output| std::array::from_fn(|line| weight(output, line))).collect())
    }

    /// Mixes a quantum of every output.
    #[inline(always)]
    pub fn mix(&self, lines: &Lines, outputs: &mut [Quantum]) {
        for (output, weights) in outputs.iter_mut().zip(&self.0) {
            *output = SILENCE;
            for (line, weight) in lines.iter().zip(weights) {
                for (sum, sample) in output.iter_mut().zip(line) {
                    *sum += sample * weight;
                }
            }
        }
    }

    /// How many outputs there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// The products of what comes out of any two lines after an impulse, summed until only a thousandth
/// of the energy is left.
fn products(spec: &ReverbSpec, room: &Room, rate_hz: u32) -> Vec<Vec<f64>> {
    let mut tank = Tank::new(spec, room, rate_hz);
    let mut lines = [SILENCE; LINES];
    let mut sums = vec![vec![0.0; LINES]; LINES];
    let falling = (spec.longest_rt60_s() / 2.0 * f64::from(rate_hz)) as usize;
    let frames = room.longest_way() + falling;
    let mut input = SILENCE;
    input[0] = 1.0;
    let arch = Arch::new();
    for quantum in 0..=(frames / QUANTUM) as u64 {
        vectorised(
            arch,
            #[inline(always)]
            || {
                tank.process(quantum, &input, &mut lines);
                add_products(&lines, &mut sums);
            },
        );
        input[0] = 0.0;
    }
    sums
}

#[inline(always)]
fn add_products(lines: &Lines, sums: &mut [Vec<f64>]) {
    for (row, sums) in sums.iter_mut().enumerate() {
        for (column, sum) in sums[..=row].iter_mut().enumerate() {
            let mut parts = [0.0; 8];
            for (a, b) in lines[row].chunks_exact(8).zip(lines[column].chunks_exact(8)) {
                for (part, (a, b)) in parts.iter_mut().zip(a.iter().zip(b)) {
                    *part += f64::from(*a) * f64::from(*b);
                }
            }
            *sum += parts.iter().sum::<f64>();
        }
    }
}
