//! Lines and columns, as editors count them.

use std::fmt;

/// A place in a text for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
}

/// The line and column of a byte of a text; beyond the end counts as the end.
#[must_use]
pub fn position(text: &str, byte: usize) -> Position {
    let byte = floor(text, byte);
    let before = &text.as_bytes()[..byte];
    let line_start = line_start(text, byte);
    Position {
        line: 1 + before.iter().filter(|&&b| b == b'\n').count(),
        column: 1 + text[line_start..byte].chars().count(),
    }
}

/// Where the line that holds this byte begins.
pub(super) fn line_start(text: &str, byte: usize) -> usize {
    text.as_bytes()[..byte].iter().rposition(|&b| b == b'\n').map_or(0, |newline| newline + 1)
}

/// Where the line that holds this byte ends, its newline not counted.
pub(super) fn line_end(text: &str, byte: usize) -> usize {
    let end = text.as_bytes()[byte..].iter().position(|&b| b == b'\n');
    let end = end.map_or(text.len(), |length| byte + length);
    if end > byte && text.as_bytes()[end - 1] == b'\r' { end - 1 } else { end }
}

/// The nearest boundary between characters at or before a byte.
pub(super) fn floor(text: &str, byte: usize) -> usize {
    let byte = byte.min(text.len());
    (0..=byte).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_from_one() {
        let text = "a\nüber x\r\n\nend";
        let at = |byte| position(text, byte).to_string();
        assert_eq!(at(0), "1:1");
        assert_eq!(at(text.find('x').unwrap()), "2:6");
        assert_eq!(at(3), "2:1", "inside a character is at it");
        assert_eq!(at(text.find("end").unwrap()), "4:1");
        assert_eq!(at(usize::MAX), "4:4");
        assert_eq!(position("", 0).to_string(), "1:1");
    }

    #[test]
    fn lines_end_before_their_newline() {
        let text = "ab\r\ncd";
        assert_eq!(&text[line_start(text, 1)..line_end(text, 1)], "ab");
        assert_eq!(&text[line_start(text, 5)..line_end(text, 5)], "cd");
    }
}
