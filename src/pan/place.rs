//! The loudspeakers as the panner sees them: places without names, in an order of their own.

use std::cmp::Ordering;

use crate::layout::{Layout, Loudspeaker};
use crate::space::{Vector, angle_deg, unit_vector, wrap_deg};

/// Two loudspeakers closer than this, in degrees, are one place: their regions would be too thin for
/// the precision of a double, and nobody could hear them apart.
const SAME_PLACE_DEG: f64 = 0.01;

/// Azimuth and elevation in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Angles {
    pub azimuth: f64,
    pub elevation: f64,
}

impl Angles {
    pub fn new(azimuth: f64, elevation: f64) -> Self {
        Self { azimuth: wrap_deg(azimuth), elevation }
    }

    pub fn direction(self) -> Vector {
        unit_vector(self.azimuth, self.elevation)
    }
}

/// One or more loudspeakers in one place.
#[derive(Clone, Debug)]
pub struct Place {
    /// Where the layout prescribes it: the regions come from this.
    pub nominal: Angles,
    /// Where it really stands: the gains come from this.
    pub real: Angles,
    /// Whether it takes the place of the zenith, by its label.
    pub overhead: bool,
    /// The channels that stand here; more than one share what the place gets.
    pub channels: Vec<usize>,
}

impl Place {
    fn new(channel: usize, loudspeaker: &Loudspeaker) -> Self {
        let label = loudspeaker.label.as_deref().unwrap_or("");
        let real = Angles::new(loudspeaker.azimuth_deg, loudspeaker.elevation_deg);
        let nominal = match label {
            "M+SC" | "M-SC" => screen_place(real),
            _ => Angles::new(loudspeaker.nominal_azimuth_deg, loudspeaker.nominal_elevation_deg),
        };
        let overhead = matches!(label, "T+000" | "UH+180");
        Self { nominal, real, overhead, channels: vec![channel] }
    }
}

/// Screen loudspeakers stand on either side of the front pair: nominally 15 or 45 degrees, so that the
/// regions are right for both (ITU-R BS.2127, 6.1.3.1).
fn screen_place(real: Angles) -> Angles {
    let azimuth = if real.azimuth.abs() > 30.0 { 45.0 } else { 15.0 };
    Angles::new(azimuth * real.azimuth.signum(), 0.0)
}

/// The places of a layout's loudspeakers without LFE, in an order that depends on nothing but
/// where they stand, so that the order of the channels cannot change a gain.
pub fn places(layout: &Layout) -> Vec<Place> {
    let speakers = layout.loudspeakers.iter().enumerate().filter(|(_, speaker)| !speaker.lfe);
    let mut places: Vec<_> =
        speakers.map(|(channel, speaker)| Place::new(channel, speaker)).collect();
    places.sort_by(by_angles);
    places
}

fn by_angles(a: &Place, b: &Place) -> Ordering {
    let key = |place: &Place| {
        let Place { nominal, real, .. } = place;
        [nominal.elevation, nominal.azimuth, real.elevation, real.azimuth]
    };
    let pairs = key(a).into_iter().zip(key(b));
    pairs.fold(Ordering::Equal, |order, (a, b)| order.then(a.total_cmp(&b)))
}

/// Joins loudspeakers that really stand in the same place into one that they share.
pub fn join_coincident(places: Vec<Place>) -> Vec<Place> {
    let mut joined: Vec<Place> = Vec::new();
    for place in places {
        match joined.iter_mut().find(|other| same_place(other.real, place.real)) {
            Some(other) => {
                other.channels.extend(place.channels);
                other.channels.sort_unstable();
                other.overhead |= place.overhead;
            }
            None => joined.push(place),
        }
    }
    joined
}

/// Whether two places are one.
pub fn same_place(a: Angles, b: Angles) -> bool {
    angle_deg(&a.direction(), &b.direction()) < SAME_PLACE_DEG
}
