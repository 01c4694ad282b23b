//! The rules of the matrix, on angles: see the module above.

use std::f64::consts::FRAC_1_SQRT_2;

use crate::layout::{Layout, Loudspeaker};
use crate::space::{Vector, angle_deg, unit_vector, wrap_deg};

/// Within so many degrees it is the same loudspeaker.
const SAME_DEG: f64 = 10.0;

/// Higher than this is a height, lower than its negative below the ear.
const LAYER_DEG: f64 = 15.0;

/// Higher than this is overhead: it has no side.
const OVERHEAD_DEG: f64 = 75.0;

/// The surrounds begin at this azimuth.
const SURROUND_DEG: f64 = 80.0;

/// Closer than this in azimuth it is the loudspeaker beneath.
const BENEATH_DEG: f64 = 29.9;

/// Two neighbours this far apart or farther enclose nothing.
const GAP_DEG: f64 = 179.0;

/// Where the front of a side is, if there is no telling.
const FRONT_DEG: f64 = 30.0;

/// Differences of angles below this are none.
const NOTHING_DEG: f64 = 1e-9;

#[derive(Clone, Copy, PartialEq)]
enum Layer {
    Below,
    Ear,
    Above,
    Overhead,
}

/// A loudspeaker that takes channels.
struct Place {
    index: usize,
    layer: Layer,
    azimuth_deg: f64,
}

/// A channel on its way: where it has come to and what is left of it.
#[derive(Clone, Copy)]
struct Traveller {
    source: usize,
    azimuth_deg: f64,
    elevation_deg: f64,
    gain: f64,
}

/// From where channels come and to where they may go.
pub struct Rules<'a> {
    from: &'a Layout,
    to: &'a Layout,
    places: Vec<Place>,
}

impl<'a> Rules<'a> {
    pub fn new(from: &'a Layout, to: &'a Layout) -> Self {
        let all = to.loudspeakers.iter().enumerate().filter(|(_, it)| !it.lfe);
        let place = |(index, it): (usize, &Loudspeaker)| {
            let layer = layer(it.nominal_elevation_deg);
            Place { index, layer, azimuth_deg: it.nominal_azimuth_deg }
        };
        Self { from, to, places: all.map(place).collect() }
    }

    /// The gains of a channel, not an LFE, in all loudspeakers.
    pub fn column(&self, source: usize) -> Vec<f64> {
        let loudspeaker = &self.from.loudspeakers[source];
        let mut column = vec![0.0; self.to.loudspeakers.len()];
        match self.labelled(loudspeaker) {
            Some(index) => column[index] = 1.0,
            None => {
                let (azimuth_deg, elevation_deg) =
                    (loudspeaker.nominal_azimuth_deg, loudspeaker.nominal_elevation_deg);
                let traveller = Traveller { source, azimuth_deg, elevation_deg, gain: 1.0 };
                self.settle(traveller, &mut column);
            }
        }
        // Parts that meet again in one loudspeaker add up in phase.
        let power: f64 = column.iter().map(|gain| gain * gain).sum();
        let scale = 1.0 / libm::sqrt(power.max(1.0));
        column.iter().map(|gain| gain * scale).collect()
    }

    /// The loudspeaker with the same label.
    fn labelled(&self, loudspeaker: &Loudspeaker) -> Option<usize> {
        let label = loudspeaker.label.as_deref()?;
        let same =
            |place: &&Place| self.to.loudspeakers[place.index].label.as_deref() == Some(label);
        self.places.iter().find(same).map(|place| place.index)
    }

    /// Brings a channel to its loudspeakers, layer by layer.
    fn settle(&self, traveller: Traveller, column: &mut [f64]) {
        let layer = layer(traveller.elevation_deg);
        let ring: Vec<&Place> = self.places.iter().filter(|it| it.layer == layer).collect();
        match layer {
            Layer::Overhead => self.settle_overhead(traveller, &ring, column),
            Layer::Ear => self.settle_at_ear(traveller, &ring, column),
            Layer::Above | Layer::Below if ring.is_empty() => {
                self.settle_beneath(traveller, traveller.azimuth_deg, column);
            }
            Layer::Above | Layer::Below => self.spread(traveller, &ring, column),
        }
    }

    /// From overhead in equal parts to the heights, else to four corners around.
    fn settle_overhead(&self, traveller: Traveller, ring: &[&Place], column: &mut [f64]) {
        let heights: Vec<&Place> = match ring.is_empty() {
            true => self.places.iter().filter(|it| it.layer == Layer::Above).collect(),
            false => ring.to_vec(),
        };
        if heights.is_empty() {
            let traveller = Traveller { gain: traveller.gain / 2.0, ..traveller };
            for azimuth_deg in [45.0, -45.0, 135.0, -135.0] {
                self.settle_beneath(traveller, azimuth_deg, column);
            }
        }
        let share = traveller.gain / libm::sqrt(heights.len().max(1) as f64);
        heights.iter().for_each(|place| column[place.index] += share);
    }

    /// At the ear: sides and back to surrounds, or to the front where there are none.
    fn settle_at_ear(&self, traveller: Traveller, ring: &[&Place], column: &mut [f64]) {
        let azimuth_deg = traveller.azimuth_deg;
        if azimuth_deg.abs() < SURROUND_DEG {
            return self.spread(traveller, ring, column);
        }
        let surrounds: Vec<&Place> =
            ring.iter().copied().filter(|it| it.azimuth_deg.abs() >= SURROUND_DEG).collect();
        let is_beside = |place: &&Place| same_side(place.azimuth_deg, azimuth_deg);
        let beside: Vec<&Place> = surrounds.into_iter().filter(is_beside).collect();
        if !beside.is_empty() {
            return self.spread(traveller, &beside, column);
        }
        if is_in_middle(azimuth_deg) {
            let traveller = Traveller { gain: traveller.gain * FRAC_1_SQRT_2, ..traveller };
            self.settle_in_front(traveller, 1.0, ring, column);
            self.settle_in_front(traveller, -1.0, ring, column);
        } else {
            self.settle_in_front(traveller, azimuth_deg.signum(), ring, column);
        }
    }

