//! The folder of a scene: which files a scene may name, and which not.

use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::{Error, Result};

/// The folder that the paths of a scene are relative to and may not leave.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
    allow_outside: bool,
}

impl Folder {
    /// The folder `root` (empty is the current one). `allow_outside` lets paths leave it.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>, allow_outside: bool) -> Self {
        let root = root.into();
        let root = if root.as_os_str().is_empty() { PathBuf::from(".") } else { root };
        Self { root, allow_outside }
    }

    /// Finds the regular file that a scene names.
    ///
    /// # Errors
    /// When the path leaves the folder, absolutely, by `..` or through a symbolic link, and that is
    /// not allowed; when there is no such file; when it is not a regular file.
    pub fn resolve(&self, relative: &Path) -> Result<PathBuf> {
        let name = &shown(relative);
        if !self.allow_outside && leaves(relative) {
            return Err(outside(relative));
        }
        let path = self.root.join(relative);
        let found = fs::metadata(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => {
                missing(&path, name)
            }
            _ => Error::input(format!("{name}: {error}")),
        })?;
        if !self.allow_outside && !self.contains(&path, name)? {
            return Err(outside(relative));
        }
        if found.is_dir() {
            return Err(Error::input(format!("{name}: is a folder, not a file")));
        }
        if !found.is_file() {
            return Err(Error::input(format!("{name}: is a device or a pipe, not a regular file")));
        }
        Ok(path)
    }

    /// Whether a file lies in the folder once all symbolic links are followed.
    fn contains(&self, path: &Path, name: impl std::fmt::Display) -> Result<bool> {
        let real = |path: &Path| {
            fs::canonicalize(path).map_err(|error| Error::input(format!("{name}: {error}")))
        };
        Ok(real(path)?.starts_with(real(&self.root)?))
    }
}

/// A path as it stands in a message: on one line, whatever is in it.
pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy().replace(char::is_control, "\u{FFFD}")
}

/// Whether a path is absolute or climbs above where it begins.
fn leaves(path: &Path) -> bool {
    let mut depth = 0_i64;
    path.components().any(|component| {
        match component {
            Component::Normal(_) => depth += 1,
            Component::ParentDir => depth -= 1,
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return true,
        }
        depth < 0
    })
}

fn outside(path: &Path) -> Error {
    let name = shown(path);
    Error::input(format!(
        "{name}: lies outside the scene's folder (--allow-outside permits that for scenes you trust)"
    ))
}

fn missing(path: &Path, name: impl std::fmt::Display) -> Error {
    let wanted = path.file_name().unwrap_or_default().to_string_lossy();
    match path.parent().and_then(|parent| closest(parent, &wanted)) {
        Some(close) => Error::input(format!("{name}: no such file; did you mean '{close}'?")),
        None => Error::input(format!("{name}: no such file")),
    }
}

/// The name in a folder that is most like `wanted`, if any is much like it; of equals the first in
/// the order of the alphabet.
fn closest(folder: &Path, wanted: &str) -> Option<String> {
    /// A folder of a hundred thousand stems should not delay an error message.
    const MOST_ENTRIES: usize = 10_000;
    let entries = fs::read_dir(folder).ok()?.take(MOST_ENTRIES).flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let tolerance = (wanted.chars().count() / 3).max(1);
    names
        .map(|name| (distance(&name.to_lowercase(), &wanted.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= tolerance)
        .min()
        .map(|(_, name)| name)
}

/// How many letters must be put in, left out or replaced to make one word of the other
/// (Levenshtein 1966).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (line, letter) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for column in 0..b.len() {
            let replaced = diagonal + usize::from(letter != b[column]);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
