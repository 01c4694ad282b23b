//! Straight through the room.

use super::key::Key;
use super::keyed::Way;
use crate::motion::sphere;
use crate::space::{Position, Vector};

/// A straight line between neighbouring points.
#[derive(Debug)]
pub struct Straight(Vec<Vector>);

impl Straight {
    pub fn new(keys: &[Key]) -> Self {
        Self(keys.iter().map(|key| key.spot.point()).collect())
    }
}

impl Way for Straight {
    fn between(&self, index: usize, fraction: f64, ends: &[Position; 2]) -> Position {
        let (from, to) = (&self.0[index], &self.0[index + 1]);
        sphere::position(&(from + (to - from) * fraction), &ends[0].direction)
    }
}
