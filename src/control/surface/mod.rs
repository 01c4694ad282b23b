//! From messages to what they move: the one place that knows the addresses.

mod adm;
mod head;
mod own;
mod strips;

use std::sync::{Arc, Mutex, PoisonError};

use super::command::Commands;
use super::moves::Moves;
use super::osc::{self, Argument, Malformed, Message};
use super::tracker::Tracker;
use crate::engine::Controls;
use crate::space::Position;
use crate::units::amplitude_to_decibels;
use adm::Object;

/// The most answers to one packet.
const MOST_ANSWERS: usize = 4096;

/// What became of the messages of a packet; a pattern counts for each address that it fits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// What was done or answered.
    pub taken: u64,
    /// What has an address of ours, but says nothing that can be done.
    pub refused: u64,
    /// What has an address of nobody here.
    pub unknown: u64,
}

/// What becomes of one address.
#[derive(Clone, Debug, PartialEq)]
enum Outcome<'a> {
    Taken,
    Refused,
    Answer(Vec<Argument<'a>>),
}

/// All that can be moved by messages.
pub struct Surface {
    controls: Arc<Controls>,
    commands: Arc<Commands>,
    /// The objects of the scene, in its order: their numbers are from 1.
    objects: Vec<Object>,
    tracker: Tracker,
    /// Yaw, pitch and roll as they came last.
    angles_deg: [f64; 3],
    /// The change of programme that came last.
    change: String,
    moves: Option<Arc<Mutex<Moves>>>,
}

impl Surface {
    /// The controls of an engine and the commands to a player; `objects` are the names of all objects
    /// in scene order, those that are silent and have no strip among them.
    #[must_use]
    pub fn new<'a>(
        controls: Arc<Controls>,
        commands: Arc<Commands>,
        objects: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let objects = objects.into_iter().enumerate();
        let objects =
            objects.map(|(index, name)| Object::new(index + 1, name, &controls)).collect();
        Self {
            controls,
            commands,
            objects,
            tracker: Tracker::default(),
            angles_deg: [0.0; 3],
            change: String::new(),
            moves: None,
        }
    }

    /// The same for a head tracker that counts in its own way.
    #[must_use]
    pub fn with_tracker(self, tracker: Tracker) -> Self {
        Self { tracker, ..self }
    }

    /// The same, noting all moves of levels and places.
    #[must_use]
    pub fn with_moves(self, moves: Arc<Mutex<Moves>>) -> Self {
        Self { moves: Some(moves), ..self }
    }

    /// Does what a packet says; answers to questions are handed over message by message.
    ///
    /// # Errors
    /// If anything in it is malformed: then nothing of it is done.
    pub fn take(
        &mut self,
        packet: &[u8],
        mut answer: impl FnMut(&[u8]),
    ) -> Result<Tally, Malformed> {
        let messages = osc::read(packet)?;
        let (mut tally, mut answers, mut bytes) = (Tally::default(), 0, Vec::new());
        for message in &messages {
            let mut known = false;
            self.message(message, &mut |address, outcome| {
                known = true;
                match outcome {
                    Outcome::Taken => tally.taken += 1,
                    Outcome::Answer(arguments) if answers < MOST_ANSWERS => {
                        bytes.clear();
                        osc::write(address, &arguments, &mut bytes);
                        answer(&bytes);
                        answers += 1;
                        tally.taken += 1;
                    }
                    Outcome::Answer(_) | Outcome::Refused => tally.refused += 1,
                }
            });
            tally.unknown += u64::from(!known);
        }
        Ok(tally)
    }

    /// Does what a message says, for every address that its pattern fits.
    fn message(&mut self, message: &Message<'_>, done: &mut dyn FnMut(&str, Outcome<'_>)) {
        let mut parts = [""; 4];
        let mut count = 0;
        for part in message.address.split('/').skip(1) {
            let Some(place) = parts.get_mut(count) else { return };
            *place = part;
            count += 1;
        }
        let said = &message.arguments[..];
        match parts[..count] {
            ["adm", "obj", number, what] => self.adm_objects(number, what, said, done),
            ["adm", "lis", what] => self.adm_listener(what, said, done),
            ["adm", "env", "change"] => self.adm_change(message.address, said, done),
            ["cupola", "strip", name, what] => self.strips(name, what, said, done),
            ["cupola", place, what] => {
                if let Some(outcome) = self.own(place, what, said) {
                    done(message.address, outcome);
                }
            }
            ["cupola", "reload"] => done(message.address, self.reload(said)),
            ["SceneRotator", what] | [what] => {
                if let Some(outcome) = self.head(what, said) {
                    done(message.address, outcome);
                }
            }
            _ => {}
        }
    }

    fn set_level(&self, strip: usize, amplitude: Option<f64>) -> Outcome<'static> {
        let is_taken = self.controls.set_level(strip, amplitude);
        if is_taken {
            let decibels = amplitude.map(amplitude_to_decibels);
            self.note(strip, |moves, name, frame| moves.level(name, frame, decibels));
        }
        Outcome::of(is_taken)
    }

    fn set_position(&self, strip: usize, position: Option<Position>) -> Outcome<'static> {
        let is_taken = self.controls.set_position(strip, position);
        if is_taken {
            self.note(strip, |moves, name, frame| moves.position(name, frame, position));
        }
        Outcome::of(is_taken)
    }

    fn note(&self, strip: usize, note: impl FnOnce(&mut Moves, &str, u64)) {
        let Some(moves) = &self.moves else { return };
        let mut moves = moves.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(name) = self.controls.names().nth(strip) {
            note(&mut moves, name, self.controls.frame());
        }
    }
}

impl Outcome<'_> {
    fn of(is_taken: bool) -> Self {
        if is_taken { Self::Taken } else { Self::Refused }
    }
}

/// As many numbers as are asked for, and no more than those.
fn numbers<const N: usize>(said: &[Argument<'_>]) -> Option<[f64; N]> {
    let mut numbers = [0.0; N];
    if said.len() != N {
        return None;
    }
    for (place, argument) in numbers.iter_mut().zip(said) {
        *place = argument.number()?;
    }
    Some(numbers)
}

/// A switch: on where the number is not 0.
fn switch(said: &[Argument<'_>]) -> Option<bool> {
    numbers::<1>(said).map(|[number]| number != 0.0)
}

/// A name as a part of an address: what OSC keeps for itself becomes `_`.
#[must_use]
pub fn osc_name(name: &str) -> String {
    let is_kept = |it: char| it.is_control() || " #*,/?[]{}".contains(it);
    name.chars().map(|it| if is_kept(it) { '_' } else { it }).collect()
}
