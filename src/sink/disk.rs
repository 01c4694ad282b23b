//! Room on the disk.

use std::io;
use std::path::Path;

use super::part::folder_of;
use crate::{Error, Result};

/// Refuses to begin what cannot fit: `bytes` beside `path`.
///
/// A disk that does not say how much is free is taken at its word later, when it fills.
///
/// # Errors
/// When fewer bytes are free; the message has both numbers.
pub fn require_space(path: &Path, bytes: u64) -> Result<()> {
    match fs4::available_space(folder_of(path)) {
        Ok(free) if free < bytes => Err(Error::machine(format!(
            "{}: needs {bytes} bytes in all, but {free} are free on the disk; {ADVICE}",
            path.display()
        ))),
        _ => Ok(()),
    }
}

/// What went wrong while writing; where the disk is full, with the bytes needed and free.
pub(super) fn write_error(path: &Path, needed: Option<u64>, error: &io::Error) -> Error {
    use io::ErrorKind::{QuotaExceeded, StorageFull};
    let name = path.display();
    if !matches!(error.kind(), StorageFull | QuotaExceeded) {
        return Error::machine(format!("{name}: cannot be written: {error}"));
    }
    let needed = needed.map_or_else(|| "an unknown number of".into(), |bytes| bytes.to_string());
    let free = fs4::available_space(folder_of(path))
        .map_or_else(|_| "an unknown number".into(), |bytes| bytes.to_string());
    Error::machine(format!(
        "{name}: the disk is full: needs {needed} bytes in all, {free} are free; {ADVICE}"
    ))
}

const ADVICE: &str = "make room or write elsewhere";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_fit_is_refused_with_both_numbers() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mix.wav");
        assert!(require_space(&path, 1).is_ok());
        let error = require_space(&path, 1 << 60).unwrap_err();
        assert_eq!(error.exit_code(), 3);
        assert!(error.to_string().contains("needs 1152921504606846976 bytes"), "{error}");
        assert!(!error.to_string().contains('\n'));
    }

    #[test]
    fn a_full_disk_is_told_from_other_failures() {
        let path = Path::new("mix.wav");
        let full = write_error(path, Some(1234), &io::Error::from(io::ErrorKind::StorageFull));
        assert!(full.to_string().contains("needs 1234 bytes in all"), "{full}");
        let gone = write_error(path, Some(1234), &io::Error::from(io::ErrorKind::BrokenPipe));
        assert!(!gone.to_string().contains("full"), "{gone}");
        assert_eq!((full.exit_code(), gone.exit_code()), (3, 3));
    }
}
