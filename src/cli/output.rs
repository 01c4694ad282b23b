//! Standard output, for data only, and files that hold the same.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use crate::{Error, Result};

/// Writes data to standard output. A reader that has seen enough (`| head`) is no error.
pub fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Error::machine(format!("standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Writes data to a file, or to standard output where that is called `-`.
pub fn write(file: &str, text: &str) -> Result<()> {
    match file {
        "-" => print(text),
        _ => write_file(Path::new(file), text),
    }
}

/// Writes a file so that under its name it is complete or not there at all. What is there and no
/// file, such as a device or a named pipe, is written to as it is.
pub fn write_file(path: &Path, bytes: impl AsRef<[u8]>) -> Result<()> {
    let failed = |error| Error::machine(format!("{}: {error}", path.display()));
    if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        return fs::write(path, &bytes).map_err(failed);
    }
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(format!(".{}.part", std::process::id()));
    let written = fs::write(&unfinished, &bytes).and_then(|()| fs::rename(&unfinished, path));
    written.inspect_err(|_| _ = fs::remove_file(&unfinished)).map_err(failed)
}
