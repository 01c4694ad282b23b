//! What was written.

use std::fmt::Write;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::{Error, Result};

/// The outermost chunk of a WAV file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Container {
    /// As everybody reads it, below 4 GiB.
    #[serde(rename = "RIFF")]
    Riff,
    /// With sizes of 64 bits, from 4 GiB (EBU Tech 3306, ITU-R BS.2088).
    #[serde(rename = "RF64")]
    Rf64,
}

/// A file that is complete.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FileReport {
    /// Its name.
    #[serde(serialize_with = "as_text")]
    pub path: PathBuf,
    /// Its length in frames.
    pub frames: u64,
    /// The names of its channels, in the order of the file.
    pub channels: Vec<String>,
    /// The largest magnitude of each channel, linear, in the order of the file; 1 is full scale.
    pub sample_peak: Vec<f32>,
    /// How many samples lay beyond full scale: flattened in an integer format, kept in floating
    /// point, but flattened by whatever plays it.
    pub clipped_samples: u64,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its outermost chunk.
    pub container: Container,
}

impl FileReport {
    /// The SHA-256 of the file's bytes, in hexadecimal; the file is read again.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn sha256(&self) -> Result<String> {
        let unreadable = |error| Error::machine(format!("{}: {error}", self.path.display()));
        let mut file = File::open(&self.path).map_err(unreadable)?;
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; 1 << 18];
        loop {
            match file.read(&mut buffer).map_err(unreadable)? {
                0 => break,
                bytes => hasher.update(&buffer[..bytes]),
            }
        }
        Ok(hasher.finalize().iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        }))
    }
}

/// A path as text, whatever bytes it has; serde alone would refuse what is not UTF-8.
fn as_text<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&path.to_string_lossy())
}
