//! Where an object stands, as the author writes it: by angles or by coordinates.

use schemars::JsonSchema;
use serde::Deserialize;

use super::bounds::{AZIMUTH_DEG, Bounds, COORDINATE, DISTANCE, ELEVATION_DEG};
use super::sphere;
use crate::document::{Place, Problems};
use crate::space::{Position, Vector, azimuth_elevation_deg, unit_vector};

/// A place by angles and distance, or by coordinates; straight ahead at distance 1 where nothing is
/// said.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Placement {
    /// Azimuth in degrees, 0 in front, positive to the left; default 0.
    pub azimuth_deg: Option<f64>,
    /// Elevation in degrees, -90 to 90, positive up; default 0.
    pub elevation_deg: Option<f64>,
    /// Distance from the listener, at least 0; 1 is the radius of the loudspeakers; default 1.
    pub distance: Option<f64>,
    /// To the right, in radii of the loudspeakers; default 0.
    pub x: Option<f64>,
    /// To the front, in radii of the loudspeakers; default 0.
    pub y: Option<f64>,
    /// Up, in radii of the loudspeakers; default 0.
    pub z: Option<f64>,
}

impl Placement {
    /// Notes every mistake: angles mixed with coordinates, numbers out of range.
    pub fn check(&self, place: &Place, problems: &mut Problems) {
        let mut bounds = Bounds::new(place, problems);
        if let Some(key) = self.first_coordinate().filter(|_| self.has_angles()) {
            let message = "a place is given by angles or by coordinates, not by both";
            bounds.error(key, message, "keep azimuth_deg, elevation_deg, distance or x, y, z");
        }
        bounds.within("azimuth_deg", self.azimuth_deg, &AZIMUTH_DEG);
        bounds.within("elevation_deg", self.elevation_deg, &ELEVATION_DEG);
        bounds.within("distance", self.distance, &DISTANCE);
        bounds.within("x", self.x, &COORDINATE);
        bounds.within("y", self.y, &COORDINATE);
        bounds.within("z", self.z, &COORDINATE);
    }

    /// The place itself.
    #[must_use]
    pub fn position(&self) -> Position {
        self.spot().position
    }

    /// The place itself, with its angles as written.
    pub(super) fn spot(&self) -> Spot {
        if self.has_coordinates() {
            self.after(&Spot::polar(0.0, 0.0, 0.0))
        } else {
            self.after(&Spot::polar(0.0, 0.0, 1.0))
        }
    }

    /// This place, with what is not said taken from another.
    pub(super) fn after(&self, previous: &Spot) -> Spot {
        if self.has_coordinates() {
            let before = previous.point();
            let point = Vector::new(
                self.x.unwrap_or(before.x),
                self.y.unwrap_or(before.y),
                self.z.unwrap_or(before.z),
            );
            Spot::cartesian(&point, &previous.position.direction)
        } else if self.has_angles() {
            Spot::polar(
                self.azimuth_deg.unwrap_or(previous.azimuth_deg),
                self.elevation_deg.unwrap_or(previous.elevation_deg),
                self.distance.unwrap_or(previous.position.distance),
            )
        } else {
            previous.clone()
        }
    }

    fn has_angles(&self) -> bool {
        self.azimuth_deg.is_some() || self.elevation_deg.is_some() || self.distance.is_some()
    }

    fn has_coordinates(&self) -> bool {
        self.first_coordinate().is_some()
    }

    fn first_coordinate(&self) -> Option<&'static str> {
        let coordinates = [("x", self.x), ("y", self.y), ("z", self.z)];
        coordinates.iter().find(|(_, value)| value.is_some()).map(|(key, _)| *key)
    }
}

/// A place that knows its angles: at a pole the azimuth stays the one that was written.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub position: Position,
    pub azimuth_deg: f64,
    pub elevation_deg: f64,
}

impl Spot {
    pub fn polar(azimuth_deg: f64, elevation_deg: f64, distance: f64) -> Self {
        let position = Position::polar(azimuth_deg, elevation_deg, distance);
        Self { position, azimuth_deg, elevation_deg }
    }

    /// A point of the room; in the listener's own place it keeps the direction given.
    fn cartesian(point: &Vector, otherwise: &Vector) -> Self {
        let position = sphere::position(point, otherwise);
        let (azimuth_deg, elevation_deg) = azimuth_elevation_deg(&position.direction);
        Self { position, azimuth_deg, elevation_deg }
    }

    /// The place in the room.
    pub fn point(&self) -> Vector {
        self.position.direction * self.position.distance
    }
}

/// A direction, straight ahead where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Direction {
    /// Azimuth in degrees, 0 in front, positive to the left; default 0.
    pub azimuth_deg: f64,
    /// Elevation in degrees, -90 to 90, positive up; default 0.
    pub elevation_deg: f64,
}

impl Direction {
    /// Notes numbers out of range.
    pub fn check(&self, place: &Place, problems: &mut Problems) {
        let mut bounds = Bounds::new(place, problems);
        bounds.within("azimuth_deg", self.azimuth_deg, &AZIMUTH_DEG);
        bounds.within("elevation_deg", self.elevation_deg, &ELEVATION_DEG);
    }

    /// The direction as a unit vector.
    #[must_use]
    pub fn vector(&self) -> Vector {
        unit_vector(self.azimuth_deg, self.elevation_deg)
    }
}

/// A point of the room as seen from the listener.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Offset {
    /// To the right, in radii of the loudspeakers; default 0.
    pub x: f64,
    /// To the front, in radii of the loudspeakers; default 0.
    pub y: f64,
    /// Up, in radii of the loudspeakers; default 0.
    pub z: f64,
}

impl Offset {
    pub(super) fn check(&self, place: &Place, problems: &mut Problems) {
        let mut bounds = Bounds::new(place, problems);
        bounds.within("x", self.x, &COORDINATE);
        bounds.within("y", self.y, &COORDINATE);
        bounds.within("z", self.z, &COORDINATE);
    }

    pub(super) fn vector(&self) -> Vector {
        Vector::new(self.x, self.y, self.z)
    }
}
