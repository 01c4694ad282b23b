//! Transport, monitor, reload and the head: what has no place in ADM-OSC.

use super::{Outcome, Surface, numbers, switch};
use crate::control::command::Command;
use crate::control::osc::Argument;

/// The latest time that can be asked for, in seconds: eleven days, as in a scene.
const LATEST_S: f64 = 1_000_000.0;

/// The longest name of a target or a marker, in characters.
const LONGEST_NAME: usize = 128;

impl Surface {
    /// What is said to a part of the player; `None` where it has no such part.
    pub(super) fn own(
        &mut self,
        place: &str,
        what: &str,
        said: &[Argument<'_>],
    ) -> Option<Outcome<'static>> {
        let command = match (place, what) {
            // A button that is let go of says 0.
            ("transport", "play") => pressed(said).then_some(Command::Play(true)),
            ("transport", "pause") => pressed(said).then_some(Command::Play(false)),
            ("transport", "locate") => {
                numbers::<1>(said).map(|[seconds]| Command::Locate(seconds.clamp(0.0, LATEST_S)))
            }
            ("transport", "loop") => looped(said).map(Command::Loop),
            ("monitor", "dim") => switch(said).map(Command::Dim),
            ("monitor", "mute") => switch(said).map(Command::Mute),
            ("monitor", "mono") => switch(said).map(Command::Mono),
            ("monitor", "level") => {
                numbers::<1>(said).map(|[decibels]| Command::Level(decibels.clamp(-200.0, 0.0)))
            }
            ("transport", "marker") => name(said).map(Command::Marker),
            ("monitor", "listen") => name(said).map(Command::Listen),
            ("head", "release") if pressed(said) => {
                return Some(Outcome::of(self.controls.set_head(None)));
            }
            ("head", "release") => None,
            _ => return None,
        };
        let is_taken = command.is_some();
        command.into_iter().for_each(|command| self.commands.send(command));
        Some(Outcome::of(is_taken))
    }

    pub(super) fn reload(&self, said: &[Argument<'_>]) -> Outcome<'static> {
        if pressed(said) {
            self.commands.send(Command::Reload);
        }
        Outcome::of(pressed(said))
    }
}

fn name(said: &[Argument<'_>]) -> Option<String> {
    match said {
        [Argument::Text(name)] => Some(name.chars().take(LONGEST_NAME).collect()),
        _ => None,
    }
}

fn pressed(said: &[Argument<'_>]) -> bool {
    said.is_empty() || switch(said) == Some(true)
}

/// A range that is no shorter than a millisecond, or none.
fn looped(said: &[Argument<'_>]) -> Option<Option<(f64, f64)>> {
    if said.is_empty() || switch(said) == Some(false) {
        return Some(None);
    }
    let [begin, end] = numbers::<2>(said)?.map(|it| it.clamp(0.0, LATEST_S));
    (end - begin >= 0.001).then_some(Some((begin, end)))
}
