//! Finding a layout by its name or in a file.

use std::cmp::Reverse;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use super::{Layout, built_in, names};
use crate::{Error, Result};

/// The longest file that is read as a layout, in bytes: ample for 128 loudspeakers.
const MAX_BYTES: u64 = 1 << 20;

/// The layout of a built-in name.
///
/// # Errors
/// When there is no such name; the message has those there are.
pub fn named(name: &str) -> Result<Layout> {
    built_in(name).ok_or_else(|| unknown(name))
}

/// The layout of a built-in name, or of a `.toml` file by its path.
///
/// # Errors
/// When there is neither such a name nor such a file, or the file is wrong.
pub fn load(name_or_path: &str) -> Result<Layout> {
    if let Some(layout) = built_in(name_or_path) {
        return Ok(layout);
    }
    let path = Path::new(name_or_path);
    if !path.exists() && !is_path(name_or_path) {
        return Err(unknown(name_or_path));
    }
    Layout::from_toml(name_or_path, &read_text(path)?)
}

/// The name of the layout in a file: `rooms/studio.toml` holds `studio`.
pub fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = file.strip_suffix(".toml").or_else(|| file.strip_suffix(".json")).unwrap_or(file);
    if stem.is_empty() { file } else { stem }
}

/// Whether a text that is no built-in name can only be meant as the path of a layout file.
#[must_use]
pub fn is_path(text: &str) -> bool {
    text.contains(['/', '\\']) || text.ends_with(".toml") || text.ends_with(".json")
}

fn read_text(path: &Path) -> Result<String> {
    let cannot_read = |error| Error::input(format!("{}: {error}", path.display()));
    // Asked before it is opened: opening a pipe would wait for its writer.
    if !fs::metadata(path).map_err(cannot_read)?.is_file() {
        return Err(Error::input(format!(
            "{}: not a file; the path of a .toml file",
            path.display()
        )));
    }
    let mut text = String::new();
    let file = File::open(path).map_err(cannot_read)?;
    file.take(MAX_BYTES + 1).read_to_string(&mut text).map_err(cannot_read)?;
    if text.len() as u64 > MAX_BYTES {
        let message = format!("{}: a layout file is at most {MAX_BYTES} bytes", path.display());
        return Err(Error::input(message));
    }
    Ok(text)
}

fn unknown(name: &str) -> Error {
    // Of equally close names the longer: `7.14` is rather 7.1.4 than 7.1.
    let closest = names().iter().min_by_key(|it| (edit_distance(name, it), Reverse(it.len())));
    let guess = closest.filter(|known| edit_distance(name, known) <= known.len() / 2);
    let guess = guess.map_or(String::new(), |known| format!("did you mean `{known}`? "));
    let known = names().join(", ");
    Error::usage(format!(
        "no layout `{name}`: {guess}there are {known}, or the path of a .toml file"
    ))
}

/// How many letters must change to turn one text into the other, whatever their case.
fn edit_distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (index, letter) in from.to_lowercase().chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for column in 0..to.len() {
            let replaced = diagonal + usize::from(letter != to[column]);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_names_its_layout_by_its_stem() {
        assert_eq!(stem("rooms/studio.toml"), "studio");
        assert_eq!(stem("7.1.4"), "7.1.4");
        assert_eq!(stem("c:\\rooms\\5.1.json"), "5.1");
        assert_eq!(stem(".toml"), ".toml");
    }

    #[test]
    fn distances_count_letters() {
        assert_eq!(edit_distance("Stereo", "stereo"), 0);
        assert_eq!(edit_distance("714", "7.1.4"), 2);
        assert_eq!(edit_distance("", "mono"), 4);
        assert_eq!(edit_distance("quda", "quad"), 2);
    }
}
