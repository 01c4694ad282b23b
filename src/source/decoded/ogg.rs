//! Whether an Ogg file is all there: its last page says so (RFC 3533, section 6).

use std::fs::File;
use std::io::{Read, Result, Seek, SeekFrom};
use std::path::Path;

/// The largest page there can be.
const PAGE_BYTES: u64 = 65_307;

/// Bytes of a page before the table of its segments.
const HEADER_BYTES: usize = 27;

/// The flag of the last page of a stream.
const END_OF_STREAM: u8 = 4;

/// Whether the last page is whole and marked as the last.
pub fn is_complete(path: &Path) -> Result<bool> {
    let mut file = File::open(path)?;
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(PAGE_BYTES)))?;
    let mut tail = Vec::new();
    file.take(PAGE_BYTES).read_to_end(&mut tail)?;
    let Some(at) = tail.windows(4).rposition(|bytes| bytes == b"OggS") else { return Ok(false) };
    let page = &tail[at..];
    let Some(segments) = page.get(HEADER_BYTES - 1).map(|count| usize::from(*count)) else {
        return Ok(false);
    };
    let Some(table) = page.get(HEADER_BYTES..HEADER_BYTES + segments) else { return Ok(false) };
    let body: usize = table.iter().map(|bytes| usize::from(*bytes)).sum();
    let whole = page.len() >= HEADER_BYTES + segments + body;
    Ok(whole && page[5] & END_OF_STREAM != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page with a body of two segments, 255 and 5 bytes long.
    fn page(flags: u8) -> Vec<u8> {
        let mut page = b"OggS\0".to_vec();
        page.push(flags);
        page.resize(HEADER_BYTES - 1, 0);
        page.extend([2, 255, 5]);
        page.resize(page.len() + 260, 7);
        page
    }

    #[test]
    fn a_file_is_complete_with_a_whole_last_page_that_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.ogg");
        let complete = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            is_complete(&path).unwrap()
        };
        let long = [page(0).repeat(400), page(END_OF_STREAM)].concat();
        assert!(complete(&page(END_OF_STREAM)));
        assert!(complete(&long));
        assert!(!complete(&page(0)), "not marked");
        for missing in [1, 260, 261, 285] {
            assert!(!complete(&long[..long.len() - missing]), "{missing} bytes missing");
        }
        assert!(!complete(b""));
    }
}
