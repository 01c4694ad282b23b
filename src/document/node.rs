//! The tree of a document.

use std::ops::Range;

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
    /// Its bytes in the text.
    pub span: Range<usize>,
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
