//! The corners of the panner's regions: the real loudspeakers, and virtual ones where they are missing.
//!
//! ITU-R BS.2127 (6.1.3.1) defines this for the layouts of BS.2051; for those it is followed to the
//! letter. Four additions make it good for any layout: a layout without loudspeakers at ear height
//! gets copies of its only layer there, a horizontal gap of more than 160 degrees is filled from both
//! of its sides, a layer without a gap of more than half a turn gets no copies, and a loudspeaker above
//! 70 degrees takes the place of the zenith.

use super::place::{Angles, Place, same_place};
use crate::space::{Vector, angle_deg};

/// The middle layer reaches this far up and down, in degrees.
const MIDDLE_DEG: f64 = 10.0;

/// The upper and lower layers reach this far up and down; loudspeakers beyond stand overhead.
const LAYER_DEG: f64 = 70.0;

/// Where an empty upper or lower layer is thought to be, in degrees.
const EMPTY_LAYER_DEG: f64 = 30.0;

/// A middle loudspeaker this far outside the azimuths of a layer gets a copy in that layer.
const LAYER_MARGIN_DEG: f64 = 40.0;

/// Wider horizontal gaps are filled: at 180 degrees no gains would be left to find. The widest
/// gap of BS.2051 is 140 degrees.
const WIDEST_GAP_DEG: f64 = 160.0;

/// A virtual loudspeaker closer than this to a real one is not needed.
const CROWDED_DEG: f64 = 5.0;

/// A corner of regions.
#[derive(Clone, Debug)]
pub struct Corner {
    pub nominal: Vector,
    pub real: Vector,
    /// Whether no loudspeaker stands there.
    pub is_virtual: bool,
    /// What every place gets of this corner's gain.
    pub mix: Vec<f64>,
}

/// A corner that is thought of in layers.
#[derive(Clone)]
struct Post {
    nominal: Angles,
    real: Angles,
    is_virtual: bool,
    mix: Vec<f64>,
}

/// All corners for places that leave half a room empty: virtual ones in front, behind, at the sides,
/// above and below, each shared by all, so that something surrounds the listener.
pub fn supported_corners(places: &[Place]) -> Vec<Corner> {
    let mut posts: Vec<Post> = (0..places.len()).map(|index| real_post(places, index)).collect();
    let level = [0.0, 90.0, 180.0, -90.0].map(|azimuth| Angles::new(azimuth, 0.0));
    let poles = [90.0, -90.0].map(|elevation| Angles::new(0.0, elevation));
    let supports = level.into_iter().chain(poles).map(|at| everywhere(places.len(), at));
    posts.extend(supports);
    drop_crowded(posts).into_iter().map(Post::corner).collect()
}

/// All corners but the poles. A gap that had to be filled is noted.
pub fn corners(places: &[Place], gaps: &mut Vec<(f64, f64)>) -> Vec<Corner> {
    let mut posts: Vec<Post> = (0..places.len()).map(|index| real_post(places, index)).collect();
    add_middle_copies(&mut posts);
    fill_gaps(&mut posts, gaps);
    let known = posts.clone();
    for (layer_deg, sign) in [(-EMPTY_LAYER_DEG, -1.0), (EMPTY_LAYER_DEG, 1.0)] {
        add_layer_copies(&mut posts, &known, layer_deg, sign);
    }
    drop_crowded(posts).into_iter().map(Post::corner).collect()
}

/// The poles that no loudspeaker takes: down, then up. Their mix is still to be found.
pub fn poles(places: &[Place]) -> Vec<Corner> {
    let below = places.iter().any(|place| place.nominal.elevation < -LAYER_DEG);
    let above = places.iter().any(|place| place.nominal.elevation > LAYER_DEG || place.overhead);
    let wanted = [(-1.0, below), (1.0, above)].into_iter().filter(|&(_, taken)| !taken);
    wanted
        .map(|(z, _)| Corner::centre(Vector::new(0.0, 0.0, z), Vector::new(0.0, 0.0, z)))
        .collect()
}

impl Corner {
    /// A virtual corner whose mix is still to be found.
    pub fn centre(nominal: Vector, real: Vector) -> Self {
        Self { nominal, real, is_virtual: true, mix: Vec::new() }
    }

