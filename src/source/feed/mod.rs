//! A source placed on the scene's clock: what beds and objects are fed from.

mod build;
mod fade;
mod spec;

use std::ops::Range;

use super::planes::window;
use super::{Source, read_all};
use crate::Result;
use fade::Fades;

pub use spec::{FeedContext, FeedSpec, Origin};

/// A source on the scene's clock: silent before it begins and after it ends, with its fades.
///
/// A sample is a function of its scene frame alone: blocks of any size and seeks change nothing.
pub struct Feed {
    source: Box<dyn Source>,
    start: u64,
    end: Option<u64>,
    fades: Fades,
    names: Vec<String>,
    mask: u32,
    /// The channels of an interface that it stands for.
    inputs: Vec<u16>,
    /// The next scene frame to be read.
    position: u64,
    /// The frame that the source would give next.
    source_at: u64,
}

impl Feed {
    /// Opens the files of a specification, or sets up its signal.
    ///
    /// # Errors
    /// When a file cannot be opened or is not what the specification takes it for: a channel or a
    /// time that it does not have, more than one channel where a mono file is needed.
    pub fn open(spec: &FeedSpec, context: &FeedContext<'_>) -> Result<Self> {
        build::feed(spec, context)
    }

    /// Places a source of the scene's rate at a scene frame, without fades.
    #[must_use]
    pub fn place(source: Box<dyn Source>, start: u64) -> Self {
        let frames = source.frames();
        let end = frames.map(|frames| start.saturating_add(frames));
        let (names, inputs) = (Vec::new(), Vec::new());
        let fades = Fades::default();
        Self { source, start, end, fades, names, mask: 0, inputs, position: 0, source_at: 0 }
    }

    /// How many channels it has.
    #[must_use]
    pub fn lanes(&self) -> usize {
        self.source.channels()
    }

    /// What its channels are called, by the specification or by the mask of the file; empty where
    /// neither says.
    #[must_use]
    pub fn channel_names(&self) -> &[String] {
        &self.names
    }

    /// The WAVE channel mask of the file; 0 where it has none or its channels were picked or named
    /// otherwise.
    #[must_use]
    pub fn mask(&self) -> u32 {
        self.mask
    }

    /// The channels of an interface that it stands for, counted from 1, one for every lane: then there
    /// is nothing to read but silence. Empty for everything else.
    #[must_use]
    pub fn inputs(&self) -> &[u16] {
        &self.inputs
    }

    /// Makes of what came in what belongs to the frames of the scene from `first` on: silence before
    /// its start and after its end, and its fades. Returns what may be other than silence. Allocates
    /// nothing.
    pub fn shape(&self, samples: &mut [f32], first: u64) -> Range<usize> {
        let sounding = self.sounding(first, samples.len());
        samples[..sounding.start].fill(0.0);
        samples[sounding.end..].fill(0.0);
        if !sounding.is_empty() {
            let from = first + sounding.start as u64 - self.start;
            self.fades.apply(&mut [&mut samples[sounding.clone()]], from);
        }
        sounding
    }

    /// What was found amiss so far but could be mended, one line each.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        self.source.warnings()
    }

    /// The scene frame of its first sample.
    #[must_use]
    pub fn start_frame(&self) -> u64 {
        self.start
    }

    /// The scene frame after its last sample; `None` when it never ends.
    #[must_use]
    pub fn end_frame(&self) -> Option<u64> {
        self.end
    }

    /// Goes to a scene frame.
    ///
    /// # Errors
    /// None yet: the source is sought when it is read.
    pub fn seek(&mut self, scene_frame: u64) -> Result<()> {
        self.position = scene_frame;
        Ok(())
    }

    /// Fills every lane (all of one length) with the next frames and returns which of them may be
    /// other than silence: those between its start and its end.
    ///
    /// # Errors
    /// When a file cannot be read, is shorter than it says, or holds NaN or infinity.
    ///
    /// # Panics
    /// When there are fewer or more lanes than [`lanes`](Self::lanes).
    pub fn read(&mut self, lanes: &mut [&mut [f32]]) -> Result<Range<usize>> {
        assert_eq!(lanes.len(), self.lanes(), "a slice for every lane");
        let first = self.position;
        let sounding = self.sounding(first, lanes[0].len());
        self.position = first.saturating_add(lanes[0].len() as u64);
        for lane in lanes.iter_mut() {
            lane[..sounding.start].fill(0.0);
            lane[sounding.end..].fill(0.0);
        }
        if !sounding.is_empty() {
            let from = first + sounding.start as u64 - self.start;
            window(lanes, sounding.clone(), |lanes| self.read_sounding(lanes, from))?;
        }
        Ok(sounding)
    }

    /// Which frames of a block of `length` frames lie between start and end.
    fn sounding(&self, first: u64, length: usize) -> Range<usize> {
        let within = |frame: u64| frame.saturating_sub(first).min(length as u64) as usize;
        let start = within(self.start);
        start..self.end.map_or(length, within).max(start)
    }

    fn read_sounding(&mut self, lanes: &mut [&mut [f32]], from: u64) -> Result<()> {
        if self.source_at != from {
            self.source.seek(from)?;
        }
        // Should reading fail, nobody knows where the source stands.
        self.source_at = u64::MAX;
        read_all(&mut *self.source, lanes)?;
        self.source_at = from + lanes[0].len() as u64;
        self.fades.apply(lanes, from);
        Ok(())
    }
}
