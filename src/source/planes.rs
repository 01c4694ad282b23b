//! Lists of channel slices, made on the stack so that reading does not allocate.

use std::ops::Range;

use super::MAX_FILE_CHANNELS;

/// Channels that most sources have at most; they get a short list.
const FEW: usize = 8;

/// Calls `action` with the frames `range` of every channel.
pub fn window<T>(
    channels: &mut [&mut [f32]],
    range: Range<usize>,
    action: impl FnOnce(&mut [&mut [f32]]) -> T,
) -> T {
    let count = channels.len();
    let slices = channels.iter_mut().map(|channel| &mut channel[range.clone()]);
    listed(count, slices, action)
}

/// Room for some frames of some channels, used again and again.
#[derive(Clone, Debug)]
pub struct Planes {
    samples: Vec<f32>,
    channels: usize,
    frames: usize,
}

impl Planes {
    /// Room for `frames` frames of `channels` channels, at least 1 of each.
    pub fn new(channels: usize, frames: usize) -> Self {
        Self { samples: vec![0.0; channels * frames], channels, frames }
    }

    /// How many frames there is room for.
    pub fn frames(&self) -> usize {
        self.frames
    }

    /// All channels, one behind the other.
    pub fn samples(&self) -> &[f32] {
        &self.samples
    }

    /// All channels, one behind the other.
    pub fn samples_mut(&mut self) -> &mut [f32] {
        &mut self.samples
    }

    /// One channel.
    pub fn channel(&self, channel: usize) -> &[f32] {
        &self.samples[channel * self.frames..][..self.frames]
    }

    /// Calls `action` with the frames `range` of every channel.
    pub fn with<T>(
        &mut self,
        range: Range<usize>,
        action: impl FnOnce(&mut [&mut [f32]]) -> T,
    ) -> T {
        let planes = self.samples.chunks_exact_mut(self.frames);
        listed(self.channels, planes.map(|plane| &mut plane[range.clone()]), action)
    }
}

fn listed<'a, T>(
    count: usize,
    slices: impl Iterator<Item = &'a mut [f32]>,
    action: impl FnOnce(&mut [&mut [f32]]) -> T,
) -> T {
    if count <= FEW {
        listed_in::<FEW, T>(count, slices, action)
    } else {
        listed_in::<MAX_FILE_CHANNELS, T>(count, slices, action)
    }
}

fn listed_in<'a, const MOST: usize, T>(
    count: usize,
    slices: impl Iterator<Item = &'a mut [f32]>,
    action: impl FnOnce(&mut [&mut [f32]]) -> T,
) -> T {
    let mut list: [&'a mut [f32]; MOST] = std::array::from_fn(|_| Default::default());
    for (entry, slice) in list.iter_mut().zip(slices) {
        *entry = slice;
    }
    action(&mut list[..count])
}