    /// To the front of one side (1 is left), or from where that would be to what there is.
    fn settle_in_front(
        &self,
        traveller: Traveller,
        side: f64,
        ring: &[&Place],
        column: &mut [f64],
    ) {
        let beside = ring.iter().filter(|place| place.azimuth_deg * side > 0.0);
        let outermost =
            beside.max_by(|one, other| one.azimuth_deg.abs().total_cmp(&other.azimuth_deg.abs()));
        match outermost {
            Some(place) => self.land(traveller, place, 1.0, column),
            None => self.spread(self.moved(traveller, side * FRONT_DEG, 0.0), ring, column),
        }
    }

    /// From another layer to ear level: to the loudspeaker beneath, if there is one.
    fn settle_beneath(&self, traveller: Traveller, azimuth_deg: f64, column: &mut [f64]) {
        let traveller = self.moved(traveller, azimuth_deg, 0.0);
        let off = |place: &Place| wrap_deg(place.azimuth_deg - azimuth_deg).abs();
        let ring = self.places.iter().filter(|place| place.layer == Layer::Ear);
        match ring.min_by(|one, other| off(one).total_cmp(&off(other))) {
            Some(place) if off(place) < BENEATH_DEG => column[place.index] += traveller.gain,
            _ => self.settle(traveller, column),
        }
    }

    /// To the loudspeaker of a ring that is there, the two it lies between, or the nearest.
    fn spread(&self, traveller: Traveller, ring: &[&Place], column: &mut [f64]) {
        let off = |place: &Place| wrap_deg(place.azimuth_deg - traveller.azimuth_deg);
        let nearest = |side: fn(f64) -> bool| {
            let beside = ring.iter().copied().filter(|place| side(off(place)));
            beside.min_by(|one, other| off(one).abs().total_cmp(&off(other).abs()))
        };
        let Some(closest) = nearest(|_| true) else {
            // A layout without loudspeakers at the ear: whatever there is, in equal parts.
            let share = traveller.gain / libm::sqrt(self.places.len() as f64);
            return self.places.iter().for_each(|place| column[place.index] += share);
        };
        let between = (nearest(|off| off > 0.0), nearest(|off| off <= 0.0));
        match between {
            _ if off(closest).abs() <= SAME_DEG => self.land(traveller, closest, 1.0, column),
            (Some(left), Some(right)) if off(left) - off(right) < GAP_DEG => {
                let part = -off(right) / (off(left) - off(right)) * 90.0_f64.to_radians();
                column[left.index] += traveller.gain * libm::sin(part);
                column[right.index] += traveller.gain * libm::cos(part);
            }
            (Some(left), Some(right)) if (off(left) + off(right)).abs() < NOTHING_DEG => {
                self.land(traveller, left, FRAC_1_SQRT_2, column);
                self.land(traveller, right, FRAC_1_SQRT_2, column);
            }
            _ => self.land(traveller, closest, 1.0, column),
        }
    }

    /// Comes to a loudspeaker, as somebody else or as the one whose place it is.
    fn land(&self, traveller: Traveller, place: &Place, share: f64, column: &mut [f64]) {
        let elevation_deg = self.to.loudspeakers[place.index].nominal_elevation_deg;
        let landed = self.moved(traveller, place.azimuth_deg, elevation_deg);
        column[place.index] += landed.gain * share;
    }

    /// Moves on, and loses 3 dB where another channel is as near to that place or nearer.
    fn moved(&self, traveller: Traveller, azimuth_deg: f64, elevation_deg: f64) -> Traveller {
        let there = unit_vector(azimuth_deg, elevation_deg);
        let here = unit_vector(traveller.azimuth_deg, traveller.elevation_deg);
        let gain = match self.is_taken(traveller.source, &there, angle_deg(&here, &there)) {
            true => traveller.gain * FRAC_1_SQRT_2,
            false => traveller.gain,
        };
        Traveller { azimuth_deg, elevation_deg, gain, ..traveller }
    }

    /// Whether another channel than the source is as near to a place.
    fn is_taken(&self, source: usize, there: &Vector, within_deg: f64) -> bool {
        let others = self.from.loudspeakers.iter().enumerate();
        let others = others.filter(|(index, it)| *index != source && !it.lfe);
        let mut angles = others.map(|(_, it)| angle_deg(&it.nominal_direction(), there));
        angles.any(|angle| angle <= within_deg + NOTHING_DEG)
    }
}

fn layer(elevation_deg: f64) -> Layer {
    match elevation_deg {
        it if it > OVERHEAD_DEG => Layer::Overhead,
        it if it > LAYER_DEG => Layer::Above,
        it if it < -LAYER_DEG => Layer::Below,
        _ => Layer::Ear,
    }
}

/// Whether an azimuth is neither left nor right.
fn is_in_middle(azimuth_deg: f64) -> bool {
    azimuth_deg.abs() < NOTHING_DEG || (azimuth_deg.abs() - 180.0).abs() < NOTHING_DEG
}

/// Whether something at one azimuth may stand in for something at another: what is in the middle
/// has both sides for its own.
fn same_side(one_deg: f64, other_deg: f64) -> bool {
    is_in_middle(one_deg) || is_in_middle(other_deg) || one_deg * other_deg > 0.0
}
