//! From the chains of strips to the rack of a unit: a block for all lanes that have it.

use std::ops::Range;

use super::plan::{Chain, Keyed};
use super::rack::{Rack, Slot};
use crate::effect::{
    Alignment, Compressor, Deesser, Effect, Eq, Gate, Group, Level, LevelSpec, Limiter, Multiband,
    Saturation, Width,
};

// The numbers of the blocks, in the order of a chain.
const TRIM: usize = 0;
const GATE: usize = 1;
const EQ: usize = 2;
const COMPRESSOR: usize = 3;
const MULTIBAND: usize = 4;
const DEESSER: usize = 5;
const SATURATION: usize = 6;
const DELAY: usize = 7;
const WIDTH: usize = 8;
const LEVEL: usize = 9;
const LIMITER: usize = 10;

/// A strip within a unit, or the mix of a target.
pub(super) struct Member<'a> {
    pub(super) chain: &'a Chain,
    /// Its lanes, numbered within the unit.
    pub(super) lanes: Range<usize>,
    /// Those of them that are LFE.
    pub(super) lfe: Vec<usize>,
}

impl Member<'_> {
    /// Its lanes but the LFE.
    fn full_range(&self) -> Vec<usize> {
        self.lanes.clone().filter(|lane| !self.lfe.contains(lane)).collect()
    }

    /// The lanes whose level decides: the LFE only where there is nothing else.
    fn heard(&self) -> Vec<usize> {
        let full_range = self.full_range();
        if full_range.is_empty() { self.lfe.clone() } else { full_range }
    }
}

/// A rack, and the strips whose level its blocks go by.
pub(super) struct Assembly {
    pub(super) rack: Option<Rack>,
    pub(super) keys: Vec<Key>,
}

/// The strip whose level a block goes by.
pub(super) struct Key {
    pub(super) strip: usize,
    /// The number of the block in the rack.
    pub(super) effect: usize,
    /// A lane of the unit that the block turns down.
    pub(super) lane: usize,
}

impl Chain {
    /// Which blocks it has, in its order.
    pub(super) fn blocks(&self) -> [bool; 11] {
        [
            self.trim_db.is_some() || self.inverted,
            self.gate.is_some(),
            self.eq.is_some(),
            self.compressor.is_some(),
            self.multiband.is_some(),
            self.deesser.is_some(),
            self.saturation.is_some(),
            self.delay_frames > 0,
            self.width.is_some(),
            !self.level_db.is_empty(),
            self.limiter.is_some(),
        ]
    }
}

impl Chain {
    /// Whether a block, by its number, is set as in another chain.
    pub(super) fn has_block_of(&self, other: &Self, block: usize) -> bool {
        match block {
            TRIM => (&self.trim_db, self.inverted) == (&other.trim_db, other.inverted),
            GATE => self.gate == other.gate,
            EQ => self.eq == other.eq,
            COMPRESSOR => self.compressor == other.compressor,
            MULTIBAND => self.multiband == other.multiband,
            DEESSER => self.deesser == other.deesser,
            SATURATION => self.saturation == other.saturation,
            DELAY => self.delay_frames == other.delay_frames,
            WIDTH => self.width == other.width,
            LEVEL => self.level_db == other.level_db,
            _ => self.limiter == other.limiter,
        }
    }

    /// Whether it differs from another at most in the settings of its blocks.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let ties = |chain: &Self| {
            let gate = chain.gate.as_ref().map(|it| (it.key, it.link.clone()));
            let compressor = chain.compressor.as_ref().map(|it| (it.key, it.link.clone()));
            (chain.blocks(), gate, compressor, chain.delay_frames)
        };
        ties(self) == ties(other)
    }
}

/// Puts the blocks of some strips together.
pub(super) fn assemble(members: &[Member<'_>], rate_hz: u32) -> Assembly {
    let lanes = members.iter().map(|member| member.lanes.end).max().unwrap_or(0);
    let mut builder = Builder { members, lanes, rate_hz, slots: Vec::new(), keys: Vec::new() };
    builder.level(TRIM, |chain| LevelSpec {
        decibels: chain.trim_db.iter().cloned().collect(),
        inverted: chain.inverted,
    });
    builder.gate();
    builder.eq();
    builder.compressor();
    builder.multiband();
    builder.deesser();
    builder.saturation();
    builder.delay();
    builder.width();
    builder.level(LEVEL, |chain| LevelSpec { decibels: chain.level_db.clone(), inverted: false });
    builder.limiter();
    let Builder { slots, keys, .. } = builder;
    Assembly { rack: (!slots.is_empty()).then(|| Rack::new(slots, lanes)), keys }
}

struct Builder<'a> {
    members: &'a [Member<'a>],
    lanes: usize,
    rate_hz: u32,
    slots: Vec<Slot>,
    keys: Vec<Key>,
}

