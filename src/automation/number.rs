//! A number, or how it changes.

use std::borrow::Cow;
use std::fmt;
use std::ops::RangeInclusive;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};

use super::{Curve, Envelope, Lfo, Shape};
use crate::document::{Place, Problems};

/// A number of the scene: plain, or changing with time.
#[derive(Clone, Debug, PartialEq)]
pub enum Automated {
    /// A number that stays.
    Constant(f64),
    /// A line through points.
    Envelope(Envelope),
    /// A swing.
    Lfo(Lfo),
}

impl Automated {
    /// The value at a time in seconds of the scene.
    #[must_use]
    pub fn at(&self, seconds: f64) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Envelope(envelope) => envelope.at(seconds),
            Self::Lfo(lfo) => lfo.at(seconds),
        }
    }

    /// The number, if it stays.
    #[must_use]
    pub fn constant(&self) -> Option<f64> {
        match self {
            Self::Constant(value) => Some(*value),
            Self::Envelope(_) | Self::Lfo(_) => None,
        }
    }

    /// The lowest and the highest value it ever has.
    #[must_use]
    pub fn extremes(&self) -> (f64, f64) {
        match self {
            Self::Constant(value) => (*value, *value),
            Self::Lfo(lfo) => (lfo.from.min(lfo.to), lfo.from.max(lfo.to)),
            Self::Envelope(envelope) => {
                let values = envelope.points.iter().map(|point| point[1]);
                values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                    (low.min(value), high.max(value))
                })
            }
        }
    }

    /// Notes what is wrong with it, and every value outside a range; `place` is that of the number.
    pub fn check(
        &self,
        place: &Place,
        name: &str,
        range: &RangeInclusive<f64>,
        unit: &str,
        problems: &mut Problems,
    ) {
        let mut check = |place: &Place, value: f64| {
            if !range.contains(&value) {
                let help = format!("{} to {} {unit}", range.start(), range.end());
                let message = format!("{name} = {value} is out of range");
                problems.error(place, message, help.trim_end());
            }
        };
        match self {
            Self::Constant(value) => check(place, *value),
            Self::Envelope(envelope) => {
                for (index, point) in envelope.points.iter().enumerate() {
                    check(&place.key("points").index(index).index(1), point[1]);
                }
                envelope.check(place, problems);
            }
            Self::Lfo(lfo) => {
                check(&place.key("from"), lfo.from);
                check(&place.key("to"), lfo.to);
                lfo.check(place, problems);
            }
        }
    }
}

impl Default for Automated {
    fn default() -> Self {
        Self::Constant(0.0)
    }
}

impl From<f64> for Automated {
    fn from(value: f64) -> Self {
        Self::Constant(value)
    }
}

