//! Bass management: what small loudspeakers cannot play goes to those that can.
//!
//! The crossover is a Linkwitz-Riley of fourth order: a Butterworth filter of second order, twice
//! (S. H. Linkwitz, "Active Crossover Networks for Noncoincident Drivers", JAES 24, 1976). High and low
//! sum up to an all-pass; whatever is not split goes through the same all-pass, so that all stay in
//! phase.

use std::f64::consts::FRAC_1_SQRT_2;
use std::ops::Range;

use crate::block::{QUANTUM, Quantum};
use crate::dsp::{Biquad, BiquadFilter};
use crate::layout::{self, Layout};
use crate::units::decibels_to_amplitude;

/// The bass of a layout at work.
pub struct BassManagement {
    low_pass: Biquad,
    high_pass: Biquad,
    all_pass: Biquad,
    channels: Vec<Channel>,
    /// The gain of the bass in every loudspeaker that plays it.
    share: f64,
    bass: [f64; QUANTUM],
}

/// What becomes of one channel.
struct Channel {
    /// Whether its bass goes elsewhere.
    is_small: bool,
    plays_bass: bool,
    /// The gain of what it has of its own.
    gain: f64,
    low: [BiquadFilter; 2],
    high: [BiquadFilter; 2],
}

impl BassManagement {
    pub fn new(bass: &layout::BassManagement, layout: &Layout, rate_hz: u32) -> Self {
        let rate_hz = f64::from(rate_hz);
        let freq_hz = bass.crossover_hz;
        let lfe_gain = decibels_to_amplitude(bass.lfe_gain_db);
        let channel = |(number, loudspeaker): (usize, &layout::Loudspeaker)| Channel {
            is_small: bass.small.contains(&number),
            plays_bass: bass.to.contains(&number),
            gain: if loudspeaker.lfe { lfe_gain } else { 1.0 },
            low: Default::default(),
            high: Default::default(),
        };
        Self {
            low_pass: Biquad::low_pass(freq_hz, FRAC_1_SQRT_2, rate_hz),
            high_pass: Biquad::high_pass(freq_hz, FRAC_1_SQRT_2, rate_hz),
            all_pass: Biquad::all_pass(freq_hz, FRAC_1_SQRT_2, rate_hz),
            channels: layout.loudspeakers.iter().enumerate().map(channel).collect(),
            // What several play alike adds up where one listens.
            share: 1.0 / bass.to.len().max(1) as f64,
            bass: [0.0; QUANTUM],
        }
    }

    pub fn process(&mut self, channels: &mut [Quantum], frames: Range<usize>) {
        let bass = &mut self.bass[..frames.len()];
        bass.fill(0.0);
        for (samples, channel) in channels.iter_mut().zip(&mut self.channels) {
            let samples = samples[frames.clone()].iter_mut().zip(&mut *bass);
            if channel.is_small {
                for (sample, bass) in samples {
                    let input = f64::from(*sample) * channel.gain;
                    *bass += through(&mut channel.low, input, &self.low_pass);
                    *sample = through(&mut channel.high, input, &self.high_pass) as f32;
                }
            } else {
                for (sample, _) in samples {
                    let input = f64::from(*sample) * channel.gain;
                    *sample = channel.high[0].process(input, &self.all_pass) as f32;
                }
            }
        }
        let playing = channels.iter_mut().zip(&self.channels).filter(|(_, it)| it.plays_bass);
        for (samples, _) in playing {
            for (sample, bass) in samples[frames.clone()].iter_mut().zip(&*bass) {
                *sample = (f64::from(*sample) + bass * self.share) as f32;
            }
        }
    }

    pub fn settle(&mut self) {
        for channel in &mut self.channels {
            channel.low.iter_mut().chain(&mut channel.high).for_each(BiquadFilter::settle);
        }
    }

    pub fn clear(&mut self) {
        for channel in &mut self.channels {
            (channel.low, channel.high) = Default::default();
        }
    }
}

fn through(filters: &mut [BiquadFilter; 2], input: f64, section: &Biquad) -> f64 {
    let [first, second] = filters;
    let between = first.process(input, section);
    second.process(between, section)
}
