//! Keeps the engine fed: reads every source a batch ahead of it.

use std::ops::Range;

use rayon::prelude::*;

use crate::Result;
use crate::block::{QUANTUM, Quantum, SILENCE};
use crate::engine::{Inputs, Work};
use crate::source::Feed;

/// The sources of a scene and the batch of quanta that is being rendered.
pub struct Feeder {
    strips: Vec<Fed>,
    /// For every lane of the engine, its strip and its channel there.
    lanes: Vec<(usize, usize)>,
    work: Work,
}

/// A source and what was read of it.
struct Fed {
    feed: Feed,
    channels: Vec<Vec<Quantum>>,
    sounding: Range<usize>,
}

impl Feeder {
    /// Feeds a strip from each source, in scene order, up to `quanta` at once.
    #[must_use]
    pub fn new(feeds: Vec<Feed>, quanta: usize, work: Work) -> Self {
        let counts = feeds.iter().map(Feed::lanes).enumerate();
        let lanes = counts.flat_map(|(strip, count)| (0..count).map(move |lane| (strip, lane)));
        let lanes = lanes.collect();
        let strips = feeds.into_iter().map(|feed| {
            let channels = vec![vec![SILENCE; quanta]; feed.lanes()];
            Fed { feed, channels, sounding: 0..0 }
        });
        Self { strips: strips.collect(), lanes, work }
    }

    /// Goes to a quantum of the scene.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn seek(&mut self, quantum: u64) -> Result<()> {
        let frame = quantum * QUANTUM as u64;
        self.strips.iter_mut().try_for_each(|strip| strip.feed.seek(frame))
    }

    /// Reads the next quanta of every source.
    ///
    /// # Errors
    /// When a file cannot be read, is shorter than it says, or holds NaN or infinity; of several
    /// failures, that of the first strip in scene order.
    pub fn read(&mut self, quanta: usize) -> Result<()> {
        let read = |strip: &mut Fed| strip.read(quanta);
        match self.work {
            Work::Serial => self.strips.iter_mut().try_for_each(read),
            Work::Parallel => {
                let results: Vec<Result<()>> = self.strips.par_iter_mut().map(read).collect();
                results.into_iter().collect()
            }
        }
    }
}

impl Fed {
    fn read(&mut self, quanta: usize) -> Result<()> {
        let channels = self.channels.iter_mut();
        let mut slices: Vec<&mut [f32]> =
            channels.map(|channel| channel[..quanta].as_flattened_mut()).collect();
        let frames = self.feed.read(&mut slices)?;
        self.sounding = frames.start / QUANTUM..frames.end.div_ceil(QUANTUM);
        Ok(())
    }
}

impl Inputs for Feeder {
    fn quantum(&self, lane: usize, quantum: usize) -> Option<&Quantum> {
        let (strip, channel) = self.lanes[lane];
        let strip = &self.strips[strip];
        strip.sounding.contains(&quantum).then(|| &strip.channels[channel][quantum])
    }
}
