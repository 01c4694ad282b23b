//! What a player listens to: devices that sound comes in through.

use std::sync::mpsc::Sender;

use super::{Stream, Wanted};
use crate::Result;
use crate::live::Intake;

/// A device that sound comes in through; can be opened, and opened again.
pub trait InputDevice {
    /// The name it is found again by.
    fn id(&self) -> &str;

    /// The most channels it has at a rate; 0 where it does not have the rate.
    ///
    /// # Errors
    /// When it is not there.
    fn most_channels(&self, rate_hz: u32) -> Result<usize>;

    /// Whether it runs on a clock of its own, and not on that of the output it was found for.
    fn has_own_clock(&self) -> bool {
        false
    }

    /// Opens it; from then on what comes in goes through the entrance.
    ///
    /// # Errors
    /// When it is not there, is in use, or cannot do what is wanted.
    fn open(&mut self, wanted: &Wanted, entrance: Entrance) -> Result<Box<dyn Stream>>;
}

/// The place of an intake in the callback of an input; given up, it sends the intake home.
pub struct Entrance {
    intake: Option<Box<Intake>>,
    home: Sender<Box<Intake>>,
}

impl Entrance {
    pub(in crate::live) fn new(intake: Box<Intake>, home: Sender<Box<Intake>>) -> Self {
        Self { intake: Some(intake), home }
    }

    /// Takes the frames of a device that has so many channels, interleaved: from its callback.
    pub fn take(&mut self, interleaved: &[f32], channels: usize) {
        if let Some(intake) = &mut self.intake {
            intake.take(interleaved, channels);
        }
    }
}

impl Drop for Entrance {
    fn drop(&mut self) {
        if let Some(intake) = self.intake.take() {
            // Where nobody waits for it any more, it ends here.
            let _ = self.home.send(intake);
        }
    }
}
