//! Which channel of a file an object takes.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Visitor};

use super::{channel_names, channel_of_name, channels::usual_mask};
use crate::Result;

/// Which channel of a file an object takes: `3`, `"Ls"` or `"mix"`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Pick {
    /// All of them, as they are.
    #[default]
    All,
    /// One, counted from 1.
    Number(usize),
    /// One by name: of the scene's `channels`, of the file's mask, or of the usual order.
    Name(String),
    /// The mean of all.
    Mix,
}

impl Pick {
    /// The index of the one channel to take, `None` for all and for the mean; the error says what
    /// there is instead.
    pub(super) fn index(
        &self,
        channels: usize,
        mask: u32,
        given: &[String],
    ) -> Result<Option<usize>, String> {
        match self {
            Self::All | Self::Mix => Ok(None),
            Self::Number(number) if (1..=channels).contains(number) => Ok(Some(number - 1)),
            Self::Number(number) => {
                Err(format!("has no channel {number}, its channels are 1 to {channels}"))
            }
            Self::Name(name) => named(name, channels, mask, given).map(Some),
        }
    }
}

fn named(name: &str, channels: usize, mask: u32, given: &[String]) -> Result<usize, String> {
    let mask = if mask == 0 { usual_mask(channels) } else { mask };
    let found = if given.is_empty() {
        channel_of_name(mask, name).filter(|index| *index < channels)
    } else {
        given.iter().position(|candidate| candidate == name)
    };
    found.ok_or_else(|| {
        let names =
            if given.is_empty() { channel_names(mask, channels) } else { Some(given.into()) };
        match names {
            Some(names) => format!("has no channel '{name}', it has {}", names.join(" ")),
            None => format!("does not name its channels: pick '{name}' by number, 1 to {channels}"),
        }
    })
}

impl<'de> Deserialize<'de> for Pick {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PickVisitor)
    }
}

struct PickVisitor;

impl Visitor<'_> for PickVisitor {
    type Value = Pick;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a channel: its number from 1, its name, or \"mix\"")
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Pick, E> {
        match usize::try_from(number) {
            Ok(number) if number > 0 => Ok(Pick::Number(number)),
            _ => Err(E::custom("channels are counted from 1")),
        }
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Pick, E> {
        self.visit_u64(u64::try_from(number).unwrap_or(0))
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Pick, E> {
        Ok(if name == "mix" { Pick::Mix } else { Pick::Name(name.into()) })
    }
}

impl JsonSchema for Pick {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Channel".into()
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A channel of a file: its number from 1, its name, or \"mix\" for the mean of all.",
            "anyOf": [{ "type": "integer", "minimum": 1 }, { "type": "string" }]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_are_written_as_numbers_names_or_mix() {
        let read =
            |text: &str| serde_json::from_str::<Pick>(text).map_err(|error| error.to_string());
        assert_eq!(read("3"), Ok(Pick::Number(3)));
        assert_eq!(read("\"Ls\""), Ok(Pick::Name("Ls".into())));
        assert_eq!(read("\"mix\""), Ok(Pick::Mix));
        for wrong in ["0", "-1"] {
            assert!(read(wrong).unwrap_err().contains("counted from 1"), "{wrong}");
        }
        assert!(read("1.5").unwrap_err().contains("its number from 1, its name"));
    }

    #[test]
    fn a_file_without_names_is_picked_from_by_number() {
        let wrong = Pick::Name("L".into()).index(4, 0, &[]).unwrap_err();
        assert!(wrong.contains("by number, 1 to 4"), "{wrong}");
        assert_eq!(Pick::Name("R".into()).index(2, 0, &[]), Ok(Some(1)), "stereo without a mask");
    }
}
