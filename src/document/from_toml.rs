//! TOML into the tree.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeFloat, DeInteger, DeTable, DeValue, Error};

use super::depth::{MAX_PARTS, overlong_key};
use super::faults::Faults;
use super::position::line_start;
use super::{Key, MAX_DEPTH, MAX_PROBLEMS, Node, Problem, Value};

/// What the parser says about a key that is there twice.
const DUPLICATE: &str = "duplicate key";

/// The tree of a text, and the mistakes that did not keep it from being built.
///
/// # Errors
/// What keeps the text from being TOML.
pub fn parse(text: &str) -> Result<(Node, Vec<Problem>), Vec<Problem>> {
    if let Some(span) = overlong_key(text) {
        let help = format!("a key has at most {MAX_PARTS} parts");
        return Err(vec![Problem::at(span, "a key with too many dots", help)]);
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    let sound = errors.iter().all(|error| is_mended(text, error));
    let faults = errors.iter().take(MAX_PROBLEMS).map(|error| explain(text, error)).collect();
    if !sound {
        return Err(faults);
    }
    let mut tree = Tree { text, faults: Faults::new(faults) };
    let root = tree.table(table.get_ref(), 0..0, 0);
    Ok((root, tree.faults.into_vec()))
}

/// Whether the parser went on as if the mistake were not there: of two equal keys it keeps the
/// first, but of two equal headers the last.
fn is_mended(text: &str, error: &Error) -> bool {
    let start = error.span().map_or(0, |span| span.start);
    let before = text.get(line_start(text, start)..start).unwrap_or_default();
    error.message() == DUPLICATE && !before.trim_start().starts_with('[')
}

fn explain(text: &str, error: &Error) -> Problem {
    let span = error.span().unwrap_or(0..0);
    if error.message() == DUPLICATE {
        let key = text.get(span.clone()).unwrap_or_default();
        return Problem::at(span, format!("`{key}` is already set"), "keep one of the two");
    }
    Problem::at(span, format!("not TOML: {}", error.message()), "")
}

struct Tree<'a> {
    text: &'a str,
    faults: Faults,
}

impl Tree<'_> {
    fn node(&mut self, value: &Spanned<DeValue<'_>>, depth: usize) -> Option<Node> {
        let span = value.span();
        let value = match value.get_ref() {
            DeValue::String(text) => Value::String(text.clone().into_owned()),
            DeValue::Boolean(value) => Value::Bool(*value),
            DeValue::Integer(number) => Value::Integer(self.integer(number, &span)?),
            DeValue::Float(number) => Value::Float(self.float(number, &span)?),
            DeValue::Datetime(_) => {
                let help = "put it in quotes, if it is text";
                return self.faults.note(span, "a date means nothing here", help);
            }
            _ if depth >= MAX_DEPTH => return self.faults.deep(span),
            DeValue::Array(array) => {
                let items: Vec<_> = array.iter().map(|item| self.node(item, depth + 1)).collect();
                let maimed = items.iter().any(Option::is_none);
                let value = Value::Array(items.into_iter().flatten().collect());
                return Some(Node { value, span, maimed });
            }
            DeValue::Table(table) => return Some(self.table(table, span, depth)),
        };
        Some(Node::new(value, span))
    }

    fn table(&mut self, table: &DeTable<'_>, span: Range<usize>, depth: usize) -> Node {
        let mut entries = Vec::with_capacity(table.len());
        for (key, value) in table {
            let node = self.node(value, depth + 1);
            let key = Key { name: key.get_ref().clone().into_owned(), span: key.span() };
            entries.extend(node.map(|node| (key, node)));
        }
        // The parser sorts by name; the author's order is that of the text.
        entries.sort_by_key(|(key, _)| key.span.start);
        let maimed = entries.len() < table.len();
        Node { value: Value::Table(entries), span, maimed }
    }

    fn integer(&mut self, number: &DeInteger<'_>, span: &Range<usize>) -> Option<i64> {
        match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Some(number),
            Err(_) => self.faults.note(span.clone(), "a whole number too large to hold", ""),
        }
    }

    fn float(&mut self, number: &DeFloat<'_>, span: &Range<usize>) -> Option<f64> {
        let written = self.text.get(span.clone()).unwrap_or_default();
        self.faults.finite(number.as_str(), written, span.clone())
    }
}
