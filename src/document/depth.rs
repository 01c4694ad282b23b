//! A look at a TOML text before it is parsed: keys with very many dots would become tables so deep
//! that freeing them overflows the stack.

use std::ops::Range;

/// The most parts a dotted key may have.
pub const MAX_PARTS: usize = 16;

/// The first dotted key with more than [`MAX_PARTS`] parts.
pub fn overlong_key(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let (mut at, mut parts, mut start) = (0, 0, 0);
    while at < bytes.len() {
        let end = token_end(bytes, at);
        match bytes[at] {
            b'.' | b' ' | b'\t' => {}
            byte if is_part(byte) && parts > 0 && follows_dot(bytes, at) => parts += 1,
            byte if is_part(byte) => (parts, start) = (1, at),
            _ => parts = 0,
        }
        if parts > MAX_PARTS {
            return Some(start..end);
        }
        at = end;
    }
    None
}

fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'"' | b'\'')
}

fn follows_dot(bytes: &[u8], at: usize) -> bool {
    bytes[..at].iter().rev().find(|byte| !matches!(byte, b' ' | b'\t')) == Some(&b'.')
}

/// Where the token that begins here ends: a quoted text, a comment, a bare word, or one byte.
fn token_end(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    let length = match rest[0] {
        b'"' | b'\'' => quoted_length(rest),
        b'#' => rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len()),
        byte if is_part(byte) => {
            let bare = |byte: &u8| is_part(*byte) && !matches!(byte, b'"' | b'\'');
            rest.iter().position(|byte| !bare(byte)).unwrap_or(rest.len())
        }
        _ => 1,
    };
    at + length
}

/// The length of a quoted text, of one line or (in three quotes) of many, to its end or the text's.
fn quoted_length(rest: &[u8]) -> usize {
    let quote = rest[0];
    let width = if rest.starts_with(&[quote; 3]) { 3 } else { 1 };
    let mut at = width;
    while at < rest.len() {
        match rest[at] {
            b'\\' if quote == b'"' => at += 2,
            b'\n' if width == 1 => return at,
            byte if byte == quote && rest[at..].starts_with(&[quote; 3][..width]) => {
                return at + width;
            }
            _ => at += 1,
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_with_many_parts_are_found() {
        let key = |parts: usize| vec!["a"; parts].join(" . ");
        assert_eq!(overlong_key(&format!("{} = 1", key(MAX_PARTS))), None);
        let long = format!("x = 1\n[{}]", key(MAX_PARTS + 1));
        assert_eq!(overlong_key(&long), Some(7..long.len() - 1));
        let dots = vec!["b"; 40].join(".");
        for harmless in [
            format!("# {dots}"),
            format!("x = \"{dots}\""),
            format!("x = '''\n{dots}\n'''"),
            format!("x = \"\"\"\n\\\"\"\"{dots}\"\"\""),
            format!("x = [{}]", vec!["1.5"; 40].join(", ")),
        ] {
            assert_eq!(overlong_key(&harmless), None, "{harmless}");
        }
        assert!(overlong_key(&vec!["'a'"; 40].join(".")).is_some());
    }
}
