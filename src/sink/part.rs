//! A file under its final name is complete: it grows as a temporary beside it and is renamed at the
//! end.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::identity::still_named;
use super::writeback::Writeback;
use crate::{Error, Result};

/// How often a temporary that vanishes under our hands is made again.
const ATTEMPTS: usize = 16;

/// A file that is being written; dropped, it leaves nothing behind.
#[derive(Debug)]
pub(super) struct PartFile {
    file: Arc<File>,
    writeback: Writeback,
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
                        return Ok(Self::new(file, part, target));
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

    fn new(file: File, part: PathBuf, target: &Path) -> Self {
        let file = Arc::new(file);
        let writeback = Writeback::new(&file);
        Self { file, writeback, part, target: target.into(), committed: false }
    }

    /// Everything to the disk, so that the rename cannot overtake the samples.
    pub(super) fn sync(&mut self) -> io::Result<()> {
        self.writeback.finish()
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
        let written = self.file.write(bytes)?;
        self.writeback.note(written);
        Ok(written)
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

/// Removes a temporary nobody is writing any more.
fn remove_stale(part: &Path, target: &Path) -> Result<()> {
    let fail = |error| in_the_way(part, &error);
    match fs::symlink_metadata(part) {
        Ok(metadata) if !metadata.is_file() => return Err(in_the_way(part, &"not a file")),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(fail(error)),
    }
    match OpenOptions::new().read(true).write(true).open(part) {
        Ok(file) => remove_unless_taken(&file, part, target),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(fail(error)),
    }
}

/// Removes the temporary that was opened. Since then its owner may have finished and another begun:
/// only a name that still is the file we locked is removed.
fn remove_unless_taken(file: &File, part: &Path, target: &Path) -> Result<()> {
    lock(file, target)?;
    if still_named(file, part) {
        fs::remove_file(part).map_err(|error| in_the_way(part, &error))?;
    }
    Ok(())
}

fn in_the_way(part: &Path, what: &dyn std::fmt::Display) -> Error {
    let name = part.display();
    Error::machine(format!("{name}: is in the way: {what}; remove it or choose another name"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    /// Between opening a temporary and locking it, its owner may finish and another begin. Whoever
    /// holds a lock must hold the file of that name, or its commit fails.
    #[test]
    fn whoever_has_the_lock_has_the_name() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("mix.wav");
        let until = Instant::now() + Duration::from_millis(500);
        let compete = |number: u8| {
            let mut commits = 0;
            while Instant::now() < until {
                let Ok(mut part) = PartFile::create(&target) else { continue };
                part.write_all(&[number; 8]).unwrap();
                part.commit().expect("the temporary is ours");
                commits += 1;
            }
            commits
        };
        let commits: usize = std::thread::scope(|scope| {
            let threads: Vec<_> =
                (0..4).map(|number| scope.spawn(move || compete(number))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert!(commits > 0);
        let whole = fs::read(&target).unwrap();
        assert_eq!(whole, [whole[0]; 8]);
    }

    #[test]
    fn a_temporary_that_changed_hands_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (target, part) = (folder.path().join("mix.wav"), folder.path().join(".mix.wav.part"));
        fs::write(&part, "first").unwrap();
        let opened = File::open(&part).unwrap();
        fs::rename(&part, &target).unwrap();
        fs::write(&part, "second").unwrap();
        remove_unless_taken(&opened, &part, &target).unwrap();
        assert_eq!(fs::read(&part).unwrap(), b"second");
        drop(opened);
        remove_stale(&part, &target).unwrap();
        assert!(!part.exists() && target.exists());
    }

    #[test]
    fn what_is_no_temporary_is_not_removed() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".mix.wav.part")).unwrap();
        let error = PartFile::create(&folder.path().join("mix.wav")).unwrap_err();
        assert!(error.to_string().contains("is in the way: not a file"), "{error}");
        assert!(folder.path().join(".mix.wav.part").exists());
    }
}
