//! What the engine is held against: mixes that need not think.

use pulp::Arch;

use super::{Crowd, RATE_HZ, Reel};
use crate::block::{CONTROL_STEP, QUANTA_PER_STEP, Quantum, SILENCE};
use crate::engine::{Lanes, Levelled, Line, Ramp, connect, mix};
use crate::motion::Trajectory;
use crate::pan::GainRow;

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

/// The sparse mix with the gains given: those of a moving crowd at every control step, worked out
/// beforehand. What is left is to make ramps of them and to mix.
pub struct GivenGains {
    /// For every control step and lane, its gains.
    rows: Vec<Vec<GainRow>>,
    /// The ramps of the control step at hand, by quantum and lane.
    ramps: Vec<Vec<Vec<Ramp>>>,
    lines: Vec<Line>,
    arch: Arch,
}

/// A round of control steps; the gains begin anew after that.
const STEPS: usize = 256;

impl GivenGains {
    /// The gains of a crowd.
    #[must_use]
    pub fn new(crowd: &Crowd) -> Self {
        let channels = crowd.channels();
        let row = |step: usize, trajectory: &Trajectory| {
            let time_s = (step * CONTROL_STEP) as f64 / f64::from(RATE_HZ);
            let mut row = GainRow::new();
            crowd.panner.solve(&trajectory.position(time_s).direction, &mut row);
            row
        };
        let lanes = |step| crowd.trajectories.iter().map(|it| row(step, it)).collect();
        let room = || vec![Vec::with_capacity(channels); crowd.trajectories.len()];
        Self {
            rows: (0..=STEPS).map(lanes).collect(),
            ramps: (0..QUANTA_PER_STEP).map(|_| room()).collect(),
            lines: Vec::with_capacity(channels),
            arch: Arch::new(),
        }
    }

    /// Mixes a quantum of the scene.
    pub fn mix(&mut self, reel: &Reel, quantum: u64, channels: &mut [Quantum]) {
        let place = quantum % QUANTA_PER_STEP;
        if place == 0 {
            self.enter((quantum / QUANTA_PER_STEP) as usize % STEPS);
        }
        self.mix_ramps(reel, quantum, channels);
    }

    /// Mixes a quantum of the scene under the ramps at hand: what mixing alone costs.
    pub fn mix_ramps(&self, reel: &Reel, quantum: u64, channels: &mut [Quantum]) {
        let ramps = &self.ramps[(quantum % QUANTA_PER_STEP) as usize];
        mix(self.arch, &Given { reel, ramps, quantum }, channels);
    }

    /// Makes the ramps of a control step, as the engine does.
    fn enter(&mut self, step: usize) {
        let rows = self.rows[step].iter().zip(&self.rows[step + 1]);
        for (lane, (start, end)) in rows.enumerate() {
            let level = |row| Levelled { row, level: 1.0 };
            connect(&level(start), &level(end), CONTROL_STEP, &mut self.lines);
            for (quantum, ramps) in self.ramps.iter_mut().enumerate() {
                ramps[lane].clear();
                ramps[lane].extend(self.lines.iter().map(|it| it.quantum_of_step(quantum as u64)));
            }
        }
    }
}

/// A quantum of every lane, with its ramps.
struct Given<'a> {
    reel: &'a Reel,
    ramps: &'a [Vec<Ramp>],
    quantum: u64,
}

impl Lanes for Given<'_> {
    #[inline(always)]
    fn each(&self, mut add: impl FnMut(usize, &Quantum, &[Ramp])) {
        for (lane, ramps) in self.ramps.iter().enumerate() {
            add(0, self.reel.at(lane, self.quantum), ramps);
        }
    }
}
