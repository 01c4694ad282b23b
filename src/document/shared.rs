//! Keys that several kinds of tables share: two structs that read one table.
//!
//! The outer struct has a field named [`SHARED`]; that field is given the keys of the same table
//! that the outer struct does not name. `flatten` would do the same but forget where they stand.

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, IntoDeserializer, MapAccess};

use super::mistake::Mistake;
use super::reader::Reader;
use super::{Key, Node, suggest};

/// The name of the field that is read from the rest of its table; no key, whoever writes it.
pub const SHARED: &str = "(shared)";

/// The names of the fields of a struct.
pub type Fields = &'static [&'static str];

/// The keys that the outer struct names, and the rest of them as one value.
pub struct Outer<'a> {
    table: Reader<'a>,
    entries: &'a [(Key, Node)],
    fields: Fields,
    next: usize,
    rest_is_read: bool,
}

impl<'a> Outer<'a> {
    pub fn new(table: Reader<'a>, entries: &'a [(Key, Node)], fields: Fields) -> Self {
        Self { table, entries, fields, next: 0, rest_is_read: false }
    }
}

impl<'de> MapAccess<'de> for Outer<'_> {
    type Error = Mistake;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Mistake> {
        self.next += passed(&self.entries[self.next..], |name| !names(self.fields, name));
        let name = match self.entries.get(self.next) {
            Some((key, _)) => key.name.as_str(),
            None if !self.rest_is_read => SHARED,
            None => return Ok(None),
        };
        let name: StrDeserializer<'_, Mistake> = name.into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mistake> {
        let Some((_, node)) = self.entries.get(self.next) else {
            self.rest_is_read = true;
            return seed.deserialize(self.table.rest(self.fields));
        };
        let index = self.next;
        self.next += 1;
        seed.deserialize(Reader::new(node)).map_err(|mistake| mistake.inside(index))
    }
}

/// The keys that the outer struct has left.
pub struct Rest<'a> {
    entries: &'a [(Key, Node)],
    outer: Fields,
    fields: Fields,
    next: usize,
}

impl<'a> Rest<'a> {
    pub fn new(entries: &'a [(Key, Node)], outer: Fields, fields: Fields) -> Self {
        Self { entries, outer, fields, next: 0 }
    }

    /// A key that neither struct names.
    fn unknown(&self, key: &Key) -> Mistake {
        let all = self.outer.iter().chain(self.fields).filter(|name| **name != SHARED);
        let all: Vec<&str> = all.copied().collect();
        let help = suggest::help(&key.name, &all);
        Mistake::new(format!("unknown key `{}`", key.name), help).at(&key.span).inside(self.next)
    }
}

impl<'de> MapAccess<'de> for Rest<'_> {
    type Error = Mistake;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Mistake> {
        self.next += passed(&self.entries[self.next..], |name| names(self.outer, name));
        let Some((key, _)) = self.entries.get(self.next) else { return Ok(None) };
        if !names(self.fields, &key.name) {
            return Err(self.unknown(key));
        }
        let name: StrDeserializer<'_, Mistake> = key.name.as_str().into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mistake> {
        let index = self.next;
        self.next += 1;
        seed.deserialize(Reader::new(&self.entries[index].1))
            .map_err(|mistake| mistake.inside(index))
    }
}

/// How many entries from here on are passed over.
fn passed(entries: &[(Key, Node)], is_passed: impl Fn(&str) -> bool) -> usize {
    entries.iter().take_while(|(key, _)| is_passed(&key.name)).count()
}

/// Whether a struct has a key of that name.
fn names(fields: Fields, name: &str) -> bool {
    name != SHARED && fields.contains(&name)
}
