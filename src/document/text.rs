//! A document: a text, its tree, and what is wrong with it.

use std::fs::File;
use std::io::Read;
use std::mem;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::mistake::{Finding, Mistake};
use super::reader::Reader;
use super::{
    DocumentError, MAX_BYTES, MAX_PROBLEMS, Node, Place, Problem, Problems, from_json, from_toml,
};
use crate::folder::shown;
use crate::{Error, Result};

/// How many nodes may be visited in finding every mistake, so that a huge text with many of them
/// is refused in seconds: the rest is found the next time.
const MAX_VISITS: usize = 20_000_000;

/// How many problems are shown: finding the line and column of each goes through the text.
const MAX_SHOWN: usize = 1000;

/// A text that has been parsed.
#[derive(Clone, Debug)]
pub struct Document {
    name: String,
    text: String,
    root: Node,
    /// Mistakes the parser could go on after; handed out by the first reading.
    faults: Vec<Problem>,
}

impl Document {
    /// Parses a text: JSON if the name ends in `.json`, else TOML.
    ///
    /// Duplicate keys, dates, `null`, NaN and infinities do not stop it: they are left out of the
    /// tree and told by [`Document::read`], with everything else that is wrong.
    ///
    /// # Errors
    /// [`Error::Document`] if it is not TOML or JSON, or too long.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        if text.len() as u64 > MAX_BYTES {
            return Err(too_long(name));
        }
        let parse = if is_json(name) { from_json::parse } else { from_toml::parse };
        let (parsed, name, text) = (parse(text), name.to_owned(), text.to_owned());
        match parsed {
            Ok((root, faults)) => Ok(Self { name, text, root, faults }),
            Err(mut problems) => {
                if problems.len() >= MAX_PROBLEMS {
                    problems.push(and_more(&text));
                }
                Err(Error::Document(Arc::new(DocumentError { name, text, problems })))
            }
        }
    }

    /// Parses bytes, which must be UTF-8.
    ///
    /// # Errors
    /// As [`Document::parse`].
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Self> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&b| b == b'\n').count();
            Error::input(format!("{name}:{line}: not UTF-8: save it as UTF-8 text"))
        })?;
        Self::parse(name, text)
    }

    /// Reads and parses a file, which is shown under the name it was asked for.
    ///
    /// # Errors
    /// If it cannot be read, is no regular file, is longer than [`MAX_BYTES`]; and as
    /// [`Document::parse`].
    pub fn open(path: &Path) -> Result<Self> {
        let name = shown(path);
        let fail = |error: std::io::Error| Error::input(format!("{name}: {error}"));
        // Asked before opening: opening a pipe would wait for its other end.
        if !path.metadata().map_err(fail)?.is_file() {
            return Err(Error::input(format!("{name}: not a regular file")));
        }
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(fail)?;
        file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(fail)?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(too_long(&name));
        }
        Self::from_bytes(&name, &bytes)
    }

    /// Reads the tree as a type and notes every mistake at its place.
    ///
    /// A mistaken key or element is noted, taken out of the tree and the rest read again, so that
    /// one reading finds all of them. What comes back lacks those parts: it serves to find further
    /// mistakes, and is good for use only if `problems` has no errors.
    pub fn read<T: DeserializeOwned>(&mut self, problems: &mut Problems) -> Option<T> {
        if self.faults.len() >= MAX_PROBLEMS {
            problems.push(and_more(&self.text));
        }
        mem::take(&mut self.faults).into_iter().for_each(|fault| problems.push(fault));
        let readings = (MAX_VISITS / self.root.count()).clamp(1, 2 * MAX_PROBLEMS);
        for _ in 0..readings {
            match T::deserialize(Reader::new(&self.root)) {
                Ok(value) => return Some(value),
                Err(mistake) => self.note(mistake, problems)?,
            }
        }
        problems.push(and_more(&self.text));
        None
    }

    /// Where the value at a place stands in the text, or what is nearest above it: for a key that
    /// is not there, its table.
    #[must_use]
    pub fn locate(&self, place: &Place) -> Range<usize> {
        self.root.nearest(place).span.clone()
    }

    /// The problems with their places in the text, in its order.
    #[must_use]
    pub fn explain(&self, problems: Problems) -> DocumentError {
        let mut problems: Vec<_> =
            problems.into_vec().into_iter().filter_map(|problem| self.locate_in(problem)).collect();
        problems.sort_by_key(|problem| problem.span.as_ref().map(|span| span.start));
        problems.dedup();
        if problems.len() > MAX_SHOWN {
            problems.truncate(MAX_SHOWN);
            problems.push(and_more(&self.text));
        }
        DocumentError { name: self.name.clone(), text: self.text.clone(), problems }
    }

    /// The problems as an error.
    #[must_use]
    pub fn error(&self, problems: Problems) -> Error {
        Error::Document(Arc::new(self.explain(problems)))
    }

    /// The name it was opened under.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Notes a mistake and takes out what it is about; `None` if that is all there is.
    fn note(&mut self, mistake: Mistake, problems: &mut Problems) -> Option<()> {
        let Finding { message, help, span, path, lack } = mistake.into_finding();
        let follows = lack && self.root.descend(&path).is_some_and(|node| node.maimed);
        if !follows {
            problems.push(Problem::at(span, message, help));
        }
        let (&last, parent) = path.split_last()?;
        self.root.descend(parent)?.remove(last);
        Some(())
    }

    /// Gives a problem its span; `None` if it only follows from something that was taken out.
    fn locate_in(&self, mut problem: Problem) -> Option<Problem> {
        if problem.span.is_none() {
            let node = self.root.nearest(&problem.place);
            if node.maimed {
                return None;
            }
            problem.span = Some(node.span.clone());
        }
        Some(problem)
    }
}

/// What is said at the end of a text that has more mistakes than are shown.
fn and_more(text: &str) -> Problem {
    let end = text.len();
    Problem::at(end..end, "there are more mistakes than are shown", "mend these first")
}

fn is_json(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

fn too_long(name: &str) -> Error {
    Error::input(format!("{name}: longer than {} MiB", MAX_BYTES >> 20))
}
