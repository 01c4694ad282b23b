//! How errors and warnings reach the user: on a terminal with the text marked, else a line each.

use std::io::{IsTerminal, stderr};

use crate::Error;
use crate::document::{DocumentError, Look, render};

/// Prints an error on standard error.
pub fn report(error: &Error) {
    match error {
        Error::Document(document) => show(document),
        other => eprintln!("error: {other}"),
    }
}

/// Prints the problems of a document on standard error.
pub fn show(document: &DocumentError) {
    eprint!("{}", render(document, look()));
}

/// Marked text for a terminal, in colours unless `NO_COLOR` is set (no-color.org); plain lines,
/// which editors and build tools understand, for all else.
fn look() -> Look {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if !stderr().is_terminal() || is_dumb {
        return Look::Plain;
    }
    let columns = terminal_size::terminal_size_of(stderr()).map_or(80, |(width, _)| width.0);
    Look::Marked { width: usize::from(columns), colour: !is_set("NO_COLOR") }
}

/// The problems of a document, a line each.
pub fn plain(document: &DocumentError) -> String {
    render(document, Look::Plain)
}

/// An error, a line for each of its problems.
pub fn plain_error(error: &Error) -> String {
    match error {
        Error::Document(document) => plain(document),
        other => format!("error: {other}"),
    }
}