    /// Whether it is at ear height.
    pub fn is_level(&self) -> bool {
        libm::asin(self.nominal.z).to_degrees().abs() <= MIDDLE_DEG + 1e-9
    }
}

impl Post {
    fn corner(self) -> Corner {
        let Self { nominal, real, is_virtual, mix } = self;
        Corner { nominal: nominal.direction(), real: real.direction(), is_virtual, mix }
    }

    /// The same loudspeaker thought to stand at another height.
    fn copied_to(&self, nominal_deg: f64, real_deg: f64) -> Self {
        Self {
            nominal: Angles::new(self.nominal.azimuth, nominal_deg),
            real: Angles::new(self.real.azimuth, real_deg),
            is_virtual: true,
            mix: self.mix.clone(),
        }
    }

    fn in_middle(&self) -> bool {
        self.nominal.elevation.abs() <= MIDDLE_DEG
    }

    /// Whether it belongs to the upper (`sign` 1) or lower (-1) layer.
    fn in_layer(&self, sign: f64) -> bool {
        let height = self.nominal.elevation * sign;
        height > MIDDLE_DEG && height <= LAYER_DEG
    }
}

fn real_post(places: &[Place], index: usize) -> Post {
    let mut mix = vec![0.0; places.len()];
    mix[index] = 1.0;
    Post { nominal: places[index].nominal, real: places[index].real, is_virtual: false, mix }
}

/// Without loudspeakers at ear height, those of the only other layer (failing that, those overhead)
/// act as if they also stood there. Two layers, one above and one below, meet without that.
fn add_middle_copies(posts: &mut Vec<Post>) {
    let upper = posts.iter().any(|post| post.in_layer(1.0));
    let lower = posts.iter().any(|post| post.in_layer(-1.0));
    if posts.iter().any(Post::in_middle) || (upper && lower) {
        return;
    }
    let has_azimuth = |post: &&Post| post.nominal.elevation.abs() < 89.9;
    let stands_for = |post: &&Post| post.in_layer(1.0) || post.in_layer(-1.0) || !(upper || lower);
    let sources = posts.iter().filter(stands_for).filter(has_azimuth);
    let copies: Vec<_> = sources.map(|post| post.copied_to(0.0, 0.0)).collect();
    posts.extend(copies);
}

/// Puts virtual loudspeakers at ear height into horizontal gaps that are too wide.
fn fill_gaps(posts: &mut Vec<Post>, gaps: &mut Vec<(f64, f64)>) {
    let mut around: Vec<Post> =
        posts.iter().filter(|post| post.nominal.elevation.abs() <= LAYER_DEG).cloned().collect();
    // Where several stand above each other, the one nearest to ear height is the edge of the gap.
    around.sort_by(|a, b| {
        let height = |post: &Post| post.nominal.elevation.abs();
        a.nominal.azimuth.total_cmp(&b.nominal.azimuth).then(height(a).total_cmp(&height(b)))
    });
    around.dedup_by(|a, b| a.nominal.azimuth == b.nominal.azimuth);
    if around.is_empty() {
        let count = posts[0].mix.len();
        let level = [0.0, 90.0, 180.0, -90.0].map(|azimuth| Angles::new(azimuth, 0.0));
        posts.extend(level.map(|at| everywhere(count, at)));
    }
    for (index, right) in around.iter().enumerate() {
        let left = &around[(index + 1) % around.len()];
        let gap = turn(right.nominal.azimuth, left.nominal.azimuth);
        if gap > WIDEST_GAP_DEG {
            gaps.push((right.nominal.azimuth, left.nominal.azimuth));
            let parts = (gap / WIDEST_GAP_DEG).ceil() as u32;
            posts.extend((1..parts).map(|part| between(right, left, part, parts)));
        }
    }
}

/// From one azimuth to the left until the other: (0, 360] degrees.
fn turn(from: f64, to: f64) -> f64 {
    if to > from { to - from } else { to - from + 360.0 }
}

