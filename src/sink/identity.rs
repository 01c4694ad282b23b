//! Which file a path or a handle really is, whatever names, links and roads lead to it.

use std::fs::File;
use std::io;
use std::path::Path;

/// Equal for two roads to one file: device and inode.
#[cfg(unix)]
pub(super) type Identity = (u64, u64);

/// Equal for two roads to one file: the canonical path (blind to hard links).
#[cfg(not(unix))]
pub(super) type Identity = std::path::PathBuf;

/// What a path leads to, through symbolic links.
#[cfg(unix)]
pub(super) fn identity(path: &Path) -> io::Result<Identity> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).map(|metadata| (metadata.dev(), metadata.ino()))
}

/// What a path leads to, through symbolic links.
#[cfg(not(unix))]
pub(super) fn identity(path: &Path) -> io::Result<Identity> {
    path.canonicalize()
}

/// Whether an open file still has this name.
#[cfg(unix)]
pub(super) fn still_named(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), std::fs::symlink_metadata(path)) {
        (Ok(open), Ok(named)) => (open.dev(), open.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

/// Whether an open file still has this name, as far as can be told.
#[cfg(not(unix))]
pub(super) fn still_named(_: &File, path: &Path) -> bool {
    path.exists()
}
