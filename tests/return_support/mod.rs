//! What the tests of returns share: sound through an effect, and what a tail is measured by.

#![allow(dead_code, reason = "every test uses a part")]

use cupola::block::{QUANTUM, Quantum, SILENCE};
use cupola::effect::ReturnEffect;
use fourier_oracle::{forward, inverse};

/// What comes out of every output, for so many quanta, of an input that is silent after its end.
pub fn run(effect: &mut impl ReturnEffect, input: &[f32], quanta: usize) -> Vec<Vec<f32>> {
    let mut channels = vec![Vec::with_capacity(quanta * QUANTUM); effect.outputs()];
    let mut outputs = vec![SILENCE; effect.outputs()];
    for quantum in 0..quanta {
        let mut block = SILENCE;
        let part = input.iter().skip(quantum * QUANTUM).take(QUANTUM);
        block.iter_mut().zip(part).for_each(|(sample, input)| *sample = *input);
        let block = (quantum * QUANTUM < input.len()).then_some(&block);
        let sounds = effect.process(quantum as u64, block, &mut outputs);
        for (channel, output) in channels.iter_mut().zip(&outputs) {
            channel.extend(if sounds { output } else { &SILENCE });
        }
    }
    channels
}

/// Noise that is the same every time.
pub fn noise(length: usize, seed: u32) -> Vec<f32> {
    let mut state = seed.wrapping_mul(2_654_435_761).max(1);
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as f32 / u32::MAX as f32 * 2.0 - 1.0
    };
    (0..length).map(|_| next()).collect()
}

pub fn energy(samples: &[f32]) -> f64 {
    samples.iter().map(|sample| f64::from(*sample) * f64::from(*sample)).sum()
}

/// An octave of a signal: Butterworth's magnitude of the sixth order on each side, without phase.
pub fn octave(samples: &[f32], freq_hz: f64, rate_hz: f64) -> Vec<f64> {
    let length = (samples.len() * 2).next_power_of_two();
    let mut time: Vec<f64> = samples.iter().map(|sample| f64::from(*sample)).collect();
    time.resize(length, 0.0);
    let mut bins = forward(time);
    for (bin, value) in bins.iter_mut().enumerate() {
        let ratio = (bin as f64 * rate_hz / length as f64 / freq_hz).max(1e-9);
        let away = (ratio - 1.0 / ratio) / std::f64::consts::FRAC_1_SQRT_2;
        *value *= (1.0 / (1.0 + away.powi(12)).sqrt()) / length as f64;
    }
    bins[length / 2].im = 0.0;
    let mut time = inverse(bins);
    time.truncate(samples.len());
    time
}

/// RT60 from the fall between -5 and -35 dB of the energy still to come (Schroeder 1965;
/// ISO 3382-1: T30), by a straight line of least squares.
pub fn rt60_s(samples: &[f64], rate_hz: f64) -> f64 {
    let mut left = 0.0;
    let mut decay: Vec<f64> = samples.iter().rev().map(|it| (left += it * it, left).1).collect();
    decay.reverse();
    let whole = decay[0];
    let points: Vec<(f64, f64)> = (decay.iter().enumerate())
        .map(|(frame, left)| (frame as f64 / rate_hz, 10.0 * (left / whole).log10()))
        .filter(|point| (-35.0..=-5.0).contains(&point.1))
        .collect();
    let count = points.len() as f64;
    let mean = |value: fn(&(f64, f64)) -> f64| points.iter().map(value).sum::<f64>() / count;
    let (time, level) = (mean(|it| it.0), mean(|it| it.1));
    let rise: f64 = points.iter().map(|it| (it.0 - time) * (it.1 - level)).sum();
    let run: f64 = points.iter().map(|it| (it.0 - time) * (it.0 - time)).sum();
    -60.0 / (rise / run)
}

/// How alike two signals are at a lag of 0, from -1 to 1.
pub fn correlation(a: &[f32], b: &[f32]) -> f64 {
    let product: f64 = a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
    product / (energy(a) * energy(b)).sqrt()
}

/// How alike two signals are at the lag at which they are most alike.
pub fn highest_correlation(a: &[f32], b: &[f32]) -> f64 {
    let length = (a.len() + b.len()).next_power_of_two();
    let spectrum = |samples: &[f32]| {
        let mut time: Vec<f64> = samples.iter().map(|sample| f64::from(*sample)).collect();
        time.resize(length, 0.0);
        forward(time)
    };
    let other = spectrum(b);
    let mut bins = spectrum(a);
    bins.iter_mut().zip(other).for_each(|(a, b)| *a *= b.conj() / length as f64);
    bins[length / 2].im = 0.0;
    bins[0].im = 0.0;
    inverse(bins).iter().fold(0.0_f64, |most, it| most.max(it.abs()))
        / (energy(a) * energy(b)).sqrt()
}

/// A quantum of an impulse.
pub fn impulse() -> Quantum {
    let mut block = SILENCE;
    block[0] = 1.0;
    block
}
