//! Which lanes go together.

use crate::block::{Bundle, QUANTUM, SIDE_BY_SIDE};
use crate::effect::Group;

/// The lanes of a unit that share the gain of a slot.
pub struct Grouping {
    /// The slot of every lane that is in a group.
    slots: Vec<Option<usize>>,
    /// The lanes of groups that are not the first of theirs, with the slot of that.
    followers: Vec<(usize, usize)>,
}

impl Grouping {
    pub fn new<S>(groups: &[Group<'_, S>], lanes: usize) -> Self {
        let mut slots = vec![None; lanes];
        let mut followers = Vec::new();
        for group in groups {
            let Some((&slot, others)) = group.lanes.split_first() else { continue };
            slots[slot] = Some(slot);
            for &lane in others {
                slots[lane] = Some(slot);
                followers.push((lane, slot));
            }
        }
        Self { slots, followers }
    }

    /// The slot of the group of a lane.
    pub fn slot(&self, lane: usize) -> Option<usize> {
        self.slots.get(lane).copied().flatten()
    }

    /// Gives every slot the highest of the levels of its lanes.
    pub fn gather(&self, levels: &mut [Bundle]) {
        for &(lane, slot) in &self.followers {
            for frame in 0..QUANTUM {
                let level = *sample(levels, lane, frame);
                let highest = sample(levels, slot, frame);
                *highest = if level > *highest { level } else { *highest };
            }
        }
    }

    /// Puts every lane under the gain of its slot. Slots without a group must have the gain 1.
    pub fn turn(&self, gains: &mut [Bundle], lanes: &mut [Bundle]) {
        for &(lane, slot) in &self.followers {
            for frame in 0..QUANTUM {
                *sample(gains, lane, frame) = *sample(gains, slot, frame);
            }
        }
        let gains = gains.as_flattened().as_flattened();
        for (sample, gain) in lanes.as_flattened_mut().as_flattened_mut().iter_mut().zip(gains) {
            *sample *= gain;
        }
    }
}

fn sample(bundles: &mut [Bundle], lane: usize, frame: usize) -> &mut f32 {
    &mut bundles[lane / SIDE_BY_SIDE][frame][lane % SIDE_BY_SIDE]
}
