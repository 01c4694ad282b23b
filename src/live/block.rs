//! What is carried from a source to the engine: a control step of it at most.

use std::ops::Range;

use crate::Result;
use crate::block::{QUANTA_PER_STEP, QUANTUM, Quanta, Quantum};
use crate::source::Feed;

/// Quanta that a block has room for.
const QUANTA: usize = QUANTA_PER_STEP as usize;

/// Some quanta of the lanes of one source.
pub struct Block {
    /// The number of the order it was read for.
    pub order: u64,
    /// Its place among the blocks of that order.
    pub place: u64,
    quanta: Quanta,
    sounding: Range<usize>,
}

impl Block {
    /// Room for so many lanes.
    pub fn new(lanes: usize) -> Self {
        Self { order: 0, place: 0, quanta: Quanta::silent(QUANTA * lanes), sounding: 0..0 }
    }

    /// Reads the next quanta of a source.
    ///
    /// # Errors
    /// When the source cannot be read: then the block is silent.
    pub fn read(&mut self, feed: &mut Feed, quanta: usize) -> Result<()> {
        self.hush();
        let lanes = self.quanta.chunks_mut(QUANTA);
        let mut slices: Vec<&mut [f32]> =
            lanes.map(|lane| lane[..quanta].as_flattened_mut()).collect();
        let frames = feed.read(&mut slices)?;
        self.note_sounding(&frames);
        Ok(())
    }

    /// Room for some quanta of a lane.
    pub fn lane(&mut self, lane: usize, quanta: usize) -> &mut [f32] {
        self.quanta[lane * QUANTA..][..quanta].as_flattened_mut()
    }

    /// Takes note that only these frames may be other than silence.
    pub fn note_sounding(&mut self, frames: &Range<usize>) {
        self.sounding = frames.start / QUANTUM..frames.end.div_ceil(QUANTUM);
    }

    /// Makes it silent.
    pub fn hush(&mut self) {
        self.sounding = 0..0;
    }

    /// A quantum of a lane; `None` is silence.
    pub fn quantum(&self, lane: usize, quantum: usize) -> Option<&Quantum> {
        self.sounding.contains(&quantum).then(|| &self.quanta[lane * QUANTA + quantum])
    }
}
