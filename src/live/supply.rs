//! What the engine is fed from while a scene plays: blocks that were read ahead.

use rtrb::{Consumer, Producer, RingBuffer};

use super::block::Block;
use crate::block::Quantum;
use crate::engine::Inputs;
use crate::source::Feed;

/// Blocks that are there before a scene starts to play from somewhere: an eleventh of a second.
const TO_START: usize = 16;

/// The near end of the sources: blocks come full and go back empty.
pub struct Supply {
    lines: Vec<Line>,
    now: Now,
}

/// The near end of one source.
struct Line {
    /// Its number among all sources.
    source: usize,
    full: Consumer<Box<Block>>,
    empty: Producer<Box<Block>>,
    to_start: usize,
}

/// The far end of one source, where blocks are filled.
pub struct Shelf {
    /// Where full blocks go.
    pub full: Producer<Box<Block>>,
    /// Where empty ones come from.
    pub empty: Consumer<Box<Block>>,
}

/// The blocks that are being rendered; none where a source was late.
pub struct Now {
    blocks: Vec<Option<Box<Block>>>,
    /// For every lane of the engine, its source and its channel there.
    lanes: Vec<(usize, usize)>,
}

/// Rings of so many blocks for the sources that can be read ahead, in their order; what comes in
/// through an interface has one block of its own.
pub fn supply(feeds: &[Feed], blocks: usize) -> (Supply, Vec<Shelf>) {
    let is_read = |feed: &Feed| feed.inputs().is_empty();
    let read = feeds.iter().enumerate().filter(|it| is_read(it.1));
    let (lines, shelves) = read.map(|(source, feed)| ring(source, feed.lanes(), blocks)).unzip();
    let numbers = feeds.iter().enumerate();
    let numbers =
        numbers.flat_map(|(source, feed)| (0..feed.lanes()).map(move |lane| (source, lane)));
    let own = |feed: &Feed| (!is_read(feed)).then(|| Box::new(Block::new(feed.lanes())));
    let now = Now { blocks: feeds.iter().map(own).collect(), lanes: numbers.collect() };
    (Supply { lines, now }, shelves)
}

fn ring(source: usize, lanes: usize, blocks: usize) -> (Line, Shelf) {
    let (full_in, full) = RingBuffer::new(blocks);
    // One more: the block that is being rendered comes back too.
    let (mut empty, empty_out) = RingBuffer::new(blocks + 1);
    for _ in 0..blocks {
        let _ = empty.push(Box::new(Block::new(lanes)));
    }
    let line = Line { source, full, empty, to_start: TO_START.min(blocks) };
    (line, Shelf { full: full_in, empty: empty_out })
}

impl Supply {
    /// Whether enough has been read for an order to start to play.
    pub fn is_ready(&mut self, order: u64) -> bool {
        let mut all = true;
        for line in &mut self.lines {
            line.drop_before(order, 0);
            all &= line.full.slots() >= line.to_start;
        }
        all
    }

    /// Whether every source has the block at a place.
    pub fn has(&mut self, order: u64, place: u64) -> bool {
        let mut all = true;
        for line in &mut self.lines {
            line.drop_before(order, place);
            all &= line.full.slots() > 0;
        }
        all
    }

    /// Makes the blocks at a place the current ones, and says how many sources have none.
    pub fn advance(&mut self, order: u64, place: u64) -> u64 {
        let mut missed = 0;
        for line in &mut self.lines {
            let now = &mut self.now.blocks[line.source];
            line.give_back(now.take());
            line.drop_before(order, place);
            if line.full.peek().is_ok_and(|it| (it.order, it.place) == (order, place)) {
                *now = line.full.pop().ok();
            } else {
                missed += 1;
            }
        }
        missed
    }

    /// The current blocks.
    pub fn now(&self) -> &Now {
        &self.now
    }

    /// The same, to fill those of sources that are not read.
    pub fn now_mut(&mut self) -> &mut Now {
        &mut self.now
    }
}

impl Line {
    /// Gives back blocks that are not wanted any more.
    fn drop_before(&mut self, order: u64, place: u64) {
        while self.full.peek().is_ok_and(|it| it.order != order || it.place < place) {
            let old = self.full.pop().ok();
            self.give_back(old);
        }
    }

    fn give_back(&mut self, block: Option<Box<Block>>) {
        if let Some(block) = block {
            // There is room for all blocks there are.
            let _ = self.empty.push(block);
        }
    }
}

impl Now {
    /// The block of a source that is not read.
    ///
    /// # Panics
    /// When it is read.
    pub fn room(&mut self, source: usize) -> &mut Block {
        self.blocks[source].as_mut().expect("what is not read has a block of its own")
    }
}

impl Inputs for Now {
    fn quantum(&self, lane: usize, quantum: usize) -> Option<&Quantum> {
        let (source, channel) = self.lanes[lane];
        self.blocks[source].as_ref()?.quantum(channel, quantum)
    }
}
