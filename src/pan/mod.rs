//! STUB replaced by merge.
#![allow(missing_docs)]
use crate::layout::Layout;
use crate::space::Vector;
pub struct GainRow { len: usize, entries: [(u8, f64); 128] }
impl Default for GainRow { fn default() -> Self { Self::new() } }
impl GainRow {
    pub fn new() -> Self { Self { len: 0, entries: [(0, 0.0); 128] } }
    pub fn clear(&mut self) { self.len = 0; }
    pub fn push(&mut self, channel: usize, gain: f64) { self.entries[self.len] = (channel as u8, gain); self.len += 1; }
    pub fn iter(&self) -> impl Iterator<Item = (usize, f64)> + '_ { self.entries[..self.len].iter().map(|&(c, g)| (c as usize, g)) }
}
pub struct Panner { channels: usize }
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Spread { pub width_deg: f64, pub height_deg: f64 }
impl Spread { pub fn is_point(&self) -> bool { self.width_deg == 0.0 && self.height_deg == 0.0 } }
impl Panner {
    pub fn new(layout: &Layout) -> crate::Result<Panner> { Ok(Panner { channels: layout.loudspeakers.len() }) }
    pub fn solve(&self, direction: &Vector, row: &mut GainRow) { row.clear(); let n = self.channels; let a = (direction.x + 1.0) / 2.0 * (n - 1) as f64; let i = (a as usize).min(n - 2); let f = a - i as f64; row.push(i, (1.0 - f).sqrt()); row.push(i + 1, f.sqrt()); }
    pub fn solve_spread(&self, direction: &Vector, _spread: &Spread, row: &mut GainRow) { self.solve(direction, row) }
}
