//! The deserializer over the tree.

use std::ops::Range;

use serde::de::{self, Deserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

use super::access::{Entries, Items, Variant};
use super::mistake::Mistake;
use super::shared::{Fields, Outer, Rest, SHARED};
use super::{Key, Node, Value};

/// A value about to be read.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    value: &'a Value,
    span: &'a Range<usize>,
    role: Role,
}

/// What a value has to do with what was read before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Nothing.
    Value,
    /// Its `type` key has chosen the variant and is to be passed over.
    Tagged,
    /// It is the variant's name and nothing else.
    Name,
    /// Another struct has read the keys it names; the rest is left.
    Rest(Fields),
}

/// The key whose text names the variant of an enum.
pub const TAG: &str = "type";

impl<'a> Reader<'a> {
    pub fn new(node: &'a Node) -> Self {
        Self { value: &node.value, span: &node.span, role: Role::Value }
    }

    /// Whether it is the name of a variant and says nothing of what that consists of.
    pub fn is_name(self) -> bool {
        self.role == Role::Name
    }

    /// What a table has beside the keys that a struct names.
    pub fn rest(self, fields: Fields) -> Self {
        Self { role: Role::Rest(fields), ..self }
    }

    pub fn entries(self) -> Entries<'a> {
        Entries::new(self.table().unwrap_or_default(), self.role == Role::Tagged)
    }

    fn table(self) -> Option<&'a [(Key, Node)]> {
        match self.value {
            Value::Table(entries) => Some(entries),
            _ => None,
        }
    }

    fn give<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match self.value {
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Integer(value) => visitor.visit_i64(*value),
            Value::Float(value) => visitor.visit_f64(*value),
            Value::String(value) => visitor.visit_str(value),
            Value::Array(items) => visitor.visit_seq(Items::new(items)),
            Value::Table(_) => visitor.visit_map(self.entries()),
        }
    }

    fn variant(self, variants: &'static [&'static str]) -> Result<Variant<'a>, Mistake> {
        let (name, span, content) = match self.value {
            Value::String(name) => (name, self.span, Self { role: Role::Name, ..self }),
            Value::Table(entries) => match entries.iter().find(|(key, _)| key.name == TAG) {
                Some((_, Node { value: Value::String(name), span, .. })) => {
                    (name, span, Self { role: Role::Tagged, ..self })
                }
                Some((_, node)) => {
                    return Err(
                        Mistake::new("expected text in quotes", one_of(variants)).at(&node.span)
                    );
                }
                None => {
                    return Err(Mistake::new("missing key `type`", one_of(variants)).lacking());
                }
            },
            _ => {
                return Err(Mistake::new("expected text or a table with `type`", one_of(variants)));
            }
        };
        Ok(Variant { name, span, content })
    }
}

fn one_of(variants: &[&str]) -> String {
    format!("one of `{}`", variants.join("`, `"))
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = Mistake;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        self.give(visitor).map_err(|mistake| mistake.at(self.span))
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match self.value {
            Value::Float(value) if (*value as f32).is_infinite() => {
                let found = Unexpected::Float(*value);
                Err(de::Error::invalid_value(found, &"a number up to 3.4e38"))
            }
            _ => self.give(visitor),
        }
        .map_err(|mistake: Mistake| mistake.at(self.span))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        visitor.visit_newtype_struct(self).map_err(|mistake| mistake.at(self.span))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: Fields,
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        match (self.table(), self.role) {
            (Some(entries), Role::Rest(outer)) => {
                visitor.visit_map(Rest::new(entries, outer, fields))
            }
            (Some(entries), _) if fields.contains(&SHARED) => {
                visitor.visit_map(Outer::new(self, entries, fields))
            }
            _ => self.give(visitor),
        }
        .map_err(|mistake| mistake.at(self.span))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        self.variant(variants)
            .and_then(|variant| visitor.visit_enum(variant))
            .map_err(|mistake| mistake.at(self.span))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map identifier
    }
}
