//! The error of the deserializer: one mistake, with the way to it.

use std::fmt::{self, Display};
use std::ops::Range;

use serde::de::{Error, Expected, Unexpected};

use super::suggest;

/// One mistake; boxed because it travels through every level of the reader.
#[derive(Debug)]
pub struct Mistake(Box<Details>);

#[derive(Debug)]
struct Details {
    message: String,
    help: String,
    span: Option<Range<usize>>,
    path: Vec<usize>,
    lack: bool,
}

/// A mistake taken apart.
pub struct Finding {
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: String,
    /// Where it stands.
    pub span: Range<usize>,
    /// The way to the part that is to be left out, by number of child.
    pub path: Vec<usize>,
    /// Whether something is not there, rather than there and wrong.
    pub lack: bool,
}

impl Mistake {
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        let (message, help) = (message.into(), help.into());
        Self(Box::new(Details { message, help, span: None, path: Vec::new(), lack: false }))
    }

    /// Says where it stands, unless a level further in already has.
    pub fn at(mut self, span: &Range<usize>) -> Self {
        self.0.span.get_or_insert_with(|| span.clone());
        self
    }

    /// Adds one step on the way out.
    pub fn inside(mut self, child: usize) -> Self {
        self.0.path.push(child);
        self
    }

    /// Something is not there.
    pub fn lacking(mut self) -> Self {
        self.0.lack = true;
        self
    }

    pub fn into_finding(self) -> Finding {
        let Details { message, help, span, mut path, lack } = *self.0;
        path.reverse();
        Finding { message, help, span: span.unwrap_or(0..0), path, lack }
    }
}

impl Error for Mistake {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(message.to_string(), "")
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {}, found {}", plainly(expected), describe(found)), "")
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn invalid_length(found: usize, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {}, found {found} values", plainly(expected)), "").lacking()
    }

    fn unknown_variant(written: &str, expected: &'static [&'static str]) -> Self {
        let help = suggest::help(written, expected);
        Self::new(format!("`{written}` is not known here"), help)
    }

    fn unknown_field(written: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("unknown key `{written}`"), suggest::help(written, expected))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(format!("missing key `{field}`"), format!("add `{field}` here")).lacking()
    }
}

impl std::error::Error for Mistake {}

impl Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

/// Rust's names of types in the author's words.
fn plainly(expected: &dyn Expected) -> String {
    let expected = expected.to_string();
    match expected.as_str() {
        "f64" | "f32" => "a number".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a string" => "text in quotes".to_owned(),
        "a sequence" => "a list".to_owned(),
        "a map" => "a table".to_owned(),
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number".to_owned(),
        "u8" => format!("a whole number from 0 to {}", u8::MAX),
        "u16" => format!("a whole number from 0 to {}", u16::MAX),
        "u32" => format!("a whole number from 0 to {}", u32::MAX),
        "u64" | "usize" => "a whole number, 0 or more".to_owned(),
        other if other.starts_with("struct ") => "a table".to_owned(),
        other if other.starts_with("a tuple of size ") => {
            format!("a list of {} values", &other["a tuple of size ".len()..])
        }
        other => other.to_owned(),
    }
}

fn describe(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(value) => format!("`{value}`"),
        Unexpected::Unsigned(value) => format!("the number {value}"),
        Unexpected::Signed(value) => format!("the number {value}"),
        Unexpected::Float(value) => format!("the number {value:?}"),
        Unexpected::Str(text) => format!("the text \"{}\"", shortened(text)),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "a table".to_owned(),
        other => other.to_string(),
    }
}

/// The beginning of a text, so that a message stays a line.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text[..end].escape_debug()),
        None => text.escape_debug().to_string(),
    }
}
