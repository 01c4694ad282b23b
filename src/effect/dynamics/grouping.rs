//! Which lanes go together.

use pulp::{Arch, Simd, WithSimd};

use crate::block::{Bundle, QUANTUM, RUN, SIDE_BY_SIDE, all_along};
use crate::effect::Group;

/// The lanes of a unit that share the gain of a slot.
pub struct Grouping {
    /// The slot of every lane that is in a group.
    slots: Vec<Option<usize>>,
    /// The groups of more lanes than one.
    companies: Vec<Company>,
    arch: Arch,
}

/// The lanes of a group.
struct Company {
    slot: usize,
    members: Vec<Members>,
}

/// Those of them that lie in one bundle.
struct Members {
    bundle: usize,
    /// All ones for a lane of the group, nothing for others.
    masks: [u32; SIDE_BY_SIDE],
}

impl Grouping {
    pub fn new<S>(groups: &[Group<'_, S>], lanes: usize) -> Self {
        let mut slots = vec![None; lanes];
        for group in groups {
            group.lanes.iter().for_each(|&lane| slots[lane] = group.lanes.first().copied());
        }
        let several = groups.iter().filter(|group| group.lanes.len() > 1);
        let companies = several.map(|group| Company::new(&group.lanes)).collect();
        Self { slots, companies, arch: Arch::new() }
    }

    /// The slot of the group of a lane.
    pub fn slot(&self, lane: usize) -> Option<usize> {
        self.slots.get(lane).copied().flatten()
    }

    /// Gives every slot the highest of the levels of its lanes, which are 0 or more.
    pub fn gather(&self, levels: &mut [Bundle]) {
        for company in &self.companies {
            self.arch.dispatch(Gather { company, levels });
        }
    }

    /// Gives every lane the gain of its slot.
    pub fn share(&self, gains: &mut [Bundle]) {
        for company in &self.companies {
            self.arch.dispatch(Share { company, gains });
        }
    }

    /// Puts every lane under the gain of its slot. Slots without a group must have the gain 1.
    pub fn turn(&self, gains: &mut [Bundle], lanes: &mut [Bundle]) {
        self.share(gains);
        self.arch.dispatch(Turn { gains, lanes });
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

impl Company {
    fn new(lanes: &[usize]) -> Self {
        let mut members: Vec<Members> = Vec::new();
        for lane in lanes {
            let bundle = lane / SIDE_BY_SIDE;
            let place = members.iter().position(|it| it.bundle == bundle).unwrap_or_else(|| {
                members.push(Members { bundle, masks: [0; SIDE_BY_SIDE] });
                members.len() - 1
            });
            members[place].masks[lane % SIDE_BY_SIDE] = u32::MAX;
        }
        Self { slot: lanes[0], members }
    }

    #[inline(always)]
    fn gain(&self, gains: &[Bundle]) -> [f32; QUANTUM] {
        let (bundle, column) = (&gains[self.slot / SIDE_BY_SIDE], self.slot % SIDE_BY_SIDE);
        let mut gain = [0.0; QUANTUM];
        for (gain, frame) in gain.iter_mut().zip(bundle) {
            *gain = frame[column];
        }
        gain
    }
}

/// The work of a quantum, compiled once for every kind of processor.
struct Gather<'a> {
    company: &'a Company,
    levels: &'a mut [Bundle],
}

impl WithSimd for Gather<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let Self { company, levels } = self;
        // The bits of numbers that are not negative are in the order of the numbers, and the
        // highest of many whole numbers is what every compiler finds fast.
        let mut highest = [0; QUANTUM];
        for Members { bundle, masks } in &company.members {
            for (highest, frame) in highest.iter_mut().zip(&levels[*bundle]) {
                for lane in 0..SIDE_BY_SIDE {
                    *highest = u32::max(*highest, frame[lane].to_bits() & masks[lane]);
                }
            }
        }
        let (bundle, column) = (company.slot / SIDE_BY_SIDE, company.slot % SIDE_BY_SIDE);
        for (frame, highest) in levels[bundle].iter_mut().zip(highest) {
            frame[column] = f32::from_bits(highest);
        }
    }
}

/// The same for the gains.
struct Share<'a> {
    company: &'a Company,
    gains: &'a mut [Bundle],
}

impl WithSimd for Share<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let Self { company, gains } = self;
        let gain = company.gain(gains);
        let mut gain_of = [[0.0; SIDE_BY_SIDE]; QUANTUM];
        for (row, gain) in gain_of.iter_mut().zip(&gain) {
            *row = [*gain; SIDE_BY_SIDE];
        }
        let gain_of = gain_of.as_flattened().as_chunks::<RUN>().0;
        for Members { bundle, masks } in &company.members {
            let masks = all_along(masks);
            let gains = gains[*bundle].as_flattened_mut().as_chunks_mut::<RUN>().0;
            for (gains, gain_of) in gains.iter_mut().zip(gain_of) {
                for index in 0..RUN {
                    let own = gains[index].to_bits() & !masks[index];
                    gains[index] = f32::from_bits(own | (gain_of[index].to_bits() & masks[index]));
                }
            }
        }
    }
}

/// Lanes under gains.
struct Turn<'a> {
    gains: &'a [Bundle],
    lanes: &'a mut [Bundle],
}

impl WithSimd for Turn<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let gains = self.gains.as_flattened().as_flattened();
        let samples = self.lanes.as_flattened_mut().as_flattened_mut();
        for (sample, gain) in samples.iter_mut().zip(gains) {
            *sample *= gain;
        }
    }
}
