//! What one sees of a scene that plays, and the keys that are pressed meanwhile.

mod headless;
#[cfg(feature = "live")]
mod screen;
mod silent;

use super::problems;
use crate::control::Command;
use crate::engine::Controls;
use crate::live::{ControlRoom, Metering, Status, Transport};
use crate::render::Target;
use crate::scene::Scene;
use crate::{Error, Result};

/// What there is to be seen.
#[cfg_attr(not(feature = "live"), expect(dead_code, reason = "only a screen shows all of it"))]
pub struct Seen<'a> {
    pub scene: &'a Scene,
    pub targets: &'a [Target],
    /// One for every target.
    pub metering: &'a mut [Metering],
    pub status: &'a Status,
    pub transport: &'a Transport,
    pub room: &'a ControlRoom,
    pub controls: &'a Controls,
    /// Whether it is over.
    pub is_last: bool,
}

/// What a key asks for.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(not(feature = "live"), expect(dead_code, reason = "only a screen has keys"))]
pub enum Key {
    Command(Command),
    /// To end.
    Quit,
    /// To end as Ctrl-C does.
    Interrupt,
}

/// Something that shows how a scene plays.
pub trait View {
    /// Tells something.
    fn say(&mut self, text: &str);

    /// Explains a mistake.
    fn explain(&mut self, error: &Error) {
        self.say(problems::plain_error(error).trim_end());
    }

    /// Shows how things stand; called at every tick.
    ///
    /// # Errors
    /// When that cannot be written.
    fn show(&mut self, seen: &mut Seen<'_>) -> Result<()>;

    /// What was asked by keys since this was asked last.
    fn take_keys(&mut self) -> Vec<Key> {
        Vec::new()
    }
}

/// One that only tells what happens.
pub fn silent() -> Box<dyn View> {
    Box::new(silent::Silent)
}

/// A line of JSON a second where it is to be headless, else a screen where there is a terminal for it.
///
/// # Errors
/// When the terminal cannot be had.
pub fn open(headless: bool) -> Result<Box<dyn View>> {
    if headless {
        return Ok(Box::new(headless::Headless::new()));
    }
    #[cfg(feature = "live")]
    if let Some(screen) = screen::Screen::open()? {
        return Ok(Box::new(screen));
    }
    Ok(silent())
}
