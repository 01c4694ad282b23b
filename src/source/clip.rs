//! A part of a source, once or over and over.

use std::ops::Range;

use super::{Source, planes::window, read_all};
use crate::Result;

/// The frames `region` of a source, as a source of their own. Looped, the end meets the beginning
/// without a gap, so whatever resamples it afterwards hears one endless signal.
pub struct Clip {
    source: Box<dyn Source>,
    region: Range<u64>,
    looped: bool,
    /// The next frame to be handed out, counted from the beginning of the clip.
    position: u64,
    /// Where the source stands.
    source_at: u64,
}

impl Clip {
    /// Cuts a region out of a source that has not been read yet. The region must lie within the
    /// source, and not be empty if it is looped; `u64::MAX` as its end stands for endless.
    ///
    /// # Panics
    /// When the region ends before it begins, or is empty but looped.
    #[must_use]
    pub fn new(source: Box<dyn Source>, region: Range<u64>, looped: bool) -> Self {
        assert!(region.start <= region.end, "a region ends after it begins");
        assert!(!looped || !region.is_empty(), "a loop of nothing never ends");
        Self { source, region, looped, position: 0, source_at: 0 }
    }

    fn length(&self) -> u64 {
        self.region.end - self.region.start
    }

    /// Reads frames that lie together in the source.
    fn read_piece(&mut self, channels: &mut [&mut [f32]], from: u64) -> Result<()> {
        if self.source_at != from {
            self.source.seek(from)?;
        }
        // Should reading fail, nobody knows where the source stands.
        self.source_at = u64::MAX;
        read_all(&mut *self.source, channels)?;
        self.source_at = from + channels[0].len() as u64;
        Ok(())
    }
}

impl Source for Clip {
    fn channels(&self) -> usize {
        self.source.channels()
    }

    fn rate_hz(&self) -> u32 {
        self.source.rate_hz()
    }

    fn frames(&self) -> Option<u64> {
        (!self.looped && self.region.end != u64::MAX).then(|| self.length())
    }

    fn read(&mut self, channels: &mut [&mut [f32]]) -> Result<usize> {
        let wanted = channels[0].len();
        let mut done = 0;
        while done < wanted {
            let offset = if self.looped { self.position % self.length() } else { self.position };
            let left = self.length().saturating_sub(offset);
            let frames = usize::try_from(left).unwrap_or(usize::MAX).min(wanted - done);
            if frames == 0 {
                break;
            }
            let from = self.region.start + offset;
            window(channels, done..done + frames, |piece| self.read_piece(piece, from))?;
            done += frames;
            self.position += frames as u64;
        }
        Ok(done)
    }

    fn seek(&mut self, frame: u64) -> Result<()> {
        self.position = frame;
        Ok(())
    }

    fn warnings(&self) -> Vec<String> {
        self.source.warnings()
    }
}
