//! Loudspeaker labels of ITU-R BS.2051, Table 1.

/// Whether a text is a label: a layer (B bottom, M middle, U upper, T top), the side and the
/// azimuth (`M+030`, `T+000`), or one of the few named ones (`M+SC`, `UH+180`, `LFE1`, `LFE2`).
#[must_use]
pub fn is_itu_label(text: &str) -> bool {
    if matches!(text, "LFE1" | "LFE2" | "M+SC" | "M-SC" | "UH+180") {
        return true;
    }
    let [b'B' | b'M' | b'U' | b'T', b'+' | b'-', azimuth @ ..] = text.as_bytes() else {
        return false;
    };
    azimuth.len() == 3 && azimuth.iter().all(u8::is_ascii_digit) && azimuth <= b"180".as_slice()
}

#[cfg(test)]
mod tests {
    use super::is_itu_label;

    #[test]
    fn labels_are_told_from_names() {
        for label in ["M+030", "U-135", "T+000", "B+045", "UH+180", "M-SC", "LFE2"] {
            assert!(is_itu_label(label), "{label}");
        }
        for name in ["", "L", "Lss", "M+30", "M+0300", "M+181", "X+030", "M030", "M+03é", "LFE"] {
            assert!(!is_itu_label(name), "{name}");
        }
    }
}
