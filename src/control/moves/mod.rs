//! Moves made by hand: noted as they come, thinned, and written into a copy of their scene.

mod thin;
mod timeline;
mod write;

use std::collections::BTreeMap;

use crate::space::Position;
pub use write::{Written, save, write};

/// Moves of one kind are noted no closer than this, in seconds: of those in between the last counts.
const APART_S: f64 = 0.01;

/// The lowest level of a fader in a scene, in decibels: silence is noted as this.
const LOWEST_DB: f64 = -200.0;

/// What was done to levels and places, and when. Whoever goes back in the scene and moves something
/// again has done so from there on: what was noted of it behind that moment is forgotten.
#[derive(Clone, Debug, Default)]
pub struct Moves {
    apart_frames: u64,
    rate_hz: u32,
    strips: BTreeMap<String, StripMoves>,
}

/// What was done to one strip; `None` is letting go.
#[derive(Clone, Debug, Default)]
struct StripMoves {
    /// In decibels.
    levels: Vec<(u64, Option<f64>)>,
    positions: Vec<(u64, Option<Position>)>,
}

impl Moves {
    /// No moves yet, in a scene of so many frames a second.
    #[must_use]
    pub fn new(rate_hz: u32) -> Self {
        let apart_frames = (APART_S * f64::from(rate_hz)) as u64;
        Self { apart_frames, rate_hz, strips: BTreeMap::new() }
    }

    /// Whether nothing was moved.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.strips.is_empty()
    }

    /// Notes that a strip got a level in decibels at a frame of the scene, or was let go.
    pub fn level(&mut self, strip: &str, frame: u64, decibels: Option<f64>) {
        let apart = self.apart_frames;
        let decibels = decibels.map(|it| it.max(LOWEST_DB));
        note(&mut self.of(strip).levels, frame, decibels, apart);
    }

    /// Notes that an object was put somewhere at a frame of the scene, or was let go.
    pub fn position(&mut self, strip: &str, frame: u64, position: Option<Position>) {
        let apart = self.apart_frames;
        note(&mut self.of(strip).positions, frame, position, apart);
    }

    fn of(&mut self, strip: &str) -> &mut StripMoves {
        self.strips.entry(strip.to_owned()).or_default()
    }

    fn timed<T: Copy>(&self, moves: &[(u64, Option<T>)]) -> Vec<(f64, Option<T>)> {
        let seconds = |frame: u64| frame as f64 / f64::from(self.rate_hz);
        moves.iter().map(|(frame, value)| (seconds(*frame), *value)).collect()
    }
}

fn note<T>(moves: &mut Vec<(u64, Option<T>)>, frame: u64, value: Option<T>, apart: u64) {
    let kept = moves.partition_point(|(noted, _)| *noted < frame);
    moves.truncate(kept);
    if value.is_none() && moves.last().is_none_or(|(_, last)| last.is_none()) {
        return; // Nothing was held.
    }
    // Measured from the one before the last, so that a stream of moves does not push one point along.
    if let [.., (before, _), (_, Some(_))] = moves[..]
        && frame - before < apart
    {
        moves.pop();
    }
    moves.push((frame, value));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_are_kept_apart_and_going_back_begins_anew() {
        let mut moves = Moves::new(48_000);
        for step in 0..1000_u64 {
            moves.level("it", step * 48, Some(step as f64));
        }
        let noted = &moves.strips["it"].levels;
        assert!((100..=112).contains(&noted.len()), "{}", noted.len());
        assert_eq!(noted.last(), Some(&(47_952, Some(999.0))));
        moves.level("it", 24_000, Some(-1.0));
        let noted = &moves.strips["it"].levels;
        assert_eq!(noted.last(), Some(&(24_000, Some(-1.0))));
        assert!((50..=57).contains(&noted.len()), "{}", noted.len());
        moves.level("other", 5, None);
        assert!(moves.strips["other"].levels.is_empty());
    }
}
