//! STUB replaced by merge.
#![allow(missing_docs)]
use crate::space::Position;
pub struct Trajectory { rate: f64 }
impl Trajectory {
    pub fn stub(rate: f64) -> Self { Self { rate } }
    pub fn position(&self, time_s: f64) -> Position { Position::polar(self.rate * 360.0 * time_s, 0.0, 1.0) }
    pub fn is_static(&self) -> bool { self.rate == 0.0 }
}
