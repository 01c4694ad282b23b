//! The sum of all lanes in the channels of a target, one quantum at a time and always in scene
//! order, whoever does the work.

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

/// Lanes of samples, each with the ramps it goes under.
pub trait Lanes {
    /// Hands over every lane that sounds, in scene order.
    ///
    /// Called, not iterated: the compiler makes one loop of it with what is done to each lane.
    fn each(&self, add: impl FnMut(&Quantum, &[Ramp]));
}

/// Mixes one quantum: every lane's samples go under its ramps into the channels they name, lane
/// after lane. `channels` holds a quantum for each channel of the target; what it held is lost.
pub fn mix(arch: Arch, lanes: &impl Lanes, channels: &mut [Quantum]) {
    arch.dispatch(Mix { lanes, channels });
}

/// The mix of one quantum, compiled once for every kind of processor.
struct Mix<'a, L> {
    lanes: &'a L,
    channels: &'a mut [Quantum],
}

impl<L: Lanes> WithSimd for Mix<'_, L> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let Self { lanes, channels } = self;
        channels.fill(SILENCE);
        lanes.each(
            #[inline(always)]
            |samples, ramps| {
                for ramp in ramps {
                    add(samples, ramp, &mut channels[ramp.channel as usize]);
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