/// Part of the way from one edge of a gap to the other, its power shared between the edges.
fn between(right: &Post, left: &Post, part: u32, parts: u32) -> Post {
    let way = f64::from(part) / f64::from(parts);
    let azimuth = |from: f64, to: f64| from + way * turn(from, to);
    let mix = right.mix.iter().zip(&left.mix).map(|(right, left)| {
        let power = (1.0 - way) * right * right + way * left * left;
        libm::sqrt(power)
    });
    Post {
        nominal: Angles::new(azimuth(right.nominal.azimuth, left.nominal.azimuth), 0.0),
        real: Angles::new(azimuth(right.real.azimuth, left.real.azimuth), 0.0),
        is_virtual: true,
        mix: mix.collect(),
    }
}

/// A virtual loudspeaker that all places share.
fn everywhere(places: usize, at: Angles) -> Post {
    let share = 1.0 / libm::sqrt(places as f64);
    Post { nominal: at, real: at, is_virtual: true, mix: vec![share; places] }
}

/// Copies to the upper or lower layer what stands at ear height far outside the azimuths of that
/// layer; all of it if the layer is empty. The margin keeps sources that move horizontally from
/// moving fast vertically.
fn add_layer_copies(posts: &mut Vec<Post>, known: &[Post], layer_deg: f64, sign: f64) {
    let layer: Vec<&Post> =
        known.iter().filter(|post| !post.is_virtual && post.in_layer(sign)).collect();
    if surrounds(&layer) {
        return;
    }
    let mean = |height: fn(&Post) -> f64| {
        layer.iter().map(|post| height(post)).sum::<f64>() / layer.len() as f64
    };
    let (nominal_deg, real_deg) = if layer.is_empty() {
        (layer_deg, layer_deg)
    } else {
        (mean(|post| post.nominal.elevation), mean(|post| post.real.elevation))
    };
    let limits = [layer_limit(&layer, 1.0), layer_limit(&layer, -1.0)];
    let beyond = |post: &&Post| {
        let azimuth = post.nominal.azimuth;
        let on_side = [azimuth >= 0.0, azimuth <= 0.0 || azimuth == 180.0];
        on_side.into_iter().zip(limits).all(|(here, limit)| !here || azimuth.abs() >= limit - 1e-5)
    };
    let middle = known.iter().filter(|post| post.in_middle());
    posts.extend(middle.filter(beyond).map(|post| post.copied_to(nominal_deg, real_deg)));
}

/// Whether no gap in a layer is wider than half a turn, so that it needs nothing added.
fn surrounds(layer: &[&Post]) -> bool {
    let mut azimuths: Vec<f64> = layer.iter().map(|post| post.nominal.azimuth).collect();
    azimuths.sort_by(f64::total_cmp);
    let gaps = (0..azimuths.len())
        .map(|index| turn(azimuths[index], azimuths[(index + 1) % azimuths.len()]));
    let widest = gaps.fold(0.0, f64::max);
    !layer.is_empty() && widest <= 180.0 + 1e-9
}

/// The azimuth, to the left (`side` 1) or right (-1), from which on a layer needs copies.
fn layer_limit(layer: &[&Post], side: f64) -> f64 {
    let reach = |post: &&Post| match post.nominal.azimuth {
        180.0 => 180.0,
        azimuth => azimuth * side,
    };
    let widest = layer.iter().map(reach).fold(0.0, f64::max);
    if layer.is_empty() { 0.0 } else { widest + LAYER_MARGIN_DEG }
}

/// Leaves out virtual loudspeakers where another is, or almost where a real one is.
fn drop_crowded(posts: Vec<Post>) -> Vec<Post> {
    let mut kept: Vec<Post> = Vec::new();
    for post in posts {
        let twin = |other: &Post| other.is_virtual && same_place(other.nominal, post.nominal);
        let is_near = |other: &Post| {
            let apart = angle_deg(&other.nominal.direction(), &post.nominal.direction());
            !other.is_virtual && apart < CROWDED_DEG
        };
        if !post.is_virtual {
            kept.push(post);
        } else if let Some(index) = kept.iter().position(twin) {
            share(&mut kept[index].mix, &post.mix);
        } else if !kept.iter().any(is_near) {
            kept.push(post);
        }
    }
    kept
}

/// Two virtual loudspeakers in one place become one that feeds what both fed.
fn share(mix: &mut [f64], other: &[f64]) {
    for (mine, other) in mix.iter_mut().zip(other) {
        *mine = libm::sqrt(*mine * *mine + other * other);
    }
}
