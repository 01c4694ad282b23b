//! A signal as late as each ear hears it, read between its samples while the delay moves.

use std::hint::black_box;

use pulp::Simd;

use super::kernel::{FINE, Kernel, ROWS, Read, Spans, Weights};
use super::levelled::Levelled;
use crate::block::{FRAMES, QUANTUM, Quantum};
use crate::dsp::fetch;

/// Frames over which the weights are those of the delay in their middle, and what it moves by before
/// and after that is followed by a slope: at the speed of a source that goes round the head in a second
/// it moves by 0.025 frames meanwhile, which every kernel bears.
const SHORT: usize = 16;

/// The same where it moves half as fast; at a quarter of the speed a whole quantum is one stretch.
const LONG: usize = 2 * SHORT;

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

    /// Moves on to the next quantum, which is written before it is read.
    #[inline(always)]
    pub fn go_on(&mut self) {
        self.newest = (self.newest + QUANTUM) & (self.length - 1);
    }

    /// Takes in the quantum that was moved on to.
    #[inline(always)]
    pub fn write(&mut self, quantum: Levelled<'_>) {
        let (one, other) = self.samples.split_at_mut(self.length);
        let [one, other] = [one, other].map(|ring| &mut ring[self.newest..self.newest + QUANTUM]);
        for (frame, (one, other)) in one.iter_mut().zip(other).enumerate() {
            *one = quantum.at(frame);
            *other = *one;
        }
    }

    /// How the latest quantum is read as late as asked and the lead of the kernel, the delay going
    /// straight from one number of frames to another. Delays beyond the reach of the line are moved into
    /// it, and what is no number is none.
    #[inline(always)]
    pub(super) fn way<'a, const SPAN: usize>(
        &self,
        kernel: &'a Kernel,
        [from_frames, to_frames]: [f64; 2],
    ) -> Way<'a, SPAN>
    where
        Kernel: Spans<SPAN>,
    {
        let (from, to) = (self.within(from_frames), self.within(to_frames));
        let speed = (to - from) * (1.0 / QUANTUM as f64);
        let is_slow =
            |frames: usize| speed.abs() * frames as f64 <= <Kernel as Spans<SPAN>>::STRETCH_FRAMES;
        let stretch = if is_slow(QUANTUM) {
            QUANTUM
        } else if is_slow(LONG) {
            LONG
        } else {
            SHORT
        };
        let first = self.aim::<SPAN>(kernel, from + speed * (stretch / 2) as f64);
        // Its weights have to come from afar.
        fetch(first.weights);
        Way { kernel, from, speed, stretch, first }
    }

    /// The latest quantum as late as it is on a way.
    #[inline(always)]
    pub(super) fn read<S: Simd, const SPAN: usize>(
        &self,
        simd: S,
        way: &Way<'_, SPAN>,
        late: &mut Quantum,
    ) where
        Kernel: Spans<SPAN>,
    {
        // Stretches lie across more of the narrower vectors.
        let is_wide = S::F32_LANES >= SHORT;
        match way.stretch {
            QUANTUM => self.go::<S, SPAN, QUANTUM, 4>(simd, way, late),
            LONG if is_wide => self.go::<S, SPAN, LONG, 2>(simd, way, late),
            LONG => self.go::<S, SPAN, LONG, 4>(simd, way, late),
            _ if is_wide => self.go::<S, SPAN, SHORT, 1>(simd, way, late),
            _ => self.go::<S, SPAN, SHORT, 2>(simd, way, late),
        }
    }

    /// The same in stretches of so many frames; so many vectors of frames at once.
    #[inline(always)]
    fn go<S: Simd, const SPAN: usize, const STRETCH: usize, const PARTS: usize>(
        &self,
        simd: S,
        way: &Way<'_, SPAN>,
        late: &mut Quantum,
    ) where
        Kernel: Spans<SPAN>,
    {
        let mut next = way.first;
        for (stretch, late) in late.as_chunks_mut::<STRETCH>().0.iter_mut().enumerate() {
            let (aim, first) = (next, stretch * STRETCH);
            if first + STRETCH < QUANTUM {
                // Before it is needed: its weights have to come from afar.
                let middle = first + STRETCH + STRETCH / 2;
                next = self.aim::<SPAN>(way.kernel, way.from + way.speed * middle as f64);
            }
            self.glide::<S, SPAN, PARTS>(simd, &aim, first, way.speed, late);
        }
    }

    #[inline(always)]
    fn within(&self, frames: f64) -> f64 {
        // Not `clamp`: what is no number comes out as 0.
        frames.max(0.0).min(self.longest_frames)
    }

    #[inline(always)]
    fn aim<'a, const SPAN: usize>(&self, kernel: &'a Kernel, delay_frames: f64) -> Aim<'a, SPAN>
    where
        Kernel: Spans<SPAN>,
    {
        let Read { whole, weights, rest } = kernel.read(delay_frames);
        let back = whole + Kernel::LEAD_FRAMES + SPAN / 2;
        Aim { weights, rest, oldest: self.newest.wrapping_sub(back) & (self.length - 1) }
    }

    /// A stretch of the quantum, from a frame on, the delay going by at so many frames a frame; so many
    /// vectors of frames at once, which share each weight that is fetched.
    #[inline(always)]
    fn glide<S: Simd, const SPAN: usize, const PARTS: usize>(
        &self,
        simd: S,
        aim: &Aim<'_, SPAN>,
        first: usize,
        speed: f64,
        late: &mut [f32],
    ) {
        let frames = late.len();
        let samples = self.samples(aim, first, frames);
        let speed = simd.splat_f32s(speed as f32);
        let (middle, rest) = (simd.splat_f32s((frames / 2) as f32), simd.splat_f32s(aim.rest));
        let parts = S::as_mut_simd_f32s(late).0.as_chunks_mut::<PARTS>().0;
        for (number, late) in parts.iter_mut().enumerate() {
            let place = number * PARTS * S::F32_LANES;
            let sums = Sums::<S, PARTS>::of(simd, &samples[place..], aim.weights);
            for (part, late) in late.iter_mut().enumerate() {
                let number = load::<S>(&FRAMES, place + part * S::F32_LANES);
                let later = simd.mul_f32s(simd.sub_f32s(number, middle), speed);
                let later = simd.add_f32s(rest, later);
                *late = simd.mul_add_f32s(sums.slope[part], later, sums.now[part]);
            }
        }
    }

    /// What so many frames from one on weigh.
    #[inline(always)]
    fn samples<const SPAN: usize>(
        &self,
        aim: &Aim<'_, SPAN>,
        first: usize,
        frames: usize,
    ) -> &[f32] {
        let begin = aim.oldest + first;
        // The ring lies there twice.
        &self.samples[begin..begin + SPAN + frames - 1]
    }
}

