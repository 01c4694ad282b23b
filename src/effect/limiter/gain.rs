//! The gain of a group: down in time, held, and back.

use super::LimiterSpec;
use super::hold::Hold;
use super::smoother::Smoother;
use crate::automation::Automated;
use crate::block::QUANTUM;
use crate::dsp::TruePeak;
use crate::units::decibels_to_amplitude;

/// How long a gain stays before it comes back: as long as a wave of 83 Hz, or the half of one of
/// 42 Hz, so that a bass note is turned down as a whole and not bent.
const HOLD_MS: f64 = 12.0;

/// How much further than to the ceiling a peak is turned down, as a part of what it exceeds it by
/// and at most: a gain that moves makes peaks of its own between the samples.
const GUARD_SHARE: f64 = 0.1;
const GUARD_MOST: f64 = 0.004;

/// Reductions below this are nothing to an f32: 1 minus half its last place is 1.
const NOTHING: f64 = 2.9e-8;

/// The limiter's gain for one group.
pub struct Gain {
    ceiling_dbtp: Automated,
    release_ms: Automated,
    /// The linear ceiling, where it stays.
    ceiling: Option<f64>,
    /// What is left of a reduction a frame later, where it stays.
    decay: Option<f64>,
    rate_hz: f64,
    lookahead_frames: usize,
    hold: Hold,
    smoother: Smoother,
    reduction: f64,
    /// What is left of a reduction, at least, when a peak of a quantum is forgotten.
    fastest_decay: f64,
    /// Of every frame of the quantum, linear.
    pub gains: [f32; QUANTUM],
    /// The lowest of them.
    pub lowest: f32,
}

impl Gain {
    pub fn new(spec: &LimiterSpec, rate_hz: f64) -> Self {
        let lookahead_frames = frames(spec.lookahead_ms, rate_hz).max(1);
        // The frames at both ends of the span in which the peak lies.
        let held_frames = lookahead_frames + 1 + frames(HOLD_MS, rate_hz);
        let release_frames = spec.release_ms.extremes().0 / 1000.0 * rate_hz;
        Self {
            ceiling_dbtp: spec.ceiling_dbtp.clone(),
            release_ms: spec.release_ms.clone(),
            ceiling: spec.ceiling_dbtp.constant().map(decibels_to_amplitude),
            decay: spec.release_ms.constant().map(|it| decay(it / 1000.0 * rate_hz)),
            rate_hz,
            lookahead_frames,
            hold: Hold::new(held_frames),
            smoother: Smoother::new(lookahead_frames),
            reduction: 0.0,
            // Rounded down, for what adds up in as many multiplications.
            fastest_decay: 0.999_999 * decay(release_frames / (held_frames + QUANTUM) as f64),
            gains: [1.0; QUANTUM],
            lowest: 1.0,
        }
    }

    /// By how much what the gain is for has to wait for it.
    pub fn latency_frames(&self) -> usize {
        TruePeak::LATENCY + self.lookahead_frames - 1
    }

    /// The linear ceiling for what is read in a quantum, at its two ends.
    pub fn ceiling(&self, quantum: u64) -> [f64; 2] {
        let first = (quantum * QUANTUM as u64) as f64 - TruePeak::LATENCY as f64;
        [first, first + QUANTUM as f64].map(|frame| {
            let seconds = frame.max(0.0) / self.rate_hz;
            self.ceiling.unwrap_or_else(|| decibels_to_amplitude(self.ceiling_dbtp.at(seconds)))
        })
    }

    /// The height up to which a peak that is read in a quantum changes nothing, linear: that of the
    /// ceiling or, where more is turned down already, of what will be turned down still when the
    /// peak is forgotten again.
    pub fn floor(&self, [begin, end]: [f64; 2]) -> f32 {
        let ceiling = begin.min(end);
        let kept = self.reduction * self.fastest_decay;
        (ceiling * f64::max(1.0, (1.0 - GUARD_MOST) / (1.0 - kept))) as f32
    }

    /// The gains of a quantum without peaks that matter.
    pub fn rest(&mut self, quantum: u64) {
        if self.is_at_rest() {
            self.gains = [1.0; QUANTUM];
            self.lowest = 1.0;
            return;
        }
        let held = match self.hold.steady(QUANTUM) {
            Some(held) => [held; QUANTUM],
            None => std::array::from_fn(|_| self.hold.process(0.0)),
        };
        self.follow(quantum, held);
    }

    /// The gains of a quantum from the true peaks of its frames, 0 where they do not matter.
    pub fn limit(&mut self, quantum: u64, peaks: &[f32; QUANTUM], ceiling: [f64; 2]) {
        let step = (ceiling[1] - ceiling[0]) / QUANTUM as f64;
        let held = std::array::from_fn(|frame| {
            self.hold.process(needed(peaks[frame], ceiling[0] + step * frame as f64))
        });
        self.follow(quantum, held);
    }

    /// Whether all states are zero, so that the gain is 1 until something is too loud.
    pub fn is_at_rest(&self) -> bool {
        self.reduction == 0.0 && self.hold.is_at_rest() && self.smoother.is_at_rest()
    }

    /// The gains of a quantum from the highest reductions that are held.
    fn follow(&mut self, quantum: u64, held: [f64; QUANTUM]) {
        let [mut decay, end] = [quantum, quantum + 1].map(|at| self.decay(at));
        let step = (end - decay) / QUANTUM as f64;
        let mut reductions = held.map(|held| {
            let back = self.reduction * decay;
            let reduction = if held > back { held } else { back };
            self.reduction = if reduction < NOTHING { 0.0 } else { reduction };
            decay += step;
            self.reduction
        });
        self.smoother.process(&mut reductions);
        self.gains = reductions.map(|reduction| (1.0 - reduction) as f32);
        self.lowest = self.gains.iter().fold(1.0, |lowest, gain| gain.min(lowest));
    }

    /// What is left of a reduction a frame later, at the begin of a quantum.
    fn decay(&self, quantum: u64) -> f64 {
        let seconds = (quantum * QUANTUM as u64) as f64 / self.rate_hz;
        let decay_at = |seconds| decay(self.release_ms.at(seconds) / 1000.0 * self.rate_hz);
        self.decay.unwrap_or_else(|| decay_at(seconds))
    }
}

/// What is left after a frame of what comes back with a time constant of so many.
fn decay(release_frames: f64) -> f64 {
    libm::exp(-1.0 / release_frames)
}

/// By how much a peak must be turned down: 1 minus the gain.
fn needed(peak: f32, ceiling: f64) -> f64 {
    let peak = f64::from(peak);
    if peak <= ceiling {
        return 0.0;
    }
    let guard = (GUARD_SHARE * (peak / ceiling - 1.0)).min(GUARD_MOST);
    1.0 - ceiling / peak * (1.0 - guard)
}

fn frames(milliseconds: f64, rate_hz: f64) -> usize {
    (milliseconds / 1000.0 * rate_hz).round() as usize
}
