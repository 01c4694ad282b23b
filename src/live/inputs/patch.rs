//! What one engine takes of what comes in.

use std::sync::atomic::Ordering;

use super::LineIn;
use super::drift::Drift;
use super::splice::{Curve, Splice};
use crate::block::QUANTUM;
use crate::live::supply::Now;
use crate::source::Feed;

/// The sources of an engine that are channels of an interface, and how far they have been heard.
pub struct Patch {
    lines: Vec<Line>,
    /// The frame of the input that is taken next; none until enough has come in.
    at: Option<u64>,
    /// What came in before is not begun with: it was heard, or it is too late for it.
    not_before: u64,
    curve: Curve,
    drift: Drift,
    /// Frames that are to be left out; repeated, where it is negative.
    ahead: i64,
}

/// A source, by its number among all, and where it lies in the scene.
pub struct Line {
    pub source: usize,
    pub feed: Feed,
}

/// Where in the scene quanta are that are to be fed.
#[derive(Clone, Copy)]
pub struct Span {
    pub first_quantum: u64,
    pub quanta: usize,
    /// Whether they are heard.
    pub is_heard: bool,
}

impl Patch {
    pub fn new(lines: Vec<Line>, rate_hz: u32) -> Self {
        let (curve, drift) = (Curve::new(), Drift::new(rate_hz));
        Self { lines, at: None, not_before: 0, curve, drift, ahead: 0 }
    }

    /// Keeps up with an input that runs on a clock of its own; once a callback, when `left` frames are
    /// rendered and wait to be heard.
    pub fn keep_up(&mut self, line_in: &LineIn, left: usize) {
        let Some(at) = self.at.filter(|_| line_in.has_own_clock && !self.lines.is_empty()) else {
            return;
        };
        let waiting = line_in.due() - at as f64 + left as f64;
        self.ahead += self.drift.note(waiting, line_in.wanted());
    }

    /// Lets go of the input: what is heard next is what comes in then.
    pub fn let_go(&mut self) {
        self.not_before = self.at.take().unwrap_or(self.not_before);
    }

    /// Goes on where another is, or so many frames ahead of it.
    pub fn join(&mut self, other: &Self, ahead: i64) {
        self.at = other.at.and_then(|at| at.checked_add_signed(ahead));
        self.not_before = other.not_before;
    }

    /// Feeds the quanta that are rendered next.
    pub fn feed(&mut self, line_in: &LineIn, now: &mut Now, span: Span) {
        if self.lines.is_empty() {
            return;
        }
        let frames = span.quanta * QUANTUM;
        let silence = Splice { from: None, to: None, frames: 0 };
        let splice = if span.is_heard { self.go_on(line_in, frames) } else { silence };
        for Line { source, feed } in &self.lines {
            let block = now.room(*source);
            let mut sounding = 0..0;
            for (lane, channel) in feed.inputs().iter().enumerate() {
                let samples = block.lane(lane, span.quanta);
                splice.fill(&self.curve, line_in, usize::from(*channel) - 1, samples);
                sounding = feed.shape(samples, span.first_quantum * QUANTUM as u64);
            }
            block.note_sounding(&sounding);
        }
    }

    /// How many frames have come in that are not heard yet, at the end of a callback that leaves
    /// `left` rendered: so much later than a callback of the input begins does what it brings begin
    /// to be heard, where both callbacks go on in step. None where no input is heard.
    pub fn latency_frames(&self, line_in: &LineIn, left: usize) -> Option<u64> {
        let at = self.at.filter(|_| !self.lines.is_empty())?;
        Some(line_in.arrived() - at + left as u64)
    }

    /// Takes the next frames, or what there is of them.
    fn go_on(&mut self, line_in: &LineIn, frames: usize) -> Splice {
        let arrived = line_in.arrived();
        let fresh = arrived.saturating_sub(line_in.depth());
        let Some(at) = self.at else { return self.begin(line_in, fresh, frames) };
        let there = arrived - at;
        if there < frames as u64 {
            line_in.figures.underruns.fetch_add(1, Ordering::Relaxed);
            (self.at, self.not_before) = (None, arrived);
            return Splice { from: Some(at), to: None, frames: there as usize };
        }
        let mut to = at;
        if there > line_in.most() {
            line_in.figures.overruns.fetch_add(1, Ordering::Relaxed);
            to = fresh;
            self.drift.begin();
        } else if self.ahead != 0 && there >= frames as u64 + self.ahead.max(0) as u64 {
            line_in.figures.slips.fetch_add(self.ahead.unsigned_abs(), Ordering::Relaxed);
            to = at.saturating_add_signed(std::mem::take(&mut self.ahead));
        }
        self.at = Some(to + frames as u64);
        let from = Some(at).filter(|at| *at >= line_in.first_kept());
        Splice { from, to: Some(to), frames: if to == at { 0 } else { frames } }
    }

    /// Begins once all is there that this callback takes, and the reserve.
    fn begin(&mut self, line_in: &LineIn, fresh: u64, frames: usize) -> Splice {
        let is_there = line_in.arrived() >= line_in.depth() && fresh >= self.not_before;
        let to = Some(fresh).filter(|_| is_there);
        self.ahead = 0;
        self.drift.begin();
        self.at = to.map(|to| to + frames as u64);
        Splice { from: None, to, frames }
    }
}