impl<'de> Deserialize<'de> for Automated {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

struct NumberVisitor;

impl<'de> Visitor<'de> for NumberVisitor {
    type Value = Automated;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number, { points = [[seconds, value], …] } or { lfo = \"sine\", … }")
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Automated, E> {
        Ok(Automated::Constant(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Automated, E> {
        Ok(Automated::Constant(value as f64))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Automated, E> {
        Ok(Automated::Constant(value as f64))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Automated, A::Error> {
        let moving = Moving::deserialize(MapAccessDeserializer::new(map))?;
        moving.resolve()
    }
}

/// Whatever a number that changes may be written with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Moving {
    points: Option<Vec<[f64; 2]>>,
    curve: Option<Curve>,
    lfo: Option<Shape>,
    rate_hz: Option<f64>,
    from: Option<f64>,
    to: Option<f64>,
    phase_deg: Option<f64>,
}

impl Moving {
    /// Points make an envelope, `lfo` a swing; neither takes the keys of the other.
    fn resolve<E: de::Error>(self) -> Result<Automated, E> {
        let swings = [
            ("rate_hz", self.rate_hz.is_some()),
            ("from", self.from.is_some()),
            ("to", self.to.is_some()),
            ("phase_deg", self.phase_deg.is_some()),
        ];
        match (self.points, self.lfo) {
            (Some(points), None) => match swings.iter().find(|(_, given)| *given) {
                Some((key, _)) => Err(E::custom(format!("`{key}` belongs to `lfo`, not `points`"))),
                None => {
                    let curve = self.curve.unwrap_or_default();
                    Ok(Automated::Envelope(Envelope { points, curve }))
                }
            },
            (None, Some(lfo)) if self.curve.is_none() => Ok(Automated::Lfo(Lfo {
                lfo,
                rate_hz: self.rate_hz.ok_or_else(|| E::missing_field("rate_hz"))?,
                from: self.from.ok_or_else(|| E::missing_field("from"))?,
                to: self.to.ok_or_else(|| E::missing_field("to"))?,
                phase_deg: self.phase_deg.unwrap_or_default(),
            })),
            (None, Some(_)) => Err(E::custom("`curve` belongs to `points`, not `lfo`")),
            (Some(_), Some(_)) => Err(E::custom("`points` as well as `lfo`: keep one of them")),
            (None, None) => Err(E::missing_field("points")),
        }
    }
}

impl JsonSchema for Automated {
    fn schema_name() -> Cow<'static, str> {
        "Automated".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let envelope = generator.subschema_for::<Envelope>();
        let lfo = generator.subschema_for::<Lfo>();
        json_schema!({
            "description": "A number, or how it changes with time.",
            "anyOf": [{ "type": "number" }, envelope, lfo],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    #[derive(Debug, Deserialize)]
    struct Fader {
        gain_db: Automated,
    }

    fn read(text: &str) -> (Option<Automated>, String) {
        let mut document = Document::from_bytes("scene.toml", text.as_bytes()).unwrap();
        let mut problems = Problems::default();
        let fader = document.read::<Fader>(&mut problems);
        if let Some(fader) = &fader {
            let place = Place::root().key("gain_db");
            fader.gain_db.check(&place, "gain_db", &(-200.0..=60.0), "decibels", &mut problems);
        }
        (fader.map(|it| it.gain_db), document.explain(problems).to_string())
    }

    #[test]
    fn a_number_may_be_plain_or_change() {
        assert_eq!(read("gain_db = -3").0, Some(Automated::Constant(-3.0)));
        let envelope = read("gain_db = { points = [[0, -60], [2, 0]] }").0.unwrap();
        assert_eq!((envelope.at(1.0), envelope.extremes()), (-30.0, (-60.0, 0.0)));
        let lfo = read("gain_db = { lfo = 'sine', rate_hz = 0.5, from = 0, to = -6 }").0.unwrap();
        assert_eq!((lfo.at(1.0), lfo.extremes()), (-6.0, (-6.0, 0.0)));
    }

    #[test]
    fn mistakes_are_shown_where_they_are() {
        let faults = [
            ("gain_db = 'loud'", "1:11"),
            ("gain_db = { points = [] }", "no points"),
            ("gain_db = { points = [[0, 0], [0, 1]] }", "1:31"),
            ("gain_db = { points = [[0, 0], [1, 90]] }", "1:35"),
            ("gain_db = { points = [[0, nan]] }", "1:27"),
            ("gain_db = { points = [[0, 0]], rate_hz = 2 }", "belongs to `lfo`"),
            ("gain_db = { lfo = 'sine', rate_hz = 0.5, from = 0 }", "`to`"),
            ("gain_db = { lfo = 'sine', rate_hz = 50, from = 0, to = 1 }", "1:37"),
            ("gain_db = { curve = 'linear' }", "`points`"),
            ("gain_db = { pionts = [[0, 0]] }", "`points`"),
        ];
        for (text, expected) in faults {
            let shown = read(text).1;
            assert!(shown.contains(expected), "{text}\n{shown}");
        }
    }
}