impl<'a> Builder<'a> {
    /// Something for every lane of the unit, from the chain of its strip.
    fn by_lane<T>(&self, of: impl Fn(&'a Chain) -> T) -> Vec<T> {
        let lanes = self.members.iter().flat_map(|it| it.lanes.clone().map(move |_| it.chain));
        lanes.map(of).collect()
    }

    fn add(&mut self, block: usize, effect: impl Effect + 'static) {
        self.slots.push(Slot { block, effect: Box::new(effect) });
    }

    fn level(&mut self, block: usize, of: impl Fn(&Chain) -> LevelSpec) {
        let levels = self.by_lane(of);
        if levels.iter().any(|level| !level.decibels.is_empty() || level.inverted) {
            self.add(block, Level::new(levels, self.rate_hz));
        }
    }

    fn delay(&mut self) {
        let frames = self.by_lane(|chain| chain.delay_frames);
        if frames.iter().any(|&frames| frames > 0) {
            self.add(DELAY, Alignment::new(&frames));
        }
    }

    fn eq(&mut self) {
        let bands = self.by_lane(|chain| chain.eq.as_ref());
        if bands.iter().any(Option::is_some) {
            self.add(EQ, Eq::new(&bands, self.rate_hz));
        }
    }

    fn gate(&mut self) {
        let groups = self.groups(|chain| chain.gate.as_ref());
        if !groups.is_empty() {
            self.add(GATE, Gate::new(&groups, self.lanes, self.rate_hz));
        }
    }

    fn compressor(&mut self) {
        let groups = self.groups(|chain| chain.compressor.as_ref());
        if !groups.is_empty() {
            self.add(COMPRESSOR, Compressor::new(&groups, self.lanes, self.rate_hz));
        }
    }

    fn multiband(&mut self) {
        let groups = self.plain_groups(|chain| chain.multiband.as_ref());
        if !groups.is_empty() {
            self.add(MULTIBAND, Multiband::new(&groups, self.lanes, self.rate_hz));
        }
    }

    fn deesser(&mut self) {
        let groups = self.plain_groups(|chain| chain.deesser.as_ref());
        if !groups.is_empty() {
            self.add(DEESSER, Deesser::new(&groups, self.lanes, self.rate_hz));
        }
    }

    fn saturation(&mut self) {
        let settings = self.by_lane(|chain| chain.saturation.as_ref());
        if settings.iter().any(Option::is_some) {
            self.add(SATURATION, Saturation::new(&settings, self.rate_hz));
        }
    }

    /// The groups of a block without side-chain: the lanes of a strip each.
    fn plain_groups<S>(&self, of: impl Fn(&'a Chain) -> Option<&'a S>) -> Vec<Group<'a, S>> {
        let group = |member: &'a Member<'a>| {
            let lanes = member.lanes.clone().collect();
            Some(Group { spec: of(member.chain)?, lanes, heard: member.heard(), key: None })
        };
        self.members.iter().filter_map(group).collect()
    }

    /// The groups of a block with side-chain: a strip each, or all strips of a link, with the settings
    /// and the key of the first. Notes the keys of the block that comes next.
    fn groups<S>(&mut self, of: impl Fn(&'a Chain) -> Option<&'a Keyed<S>>) -> Vec<Group<'a, S>> {
        let effect = self.slots.len();
        let mut links: Vec<Option<&str>> = Vec::new();
        let mut groups: Vec<Group<'a, S>> = Vec::new();
        for member in self.members {
            let Some(block) = of(member.chain) else { continue };
            let link = block.link.as_deref();
            let first = links.iter().position(|it| link.is_some() && *it == link);
            if let Some(group) = first.and_then(|first| groups.get_mut(first)) {
                group.lanes.extend(member.lanes.clone());
                group.heard.extend(member.heard());
                continue;
            }
            let key = block.key.map(|strip| {
                self.keys.push(Key { strip, effect, lane: member.lanes.start });
                self.keys.len() - 1
            });
            let lanes = member.lanes.clone().collect();
            links.push(link);
            groups.push(Group { spec: &block.spec, lanes, heard: member.heard(), key });
        }
        groups
    }

    fn width(&mut self) {
        // Only masters of two channels have a width, and a master stands alone.
        if let Some(width) = self.members.iter().find_map(|member| member.chain.width.as_ref()) {
            self.add(WIDTH, Width::new(width, self.rate_hz));
        }
    }

    /// Limits the LFE apart from the rest: what goes on down there moves nothing above.
    fn limiter(&mut self) {
        let mut groups = Vec::new();
        for member in self.members {
            let Some(spec) = &member.chain.limiter else { continue };
            for lanes in [member.full_range(), member.lfe.clone()] {
                if !lanes.is_empty() {
                    groups.push(Group { spec, heard: lanes.clone(), lanes, key: None });
                }
            }
        }
        if !groups.is_empty() {
            self.add(LIMITER, Limiter::new(&groups, self.lanes, self.rate_hz));
        }
    }
}
