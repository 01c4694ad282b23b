//! A scene or layout as text: parsed into a tree in which every key and value knows its place, so
//! that every mistake can be shown where it was made, all of them at once.

mod node;
mod place;
mod problem;

pub use node::{Key, Node, Value};
pub use place::Place;
pub use problem::{DocumentError, Problem, Problems, Severity};
