//! What is asked of a player, by OSC or by a key, done.

use crate::control::Command;
use crate::live::{ControlRoom, Route, Transport};
use crate::scene::Scene;
use crate::units::seconds_to_frames;

/// What can be asked for something.
pub struct Reach<'a> {
    pub scene: &'a Scene,
    pub transport: &'a Transport,
    pub room: &'a ControlRoom,
    /// The frame of the scene that is heard next.
    pub frame: u64,
}

/// What becomes of something that was asked.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// The scene is to be read anew.
    Reload,
    /// It cannot be done, for this reason.
    Refused(String),
}

impl Reach<'_> {
    /// Does what is asked.
    pub fn obey(&self, command: Command) -> Outcome {
        match command {
            Command::Play(true) => self.transport.play(),
            Command::Play(false) => self.transport.pause(),
            Command::Locate(seconds) => self.locate(seconds),
            Command::Marker(name) => match self.scene.spec.marker(&name) {
                Some(marker) => self.locate(marker.at_s),
                None => return Outcome::Refused(format!("the scene has no marker {name:?}")),
            },
            Command::Loop(Some((from, to))) => {
                let range = self.frame_at(from)..self.frame_at(to);
                self.transport.follow(Route::around(range.start, range));
            }
            Command::Loop(None) => self.transport.follow(self.onward()),
            Command::Reload => return Outcome::Reload,
            Command::Dim(is_dimmed) => self.room.set_dimmed(is_dimmed),
            Command::Mute(is_muted) => self.room.set_muted(is_muted),
            Command::Mono(is_mono) => self.room.set_mono(is_mono),
            Command::Level(level_db) => _ = self.room.set_level_db(level_db),
            Command::Listen(name) => return self.listen(&name),
            Command::Change(name) => {
                return Outcome::Refused(format!("nothing is set for the change {name:?}"));
            }
        }
        Outcome::Done
    }

    /// From here to the end of the scene.
    fn onward(&self) -> Route {
        Route::once(self.frame..self.scene.frames)
    }

    fn locate(&self, seconds: f64) {
        self.transport.locate(self.frame_at(seconds));
    }

    fn frame_at(&self, seconds: f64) -> u64 {
        seconds_to_frames(seconds, self.scene.spec.sample_rate).min(self.scene.frames)
    }

    fn listen(&self, name: &str) -> Outcome {
        let targets = self.room.targets();
        match targets.iter().position(|it| it == name) {
            Some(target) => _ = self.room.listen(target),
            None => {
                let message = format!("{name:?} is not played; there is {}", targets.join(", "));
                return Outcome::Refused(message);
            }
        }
        Outcome::Done
    }
}
