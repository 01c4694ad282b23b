//! A signal as late as each ear hears it, read between its samples while the delay moves.

use super::kernel::{FINE, Kernel, Weights};
use crate::block::{QUANTUM, Quantum};

/// Frames over which the delay is exact at both ends and what is read there is crossfaded: at the
/// speed at which a source goes round the head in a second the delay moves by 0.025 frames meanwhile,
/// and the crossfade is off by less than -69 dB at a third of the sample rate, -110 dB at 1.5 kHz.
const STRETCH: usize = 16;

/// Ends of the stretches of a quantum.
const ENDS: usize = QUANTUM / STRETCH + 1;

/// Where the delay moves by no more than this in a whole quantum, that is one stretch.
const SLOW_FRAMES: f64 = 0.025;

/// The latest samples of a signal.
#[derive(Clone, Debug)]
pub struct Line {
    /// A ring twice, one behind the other, so that what a read weighs lies in one piece.
    samples: Vec<f32>,
    /// Samples of the ring; whole quanta, so that none wraps around.
    length: usize,
    /// Where the newest quantum begins.
    newest: usize,
    longest_frames: f64,
}

impl Line {
    /// A silent line that reaches `longest_frames` back.
    #[must_use]
    pub fn new(longest_frames: f64) -> Self {
        let reach = longest_frames.ceil().max(0.0) as usize + 2 * FINE + QUANTUM;
        let length = reach.next_power_of_two();
        Self { samples: vec![0.0; 2 * length], length, newest: 0, longest_frames }
    }

    /// Frames after which an input has left the line altogether.
    #[must_use]
    pub fn length(&self) -> usize {
        self.length
    }

    /// Takes the next quantum in.
    #[inline(always)]
    pub fn write(&mut self, quantum: &Quantum) {
        self.newest = (self.newest + QUANTUM) & (self.length - 1);
        for begin in [self.newest, self.newest + self.length] {
            self.samples[begin..begin + QUANTUM].copy_from_slice(quantum);
        }
    }

    /// The latest quantum as late as asked and the lead of the kernel, the delay going straight from
    /// one number of frames to another. Delays beyond the reach of the line are moved into it, and
    /// what is no number is none.
    #[inline(always)]
    pub(super) fn read<const SPAN: usize>(
        &self,
        kernel: &Kernel,
        [from_frames, to_frames]: [f64; 2],
        late: &mut Quantum,
    ) {
        let (from, to) = (self.within(from_frames), self.within(to_frames));
        if from == to {
            let aim = self.aim::<SPAN>(kernel, from);
            *late = self.weigh::<SPAN, QUANTUM>(&aim, 0);
        } else if (to - from).abs() <= SLOW_FRAMES {
            self.glide::<SPAN, QUANTUM, 2>(kernel, [from, to], late);
        } else {
            self.glide::<SPAN, STRETCH, ENDS>(kernel, [from, to], late);
        }
    }

    /// Reads stretches of so many frames, with so many ends.
    #[inline(always)]
    fn glide<const SPAN: usize, const FRAMES: usize, const ENDS: usize>(
        &self,
        kernel: &Kernel,
        [from, to]: [f64; 2],
        late: &mut Quantum,
    ) {
        let step = (to - from) / (ENDS - 1) as f64;
        // All of them first: the weights are then read from memory one by one, as the sums want them.
        let mut aims = [self.aim::<SPAN>(kernel, from); ENDS];
        for (end, aim) in aims.iter_mut().enumerate().skip(1) {
            *aim = self.aim::<SPAN>(kernel, from + step * end as f64);
        }
        for (stretch, late) in late.as_chunks_mut::<FRAMES>().0.iter_mut().enumerate() {
            let aims = [&aims[stretch], &aims[stretch + 1]];
            let [begin, end] = self.weigh_both::<SPAN, FRAMES>(aims, stretch * FRAMES);
            for frame in 0..FRAMES {
                let share = frame as f32 * (1.0 / FRAMES as f32);
                late[frame] = begin[frame] + (end[frame] - begin[frame]) * share;
            }
        }
    }

    #[inline(always)]
    fn within(&self, frames: f64) -> f64 {
        // Not `clamp`: what is no number comes out as 0.
        frames.max(0.0).min(self.longest_frames)
    }

    #[inline(always)]
    fn aim<const SPAN: usize>(&self, kernel: &Kernel, delay_frames: f64) -> Aim {
        let whole = delay_frames as usize;
        let back = whole + Kernel::LEAD_FRAMES + FINE / 2;
        let oldest = self.newest.wrapping_sub(back) & (self.length - 1);
        Aim { weights: kernel.weights::<SPAN>(delay_frames - whole as f64), oldest }
    }

    /// A stretch of the quantum, from a frame on, under the weights of one delay.
    #[inline(always)]
    fn weigh<const SPAN: usize, const FRAMES: usize>(
        &self,
        aim: &Aim,
        first: usize,
    ) -> [f32; FRAMES] {
        let samples = self.samples::<FRAMES>(aim, first);
        let mut sums = [0.0; FRAMES];
        for tap in (FINE - SPAN) / 2..(FINE + SPAN) / 2 {
            for frame in 0..FRAMES {
                sums[frame] += samples[tap + frame] * aim.weights.0[tap];
            }
        }
        sums
    }

    /// The same under those of two delays, which mostly weigh the same samples.
    #[inline(always)]
    fn weigh_both<const SPAN: usize, const FRAMES: usize>(
        &self,
        [begin, end]: [&Aim; 2],
        first: usize,
    ) -> [[f32; FRAMES]; 2] {
        if begin.oldest != end.oldest {
            return [self.weigh::<SPAN, _>(begin, first), self.weigh::<SPAN, _>(end, first)];
        }
        let samples = self.samples::<FRAMES>(begin, first);
        let mut sums = [[0.0; FRAMES]; 2];
        for tap in (FINE - SPAN) / 2..(FINE + SPAN) / 2 {
            for frame in 0..FRAMES {
                sums[0][frame] += samples[tap + frame] * begin.weights.0[tap];
                sums[1][frame] += samples[tap + frame] * end.weights.0[tap];
            }
        }
        sums
    }

    /// What so many frames from one on weigh.
    #[inline(always)]
    fn samples<const FRAMES: usize>(&self, aim: &Aim, first: usize) -> &[f32] {
        let begin = aim.oldest + first;
        // The ring lies there twice.
        &self.samples[begin..begin + FINE + FRAMES - 1]
    }
}

/// How a delay is read: the weights, and where the oldest sample is that the first frame weighs.
#[derive(Clone, Copy)]
struct Aim {
    weights: Weights,
    oldest: usize,
}