/// Sums of samples under weights, and what they change by with the delay.
struct Sums<S: Simd, const PARTS: usize> {
    now: [S::f32s; PARTS],
    slope: [S::f32s; PARTS],
}

impl<S: Simd, const PARTS: usize> Sums<S, PARTS> {
    /// Of as many samples as so many frames weigh.
    #[inline(always)]
    fn of<const SPAN: usize>(simd: S, samples: &[f32], weights: &Weights<SPAN>) -> Self {
        let samples = &samples[..SPAN - 1 + PARTS * S::F32_LANES];
        let silence = [simd.splat_f32s(0.0); PARTS];
        let mut sums = Self { now: silence, slope: silence };
        // The compiler is not to see how few rows there are: it would fetch all of their samples first, and put
        // most of them aside again for want of registers.
        let edge = black_box(Weights::<SPAN>::EDGE).min(ROWS / 2);
        for row in 0..edge {
            sums.add::<SPAN, 0>(simd, samples, weights, row);
        }
        for row in edge..ROWS - edge {
            sums.add::<SPAN, { ROWS / 2 }>(simd, samples, weights, row);
        }
        for row in ROWS - edge..ROWS {
            sums.add::<SPAN, { ROWS - 1 }>(simd, samples, weights, row);
        }
        sums
    }

    /// Adds a row of taps that has slopes where the row `LIKE` has them. It is summed up by itself first: so only
    /// one addition a row waits for that of the row before.
    #[inline(always)]
    fn add<const SPAN: usize, const LIKE: usize>(
        &mut self,
        simd: S,
        samples: &[f32],
        weights: &Weights<SPAN>,
        row: usize,
    ) {
        const { assert!(SPAN.is_multiple_of(ROWS), "no row is longer than another") };
        for part in 0..PARTS {
            let mut sum = simd.splat_f32s(0.0);
            for place in 0..SPAN / ROWS {
                let tap = row + place * ROWS;
                let heard = load::<S>(samples, tap + part * S::F32_LANES);
                let now = simd.splat_f32s(weights.now[tap]);
                sum = if place == 0 {
                    simd.mul_f32s(heard, now)
                } else {
                    simd.mul_add_f32s(heard, now, sum)
                };
                if Weights::<SPAN>::SLOPE.contains(&(LIKE + place * ROWS)) {
                    let slope = simd.splat_f32s(weights.slope[tap]);
                    self.slope[part] = simd.mul_add_f32s(heard, slope, self.slope[part]);
                }
            }
            self.now[part] = simd.add_f32s(self.now[part], sum);
        }
    }
}

