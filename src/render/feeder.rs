//! Keeps the engine fed: reads every source a batch ahead of it.

use std::ops::Range;

use rayon::prelude::*;

use crate::Result;
use crate::block::{QUANTUM, Quanta, Quantum};
use crate::engine::{Inputs, Work};
use crate::source::Feed;

/// The sources of a scene, in scene order.
pub struct Feeder {
    feeds: Vec<Feed>,
    batch: Batch,
    work: Work,
}

/// What was read last, lane after lane.
pub struct Batch {
    quanta: Quanta,
    /// How many quanta there is room for in every lane.
    room: usize,
    /// For every lane, which of its quanta may be other than silence.
    sounding: Vec<Range<usize>>,
}

/// The lanes of one source in a batch.
struct Place<'a> {
    quanta: &'a mut [Quantum],
    room: usize,
    sounding: &'a mut [Range<usize>],
}

impl Feeder {
    /// Feeds a strip from each source, up to `quanta` at once.
    #[must_use]
    pub fn new(feeds: Vec<Feed>, quanta: usize, work: Work) -> Self {
        let lanes = feeds.iter().map(Feed::lanes).sum();
        let batch = Batch {
            quanta: Quanta::silent(lanes * quanta),
            room: quanta,
            sounding: vec![0..0; lanes],
        };
        Self { feeds, batch, work }
    }

    /// Goes to a quantum of the scene.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn seek(&mut self, quantum: u64) -> Result<()> {
        self.feeds.iter_mut().try_for_each(|feed| feed.seek(quantum * QUANTUM as u64))
    }

    /// What was found amiss in the sources so far but could be mended, each line once.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for line in self.feeds.iter().flat_map(Feed::warnings) {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines
    }

    /// Reads the next quanta of every source.
    ///
    /// # Errors
    /// When a file cannot be read, is shorter than it says, or holds NaN or infinity; of several
    /// failures, that of the first strip in scene order.
    pub fn read(&mut self, quanta: usize) -> Result<&Batch> {
        let Self { feeds, batch, work } = self;
        let places = batch.places(feeds.iter().map(Feed::lanes));
        let read = |(feed, place): (&mut Feed, Place<'_>)| place.read(feed, quanta);
        match work {
            Work::Serial => feeds.iter_mut().zip(places).try_for_each(read)?,
            Work::Parallel => {
                let all: Vec<_> = feeds.par_iter_mut().zip(places).map(read).collect();
                all.into_iter().collect::<Result<()>>()?;
            }
        }
        Ok(&self.batch)
    }
}

impl Batch {
    /// The places of sources of so many lanes, one after the other.
    fn places(&mut self, lanes: impl Iterator<Item = usize>) -> Vec<Place<'_>> {
        let Self { quanta, room, sounding } = self;
        let mut left = (&mut quanta[..], sounding.as_mut_slice());
        let place = |lanes: usize| {
            let (quanta, sounding) = std::mem::take(&mut left);
            let (quanta, quanta_left) = quanta.split_at_mut(lanes * *room);
            let (sounding, sounding_left) = sounding.split_at_mut(lanes);
            left = (quanta_left, sounding_left);
            Place { quanta, room: *room, sounding }
        };
        lanes.map(place).collect()
    }
}

impl Place<'_> {
    fn read(self, feed: &mut Feed, quanta: usize) -> Result<()> {
        let lanes = self.quanta.chunks_exact_mut(self.room);
        let mut slices: Vec<&mut [f32]> =
            lanes.map(|lane| lane[..quanta].as_flattened_mut()).collect();
        let frames = feed.read(&mut slices)?;
        let sounding = frames.start / QUANTUM..frames.end.div_ceil(QUANTUM);
        self.sounding.fill(sounding);
        Ok(())
    }
}

impl Inputs for Batch {
    fn quantum(&self, lane: usize, quantum: usize) -> Option<&Quantum> {
        let sounds = self.sounding[lane].contains(&quantum);
        sounds.then(|| &self.quanta[lane * self.room + quantum])
    }
}
