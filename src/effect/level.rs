//! Level and polarity, before or behind everything else.

use super::Effect;
use crate::automation::Automated;
use crate::block::{Bundle, QUANTUM, Quantum, SIDE_BY_SIDE};
use crate::units::decibels_to_amplitude;

/// What is done to the level of a lane.
#[derive(Clone, Debug, Default)]
pub struct LevelSpec {
    /// Levels in decibels that add up.
    pub decibels: Vec<Automated>,
    /// Whether the polarity is turned round.
    pub inverted: bool,
}

/// The levels of the lanes of a unit.
pub struct Level {
    lanes: Vec<LaneLevel>,
    seconds_per_quantum: f64,
}

struct LaneLevel {
    spec: LevelSpec,
    /// The amplitude, if it stays.
    fixed: Option<f32>,
}

impl Level {
    /// Levels for lanes, numbered as in the unit; a default one leaves its lane alone.
    #[must_use]
    pub fn new(lanes: Vec<LevelSpec>, rate_hz: u32) -> Self {
        let seconds_per_quantum = QUANTUM as f64 / f64::from(rate_hz);
        let lanes = lanes.into_iter().map(LaneLevel::new).collect();
        Self { lanes, seconds_per_quantum }
    }
}

impl LaneLevel {
    fn new(spec: LevelSpec) -> Self {
        let still = spec.decibels.iter().all(|level| level.constant().is_some());
        let mut lane = Self { spec, fixed: None };
        lane.fixed = still.then(|| lane.amplitude(0.0) as f32);
        lane
    }

    fn amplitude(&self, seconds: f64) -> f64 {
        let decibels: f64 = self.spec.decibels.iter().map(|level| level.at(seconds)).sum();
        let amplitude = decibels_to_amplitude(decibels);
        if self.spec.inverted { -amplitude } else { amplitude }
    }
}

impl Effect for Level {
    fn latency_frames(&self, _lane: usize) -> usize {
        0
    }

    fn process(&mut self, quantum: u64, bundles: &mut [Bundle], _keys: &[Quantum]) {
        for (lane, level) in self.lanes.iter().enumerate() {
            let (bundle, column) = (&mut bundles[lane / SIDE_BY_SIDE], lane % SIDE_BY_SIDE);
            if let Some(fixed) = level.fixed {
                bundle.iter_mut().for_each(|frame| frame[column] *= fixed);
                continue;
            }
            let at = |quantum: u64| level.amplitude(quantum as f64 * self.seconds_per_quantum);
            let (from, to) = (at(quantum), at(quantum + 1));
            let step = (to - from) / QUANTUM as f64;
            for (index, frame) in bundle.iter_mut().enumerate() {
                frame[column] *= (from + step * index as f64) as f32;
            }
        }
    }

    fn is_at_rest(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::automation::{Curve, Envelope};

    #[test]
    fn every_lane_has_its_own_level() {
        let points = vec![[0.0, 0.0], [64.0 / 48_000.0, -6.0]];
        let ride = Automated::Envelope(Envelope { points, curve: Curve::Linear });
        let specs = vec![
            LevelSpec::default(),
            LevelSpec { decibels: vec![(-6.0).into(), (-6.0).into()], inverted: true },
            LevelSpec { decibels: vec![ride], inverted: false },
        ];
        let mut level = Level::new(specs, 48_000);
        let mut bundles = [[[0.5; SIDE_BY_SIDE]; QUANTUM]];
        level.process(0, &mut bundles, &[]);
        let [bundle] = bundles;
        assert!(bundle.iter().all(|frame| frame[0] == 0.5 && frame[3] == 0.5));
        let expected = -0.5 * decibels_to_amplitude(-12.0) as f32;
        assert!(bundle.iter().all(|frame| (frame[1] - expected).abs() < 1e-7));
        let middle = 0.5 * (1.0 + decibels_to_amplitude(-6.0) as f32) / 2.0;
        assert!((bundle[32][2] - middle).abs() < 1e-6, "a straight line within the quantum");
    }
}
