//! Frames on their way out of the callback.

use rtrb::chunks::ChunkError;
use rtrb::{Consumer, Producer, RingBuffer};

use crate::block::Quantum;

/// The near end of a ring of interleaved frames: takes them from the callback, and drops what does not
/// fit.
pub struct Tape {
    ring: Producer<f32>,
    channels: usize,
}

impl Tape {
    /// A tape that holds so many frames of some channels, and its far end.
    pub(super) fn new(channels: usize, frames: usize) -> (Self, Consumer<f32>) {
        let (ring, out) = RingBuffer::new(frames * channels);
        (Self { ring, channels }, out)
    }

    /// Whether so many frames fit now; where nobody takes them any more, all do.
    pub(super) fn has_room(&self, frames: usize) -> bool {
        self.ring.slots() >= frames * self.channels || self.ring.is_abandoned()
    }

    /// Takes the first frames of the channels; `false` where there is no room.
    pub(super) fn record(&mut self, channels: &[Quantum], frames: usize) -> bool {
        match self.ring.write_chunk_uninit(frames * self.channels) {
            Ok(chunk) => {
                let samples =
                    (0..frames).flat_map(|frame| channels.iter().map(move |it| it[frame]));
                chunk.fill_from_iter(samples);
                true
            }
            Err(ChunkError::TooFewSlots(_)) => false,
        }
    }
}
