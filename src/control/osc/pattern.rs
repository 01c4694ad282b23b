//! Patterns in addresses: `*`, `?`, `[a-z]`, `[!a-z]`, `{this,that}`.

/// Steps after which a pattern is given up: no honest one takes as many, and stars upon stars would
/// take for ever.
const MOST_STEPS: u32 = 4096;

/// Whether a part of an address fits a part of a pattern; one that is too hard fits nothing.
#[must_use]
pub fn fits(pattern: &str, part: &str) -> bool {
    let mut steps = MOST_STEPS;
    goes(pattern.as_bytes(), part.as_bytes(), &mut steps)
}

fn goes(pattern: &[u8], part: &[u8], steps: &mut u32) -> bool {
    let Some(left) = steps.checked_sub(1) else { return false };
    *steps = left;
    match pattern {
        [] => part.is_empty(),
        [b'*', rest @ ..] => (0..=part.len()).any(|skipped| goes(rest, &part[skipped..], steps)),
        [b'{', rest @ ..] => either(rest, part, steps),
        [first, rest @ ..] => {
            let [byte, part @ ..] = part else { return false };
            match first {
                b'?' => goes(rest, part, steps),
                b'[' => one_of(rest, *byte).is_some_and(|rest| goes(rest, part, steps)),
                _ => first == byte && goes(rest, part, steps),
            }
        }
    }
}

/// What follows a set of bytes in a pattern, if a byte is in it.
fn one_of(pattern: &[u8], byte: u8) -> Option<&[u8]> {
    let end = pattern.iter().position(|it| *it == b']')?;
    let (set, rest) = (&pattern[..end], &pattern[end + 1..]);
    let (set, wanted) = match set {
        [b'!', set @ ..] => (set, false),
        set => (set, true),
    };
    let mut found = false;
    let mut at = 0;
    while at < set.len() {
        if let [from, b'-', to, ..] = set[at..] {
            found |= (from..=to).contains(&byte);
            at += 3;
        } else {
            found |= set[at] == byte;
            at += 1;
        }
    }
    (found == wanted).then_some(rest)
}

/// Whether a part goes on with one of some words.
fn either(pattern: &[u8], part: &[u8], steps: &mut u32) -> bool {
    let Some(end) = pattern.iter().position(|it| *it == b'}') else { return false };
    let (words, rest) = (&pattern[..end], &pattern[end + 1..]);
    let mut words = words.split(|it| *it == b',');
    words.any(|word| part.strip_prefix(word).is_some_and(|part| goes(rest, part, steps)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_what_they_should() {
        for (pattern, part, expected) in [
            ("gain", "gain", true),
            ("gain", "gains", false),
            ("*", "", true),
            ("*", "17", true),
            ("1*", "17", true),
            ("1?", "17", true),
            ("1?", "1", false),
            ("[1-3]", "2", true),
            ("[!1-3]", "2", false),
            ("[!1-3]", "4", true),
            ("[-a]", "-", true),
            ("{azim,elev}", "elev", true),
            ("{azim,elev}", "dist", false),
            ("{a,ab}c", "abc", true),
            ("*a*b*", "xxaxxbxx", true),
            ("[1-", "1", false),
            ("{a", "a", false),
        ] {
            assert_eq!(fits(pattern, part), expected, "{pattern} and {part}");
        }
    }

    #[test]
    fn stars_upon_stars_end_soon() {
        let (stars, part) = ("*a".repeat(60) + "b", "a".repeat(200));
        let begun = std::time::Instant::now();
        assert!(!fits(&stars, &part));
        // Some thousand steps: far less than a millisecond, with room for a busy machine.
        assert!(begun.elapsed().as_millis() < 200);
    }
}
