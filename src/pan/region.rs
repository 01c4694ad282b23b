//! One region: the directions between three or four corners, and the gains there.

use super::GainRow;
use crate::layout::MAX_CHANNELS;
use crate::space::Vector;

/// A direction this far outside a region still belongs to it (radians): no direction may fall between
/// two regions by rounding. ITU-R BS.2127 has the same tolerance.
const OUTSIDE: f64 = 1e-11;

/// Three corners whose determinant is less lie in one plane with the listener. Loudspeakers that count as
/// two, 0.01 degrees apart, are well above.
const FLAT: f64 = 1e-14;

/// A corner with less of the sum of the gains than this is silent; what rounding leaves of a corner
/// that a source does not touch is smaller, and -240 dB is not missed.
const SILENT: f64 = 1e-12;

/// The directions between three or four corners.
#[derive(Clone, Debug)]
pub struct Region {
    /// Normals of the planes through the listener and each side, pointing inwards.
    sides: [Vector; 4],
    /// How far outside of each a direction may be.
    tolerances: [f64; 4],
    /// For quads: the linear terms of the two equations.
    quad: Option<[Vector; 2]>,
    /// What every place gets of the corners, in the order of the places.
    shares: Box<[[f64; 4]]>,
    /// The same with channels, in their order; then in the mirror.
    outputs: [Box<[Output]>; 2],
    /// Which corners are virtual.
    virtual_corners: [bool; 4],
}

#[derive(Clone, Copy, Debug)]
struct Output {
    channel: u16,
    /// Which of the shares it gets.
    share: u16,
}

/// As many shares as regions of real loudspeakers and most others have: their gains fit on the stack
/// without being cleared first.
const FEW: usize = 8;

/// What becomes of a corner's gain.
pub struct Mixing<'a> {
    /// For each of the three or four corners, what every place gets of it.
    pub corners: Vec<&'a [f64]>,
    /// Whether each corner is virtual.
    pub is_virtual: Vec<bool>,
    /// The channels that stand in each place.
    pub channels: &'a [Vec<usize>],
    /// The same seen in the mirror.
    pub mirrored: &'a [Vec<usize>],
}

impl Region {
    /// The region between corners given counterclockwise as seen from outside; `None` unless it
    /// is convex and the listener is on its inner side.
    pub fn new(corners: &[Vector], mixing: &Mixing<'_>) -> Option<Self> {
        let count = corners.len();
        let next = |index: usize| &corners[(index + 1) % count];
        let mut sides = [Vector::zeros(); 4];
        for (index, side) in sides.iter_mut().take(count).enumerate() {
            // The cross product of the two corners, precise however close they are.
            *side = corners[index].cross(&(next(index) - corners[index]));
        }
        // The corner after each side must be inside of it.
        let inside = (0..count).all(|index| sides[index].dot(next(index + 1)) > FLAT);
        let shares = shares(mixing);
        inside.then(|| Self {
            sides,
            tolerances: sides.map(|side| -OUTSIDE * side.norm()),
            quad: (count == 4).then(|| linear_terms(corners)),
            outputs: [mixing.channels, mixing.mirrored].map(|of| outputs(&shares, of)),
            shares: shares.into_iter().map(|(_, _, share)| share).collect(),
            virtual_corners: std::array::from_fn(|corner| {
                mixing.is_virtual.get(corner).copied().unwrap_or(false)
            }),
        })
    }

    /// How loud each corner is for a direction, not normalised; `None` if it lies outside.
    #[inline]
    pub fn corner_gains(&self, direction: &Vector) -> Option<[f64; 4]> {
        let side = self.distances(direction);
        let outside = (side[0] < self.tolerances[0])
            | (side[1] < self.tolerances[1])
            | (side[2] < self.tolerances[2])
            | (side[3] < self.tolerances[3]);
        if outside { None } else { Some(self.gains_between(direction, side)) }
    }

    /// The same for a direction that belongs to no region by more than rounding.
    #[cold]
    pub fn nearest_gains(&self, direction: &Vector) -> [f64; 4] {
        self.gains_between(direction, self.distances(direction).map(|side| side.max(0.0)))
    }

    #[inline]
    fn distances(&self, direction: &Vector) -> [f64; 4] {
        self.sides.map(|side| side.dot(direction))
    }

    #[inline]
    fn gains_between(&self, direction: &Vector, side: [f64; 4]) -> [f64; 4] {
        match &self.quad {
            None => without_rounding([side[1], side[2], side[0], 0.0]),
            Some([across, along]) => {
                let x = way_across(side[3], side[1], across.dot(direction));
                let y = way_across(side[0], side[2], along.dot(direction));
                [(1.0 - x) * (1.0 - y), x * (1.0 - y), x * y, (1.0 - x) * y]
            }
        }
    }

