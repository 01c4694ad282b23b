//! Where a return is heard from.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::SeqAccessDeserializer;
use serde::de::{self, Deserializer, SeqAccess, Visitor};

use crate::document::{Place, Problems};
use crate::motion::Direction;
use crate::space::{Vector, unit_vector};

/// The most directions a return has.
pub const MAX_DIRECTIONS: usize = 16;

/// Where a return is heard from: everywhere, around, from above, or from a list of directions.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Spread {
    /// All over ear level and above it: 16 directions.
    #[default]
    All,
    /// All around at ear level: 16 directions.
    Surround,
    /// All around above: 16 directions, 35 and 60 degrees up.
    Heights,
    /// Where the author says.
    Directions(Vec<Direction>),
}

/// Azimuths of ten directions all around, without their mirror images.
const TEN_DEG: [f64; 5] = [18.0, 54.0, 90.0, 126.0, 162.0];
/// Azimuths of six directions all around, without their mirror images.
const SIX_DEG: [f64; 3] = [30.0, 90.0, 150.0];
/// Azimuths of sixteen directions all around, without their mirror images.
const SIXTEEN_DEG: [f64; 8] = [11.25, 33.75, 56.25, 78.75, 101.25, 123.75, 146.25, 168.75];

impl Spread {
    /// The directions as unit vectors. Those of the names come in pairs, left before right, from the
    /// front to the back, so that what alternates between channels alternates between sides.
    #[must_use]
    pub fn directions(&self) -> Vec<Vector> {
        match self {
            Self::All => [pairs(&TEN_DEG, 0.0), pairs(&SIX_DEG, 45.0)].concat(),
            Self::Surround => pairs(&SIXTEEN_DEG, 0.0),
            Self::Heights => [pairs(&TEN_DEG, 35.0), pairs(&SIX_DEG, 60.0)].concat(),
            Self::Directions(list) => list.iter().map(Direction::vector).collect(),
        }
    }

    /// Notes a list that is too long or too short, and angles out of range.
    pub(super) fn check(&self, place: &Place, problems: &mut Problems) {
        let Self::Directions(list) = self else { return };
        if list.is_empty() || list.len() > MAX_DIRECTIONS {
            let message = format!("{} directions", list.len());
            problems.error(place, message, format!("1 to {MAX_DIRECTIONS}"));
        }
        for (index, direction) in list.iter().enumerate() {
            direction.check(&place.index(index), problems);
        }
    }
}

fn pairs(azimuths_deg: &[f64], elevation_deg: f64) -> Vec<Vector> {
    let both = azimuths_deg.iter().flat_map(|azimuth_deg| [*azimuth_deg, -azimuth_deg]);
    both.map(|azimuth_deg| unit_vector(azimuth_deg, elevation_deg)).collect()
}

impl<'de> Deserialize<'de> for Spread {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SpreadVisitor)
    }
}

struct SpreadVisitor;

impl<'de> Visitor<'de> for SpreadVisitor {
    type Value = Spread;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"all\", \"surround\", \"heights\" or a list of directions")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Spread, E> {
        match name {
            "all" => Ok(Spread::All),
            "surround" => Ok(Spread::Surround),
            "heights" => Ok(Spread::Heights),
            _ => Err(E::unknown_variant(name, &["all", "surround", "heights"])),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Spread, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(Spread::Directions)
    }
}

impl JsonSchema for Spread {
    fn schema_name() -> Cow<'static, str> {
        "Spread".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let list = generator.subschema_for::<Vec<Direction>>();
        json_schema!({
            "description": "Where a return is heard from.",
            "anyOf": [{ "enum": ["all", "surround", "heights"] }, list],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::angle_deg;

    #[test]
    fn named_spreads_are_sixteen_directions_in_mirrored_pairs() {
        for spread in [Spread::All, Spread::Surround, Spread::Heights] {
            let directions = spread.directions();
            assert_eq!(directions.len(), MAX_DIRECTIONS, "{spread:?}");
            for pair in directions.chunks(2) {
                let mirrored = Vector::new(-pair[1].x, pair[1].y, pair[1].z);
                assert_eq!(pair[0], mirrored, "{spread:?}");
                assert!(pair[0].x < 0.0, "left comes first");
            }
        }
    }

    #[test]
    fn no_two_directions_are_close() {
        // Sixteen around are 22.5 degrees apart; those in two rings are no closer than at the top.
        for spread in [Spread::All, Spread::Surround, Spread::Heights] {
            let directions = spread.directions();
            for (index, one) in directions.iter().enumerate() {
                for other in &directions[..index] {
                    assert!(angle_deg(one, other) > 22.0, "{spread:?}: {one} {other}");
                }
            }
        }
    }
}
