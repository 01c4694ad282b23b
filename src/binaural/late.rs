//! What comes in as late as each ear hears it, and with what nearness does to it.

use pulp::{Scalar256b, Simd, WithSimd};

use super::delay::Line;
use super::hearing::Lateness;
use super::kernel::{Kernel, Spans};
use super::levelled::Levelled;
use super::near_field::Shelf;
use super::responses::EARS;
use crate::block::{QUANTUM, Quantum, SILENCE};

/// One signal on its way to both ears.
#[derive(Debug)]
pub(super) struct LateEars {
    line: Line,
    shelves: [Shelf; EARS],
    /// Frames since anything came in.
    silent_frames: usize,
}

impl LateEars {
    /// Silence, for delays up to `longest_frames`.
    pub(super) fn new(longest_frames: f64) -> Self {
        let (line, shelves) = (Line::new(longest_frames), Default::default());
        Self { line, shelves, silent_frames: usize::MAX }
    }

    /// Counts the next quantum. Whether `tail_frames` after the last sound has left, some may still
    /// be heard: only then is there anything to do.
    #[inline(always)]
    pub(super) fn sounds(&mut self, input: Option<Levelled<'_>>, tail_frames: usize) -> bool {
        let sounds = input.is_some_and(|it| !it.is_silent());
        self.silent_frames = if sounds { 0 } else { self.silent_frames.saturating_add(QUANTUM) };
        self.silent_frames <= self.line.length() + Shelf::TAIL_FRAMES + QUANTUM + tail_frames
    }
}

/// The next quantum on its way to both ears, which is read with a kernel of `SPAN` taps; compiled for the
/// processor at hand.
pub(super) struct LateQuantum<'a, const SPAN: usize> {
    pub(super) late: &'a mut LateEars,
    pub(super) kernel: &'a Kernel,
    /// What comes in; `None` is silence.
    pub(super) input: Option<Levelled<'a>>,
    /// How it is heard when it begins and when it ends.
    pub(super) lateness: [&'a Lateness; 2],
    pub(super) ears: &'a mut [Quantum; EARS],
}

impl<const SPAN: usize> WithSimd for LateQuantum<'_, SPAN>
where
    Kernel: Spans<SPAN>,
{
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        if S::F32_LANES == 1 {
            // Where nothing is known of the processor, its compiler may know something.
            self.run(Scalar256b);
        } else {
            self.run(simd);
        }
    }
}

impl<const SPAN: usize> LateQuantum<'_, SPAN>
where
    Kernel: Spans<SPAN>,
{
    #[inline(always)]
    fn run<S: Simd>(self, simd: S) {
        let Self { late: LateEars { line, shelves, .. }, kernel, input, lateness, ears } = self;
        let [begin, end] = lateness;
        line.go_on();
        let (from, to) = (&begin.delays_frames, &end.delays_frames);
        let ways = [line.way(kernel, [from[0], to[0]]), line.way(kernel, [from[1], to[1]])];
        line.write(input.unwrap_or(Levelled::from(&SILENCE)));
        for (ear, (shelf, samples)) in shelves.iter_mut().zip(ears).enumerate() {
            line.read(simd, &ways[ear], samples);
            shelf.process([begin.nearness[ear], end.nearness[ear]], samples);
        }
    }
}
