//! Parts of a desk on their own.

use super::desk::{OUTPUTS, limiter, reverb};
use super::{RATE_HZ, Reel};
use crate::block::{Bundle, QUANTUM, Quantum, SIDE_BY_SIDE, SILENCE};
use crate::effect::{Effect, Group, Limiter, ReturnEffect, Reverb};
use crate::layout::Layout;
use crate::loudness::{Meter, weight};

/// The true-peak limiter of a master, with its channels side by side.
pub struct LimiterAlone {
    limiter: Limiter,
    /// The channels as they come, a few quanta of them, and as they leave.
    sound: Vec<Vec<Bundle>>,
    unit: Vec<Bundle>,
}

impl LimiterAlone {
    /// A limiter for the first lanes of a reel, which come at a level.
    #[must_use]
    pub fn new(reel: &Reel, channels: usize, amplitude: f32) -> Self {
        let spec = limiter();
        let lanes: Vec<usize> = (0..channels).collect();
        let group = Group { spec: &spec, heard: lanes.clone(), lanes, key: None };
        let silent = vec![[[0.0; SIDE_BY_SIDE]; QUANTUM]; channels.div_ceil(SIDE_BY_SIDE)];
        let unit = |quantum: u64| {
            let mut unit = silent.clone();
            for lane in 0..channels {
                let frames = unit[lane / SIDE_BY_SIDE].iter_mut().zip(reel.at(lane, quantum));
                frames.for_each(|(frame, it)| frame[lane % SIDE_BY_SIDE] = it * amplitude);
            }
            unit
        };
        Self {
            limiter: Limiter::new(&[group], channels, RATE_HZ),
            sound: (0..64).map(unit).collect(),
            unit: silent,
        }
    }

    /// Limits a quantum.
    pub fn process(&mut self, quantum: u64) {
        self.unit.copy_from_slice(&self.sound[quantum as usize % self.sound.len()]);
        self.limiter.process(quantum, &mut self.unit, &[]);
    }
}

/// A reverb of a return.
pub struct ReverbAlone {
    reverb: Reverb,
    outputs: Vec<Quantum>,
}

impl ReverbAlone {
    /// The reverb that the benches send to.
    #[must_use]
    pub fn new() -> Self {
        let reverb = Reverb::new(&reverb(), OUTPUTS, RATE_HZ);
        Self { reverb, outputs: vec![SILENCE; OUTPUTS] }
    }

    /// Takes in a quantum of a reel's first lane.
    pub fn process(&mut self, reel: &Reel, quantum: u64) {
        self.reverb.process(quantum, Some(reel.at(0, quantum)), &mut self.outputs);
    }
}

impl Default for ReverbAlone {
    fn default() -> Self {
        Self::new()
    }
}

/// The meter of a target: loudness and true peak.
pub struct MeterAlone {
    meter: Meter,
    channels: usize,
}

impl MeterAlone {
    /// A meter for the channels of a layout.
    #[must_use]
    pub fn new(layout: &Layout) -> Self {
        let speakers = layout.loudspeakers.iter();
        let weights: Vec<f64> =
            speakers.map(|it| weight(it.azimuth_deg, it.elevation_deg, it.lfe)).collect();
        Self { meter: Meter::new(&weights, RATE_HZ), channels: weights.len() }
    }

    /// Listens to a quantum of the first lanes of a reel.
    pub fn process(&mut self, reel: &Reel, quantum: u64) {
        let channels: Vec<&[f32]> =
            (0..self.channels).map(|lane| &reel.at(lane, quantum)[..]).collect();
        self.meter.push(&channels);
    }
}
