//! Where a motion takes place: the object's own place, the scene's tempo, the place in the text.

use super::context::Context;
use super::mistake::Mistake;
use super::placement::Spot;
use crate::document::Place;

/// What a motion is built on.
pub struct Site<'a> {
    /// Where the object stands without any motion.
    pub start: Spot,
    /// The scene around it.
    pub context: &'a Context<'a>,
    /// Where the motion stands in the document.
    pub place: Place,
}

impl Site<'_> {
    /// The seconds that a number of beats, written at a key, take.
    pub fn beats_to_s(&self, beats: f64, key: &str) -> Result<f64, Mistake> {
        self.beats_to_s_at(beats, || self.place.key(key))
    }

    /// The seconds that a number of beats, written somewhere, take.
    pub fn beats_to_s_at(&self, beats: f64, place: impl Fn() -> Place) -> Result<f64, Mistake> {
        match self.context.tempo_bpm {
            Some(tempo_bpm) if tempo_bpm > 0.0 => Ok(beats * 60.0 / tempo_bpm),
            _ => Err(Mistake::new(
                place(),
                "beats need a tempo, and the scene has none",
                "give the scene tempo_bpm, or say it in seconds",
            )),
        }
    }

    /// A time that was written in seconds or in beats; `default_s` where it was not written.
    pub fn time_s(
        &self,
        seconds: Option<f64>,
        beats: Option<f64>,
        beats_key: &str,
        default_s: f64,
    ) -> Result<f64, Mistake> {
        match beats {
            Some(beats) => self.beats_to_s(beats, beats_key),
            None => Ok(seconds.unwrap_or(default_s)),
        }
    }

    /// Passes a second, signed, from that rate or from the beats that one pass takes.
    pub fn rate_hz(
        &self,
        per_s: Option<f64>,
        beats: Option<f64>,
        beats_key: &str,
    ) -> Result<f64, Mistake> {
        match beats {
            Some(beats) => Ok(1.0 / self.beats_to_s(beats, beats_key)?),
            None => Ok(per_s.unwrap_or(0.0)),
        }
    }

    /// A mistake at a key of the motion.
    pub fn mistake(&self, key: &str, message: impl Into<String>, help: &str) -> Mistake {
        Mistake::new(self.place.key(key), message, help)
    }
}
