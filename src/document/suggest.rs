//! What the author probably meant.

/// The candidate closest to what was written, if any is close enough to be a slip of the pen: one
/// edit in three letters (insert, delete, replace, swap), capitals not counted.
#[must_use]
pub fn closest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let written = written.to_lowercase();
    let allowed = (written.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&written, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
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
        assert_eq!(closest("azimuth", keys), None);
        assert_eq!(closest("", keys), None);
    }
}
