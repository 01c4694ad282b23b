//! What the player tells of itself, through atomics.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU32, AtomicU64, Ordering};

use serde::Serialize;

use super::inputs::{InputFigures, InputReading};
use super::protection::Protected;
use super::{ControlRoom, Load, LoadReading};
use crate::block::Quantum;
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
    peaks: Vec<Vec<AtomicU32>>,
    /// Which target is heard, and what else whoever listens has set.
    room: Arc<ControlRoom>,
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
    /// The target that is heard.
    pub target: String,
    /// The highest sample of every channel of its layout since the last snapshot, before the level of
    /// the control room; none is silence.
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
    /// That of a player of targets of so many channels.
    pub(super) fn new(channels: &[usize], room: &Arc<ControlRoom>, rate_hz: u32) -> Self {
        let peaks = |count: usize| (0..count).map(|_| AtomicU32::new(0)).collect();
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
            peaks: channels.iter().map(|count| peaks(*count)).collect(),
            room: Arc::clone(room),
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

    /// Takes note of the peaks of the first frames of the channels of a target.
    pub(super) fn note_peaks(&self, target: usize, channels: &[Quantum], frames: usize) {
        for (told, samples) in self.peaks[target].iter().zip(channels) {
            let peak = samples[..frames].iter().fold(0.0_f32, |peak, it| peak.max(it.abs()));
            // Bits of numbers that are not negative are in the order of the numbers.
            told.fetch_max(peak.to_bits(), Ordering::Relaxed);
        }
    }

    pub(super) fn note_protection(&self, done: Protected) {
        self.protection.fetch_min(done.gain.to_bits(), Ordering::Relaxed);
        if done.muted > 0 {
            self.muted.fetch_add(done.muted, Ordering::Relaxed);
        }
    }

    pub(super) fn note_lost(&self, frames: usize) {
        self.lost_to_record.fetch_add(frames as u64, Ordering::Relaxed);
    }

    /// How many channels were muted, and how many strips and targets silenced, because something in
    /// them was no number.
    #[must_use]
    pub fn no_numbers(&self) -> [u64; 2] {
        [&self.muted, &self.silenced].map(|count| count.load(Ordering::Relaxed))
    }

    /// The figures now; peaks begin anew.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        let taken = |bits: &AtomicU32, fresh: f32| {
            f64::from(f32::from_bits(bits.swap(fresh.to_bits(), Ordering::Relaxed)))
        };
        let decibels = |peak: f64| (peak > 0.0).then(|| amplitude_to_decibels(peak));
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let taken_all = |peaks: &Vec<AtomicU32>| -> Vec<Option<f64>> {
            peaks.iter().map(|peak| decibels(taken(peak, 0.0))).collect()
        };
        let mut peaks_dbfs: Vec<_> = self.peaks.iter().map(taken_all).collect();
        let heard = self.room.heard();
        Snapshot {
            stage: self.stage(),
            time_s: self.frame() as f64 / f64::from(self.rate_hz),
            target: self.room.targets()[heard].clone(),
            peaks_dbfs: peaks_dbfs.swap_remove(heard),
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
