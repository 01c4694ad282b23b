//! The sum of all lanes in the channels of a target, always in scene order, whoever does the
//! work.

use pulp::{Arch, Simd, WithSimd};

use super::ramp::Ramp;
use crate::block::{FRAMES, Quantum, SILENCE};

/// Lanes of samples, each with the ramps it goes under, in a run of quanta.
pub trait Lanes {
    /// Hands over the quanta of every lane that sounds, each with its number in the run; those of the
    /// same number in scene order.
    ///
    /// Called, not iterated: the compiler makes one loop of it with what is done to each lane.
    fn each(&self, add: impl FnMut(usize, &Quantum, &[Ramp]));
}

/// Mixes one quantum: every lane's samples go under its ramps into the channels they name, lane
/// after lane. `channels` holds a quantum for each channel of the target; what it held is lost.
pub fn mix(arch: Arch, lanes: &impl Lanes, channels: &mut [Quantum]) {
    channels.fill(SILENCE);
    arch.dispatch(Mix { lanes, channels: channels.len(), sums: channels });
}

/// The same for a run of quanta, so many channels each.
pub fn mix_run(arch: Arch, lanes: &impl Lanes, channels: usize, sums: &mut [Quantum]) {
    sums.fill(SILENCE);
    add_run(arch, lanes, channels, sums);
}

/// The same on top of what the sums hold.
pub fn add_run(arch: Arch, lanes: &impl Lanes, channels: usize, sums: &mut [Quantum]) {
    arch.dispatch(Mix { lanes, channels, sums });
}

/// The mix of some quanta, compiled once for every kind of processor.
struct Mix<'a, L> {
    lanes: &'a L,
    channels: usize,
    sums: &'a mut [Quantum],
}

impl<L: Lanes> WithSimd for Mix<'_, L> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { lanes, channels, sums } = self;
        lanes.each(
            #[inline(always)]
            |quantum, samples, ramps| {
                add(simd, samples, ramps, &mut sums[quantum * channels..(quantum + 1) * channels]);
            },
        );
    }
}

/// Vectors of samples that are held in registers while they go under all of their ramps.
const HELD: usize = 4;

/// Adds samples under their ramps. Products are rounded before they are summed: fused with the sum, lanes
/// of turned polarity would not cancel.
#[inline(always)]
fn add<S: Simd>(simd: S, samples: &Quantum, ramps: &[Ramp], sums: &mut [Quantum]) {
    let (parts, frames) = (vectors::<S>(samples), vectors::<S>(&FRAMES));
    for (part, (held, frames)) in parts.iter().zip(frames).enumerate() {
        let held = *held;
        for ramp in ramps {
            let sum = S::as_mut_simd_f32s(&mut sums[ramp.channel as usize]).0;
            let sum = &mut sum.as_chunks_mut::<HELD>().0[part];
            let start = simd.splat_f32s(ramp.start);
            if ramp.step == 0.0 {
                for (sum, held) in sum.iter_mut().zip(held) {
                    *sum = simd.add_f32s(*sum, simd.mul_f32s(held, start));
                }
            } else {
                let step = simd.splat_f32s(ramp.step);
                for ((sum, held), frame) in sum.iter_mut().zip(held).zip(frames) {
                    let gain = simd.add_f32s(start, simd.mul_f32s(step, *frame));
                    *sum = simd.add_f32s(*sum, simd.mul_f32s(held, gain));
                }
            }
        }
    }
}

#[inline(always)]
fn vectors<S: Simd>(samples: &Quantum) -> &[[S::f32s; HELD]] {
    S::as_simd_f32s(samples).0.as_chunks().0
}
