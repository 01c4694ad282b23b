//! A scene or layout as text: parsed into a tree in which every key and value knows its place, so
//! that every mistake can be shown where it was made, all of them at once.
//!
//! Reading is done by a deserializer of our own ([`Document::read`]) because the usual ones stop
//! at the first mistake. It takes a table with a `type` key as the variant of that name, so that
//! `{ type = "orbit", … }` needs nothing but a plain derive, and it lets structs share their keys: a
//! field named `(shared)` is read from the same table as the struct it is a field of.

mod access;
mod depth;
mod faults;
mod from_json;
mod from_toml;
mod mistake;
mod node;
mod place;
mod position;
mod problem;
mod reader;
mod render;
mod shared;
mod suggest;
mod text;

pub use node::{Key, Node, Value};
pub use place::Place;
pub use position::{Position, position};
pub use problem::{DocumentError, Problem, Problems, Severity};
pub use render::{Look, render};
pub use suggest::closest;
pub use text::Document;

/// The longest text that is read, in bytes. Its tree takes up to 80 times as much memory; what is
/// longer, such as a recorded path, has a file of its own.
pub const MAX_BYTES: u64 = 16 << 20;

/// How deep tables and lists may lie in each other.
pub const MAX_DEPTH: usize = 64;

/// How many mistakes are gathered before the rest is left for the next time.
pub const MAX_PROBLEMS: usize = 100;
