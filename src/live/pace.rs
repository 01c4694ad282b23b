//! How fast a device takes what it is given.

use std::time::Instant;

/// Audio over which the pace of a device is judged, in seconds.
const PACED_OVER_S: f64 = 0.25;

/// How fast a device takes frames: one without a clock (a file, a server that runs free) takes them
/// as fast as it can, and then nobody hears them late.
pub struct Pace {
    always_waits: bool,
    is_free: bool,
    rate_hz: f64,
    begun: Option<Instant>,
    frames: usize,
}

impl Pace {
    /// That of a device of which nothing is known; `always_waits` where it is never too fast.
    pub fn new(rate_hz: u32, always_waits: bool) -> Self {
        Self { always_waits, is_free: false, rate_hz: f64::from(rate_hz), begun: None, frames: 0 }
    }

    /// Whether it can be kept waiting.
    pub fn waits(&self) -> bool {
        self.always_waits || self.is_free
    }

    /// Takes note that it asked for so many frames.
    pub fn note(&mut self, now: Instant, frames: usize) {
        let lasted_s = self.frames as f64 / self.rate_hz;
        let begun = *self.begun.get_or_insert(now);
        if lasted_s > PACED_OVER_S {
            let took_s = now.duration_since(begun).as_secs_f64();
            self.is_free = took_s < lasted_s / 2.0;
            (self.begun, self.frames) = (Some(now), 0);
        }
        self.frames += frames;
    }
}