    /// Shares the gains of the corners among the loudspeakers, at a power of 1.
    #[inline]
    pub fn fill(&self, corners: [f64; 4], mirrored: bool, row: &mut GainRow) {
        if self.shares.len() <= FEW {
            self.fill_through(&mut [0.0; FEW], corners, mirrored, row);
        } else {
            self.fill_through(&mut [0.0; MAX_CHANNELS], corners, mirrored, row);
        }
    }

    /// The same with room for the gains of all shares.
    #[inline]
    fn fill_through(
        &self,
        gains: &mut [f64],
        corners: [f64; 4],
        mirrored: bool,
        row: &mut GainRow,
    ) {
        let mut energy = 0.0;
        for (gain, share) in gains.iter_mut().zip(&self.shares) {
            *gain = mixed(share, corners);
            energy += *gain * *gain;
        }
        let norm = energy.sqrt();
        row.clear();
        for output in &self.outputs[usize::from(mirrored)] {
            row.push(usize::from(output.channel), gains[usize::from(output.share)] / norm);
        }
    }

    /// Whether gains of the corners leave all virtual ones silent.
    pub fn is_real(&self, corners: [f64; 4]) -> bool {
        self.virtual_corners
            .iter()
            .zip(corners)
            .all(|(is_virtual, gain)| !is_virtual || gain == 0.0)
    }

    /// By how much, at least, a direction is inside all sides (radians, negative outside).
    pub fn depth(&self, direction: &Vector) -> f64 {
        let count = if self.quad.is_some() { 4 } else { 3 };
        let depths = self.sides[..count].iter().map(|side| side.dot(direction) / side.norm());
        depths.fold(f64::INFINITY, f64::min)
    }
}

#[inline]
fn mixed(share: &[f64; 4], corners: [f64; 4]) -> f64 {
    (share[0] * corners[0] + share[1] * corners[1])
        + (share[2] * corners[2] + share[3] * corners[3])
}

/// Negative gains and those that only rounding made are 0.
#[inline]
fn without_rounding(gains: [f64; 4]) -> [f64; 4] {
    let silent = SILENT * (gains[0] + gains[1] + gains[2]);
    gains.map(|gain| if gain > silent { gain } else { 0.0 })
}

/// How far across a quad a direction lies, 0 to 1: the root of a quadratic equation that is
/// -`start` at 0, where its slope is `slope`, and `end` at 1. Neither is negative inside, so there is
/// exactly one root, and it is computed without cancellation.
#[inline]
fn way_across(start: f64, end: f64, slope: f64) -> f64 {
    let (start, end) = (start.max(0.0), end.max(0.0));
    let curve = end + start - slope;
    let root = (slope * slope + 4.0 * curve * start).max(0.0).sqrt();
    let way =
        if slope >= 0.0 { 2.0 * start / (slope + root) } else { (root - slope) / (2.0 * curve) };
    match way {
        way if way > 1.0 - SILENT => 1.0,
        way if way > SILENT => way,
        _ => 0.0,
    }
}

/// The slopes of the two equations at 0 (ITU-R BS.2127, 6.1.2.3): for the way from side d-a to side
/// b-c, and from side a-b to side c-d.
fn linear_terms(corners: &[Vector]) -> [Vector; 2] {
    let slope = |a: Vector, b: Vector, c: Vector, d: Vector| a.cross(&(c - d)) + (b - a).cross(&d);
    let [a, b, c, d] = [corners[0], corners[1], corners[2], corners[3]];
    [slope(a, b, c, d), slope(b, c, d, a)]
}

/// For every channel that gets anything: its place, which of the place's channels, and its shares.
fn shares(mixing: &Mixing<'_>) -> Vec<(usize, usize, [f64; 4])> {
    let of_place = |place: usize| {
        let channels = mixing.channels[place].len();
        let alone = 1.0 / libm::sqrt(channels as f64);
        let share: [f64; 4] = std::array::from_fn(|corner| {
            mixing.corners.get(corner).map_or(0.0, |mix| mix[place] * alone)
        });
        (0..channels).map(move |member| (place, member, share))
    };
    let all = (0..mixing.channels.len()).flat_map(of_place);
    all.filter(|(_, _, share)| share.iter().any(|&gain| gain > 0.0)).collect()
}

fn outputs(shares: &[(usize, usize, [f64; 4])], channels: &[Vec<usize>]) -> Box<[Output]> {
    let output = |(share, &(place, member, _)): (usize, &(usize, usize, [f64; 4]))| Output {
        channel: channels[place][member] as u16,
        share: share as u16,
    };
    let mut outputs: Box<[Output]> = shares.iter().enumerate().map(output).collect();
    outputs.sort_by_key(|output| output.channel);
    outputs
}
