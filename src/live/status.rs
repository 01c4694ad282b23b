//! What the player tells of itself, through atomics.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU32, AtomicU64, Ordering};

use serde::Serialize;

use super::inputs::{InputFigures, InputReading};
use super::{Load, LoadReading};
use crate::units::amplitude_to_decibels;

/// What the player is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// It waits for the sources to be read.
    Seeking,
    /// It stands still.
    Paused,
    /// It plays.
    Playing,
    /// It is at the end of its way, or has left.
    Over,
}

/// The figures of a player: one thread writes them, any may read.
pub struct Status {
    rate_hz: u32,
    stage: AtomicU8,
    pub(super) frame: AtomicU64,
    pub(super) missed_reads: AtomicU64,
    pub(super) faults: AtomicU64,
    pub(super) underruns: AtomicU64,
    pub(super) muted: AtomicU64,
    pub(super) silenced: AtomicU64,
    pub(super) lost_to_record: AtomicU64,
    /// The lowest gain of the protection since last read, as bits.
    protection: AtomicU32,
    /// The peaks of the channels since last read, as bits.
    peaks: Vec<AtomicU32>,
    /// How much of its time the callback takes.
    pub load: Load,
    /// What there is to tell of what comes in.
    pub inputs: Arc<InputFigures>,
}

/// The figures at a moment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Snapshot {
    /// What the player is at.
    pub stage: Stage,
    /// Where it is in the scene, in seconds.
    pub time_s: f64,
    /// The highest sample of every channel of the layout since the last snapshot; none is silence.
    pub peaks_dbfs: Vec<Option<f64>>,
    /// How far the protection turned all down since the last snapshot, in decibels, at most 0.
    pub protection_db: f64,
    /// The time that callbacks take, over their periods.
    pub load: LoadReading,
    /// How often the device had nothing to play.
    pub underruns: u64,
    /// How many blocks of sources came too late and were silence.
    pub missed_reads: u64,
    /// How often the device failed, was lost or fell silent.
    pub faults: u64,
    /// How many channels were muted because something in them was no number.
    pub muted: u64,
    /// How many strips and targets the engine silenced where something in them was no number.
    pub silenced: u64,
    /// How many frames could not be recorded in time.
    pub lost_to_record: u64,
    /// What there is to tell of what comes in.
    #[serde(flatten)]
    pub inputs: InputReading,
}

impl Status {
    pub(super) fn new(channels: usize, rate_hz: u32) -> Self {
        Self {
            rate_hz,
            stage: AtomicU8::new(Stage::Seeking as u8),
            frame: AtomicU64::new(0),
            missed_reads: AtomicU64::new(0),
            faults: AtomicU64::new(0),
            underruns: AtomicU64::new(0),
            muted: AtomicU64::new(0),
            silenced: AtomicU64::new(0),
            lost_to_record: AtomicU64::new(0),
            protection: AtomicU32::new(1.0_f32.to_bits()),
            peaks: (0..channels).map(|_| AtomicU32::new(0)).collect(),
            load: Load::default(),
            inputs: Arc::default(),
        }
    }

    /// What the player is at.
    #[must_use]
    pub fn stage(&self) -> Stage {
        let stages = [Stage::Seeking, Stage::Paused, Stage::Playing];
        let stage = usize::from(self.stage.load(Ordering::SeqCst));
        stages.get(stage).copied().unwrap_or(Stage::Over)
    }

    pub(super) fn set_stage(&self, stage: Stage) {
        self.stage.store(stage as u8, Ordering::SeqCst);
    }

    /// The frame of the scene that is heard next.
    #[must_use]
    pub fn frame(&self) -> u64 {
        self.frame.load(Ordering::Relaxed)
    }

    /// Takes note of the peak of a channel.
    pub(super) fn note_peak(&self, channel: usize, peak: f32) {
        // Bits of numbers that are not negative are in the order of the numbers.
        self.peaks[channel].fetch_max(peak.to_bits(), Ordering::Relaxed);
    }

    pub(super) fn note_protection(&self, gain: f32) {
        self.protection.fetch_min(gain.to_bits(), Ordering::Relaxed);
    }

    /// The figures now; peaks begin anew.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        let taken = |bits: &AtomicU32, fresh: f32| {
            f64::from(f32::from_bits(bits.swap(fresh.to_bits(), Ordering::Relaxed)))
        };
        let decibels = |peak: f64| (peak > 0.0).then(|| amplitude_to_decibels(peak));
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Snapshot {
            stage: self.stage(),
            time_s: self.frame() as f64 / f64::from(self.rate_hz),
            peaks_dbfs: self.peaks.iter().map(|peak| decibels(taken(peak, 0.0))).collect(),
            protection_db: amplitude_to_decibels(taken(&self.protection, 1.0)),
            load: self.load.reading(),
            underruns: count(&self.underruns),
            missed_reads: count(&self.missed_reads),
            faults: count(&self.faults),
            muted: count(&self.muted),
            silenced: count(&self.silenced),
            lost_to_record: count(&self.lost_to_record),
            inputs: self.inputs.reading(self.rate_hz),
        }
    }
}
