//! Butterworth high- and low-passes as rows of sections.

use std::f64::consts::PI;

use super::Biquad;

/// The sections of a Butterworth high-pass of an order: -3.01 dB at `freq_hz`, `6 order` decibels
/// an octave below.
pub fn butterworth_high_pass(
    order: usize,
    freq_hz: f64,
    rate_hz: f64,
) -> impl Iterator<Item = Biquad> {
    sections(order).map(move |section| match section {
        Section::Second { q } => Biquad::high_pass(freq_hz, q, rate_hz),
        Section::First => Biquad::high_pass_first_order(freq_hz, rate_hz),
    })
}

/// The sections of a Butterworth low-pass of an order: -3.01 dB at `freq_hz`, `6 order` decibels an
/// octave above (more near half the sample rate, where the bilinear transform puts a zero).
pub fn butterworth_low_pass(
    order: usize,
    freq_hz: f64,
    rate_hz: f64,
) -> impl Iterator<Item = Biquad> {
    sections(order).map(move |section| match section {
        Section::Second { q } => Biquad::low_pass(freq_hz, q, rate_hz),
        Section::First => Biquad::low_pass_first_order(freq_hz, rate_hz),
    })
}

/// A factor of a Butterworth polynomial.
enum Section {
    Second { q: f64 },
    First,
}

/// The pairs of poles of the Butterworth circle, `Q_k = 1 / (2 sin(pi (2k + 1) / (2n)))` (with the
/// cosine, as often printed, it holds for even orders only), and the real pole of odd orders. They
/// come lowest Q first: what rings comes last, after the others have made it quieter.
fn sections(order: usize) -> impl Iterator<Item = Section> {
    let single = (order % 2 == 1).then_some(Section::First);
    let pairs = (0..order / 2).rev().map(move |k| {
        let angle = PI * (2 * k + 1) as f64 / (2 * order) as f64;
        Section::Second { q: 1.0 / (2.0 * libm::sin(angle)) }
    });
    single.into_iter().chain(pairs)
}
