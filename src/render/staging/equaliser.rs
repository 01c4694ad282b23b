//! Equalisers: bands that do too much, and bands that do nothing.

use super::node::Node;
use super::{Concern, Finding};
use crate::automation::Automated;
use crate::effect::Band;
use crate::scene::Block;

/// The most that a band should raise or lower, in decibels.
const LARGEST_MOVE_DB: f64 = 6.0;

/// What stays as near as this to 0 dB does nothing.
const FLAT_DB: f64 = 0.1;

/// What is heard, in hertz; of the octave up to [`HIGHEST_HZ`] only what a band is aimed at.
const LOWEST_HZ: f64 = 20.0;
const HEARD_BY_ALL_HZ: f64 = 16_000.0;
const HIGHEST_HZ: f64 = 20_000.0;

/// How finely the response is looked at, as steps an octave.
const STEPS_AN_OCTAVE: f64 = 12.0;

pub fn check(node: &Node<'_>, rate_hz: f64, found: &mut Vec<Finding>) {
    let bands = node.strip.eq.as_ref().filter(|_| !node.strip.bypasses(Block::Eq));
    for (index, band) in bands.into_iter().flatten().enumerate() {
        let name = format!("EQ band {}, {}", index + 1, name(band));
        if let Some(move_db) =
            band.gain_db().map(farthest_from_0).filter(|it| it.abs() > LARGEST_MOVE_DB)
        {
            let seen = format!("{name}: {move_db:+.1} dB");
            let advice = format!("at most {LARGEST_MOVE_DB} dB: mend more at the source");
            found.push(node.finding(Concern::LargeEqMove, seen, advice));
        }
        if is_flat(band, rate_hz) {
            let seen = format!("{name}: within {FLAT_DB} dB of nothing from 20 Hz to 20 kHz");
            found.push(node.finding(Concern::IdleFilter, seen, "leave it out"));
        }
    }
}

fn farthest_from_0(gain_db: &Automated) -> f64 {
    let (low, high) = gain_db.extremes();
    if -low > high { low } else { high }
}

/// Whether nobody hears a difference; a band that moves is one to be heard.
fn is_flat(band: &Band, rate_hz: f64) -> bool {
    let nyquist_hz = rate_hz / 2.0;
    let steps = libm::log2(HEARD_BY_ALL_HZ.min(nyquist_hz) / LOWEST_HZ) * STEPS_AN_OCTAVE;
    let grid =
        (0..=steps as u32).map(|step| LOWEST_HZ * libm::exp2(f64::from(step) / STEPS_AN_OCTAVE));
    let own_hz = band.freq_hz().at(0.0);
    let own_hz = (LOWEST_HZ..=HIGHEST_HZ).contains(&own_hz).then_some(own_hz);
    let is_near = |freq_hz: f64| band.response_db(freq_hz, rate_hz, 0.0).abs() <= FLAT_DB;
    band.is_constant() && grid.chain(own_hz).all(is_near)
}

/// A band in words: `bell at 320 Hz`.
fn name(band: &Band) -> String {
    let kind = match band {
        Band::Bell { .. } => "bell",
        Band::LowShelf { .. } => "low shelf",
        Band::HighShelf { .. } => "high shelf",
        Band::Highpass { .. } => "high-pass",
        Band::Lowpass { .. } => "low-pass",
        Band::Bandpass { .. } => "band-pass",
        Band::Notch { .. } => "notch",
        Band::Tilt { .. } => "tilt",
    };
    let (low, high) = band.freq_hz().extremes();
    if low == high {
        format!("{kind} at {low} Hz")
    } else {
        format!("{kind} at {low} to {high} Hz")
    }
}
