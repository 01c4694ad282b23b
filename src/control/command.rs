//! What is asked of the player, rather than of the desk.

use std::sync::{Mutex, PoisonError};

/// Something that the player is asked to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// To play (true) or to pause.
    Play(bool),
    /// To go on from a time in seconds of the scene, at least 0.
    Locate(f64),
    /// To go on from the marker of a name.
    Marker(String),
    /// To play a range over and over, in seconds of the scene, the end behind the begin; or no longer.
    Loop(Option<(f64, f64)>),
    /// To read the scene anew.
    Reload,
    /// To turn the monitor down, or up again.
    Dim(bool),
    /// To mute the monitor.
    Mute(bool),
    /// To make the monitor mono.
    Mono(bool),
    /// To set the monitor's level in decibels, at most 0.
    Level(f64),
    /// To listen to a target.
    Listen(String),
    /// A change of programme by this name (`/adm/env/change`), of at most 128 characters.
    Change(String),
}

/// What has been asked and not yet been taken: of every kind the last. It never grows.
#[derive(Debug, Default)]
pub struct Commands {
    waiting: Mutex<Vec<Command>>,
}

impl Commands {
    /// Asks for something, instead of what was asked of its kind before.
    pub fn send(&self, command: Command) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let kind = std::mem::discriminant(&command);
        waiting.retain(|it| std::mem::discriminant(it) != kind);
        waiting.push(command);
    }

    /// Takes all that is asked for, in the order of asking.
    #[must_use]
    pub fn take(&self) -> Vec<Command> {
        std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
