//! The sum of all lanes in the channels of a target, always in scene order, whoever does the
//! work.

use pulp::{Arch, Simd, WithSimd};

use super::ramp::Ramp;
use crate::block::{QUANTUM, Quantum, SILENCE};

/// The frames of a quantum as numbers.
const FRAMES: [f32; QUANTUM] = {
    let mut frames = [0.0; QUANTUM];
    let mut index = 0;
    while index < QUANTUM {
        frames[index] = index as f32;
        index += 1;
    }
    frames
};

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
    fn with_simd<S: Simd>(self, _simd: S) {
        let Self { lanes, channels, sums } = self;
        lanes.each(
            #[inline(always)]
            |quantum, samples, ramps| {
                let sums = &mut sums[quantum * channels..(quantum + 1) * channels];
                for ramp in ramps {
                    add(samples, ramp, &mut sums[ramp.channel as usize]);
                }
            },
        );
    }
}

/// Adds samples under a ramp. Multiplications and additions stay apart, so that every machine
/// gives the same bits.
#[inline(always)]
fn add(samples: &Quantum, ramp: &Ramp, sum: &mut Quantum) {
    if ramp.step == 0.0 {
        for (sum, sample) in sum.iter_mut().zip(samples) {
            *sum += sample * ramp.start;
        }
    } else {
        for ((sum, sample), frame) in sum.iter_mut().zip(samples).zip(&FRAMES) {
            *sum += sample * (ramp.start + ramp.step * frame);
        }
    }
}
