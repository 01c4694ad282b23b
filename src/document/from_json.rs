//! JSON into the tree: JSON itself, without comments or trailing commas.

use std::collections::BTreeSet;
use std::ops::Range;

use jsonc_parser::ast::{self, Value as Json};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::faults::Faults;
use super::{Key, MAX_DEPTH, Node, Problem, Value};

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// The tree of a text, and the mistakes that did not keep it from being built.
///
/// # Errors
/// What keeps the text from being a JSON object.
pub fn parse(text: &str) -> Result<(Node, Vec<Problem>), Vec<Problem>> {
    let parsed = parse_to_ast(text, &CollectOptions::default(), &STRICT).map_err(|error| {
        let message = format!("not JSON: {}", error.kind().to_string().to_lowercase());
        vec![Problem::at(error.range().start..error.range().end, message, "")]
    })?;
    let mut tree = Tree { text, faults: Faults::default() };
    match parsed.value {
        Some(Json::Object(object)) => {
            let root = tree.table(object, 0);
            Ok((root, tree.faults.into_vec()))
        }
        other => {
            let span = other.map_or(0..0, |value| bytes(&value));
            Err(vec![Problem::at(span, "expected an object: { … }", "")])
        }
    }
}

fn bytes(ranged: &impl Ranged) -> Range<usize> {
    ranged.start()..ranged.end()
}

struct Tree<'a> {
    text: &'a str,
    faults: Faults,
}

impl Tree<'_> {
    fn node(&mut self, value: Json<'_>, depth: usize) -> Option<Node> {
        let span = bytes(&value);
        let value = match value {
            Json::StringLit(text) => Value::String(self.string(text.value.into_owned(), &span)?),
            Json::BooleanLit(literal) => Value::Bool(literal.value),
            Json::NumberLit(number) => self.number(number.value, &span)?,
            Json::NullKeyword(_) => {
                return self.faults.note(span, "`null` means nothing here", "leave the key out");
            }
            _ if depth >= MAX_DEPTH => return self.faults.deep(span),
            Json::Array(array) => {
                let items: Vec<_> =
                    array.elements.into_iter().map(|item| self.node(item, depth + 1)).collect();
                let maimed = items.iter().any(Option::is_none);
                let value = Value::Array(items.into_iter().flatten().collect());
                return Some(Node { value, span, maimed });
            }
            Json::Object(object) => return Some(self.table(object, depth)),
        };
        Some(Node::new(value, span))
    }

    fn table(&mut self, object: ast::Object<'_>, depth: usize) -> Node {
        let span = bytes(&object);
        let (mut entries, mut seen, mut maimed) = (Vec::new(), BTreeSet::new(), false);
        for property in object.properties {
            let span = bytes(&property.name);
            let Some(name) = self.string(property.name.into_string(), &span) else {
                maimed = true;
                continue;
            };
            if !seen.insert(name.clone()) {
                self.faults.again(&name, span);
                continue;
            }
            match self.node(property.value, depth + 1) {
                Some(node) => entries.push((Key { name, span }, node)),
                None => maimed = true,
            }
        }
        Node { value: Value::Table(entries), span, maimed }
    }

    /// A text, unless it has line breaks or other control characters in it that are not written
    /// as escapes (RFC 8259, section 7), which the parser lets pass.
    fn string(&mut self, text: String, span: &Range<usize>) -> Option<String> {
        let written = self.text.get(span.clone()).unwrap_or_default();
        if written.bytes().any(|byte| byte < 0x20) {
            let message = "a line break or control character in a text";
            return self.faults.note(span.clone(), message, "write it as an escape, such as \\n");
        }
        Some(text)
    }

    fn number(&mut self, written: &str, span: &Range<usize>) -> Option<Value> {
        if let Ok(number) = written.parse::<i64>() {
            return Some(Value::Integer(number));
        }
        self.faults.finite(written, written, span.clone()).map(Value::Float)
    }
}
