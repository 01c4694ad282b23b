//! What the author probably meant.

use std::cmp::Reverse;

/// The candidate closest to what was written, if any is close enough to be a slip of the pen: one
/// edit in three letters but not all of them (insert, delete, replace, swap), capitals not counted; else the shortest
/// that begins so, as `gain_db` does with `gain`.
#[must_use]
pub fn closest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    /// Fewer letters begin too many words to mean one of them.
    const SHORTEST_BEGINNING: usize = 3;
    let written = written.to_lowercase();
    let letters = written.chars().count();
    let rank = |candidate: &'a str| {
        let lower = candidate.to_lowercase();
        let edits = strsim::osa_distance(&written, &lower);
        if edits <= (letters / 3).max(1).min(letters.saturating_sub(1)) {
            // Of equally close ones the longest: `Ls` is rather `Lss` than `L`.
            return Some((edits, Reverse(candidate.len()), candidate));
        }
        let begins_so = letters >= SHORTEST_BEGINNING && lower.starts_with(&written);
        begins_so.then_some((edits, Reverse(0), candidate))
    };
    candidates.into_iter().filter_map(rank).min().map(|(_, _, candidate)| candidate)
}

/// The help for a word that is none of those allowed.
pub(super) fn help(written: &str, candidates: &[&str]) -> String {
    let list = |words: &[&str]| words.join("`, `");
    match (closest(written, candidates.iter().copied()), candidates.len()) {
        (Some(word), _) => format!("did you mean `{word}`?"),
        (None, 0) => "none is allowed here".to_owned(),
        (None, _) => format!("one of `{}`", list(candidates)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slips_and_nothing_else() {
        let keys = ["gain_db", "name", "file"];
        assert_eq!(closest("gian_db", keys), Some("gain_db"));
        assert_eq!(closest("Name", keys), Some("name"));
        assert_eq!(closest("fil", keys), Some("file"));
        assert_eq!(closest("gain", keys), Some("gain_db"));
        assert_eq!(closest("azimuth", keys), None);
        assert_eq!(closest("", keys), None);
        assert_eq!(closest("Ls", ["L", "Lss"]), Some("Lss"));
    }
}
