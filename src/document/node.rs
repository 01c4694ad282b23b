//! The tree of a document.

use std::ops::Range;

use super::Place;
use super::place::Step;

/// A key of a table and where it stands in the text, in bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// The key itself.
    pub name: String,
    /// Its bytes in the text.
    pub span: Range<usize>,
}

/// A value and where it stands in the text, in bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Its bytes in the text; of a TOML table its header.
    pub span: Range<usize>,
    /// Whether a mistaken part of it was taken out: what is missing here is then no mistake of
    /// its own.
    pub maimed: bool,
}

/// What TOML and JSON have in common.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number; finite.
    Float(f64),
    /// Text.
    String(String),
    /// A list.
    Array(Vec<Node>),
    /// Keys and values, in the order of the text.
    Table(Vec<(Key, Node)>),
}

impl Node {
    /// A whole node.
    #[must_use]
    pub fn new(value: Value, span: Range<usize>) -> Self {
        Self { value, span, maimed: false }
    }

    /// The node at a place, or the nearest one above it that exists.
    #[must_use]
    pub fn nearest(&self, place: &Place) -> &Self {
        let mut node = self;
        for step in place.steps() {
            match node.child(step) {
                Some(child) => node = child,
                None => break,
            }
        }
        node
    }

    /// How many nodes there are from here down.
    #[must_use]
    pub fn count(&self) -> usize {
        1 + match &self.value {
            Value::Array(items) => items.iter().map(Self::count).sum(),
            Value::Table(entries) => entries.iter().map(|(_, node)| node.count()).sum(),
            _ => 0,
        }
    }

    /// The node reached by counting children, of tables as of lists.
    pub(super) fn descend(&mut self, path: &[usize]) -> Option<&mut Self> {
        path.iter().try_fold(self, |node, &index| match &mut node.value {
            Value::Array(items) => items.get_mut(index),
            Value::Table(entries) => entries.get_mut(index).map(|(_, node)| node),
            _ => None,
        })
    }

    /// Takes out the child with this number and remembers that it did.
    pub(super) fn remove(&mut self, index: usize) {
        self.maimed = true;
        match &mut self.value {
            Value::Array(items) => drop(items.remove(index)),
            Value::Table(entries) => drop(entries.remove(index)),
            _ => {}
        }
    }

    fn child(&self, step: &Step) -> Option<&Self> {
        match (&self.value, step) {
            (Value::Array(items), Step::Index(index)) => items.get(*index),
            (Value::Table(entries), Step::Key(name)) => {
                entries.iter().find(|(key, _)| key.name == *name).map(|(_, node)| node)
            }
            _ => None,
        }
    }
}
