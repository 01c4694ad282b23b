//! A file under its final name is complete: it grows as a temporary beside it and is renamed at the
//! end.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::identity::still_named;
use crate::{Error, Result};

/// How often a temporary that vanishes under our hands is made again.
const ATTEMPTS: usize = 16;

/// A file that is being written; dropped, it leaves nothing behind.
#[derive(Debug)]
pub(super) struct PartFile {
    file: File,
    part: PathBuf,
    target: PathBuf,
    committed: bool,
}

/// The folder a file stands in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// The temporary of a file: `.NAME.part` beside it, so that the next render to that name finds
/// what a killed one left.
pub(super) fn part_path(target: &Path) -> Result<PathBuf> {
    let name = target
        .file_name()
        .ok_or_else(|| Error::usage(format!("{}: names no file", target.display())))?;
    let mut part = OsString::from(".");
    part.push(name);
    part.push(".part");
    Ok(target.with_file_name(part))
}

impl PartFile {
    /// Makes the temporary and locks it; one that a killed render left is removed.
    ///
    /// # Errors
    /// When the folder cannot be written, the target is not a plain file, or another render is
    /// writing it.
    pub(super) fn create(target: &Path) -> Result<Self> {
        let part = part_path(target)?;
        let fail = |error: &io::Error| {
            let folder = folder_of(target).display();
            Error::machine(format!("{}: the folder {folder}: {error}", target.display()))
        };
        if fs::metadata(target).is_ok_and(|metadata| !metadata.is_file()) {
            let name = target.display();
            return Err(Error::machine(format!("{name}: is there and not a file; choose another")));
        }
        for _ in 0..ATTEMPTS {
            match OpenOptions::new().write(true).create_new(true).open(&part) {
                Ok(file) => {
                    lock(&file, target)?;
                    if still_named(&file, &part) {
                        return Ok(Self { file, part, target: target.into(), committed: false });
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    remove_stale(&part, target)?;
                }
                Err(error) => return Err(fail(&error)),
            }
        }
        Err(busy(target))
    }

    /// Everything to the disk, so that the rename cannot overtake the samples.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.sync_all()
    }

    /// Gives the file its final name, in place of what stands there.
    pub(super) fn commit(mut self) -> io::Result<()> {
        fs::rename(&self.part, &self.target)?;
        self.committed = true;
        // The file is complete under its name already; a folder that cannot be synced (some
        // network disks) changes nothing about that.
        if let Ok(folder) = File::open(folder_of(&self.target)) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        if !self.committed {
            let _ = fs::remove_file(&self.part);
        }
    }
}

impl Write for PartFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for PartFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// Takes the lock; a file system without locks (some network disks) does without.
fn lock(file: &File, target: &Path) -> Result<()> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(busy(target)),
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
    }
}

fn busy(target: &Path) -> Error {
    let name = target.display();
    Error::machine(format!("{name}: another render is writing it; wait for that or choose another"))
}

/// Removes a temporary nobody is writing any more. Only a name that still is the file we locked is
/// removed: between opening and locking its owner may have finished and another begun.
fn remove_stale(part: &Path, target: &Path) -> Result<()> {
    let fail = |what: &dyn std::fmt::Display| {
        Error::machine(format!("{}: {what}; remove it or choose another name", part.display()))
    };
    match fs::symlink_metadata(part) {
        Ok(metadata) if !metadata.is_file() => return Err(fail(&"is in the way and not a file")),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(fail(&error)),
    }
    match OpenOptions::new().read(true).write(true).open(part) {
        Ok(file) => {
            lock(&file, target)?;
            if still_named(&file, part) {
                fs::remove_file(part).map_err(|error| fail(&error))?;
            }
            Ok(())
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(fail(&error)),
    }
}
