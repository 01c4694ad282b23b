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

    /// Gives every lane the gain of its slot.
    pub fn share(&self, gains: &mut [Bundle]) {
        for &(lane, slot) in &self.followers {
            for frame in 0..QUANTUM {
                *sample(gains, lane, frame) = *sample(gains, slot, frame);
            }
        }
    }

    /// Puts every lane under the gain of its slot. Slots without a group must have the gain 1.
    pub fn turn(&self, gains: &mut [Bundle], lanes: &mut [Bundle]) {
        self.share(gains);
        let gains = gains.as_flattened().as_flattened();
        for (sample, gain) in lanes.as_flattened_mut().as_flattened_mut().iter_mut().zip(gains) {
            *sample *= gain;
        }
    }

    /// Which of the lanes of each bundle are in a group.
    pub fn members(&self) -> Vec<[bool; SIDE_BY_SIDE]> {
        let bundles = self.slots.chunks(SIDE_BY_SIDE);
        let member = |lanes: &[Option<usize>], lane| lanes.get(lane).is_some_and(Option::is_some);
        bundles.map(|lanes| std::array::from_fn(|lane| member(lanes, lane))).collect()
    }
}

/// Which of the lanes of each bundle decide over the gain of their group.
pub fn heard_lanes<S>(groups: &[Group<'_, S>], lanes: usize) -> Vec<[bool; SIDE_BY_SIDE]> {
    let mut heard = vec![[false; SIDE_BY_SIDE]; lanes.div_ceil(SIDE_BY_SIDE)];
    for lane in groups.iter().flat_map(|group| &group.heard) {
        heard[lane / SIDE_BY_SIDE][lane % SIDE_BY_SIDE] = true;
    }
    heard
}

fn sample(bundles: &mut [Bundle], lane: usize, frame: usize) -> &mut f32 {
    &mut bundles[lane / SIDE_BY_SIDE][frame][lane % SIDE_BY_SIDE]
}
