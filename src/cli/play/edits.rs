//! Noticing that the file of a scene was saved.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The file of a scene, and when it was last changed.
pub struct Edits {
    path: PathBuf,
    seen: Option<SystemTime>,
}

impl Edits {
    pub fn of(path: &Path) -> Self {
        Self { path: path.to_owned(), seen: changed(path) }
    }

    /// Whether it was saved since it was last asked. A file that is away for a moment, as while an
    /// editor replaces it, has not been.
    pub fn any(&mut self) -> bool {
        match changed(&self.path) {
            Some(now) if self.seen != Some(now) => {
                self.seen = Some(now);
                true
            }
            _ => false,
        }
    }
}

fn changed(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|it| it.modified()).ok()
}