#[inline(always)]
fn load<S: Simd>(samples: &[f32], first: usize) -> S::f32s {
    S::as_simd_f32s(&samples[first..first + S::F32_LANES]).0[0]
}

/// A delay in frames that goes by at so many frames a frame, and how its first stretch is read.
pub(super) struct Way<'a, const SPAN: usize> {
    kernel: &'a Kernel,
    from: f64,
    speed: f64,
    /// Frames of a stretch.
    stretch: usize,
    first: Aim<'a, SPAN>,
}

/// How a delay is read: the weights, what it is longer than theirs by, and where the oldest sample is
/// that the first frame weighs.
#[derive(Clone, Copy)]
struct Aim<'a, const SPAN: usize> {
    weights: &'a Weights<SPAN>,
    rest: f32,
    oldest: usize,
}

#[cfg(test)]
mod tests {
    use pulp::{Scalar128b, Scalar256b, Scalar512b};

    use super::super::kernel::QUICK;
    use super::*;
    use crate::block::SILENCE;

    const QUANTA: usize = 5;

    /// Noise at a frame.
    fn noise(frame: usize) -> f32 {
        (frame * 7919 * 613 % 1009) as f32 / 1009.0
    }

    /// The last of some quanta of noise, read in vectors of some width.
    fn late<S: Simd, const SPAN: usize>(simd: S, delays_frames: [f64; 2]) -> Quantum
    where
        Kernel: Spans<SPAN>,
    {
        let (kernel, mut line, mut late) = (Kernel::new(), Line::new(64.0), SILENCE);
        for quantum in 0..QUANTA {
            let samples = std::array::from_fn(|frame| noise(quantum * QUANTUM + frame));
            line.go_on();
            line.write(Levelled::from(&samples));
        }
        line.read(simd, &line.way(&kernel, delays_frames), &mut late);
        late
    }

    /// Sums of up to 24 numbers below 1 in f32, which rounds them to 6e-8 of what they are: all of them stay
    /// below 2e-6, and a tap of the middle that has lost its slope is 4e-5 off.
    #[test]
    fn every_tap_and_every_slope_is_weighed() {
        fn check<const SPAN: usize>(delay_frames: f64)
        where
            Kernel: Spans<SPAN>,
        {
            let kernel = Kernel::new();
            let Read { whole, weights, rest } = kernel.read::<SPAN>(delay_frames);
            let late = late::<_, SPAN>(Scalar256b, [delay_frames; 2]);
            for (frame, late) in late.iter().enumerate() {
                let newest = (QUANTA - 1) * QUANTUM + frame;
                let oldest = newest - whole - Kernel::LEAD_FRAMES - SPAN / 2;
                let weight = |tap: usize| weights.now[tap] + weights.slope[tap] * rest;
                let sum: f64 = (0..SPAN)
                    .map(|tap| f64::from(weight(tap)) * f64::from(noise(oldest + tap)))
                    .sum();
                assert!((f64::from(*late) - sum).abs() < 2e-6, "frame {frame}: {late} for {sum}");
            }
        }
        // As far from a phase of the table as can be.
        let delay_frames = 20.0 + 150.49 / 512.0;
        check::<FINE>(delay_frames);
        check::<QUICK>(delay_frames);
    }

    /// Whatever the processor, at every speed for which stretches have a length of their own.
    #[test]
    fn vectors_of_any_width_read_the_same_bits() {
        fn check<const SPAN: usize>(delays_frames: [f64; 2])
        where
            Kernel: Spans<SPAN>,
        {
            let narrow = late::<_, SPAN>(Scalar256b, delays_frames);
            assert_eq!(late::<_, SPAN>(Scalar128b, delays_frames), narrow, "{delays_frames:?}");
            assert_eq!(late::<_, SPAN>(Scalar512b, delays_frames), narrow, "{delays_frames:?}");
        }
        for moved in [0.0, 0.02, -0.04, 0.08, -0.9] {
            check::<FINE>([20.3, 20.3 + moved]);
            check::<QUICK>([20.3, 20.3 + moved]);
        }
    }
}
