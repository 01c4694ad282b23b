//! What has come in lately, for all engines that play.

use std::sync::Arc;

use rtrb::{Consumer, RingBuffer};

use super::{InputFigures, Intake, Listening, MOST_RESERVE_FRAMES};
use crate::block::CONTROL_STEP;

/// Frames that may wait to be gathered: 0.7 s at 48 kHz.
const WAITING_FRAMES: usize = 1 << 15;

/// Frames that are kept, a power of two: 1.4 s at 48 kHz.
const KEPT_FRAMES: usize = 1 << 16;

/// The far end of an input: lives in the callback of the output.
pub struct LineIn {
    ring: Consumer<f32>,
    /// Channel after channel, each a ring of the frames that came last.
    past: Vec<f32>,
    channels: usize,
    reserve_frames: Option<usize>,
    rate_hz: u32,
    /// Whether the input runs on a clock of its own.
    pub(super) has_own_clock: bool,
    /// How many frames have come in so far.
    arrived: u64,
    /// Frames that the output wants with this callback, and with its largest.
    wanted: usize,
    most_wanted: usize,
    pub(super) figures: Arc<InputFigures>,
}

impl LineIn {
    /// One that nothing comes in through.
    pub fn none() -> Self {
        Self::new(&Listening::default(), 1, &Arc::default()).0
    }

    /// Both ends of an input.
    pub fn new(listening: &Listening, rate_hz: u32, figures: &Arc<InputFigures>) -> (Self, Intake) {
        let &Listening { channels, reserve_frames, has_own_clock } = listening;
        let (into, ring) = RingBuffer::new(WAITING_FRAMES * channels);
        let line_in = Self {
            ring,
            past: vec![0.0; KEPT_FRAMES * channels],
            channels,
            reserve_frames: reserve_frames.map(|it| it.min(MOST_RESERVE_FRAMES)),
            rate_hz,
            has_own_clock,
            arrived: 0,
            wanted: 0,
            most_wanted: 0,
            figures: Arc::clone(figures),
        };
        (line_in, Intake::new(into, channels, Arc::clone(figures)))
    }

    /// Gathers what has come in, for a callback that wants so many frames.
    pub fn gather(&mut self, wanted: usize) {
        (self.wanted, self.most_wanted) = (wanted, self.most_wanted.max(wanted));
        if self.channels == 0 {
            return;
        }
        let Ok(chunk) = self.ring.read_chunk(self.ring.slots()) else { return };
        let (first, second) = chunk.as_slices();
        // The ring's end may lie within a frame.
        let mut channel = 0;
        for sample in first.iter().chain(second) {
            self.past[channel * KEPT_FRAMES + self.arrived as usize % KEPT_FRAMES] = *sample;
            channel += 1;
            if channel == self.channels {
                (channel, self.arrived) = (0, self.arrived + 1);
            }
        }
        chunk.commit_all();
    }

    /// How many frames have come in so far.
    pub fn arrived(&self) -> u64 {
        self.arrived
    }

    /// How many frames would have come in by now did they not come all at once.
    pub fn due(&self) -> f64 {
        let since = self.figures.since_called().as_secs_f64() * f64::from(self.rate_hz);
        self.arrived as f64 + since.min(self.figures.largest_callback_frames() as f64)
    }

    /// The first frame that is still kept.
    pub fn first_kept(&self) -> u64 {
        self.arrived.saturating_sub(KEPT_FRAMES as u64)
    }

    /// A sample of a channel, both counted from 0; silence where the input has no such channel.
    pub fn sample(&self, channel: usize, frame: u64) -> f32 {
        let at = channel * KEPT_FRAMES + frame as usize % KEPT_FRAMES;
        self.past.get(at).copied().unwrap_or(0.0)
    }

    /// How many frames the output wants with this callback.
    pub fn wanted(&self) -> usize {
        self.wanted
    }

    /// How many frames there have to be before those are begun with: what this callback takes, by
    /// whole control steps, and the reserve.
    pub fn depth(&self) -> u64 {
        let takes = self.wanted.next_multiple_of(CONTROL_STEP);
        let reserve = self.reserve_frames.unwrap_or_else(|| self.usual_reserve());
        // What is no longer kept cannot be begun with.
        (takes + reserve).min(KEPT_FRAMES / 2) as u64
    }

    /// How many frames may wait before some are left out: both devices may come twice in a row.
    pub fn most(&self) -> u64 {
        self.depth() + (2 * self.largest_callback() + CONTROL_STEP) as u64
    }

    /// The larger of the two callbacks, either of which may be late; and what is rendered ahead where
    /// that is no whole number of control steps.
    fn usual_reserve(&self) -> usize {
        let largest = self.largest_callback();
        if largest.is_multiple_of(CONTROL_STEP) { largest } else { largest + CONTROL_STEP }
    }

    fn largest_callback(&self) -> usize {
        self.most_wanted.max(self.figures.largest_callback_frames())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_in_is_kept_for_a_while() {
        let listening = Listening { channels: 2, ..Listening::default() };
        let (mut line_in, mut intake) = LineIn::new(&listening, 48_000, &Arc::default());
        let mut next = 0.0_f32;
        for frames in [1, 700, 8192, 30_000, 30_000] {
            let frame = |index: usize| [next + index as f32, -next - index as f32, 9.0];
            let came: Vec<f32> = (0..frames).flat_map(frame).collect();
            intake.take(&came, 3);
            line_in.gather(64);
            next += frames as f32;
        }
        assert_eq!((line_in.arrived(), line_in.first_kept()), (68_893, 3357));
        for frame in [3357, 40_000, 68_892] {
            let samples = [0, 1, 2].map(|channel| line_in.sample(channel, frame));
            assert_eq!(samples, [frame as f32, -(frame as f32), 0.0]);
        }
    }

    #[test]
    fn the_usual_reserve_is_the_larger_callback() {
        let listening = Listening { channels: 1, ..Listening::default() };
        let (mut line_in, mut intake) = LineIn::new(&listening, 48_000, &Arc::default());
        intake.take(&[0.0; 512], 1);
        line_in.gather(300);
        assert_eq!(line_in.depth(), 512 + 512);
        intake.take(&[0.0; 1000], 1);
        assert_eq!(line_in.depth(), 512 + 1000 + 256);
        line_in.reserve_frames = Some(7);
        assert_eq!((line_in.depth(), line_in.most()), (512 + 7, 512 + 7 + 2000 + 256));
    }
}
