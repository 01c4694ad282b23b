//! How the deserializer walks through lists, tables and variants.

use std::ops::Range;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

use super::mistake::Mistake;
use super::reader::{Reader, TAG};
use super::{Key, Node};

/// The elements of a list, one after the other.
pub struct Items<'a> {
    items: &'a [Node],
    next: usize,
}

impl<'a> Items<'a> {
    pub fn new(items: &'a [Node]) -> Self {
        Self { items, next: 0 }
    }
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Mistake;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Mistake> {
        let index = self.next;
        let Some(node) = self.items.get(index) else { return Ok(None) };
        self.next += 1;
        seed.deserialize(Reader::new(node)).map(Some).map_err(|mistake| mistake.inside(index))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len() - self.next)
    }
}

/// The keys and values of a table, in the order of the text.
pub struct Entries<'a> {
    entries: &'a [(Key, Node)],
    next: usize,
    tagged: bool,
}

impl<'a> Entries<'a> {
    pub fn new(entries: &'a [(Key, Node)], tagged: bool) -> Self {
        Self { entries, next: 0, tagged }
    }

    fn key(&mut self) -> Option<&'a Key> {
        let (key, _) = self.entries.get(self.next)?;
        if self.tagged && key.name == TAG {
            self.next += 1;
        }
        self.entries.get(self.next).map(|(key, _)| key)
    }
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Mistake;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Mistake> {
        let Some(key) = self.key() else { return Ok(None) };
        let name: StrDeserializer<'_, Mistake> = key.name.as_str().into_deserializer();
        seed.deserialize(name).map(Some).map_err(|mistake| mistake.at(&key.span).inside(self.next))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mistake> {
        let index = self.next;
        self.next += 1;
        seed.deserialize(Reader::new(&self.entries[index].1))
            .map_err(|mistake| mistake.inside(index))
    }
}

/// A variant by its name, and what it consists of.
pub struct Variant<'a> {
    pub name: &'a str,
    pub span: &'a Range<usize>,
    pub content: Reader<'a>,
}

impl<'de, 'a> EnumAccess<'de> for Variant<'a> {
    type Error = Mistake;
    type Variant = Reader<'a>;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Reader<'a>), Mistake> {
        let name: StrDeserializer<'_, Mistake> = self.name.into_deserializer();
        let variant = seed.deserialize(name).map_err(|mistake| mistake.at(self.span))?;
        Ok((variant, self.content))
    }
}

impl<'de> VariantAccess<'de> for Reader<'_> {
    type Error = Mistake;

    fn unit_variant(self) -> Result<(), Mistake> {
        let mut entries = self.entries();
        match entries.key() {
            None => Ok(()),
            Some(key) => Err(Mistake::new(format!("unknown key `{}`", key.name), "it takes none")
                .at(&key.span)
                .inside(entries.next)),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Mistake> {
        if self.is_name() {
            return Err(Mistake::new("expected a table", "write { type = \"…\", … }"));
        }
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Mistake> {
        self.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        self.deserialize_any(visitor)
    }
}
