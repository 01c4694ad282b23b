//! What a player plays to: devices, each behind one trait.

#[cfg(not(feature = "live"))]
mod absent;
mod entrance;
mod listing;
mod mock;
#[cfg(feature = "live")]
mod system;
#[cfg(feature = "live")]
mod system_input;

#[cfg(not(feature = "live"))]
pub use absent::{find, find_input, list};
pub use entrance::{Entrance, InputDevice};
pub use listing::{Host, Interface};
pub use mock::{Heard, Mock, MockInput};
#[cfg(feature = "live")]
pub use system::{find, list};
#[cfg(feature = "live")]
pub use system_input::find_input;

use std::sync::mpsc::Sender;

use super::Player;
use crate::Result;

/// What a stream has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Frames a second.
    pub rate_hz: u32,
    /// Channels, or more.
    pub channels: usize,
}

/// Which device is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The system it belongs to: `alsa`, `jack`, `pipewire`, …; the default one if `None`.
    pub host: Option<String>,
    /// Its id, or its id without the host; the default one if `None`.
    pub device: Option<String>,
    /// Frames that it is to ask for at once; as many as it likes if `None`.
    pub buffer_frames: Option<u32>,
}

/// A device that can be opened, and opened again.
pub trait Device {
    /// The name it is found again by.
    fn id(&self) -> &str;

    /// The most channels it has at a rate; 0 where it does not have the rate.
    ///
    /// # Errors
    /// When it is not there.
    fn most_channels(&self, rate_hz: u32) -> Result<usize>;

    /// Its rate that is nearest to another, in frames a second; of two as near the higher.
    ///
    /// # Errors
    /// When it is not there.
    fn nearest_rate_hz(&self, rate_hz: u32) -> Result<Option<u32>>;

    /// Opens it; from then on it asks the seat for frames.
    ///
    /// # Errors
    /// When it is not there, is in use, or cannot do what is wanted.
    fn open(&mut self, wanted: &Wanted, seat: Seat) -> Result<Box<dyn Stream>>;
}

/// A device at work; dropped, it is closed and gives up the seat.
pub trait Stream {
    /// What it has reported so far.
    fn health(&self) -> Health;

    /// Waits until what was handed out has been heard.
    fn drain(&self);

    /// The frames of its buffer, as far as it is known: so much later than its callback they are
    /// heard, or so much earlier they came; else 0.
    fn buffer_frames(&self) -> usize {
        0
    }
}

/// What a device has reported of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// How often it had nothing to play.
    pub underruns: u64,
    /// Why it is gone, if it is.
    pub lost: Option<String>,
}

/// The place of a player in the callback of a device; given up, it sends the player home.
pub struct Seat {
    player: Option<Box<Player>>,
    home: Sender<Box<Player>>,
}

impl Seat {
    pub(super) fn new(player: Box<Player>, home: Sender<Box<Player>>) -> Self {
        Self { player: Some(player), home }
    }

    /// Fills the frames of a device that has so many channels, interleaved: from its callback.
    pub fn fill(&mut self, interleaved: &mut [f32], channels: usize) {
        if let Some(player) = &mut self.player {
            player.fill(interleaved, channels);
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        if let Some(player) = self.player.take() {
            // Where nobody waits for it any more, it ends here.
            let _ = self.home.send(player);
        }
    }
}
