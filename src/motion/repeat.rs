//! How often a motion is gone through: a count or forever.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

/// How often a motion is gone through, written `3` or `"forever"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// So many passes, at least 1.
    Times(u32),
    /// Without end.
    Forever,
}

impl<'de> Deserialize<'de> for Repeat {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RepeatVisitor)
    }
}

struct RepeatVisitor;

impl Visitor<'_> for RepeatVisitor {
    type Value = Repeat;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number of passes, at least 1, or \"forever\"")
    }

    fn visit_u64<E: Error>(self, count: u64) -> Result<Repeat, E> {
        match u32::try_from(count) {
            Ok(count) if count > 0 => Ok(Repeat::Times(count)),
            _ => Err(E::invalid_value(Unexpected::Unsigned(count), &self)),
        }
    }

    fn visit_i64<E: Error>(self, count: i64) -> Result<Repeat, E> {
        match u64::try_from(count) {
            Ok(count) => self.visit_u64(count),
            Err(_) => Err(E::invalid_value(Unexpected::Signed(count), &self)),
        }
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Repeat, E> {
        match word {
            "forever" => Ok(Repeat::Forever),
            _ => Err(E::invalid_value(Unexpected::Str(word), &self)),
        }
    }
}

impl JsonSchema for Repeat {
    fn schema_name() -> Cow<'static, str> {
        "Repeat".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "How often a motion is gone through: a count or \"forever\".",
            "oneOf": [
                { "type": "integer", "minimum": 1, "maximum": u32::MAX },
                { "const": "forever" }
            ]
        })
    }
}
