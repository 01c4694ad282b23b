//! The sum of all lanes in the channels of a target, one quantum at a time and always in scene
//! order, whoever does the work.

use super::inputs::Inputs;
use super::ramp::Ramp;
use super::strip::{Offset, Strip};
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

/// Mixes one quantum of one target: `channels` holds a quantum for each of its channels.
#[inline(always)]
pub(super) fn mix<I: Inputs>(
    strips: &[Strip],
    inputs: &Offset<'_, I>,
    target: usize,
    quantum: usize,
    channels: &mut [Quantum],
) {
    channels.fill(SILENCE);
    for lane in strips.iter().flat_map(Strip::lanes) {
        if let Some(samples) = lane.samples(quantum, inputs) {
            for ramp in lane.ramps(target, quantum) {
                add(samples, ramp, &mut channels[ramp.channel as usize]);
            }
        }
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
