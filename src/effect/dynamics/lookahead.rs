//! Knowing what comes: the audio is delayed, and its level is the highest of what has come since.

use crate::block::{Bundle, SIDE_BY_SIDE};
use crate::dsp::{LaneDelay, SlidingMaximum};

/// The lookaheads of the groups of a bundle.
#[derive(Default)]
pub struct Lookahead {
    spans: Vec<Span>,
}

/// The lanes that look ahead equally far.
struct Span {
    lanes: [bool; SIDE_BY_SIDE],
    highest: SlidingMaximum,
    delay: LaneDelay,
}

impl Lookahead {
    /// `frames` says how far each lane looks ahead, `held_frames` for how much longer still a level
    /// counts. A lane that does neither is left alone.
    pub fn new(frames: [Option<usize>; SIDE_BY_SIDE], held_frames: usize) -> Self {
        let mut spans: Vec<Span> = Vec::new();
        for (lane, ahead) in frames.into_iter().enumerate() {
            let Some(ahead) = ahead.filter(|ahead| ahead + held_frames > 0) else { continue };
            if frames[..lane].contains(&Some(ahead)) {
                continue;
            }
            let lanes = frames.map(|frames| frames == Some(ahead));
            let highest = SlidingMaximum::new(ahead + held_frames + 1);
            spans.push(Span { lanes, highest, delay: LaneDelay::new(ahead, lanes) });
        }
        Self { spans }
    }

    /// Delays the lanes of a bundle, and makes of its levels the highest of their windows.
    #[inline(always)]
    pub fn process(&mut self, levels: &mut Bundle, lanes: &mut Bundle) {
        let Some((last, others)) = self.spans.split_last_mut() else { return };
        for span in others {
            // The others still need the levels as they came.
            let mut held = *levels;
            span.hold(&mut held);
            for (level, held) in levels.iter_mut().zip(&held) {
                for lane in 0..SIDE_BY_SIDE {
                    level[lane] = if span.lanes[lane] { held[lane] } else { level[lane] };
                }
            }
            span.delay.process(lanes);
        }
        last.hold(levels);
        last.delay.process(lanes);
    }

    /// Whether everything that is held and delayed is silence.
    pub fn is_at_rest(&self) -> bool {
        self.spans.iter().all(|span| span.highest.is_at_rest() && span.delay.is_at_rest())
    }
}

impl Span {
    #[inline(always)]
    fn hold(&mut self, levels: &mut Bundle) {
        for level in levels {
            let highest = self.highest.process(level);
            for lane in 0..SIDE_BY_SIDE {
                level[lane] = if self.lanes[lane] { highest[lane] } else { level[lane] };
            }
        }
    }
}
