//! What is between the targets and the channels of a device: which target is heard, how loud, and
//! whether in mono.

mod mono;
mod outlet;
mod outputs;
mod slew;

pub use outlet::Outlet;
pub(super) use outputs::Outputs;

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use crate::units::{amplitude_to_decibels, decibels_to_amplitude};

/// The lowest level, in decibels, as of a strip.
const LOWEST_DB: f64 = -200.0;

/// What is left when it is dimmed: -20 dB.
const DIMMED: f64 = 0.1;

/// What whoever listens has set. Any thread may set it; the player follows within tens of
/// milliseconds, without a click. Untouched, it changes no bit.
#[derive(Debug)]
pub struct ControlRoom {
    targets: Vec<String>,
    heard: AtomicUsize,
    /// The bits of an amplitude, 0 to 1.
    level: AtomicU64,
    is_dimmed: AtomicBool,
    is_muted: AtomicBool,
    is_mono: AtomicBool,
}

impl ControlRoom {
    /// One where the first of some targets is heard as it is.
    pub(super) fn new(targets: Vec<String>) -> Self {
        Self {
            targets,
            heard: AtomicUsize::new(0),
            level: AtomicU64::new(1.0_f64.to_bits()),
            is_dimmed: AtomicBool::new(false),
            is_muted: AtomicBool::new(false),
            is_mono: AtomicBool::new(false),
        }
    }

    /// The names of the targets that can be heard.
    #[must_use]
    pub fn targets(&self) -> &[String] {
        &self.targets
    }

    /// The number of the target that is heard.
    #[must_use]
    pub fn heard(&self) -> usize {
        self.heard.load(Ordering::Relaxed)
    }

    /// Lets another target be heard instead. Whether there is such a target.
    pub fn listen(&self, target: usize) -> bool {
        let is_there = target < self.targets.len();
        if is_there {
            self.heard.store(target, Ordering::Relaxed);
        }
        is_there
    }

    /// Sets the level in decibels, -200 to 0; what is out of range is brought into it, what is no number
    /// is refused. Whether it was taken.
    pub fn set_level_db(&self, level_db: f64) -> bool {
        if !level_db.is_nan() {
            let amplitude = decibels_to_amplitude(level_db.clamp(LOWEST_DB, 0.0));
            self.level.store(amplitude.to_bits(), Ordering::Relaxed);
        }
        !level_db.is_nan()
    }

    /// The level in decibels, -200 to 0.
    #[must_use]
    pub fn level_db(&self) -> f64 {
        amplitude_to_decibels(f64::from_bits(self.level.load(Ordering::Relaxed)))
    }

    /// Turns it down by 20 dB, or up again.
    pub fn set_dimmed(&self, is_dimmed: bool) {
        self.is_dimmed.store(is_dimmed, Ordering::Relaxed);
    }

    /// Whether it is dimmed.
    #[must_use]
    pub fn is_dimmed(&self) -> bool {
        self.is_dimmed.load(Ordering::Relaxed)
    }

    /// Mutes it, or lets it be heard again.
    pub fn set_muted(&self, is_muted: bool) {
        self.is_muted.store(is_muted, Ordering::Relaxed);
    }

    /// Whether it is muted.
    #[must_use]
    pub fn is_muted(&self) -> bool {
        self.is_muted.load(Ordering::Relaxed)
    }

    /// Lets all channels but the LFE be heard as one, from the centre or from left and right, or as they
    /// are again.
    pub fn set_mono(&self, is_mono: bool) {
        self.is_mono.store(is_mono, Ordering::Relaxed);
    }

    /// Whether it is mono.
    #[must_use]
    pub fn is_mono(&self) -> bool {
        self.is_mono.load(Ordering::Relaxed)
    }

    /// What level, dim and mute come to.
    fn amplitude(&self) -> f32 {
        let level = f64::from_bits(self.level.load(Ordering::Relaxed));
        let dimmed = if self.is_dimmed() { level * DIMMED } else { level };
        if self.is_muted() { 0.0 } else { dimmed as f32 }
    }
}
