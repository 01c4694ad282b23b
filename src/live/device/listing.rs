//! What devices there are.

use serde::Serialize;

/// A sound system and its devices.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Host {
    /// Its name, as it is asked for by: `alsa`, `jack`, `pipewire`.
    pub name: String,
    /// What can be played to.
    pub devices: Vec<Interface>,
}

/// A device that can be played to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Interface {
    /// The id it is found again by, with its host: `alsa:hw:CARD=PCH`.
    pub id: String,
    /// What it is, in words.
    pub name: String,
    /// Whether it is the one its host takes where none is asked for.
    pub default: bool,
    /// The most channels it has.
    pub channels: usize,
    /// Rates it can run at, of those in use: 44.1 kHz and 48 kHz, up to four times as fast.
    pub rates_hz: Vec<u32>,
}
