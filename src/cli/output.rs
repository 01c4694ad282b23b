//! Standard output, for data only.

use std::io::{self, ErrorKind, Write};

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
