//! Keeps the engine fed: reads every source a batch ahead of it.

use std::ops::Range;

use rayon::prelude::*;

use crate::Result;
use crate::block::{QUANTUM, Quantum, SILENCE};
use crate::engine::{Inputs, Work};
use crate::source::Feed;

/// The sources of a scene, in scene order.
pub struct Feeder {
    feeds: Vec<Feed>,
    batch: Batch,
    work: Work,
}

/// What was read last: the lanes of every strip.
pub struct Batch {
    strips: Vec<Channels>,
    /// For every lane of the engine, its strip and its channel there.
    lanes: Vec<(usize, usize)>,
}

/// The channels of one source, and which of their quanta may be other than silence.
struct Channels {
    quanta: Vec<Vec<Quantum>>,
    sounding: Range<usize>,
}

impl Feeder {
    /// Feeds a strip from each source, up to `quanta` at once.
    #[must_use]
    pub fn new(feeds: Vec<Feed>, quanta: usize, work: Work) -> Self {
        let counts = feeds.iter().map(Feed::lanes).enumerate();
        let lanes = counts.flat_map(|(strip, count)| (0..count).map(move |lane| (strip, lane)));
        let lanes = lanes.collect();
        let strips = feeds.iter().map(|feed| Channels {
            quanta: vec![vec![SILENCE; quanta]; feed.lanes()],
            sounding: 0..0,
        });
        let batch = Batch { strips: strips.collect(), lanes };
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
        let Self { feeds, batch: Batch { strips, .. }, work } = self;
        let read = |(feed, channels): (&mut Feed, &mut Channels)| channels.read(feed, quanta);
        match work {
            Work::Serial => feeds.iter_mut().zip(strips).try_for_each(read)?,
            Work::Parallel => {
                let all: Vec<_> = feeds.par_iter_mut().zip(strips).map(read).collect();
                all.into_iter().collect::<Result<()>>()?;
            }
        }
        Ok(&self.batch)
    }
}

impl Channels {
    fn read(&mut self, feed: &mut Feed, quanta: usize) -> Result<()> {
        let channels = self.quanta.iter_mut();
        let mut slices: Vec<&mut [f32]> =
            channels.map(|channel| channel[..quanta].as_flattened_mut()).collect();
        let frames = feed.read(&mut slices)?;
        self.sounding = frames.start / QUANTUM..frames.end.div_ceil(QUANTUM);
        Ok(())
    }
}

impl Inputs for Batch {
    fn quantum(&self, lane: usize, quantum: usize) -> Option<&Quantum> {
        let (strip, channel) = self.lanes[lane];
        let strip = &self.strips[strip];
        strip.sounding.contains(&quantum).then(|| &strip.quanta[channel][quantum])
    }
}
