//! Mistakes that the parsers go on after: the value is left out, the rest is read.

use std::ops::Range;

use super::{MAX_DEPTH, MAX_PROBLEMS, Problem};

/// The mistakes found in building a tree.
#[derive(Default)]
pub struct Faults(Vec<Problem>);

impl Faults {
    /// Those that were found before.
    pub fn new(found: Vec<Problem>) -> Self {
        Self(found)
    }

    /// Notes a mistake; there is nothing in its place.
    pub fn note<T>(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Option<T> {
        if self.0.len() < MAX_PROBLEMS {
            self.0.push(Problem::at(span, message, help));
        }
        None
    }

    /// The number that is written so, if it is one: neither NaN nor infinite.
    pub fn finite(&mut self, digits: &str, written: &str, span: Range<usize>) -> Option<f64> {
        match digits.parse::<f64>() {
            Ok(number) if number.is_finite() => Some(number),
            _ => {
                let message = format!("`{written}` is not a finite number");
                self.note(span, message, "write a number")
            }
        }
    }

    /// Tables and lists may not lie too deep in each other.
    pub fn deep<T>(&mut self, span: Range<usize>) -> Option<T> {
        self.note(span, "nested too deeply", format!("at most {MAX_DEPTH} levels"))
    }

    /// A key that is there again; the first counts.
    pub fn again(&mut self, key: &str, span: Range<usize>) {
        self.note::<()>(span, format!("`{key}` is already set"), "keep one of the two");
    }

    /// All of them.
    pub fn into_vec(self) -> Vec<Problem> {
        self.0
    }
}
