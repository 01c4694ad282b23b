//! What there is to tell of an input, through atomics.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde::Serialize;

/// The figures of an input: its callback and that of the output write them, any may read.
pub struct InputFigures {
    begun: Instant,
    /// When the last callback of the input began, in nanoseconds since then.
    called: AtomicU64,
    /// The longest way through since last read, in frames and one more; 0 is none.
    latency: AtomicU64,
    /// What the buffers of the two devices add to it.
    buffers_frames: AtomicU64,
    pub(super) underruns: AtomicU64,
    pub(super) overruns: AtomicU64,
    pub(super) slips: AtomicU64,
    pub(super) faults: AtomicU64,
    /// How many callbacks of the input there were.
    pub(super) callbacks: AtomicU64,
    /// The frames of the largest callback of the input.
    largest_callback: AtomicU64,
}

/// The figures at a moment.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct InputReading {
    /// How long it takes from the input to the output at most since the last snapshot, in
    /// milliseconds: what is held back, what is rendered ahead, what the engine looks ahead, and a
    /// buffer of each device; none while no input is heard.
    pub input_latency_ms: Option<f64>,
    /// How often an input had too little to play.
    pub input_underruns: u64,
    /// How often an input had too much to play, and some was left out.
    pub input_overruns: u64,
    /// How many frames were left out or repeated because the input runs on another clock.
    pub input_slips: u64,
    /// How often the input device was lost.
    pub input_faults: u64,
}

impl Default for InputFigures {
    fn default() -> Self {
        let none = AtomicU64::default;
        Self {
            begun: Instant::now(),
            called: none(),
            latency: none(),
            buffers_frames: none(),
            underruns: none(),
            overruns: none(),
            slips: none(),
            faults: none(),
            callbacks: none(),
            largest_callback: none(),
        }
    }
}

impl InputFigures {
    /// The longest way through since the last reading, in frames, but for the buffers of the
    /// devices: by so much does a frame leave later, counted from the beginnings of the two
    /// callbacks, than it came.
    #[must_use]
    pub fn latency_frames(&self) -> Option<u64> {
        self.latency.load(Ordering::Relaxed).checked_sub(1)
    }

    /// Says how many frames the buffers of the two devices have: they add to how long it takes.
    pub fn note_buffers(&self, frames: usize) {
        self.buffers_frames.store(frames as u64, Ordering::Relaxed);
    }

    pub(in crate::live) fn note_latency(&self, frames: u64) {
        self.latency.fetch_max(frames + 1, Ordering::Relaxed);
    }

    pub(super) fn note_callback(&self, frames: usize) {
        self.called.store(self.begun.elapsed().as_nanos() as u64, Ordering::Relaxed);
        self.callbacks.fetch_add(1, Ordering::Relaxed);
        self.largest_callback.fetch_max(frames as u64, Ordering::Relaxed);
    }

    /// How long ago the last callback of the input began.
    pub(super) fn since_called(&self) -> Duration {
        let called = Duration::from_nanos(self.called.load(Ordering::Relaxed));
        self.begun.elapsed().saturating_sub(called)
    }

    pub(super) fn largest_callback_frames(&self) -> usize {
        self.largest_callback.load(Ordering::Relaxed) as usize
    }

    pub(in crate::live) fn reading(&self, rate_hz: u32) -> InputReading {
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let latency = self.latency.swap(0, Ordering::Relaxed).checked_sub(1);
        let frames = latency.map(|frames| frames + count(&self.buffers_frames));
        InputReading {
            input_latency_ms: frames.map(|it| it as f64 * 1000.0 / f64::from(rate_hz)),
            input_underruns: count(&self.underruns),
            input_overruns: count(&self.overruns),
            input_slips: count(&self.slips),
            input_faults: count(&self.faults),
        }
    }
}
