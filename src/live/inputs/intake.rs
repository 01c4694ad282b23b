//! Where the callback of an input puts what comes in.

use std::sync::Arc;

use rtrb::Producer;

use super::InputFigures;

/// The near end of an input: lives in its callback.
pub struct Intake {
    ring: Producer<f32>,
    channels: usize,
    figures: Arc<InputFigures>,
}

impl Intake {
    pub(super) fn new(ring: Producer<f32>, channels: usize, figures: Arc<InputFigures>) -> Self {
        Self { ring, channels, figures }
    }

    /// How many channels are kept.
    #[must_use]
    pub fn channels(&self) -> usize {
        self.channels
    }

    pub(super) fn figures(&self) -> Arc<InputFigures> {
        Arc::clone(&self.figures)
    }

    /// Takes the frames of a device, which has so many channels, interleaved. Where nobody has
    /// fetched any for a long time, those that find no room are gone.
    ///
    /// # Panics
    /// When the device has fewer channels than are kept.
    pub fn take(&mut self, interleaved: &[f32], channels: usize) {
        assert!(channels >= self.channels, "every channel that is kept");
        self.figures.note_callback(interleaved.len() / channels);
        let room = self.ring.slots() / self.channels;
        let frames = room.min(interleaved.len() / channels);
        let Ok(chunk) = self.ring.write_chunk_uninit(frames * self.channels) else { return };
        let kept = interleaved.chunks_exact(channels).map(|frame| &frame[..self.channels]);
        chunk.fill_from_iter(kept.flatten().copied());
    }
}
