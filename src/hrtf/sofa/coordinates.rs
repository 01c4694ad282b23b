//! Triples of numbers in a file: polar or Cartesian, once or once for every measurement.

use super::container::{Container, Variable};
use super::convention::Shape;
use crate::Result;
use crate::space::{Vector, unit_vector};

/// The largest number that is believed: nothing is so far away or turned so often.
const FARTHEST: f64 = 1e6;

/// What the triples mean where the file does not say it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// Metres: x right, y front, z up once read.
    Cartesian,
    /// Azimuth, elevation, radius.
    Polar,
}

/// A place or a direction as the file has it, in our axes: a unit vector and how far along it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Unit vector.
    pub(super) direction: Vector,
    /// At least 0; a place at the origin has no direction of its own.
    pub(super) distance: f64,
}

impl Place {
    /// The vector from the origin.
    pub(super) fn vector(&self) -> Vector {
        self.direction * self.distance
    }
}

/// Reads a variable of triples, of which there is one, or one for each measurement.
pub(super) fn places(variable: &Variable<'_>, shape: &Shape, default: Kind) -> Result<Vec<Place>> {
    let rows = shape.measurements as u64;
    // A trailing dimension of 1 is how some tools write what is the same for all measurements.
    let fits = match variable.shape[..] {
        [3] | [1, 3] | [1, 3, 1] => true,
        [count, 3] | [count, 3, 1] => count == rows,
        _ => false,
    };
    if !fits {
        return Err(variable.wrong(format!(
            "has the shape {}; it must be {rows} x 3 as Data.IR, or 1 x 3",
            variable.shape()
        )));
    }
    let reading = Reading::of(variable, default)?;
    let values = variable.values()?;
    let (triples, _) = values.as_chunks::<3>();
    let place = |(row, triple): (usize, &[f64; 3])| {
        reading.place(triple).map_err(|what| {
            let [a, b, c] = triple;
            variable.wrong(format!("of measurement {} is ({a}, {b}, {c}); {what}", row + 1))
        })
    };
    triples.iter().enumerate().map(place).collect()
}

/// The same for a variable that may be missing.
pub(super) fn places_of(
    container: &Container,
    name: &'static str,
    shape: &Shape,
    default: Kind,
) -> Result<Option<Vec<Place>>> {
    container.find(name)?.map(|variable| places(&variable, shape, default)).transpose()
}

/// How the triples of a variable are read.
struct Reading {
    kind: Kind,
    radians: bool,
}

impl Reading {
    fn of(variable: &Variable<'_>, default: Kind) -> Result<Self> {
        let kind = match variable.attribute("Type")?.as_str() {
            "" => default,
            "cartesian" => Kind::Cartesian,
            "spherical" => Kind::Polar,
            other => {
                let right = "it must be spherical or cartesian";
                return Err(variable.wrong(format!("is of the Type '{other}'; {right}")));
            }
        };
        let units = variable.attribute("Units")?;
        let first = units.split([',', ' ']).next().unwrap_or_default();
        let radians = match first {
            _ if kind == Kind::Cartesian => false,
            "" | "degree" | "degrees" => false,
            "radian" | "radians" => true,
            _ => {
                let right = "angles must be in degrees or in radians";
                return Err(variable.wrong(format!("has the Units '{units}'; {right}")));
            }
        };
        Ok(Self { kind, radians })
    }

    fn place(&self, &[a, b, c]: &[f64; 3]) -> Result<Place, &'static str> {
        // Written so that what is not a number does not pass.
        if ![a, b, c].iter().all(|value| value.abs() <= FARTHEST) {
            return Err("each number must be finite and below a million");
        }
        if self.kind == Kind::Cartesian {
            // x front, y left, z up in the file.
            let vector = Vector::new(-b, a, c);
            let distance = vector.norm();
            let direction = if distance > 0.0 { vector / distance } else { Vector::zeros() };
            return Ok(Place { direction, distance });
        }
        let in_degrees = |angle: f64| if self.radians { angle.to_degrees() } else { angle };
        let (azimuth_deg, elevation_deg) = (in_degrees(a), in_degrees(b));
        // A pole in single precision is up to 4e-6 degrees beyond it.
        if elevation_deg.abs() > 90.0 + 1e-3 {
            return Err("an elevation is from -90 to 90 degrees");
        }
        if c < 0.0 {
            return Err("a distance cannot be negative");
        }
        let direction = unit_vector(azimuth_deg, elevation_deg.clamp(-90.0, 90.0));
        Ok(Place { direction, distance: c })
    }
}
