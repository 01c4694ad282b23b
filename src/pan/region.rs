//! One region: the directions between three or four corners, and the gains there.

use super::GainRow;
use super::shares::Shares;
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
    /// The three coordinates of the normals of the planes through the listener and each side, which
    /// point inwards.
    sides: [[f64; 4]; 3],
    /// How far outside of each a direction may be.
    tolerances: [f64; 4],
    is_quad: bool,
    /// For quads: the three coordinates of the linear terms of the two equations.
    slopes: [[f64; 2]; 3],
    shares: Shares,
    /// Which corners are virtual.
    virtual_corners: [bool; 4],
}

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
        let slopes = if count == 4 { linear_terms(corners) } else { [Vector::zeros(); 2] };
        inside.then(|| Self {
            sides: by_coordinate(&sides),
            tolerances: sides.map(|side| -OUTSIDE * side.norm()),
            is_quad: count == 4,
            slopes: by_coordinate(&slopes),
            shares: Shares::new(mixing),
            virtual_corners: std::array::from_fn(|corner| {
                mixing.is_virtual.get(corner).copied().unwrap_or(false)
            }),
        })
    }

    /// How loud each corner is for a direction, not normalised; `None` if it lies outside.
    #[inline(always)]
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

    #[inline(always)]
    fn distances(&self, direction: &Vector) -> [f64; 4] {
        dots(&self.sides, direction)
    }

    #[inline(always)]
    fn gains_between(&self, direction: &Vector, side: [f64; 4]) -> [f64; 4] {
        if !self.is_quad {
            return without_rounding([side[1], side[2], side[0], 0.0]);
        }
        let slopes = dots(&self.slopes, direction);
        let [x, y] = ways_across([side[3], side[0]], [side[1], side[2]], slopes);
        [(1.0 - x) * (1.0 - y), x * (1.0 - y), x * y, (1.0 - x) * y]
    }

    /// Shares the gains of the corners among the loudspeakers, at a power of 1.
    #[inline(always)]
    pub fn fill(&self, corners: [f64; 4], mirrored: bool, row: &mut GainRow) {
        self.shares.fill(corners, mirrored, row);
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
        let count = if self.is_quad { 4 } else { 3 };
        // Tolerances are multiples of the lengths of the normals.
        let tolerances = &self.tolerances[..count];
        let depths = self.distances(direction).into_iter().zip(tolerances);
        depths
            .fold(f64::INFINITY, |depth, (side, tolerance)| depth.min(side * OUTSIDE / -tolerance))
    }
}

/// Vectors as three rows of coordinates, which are worked on side by side.
fn by_coordinate<const N: usize>(vectors: &[Vector; N]) -> [[f64; N]; 3] {
    std::array::from_fn(|axis| vectors.map(|vector| vector[axis]))
}

/// The products of a vector with some others.
#[inline(always)]
fn dots<const N: usize>([x, y, z]: &[[f64; N]; 3], with: &Vector) -> [f64; N] {
    let (a, b, c) = (with.x, with.y, with.z);
    std::array::from_fn(|it| x[it] * a + y[it] * b + z[it] * c)
}

/// Negative gains and those that only rounding made are 0.
#[inline(always)]
fn without_rounding(gains: [f64; 4]) -> [f64; 4] {
    let silent = SILENT * (gains[0] + gains[1] + gains[2]);
    gains.map(|gain| if gain > silent { gain } else { 0.0 })
}

/// How far across a quad a direction lies either way, 0 to 1: the roots of two quadratic equations that
/// are -`starts` at 0, where their slopes are `slopes`, and `ends` at 1. Neither is negative inside, so
/// there is exactly one root each, and it is computed without cancellation.
#[inline(always)]
fn ways_across(starts: [f64; 2], ends: [f64; 2], slopes: [f64; 2]) -> [f64; 2] {
    let [starts, ends] = [starts, ends].map(|of| of.map(|it| it.max(0.0)));
    std::array::from_fn(|way| {
        let (start, end, slope) = (starts[way], ends[way], slopes[way]);
        let curve = end + start - slope;
        let root = (slope * slope + 4.0 * curve * start).max(0.0).sqrt();
        let rises = slope >= 0.0;
        let part = if rises { 2.0 * start } else { root - slope };
        let whole = if rises { slope + root } else { 2.0 * curve };
        let way = part / whole;
        let way = if way > SILENT { way } else { 0.0 };
        if way > 1.0 - SILENT { 1.0 } else { way }
    })
}

/// The slopes of the two equations at 0 (ITU-R BS.2127, 6.1.2.3): for the way from side d-a to side
/// b-c, and from side a-b to side c-d.
fn linear_terms(corners: &[Vector]) -> [Vector; 2] {
    let slope = |a: Vector, b: Vector, c: Vector, d: Vector| a.cross(&(c - d)) + (b - a).cross(&d);
    let [a, b, c, d] = [corners[0], corners[1], corners[2], corners[3]];
    [slope(a, b, c, d), slope(b, c, d, a)]
}
