//! The sum of all lanes in the channels of a target, one quantum at a time and always in scene
//! order, whoever does the work.

use pulp::Arch;

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

/// Mixes one quantum: every lane's samples go under its ramps into the channels they name, strip
/// after strip and lane after lane. `channels` holds a quantum for each channel of the target; what
/// it held is lost.
pub fn mix<'a, Lanes: Iterator<Item = (&'a Quantum, &'a [Ramp])>>(
    arch: Arch,
    strips: impl Iterator<Item = Lanes>,
    channels: &mut [Quantum],
) {
    arch.dispatch(
        #[inline(always)]
        || {
            channels.fill(SILENCE);
            for lanes in strips {
                for (samples, ramps) in lanes {
                    for ramp in ramps {
                        add(samples, ramp, &mut channels[ramp.channel as usize]);
                    }
                }
            }
        },
    );
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
