//! What the engine is held against: mixes that need not think.

use pulp::Arch;

use super::{Crowd, RATE_HZ, Reel};
use crate::block::{CONTROL_STEP, QUANTA_PER_STEP, Quantum, SILENCE};
use crate::engine::{Ramp, mix};

/// The plain dense mix: every lane into every channel, sample after sample, with fixed gains.
///
/// `gains` has a row of channels for every lane; `channels` holds a quantum for each channel.
pub fn dense_mix(reel: &Reel, quantum: u64, gains: &[Vec<f32>], channels: &mut [Quantum]) {
    channels.fill(SILENCE);
    for (lane, gains) in gains.iter().enumerate() {
        let samples = reel.at(lane, quantum);
        for (channel, gain) in channels.iter_mut().zip(gains) {
            for (sum, sample) in channel.iter_mut().zip(samples) {
                *sum += sample * gain;
            }
        }
    }
}

/// The sparse mix with the gains given: the ramps of a moving crowd, worked out beforehand.
pub struct GivenGains {
    /// For every quantum and lane, its ramps.
    ramps: Vec<Vec<Vec<Ramp>>>,
    arch: Arch,
}

impl GivenGains {
    /// The ramps of a crowd over a reel.
    #[must_use]
    pub fn new(crowd: &Crowd) -> Self {
        let ramps = (0..Reel::QUANTA as u64).map(|quantum| {
            let lanes = 0..crowd.trajectories.len();
            lanes.map(|lane| ramps_of(crowd, lane, quantum)).collect()
        });
        Self { ramps: ramps.collect(), arch: Arch::new() }
    }

    /// Mixes a quantum of the scene; the ramps go round and round.
    pub fn mix(&self, reel: &Reel, quantum: u64, channels: &mut [Quantum]) {
        let ramps = &self.ramps[quantum as usize % Reel::QUANTA];
        let lanes = ramps.iter().enumerate();
        let lanes = lanes.map(|(lane, ramps)| (reel.at(lane, quantum), &ramps[..]));
        mix(self.arch, std::iter::once(lanes), channels);
    }
}

/// The ramps of one lane in one quantum, from dense gains at both ends of its control step.
fn ramps_of(crowd: &Crowd, lane: usize, quantum: u64) -> Vec<Ramp> {
    let step = quantum / QUANTA_PER_STEP;
    let gains = |step: u64| {
        let time_s = (step * CONTROL_STEP as u64) as f64 / f64::from(RATE_HZ);
        crowd.panner.gains(&crowd.trajectories[lane].position(time_s).direction)
    };
    let (from, to) = (gains(step), gains(step + 1));
    let part = (quantum % QUANTA_PER_STEP) as f64 / QUANTA_PER_STEP as f64;
    let active = (0..from.len()).filter(|&channel| from[channel] != 0.0 || to[channel] != 0.0);
    let ramp = |channel: usize| Ramp {
        channel: channel as u32,
        start: (from[channel] + (to[channel] - from[channel]) * part) as f32,
        step: ((to[channel] - from[channel]) / CONTROL_STEP as f64) as f32,
    };
    active.map(ramp).collect()
}
