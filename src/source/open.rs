//! Opening a file by what is in it, whatever its name says.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::wav::{Encoding, Wav};
use super::{Source, decoded};
use crate::folder::shown;
use crate::{Error, Result};

/// What is in an audio file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// The kind of file: `WAV`, `RF64`, `FLAC`, …
    pub format: String,
    /// How samples are written: `24-bit integer`, `32-bit float`, `MP3`, …
    pub encoding: String,
    /// How many channels.
    pub channels: usize,
    /// The WAVE channel mask, 0 where the file does not say.
    pub mask: u32,
    /// Frames a second.
    pub rate_hz: u32,
    /// Bits that carry sound, where samples are written without loss.
    pub bits: Option<u32>,
    /// Length in frames.
    pub frames: u64,
}

/// An open file and what is in it.
pub struct Opened {
    /// Its samples.
    pub source: Box<dyn Source>,
    /// What is in it.
    pub description: Description,
}

/// Opens an audio file. `name` is what errors and warnings call it. With `allow_truncated`, frames
/// that the file promises but does not have are silence.
///
/// # Errors
/// When it cannot be read, is not audio of a kind that is read, or is damaged; the message says
/// which, and what would be right.
pub fn open(path: &Path, name: &str, allow_truncated: bool) -> Result<Opened> {
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::input(format!("{name}: no such file")),
        _ => Error::machine(format!("{name}: {error}")),
    };
    let mut file = File::open(path).map_err(failed)?;
    let mut start = Vec::new();
    (&mut file).take(4).read_to_end(&mut start).map_err(failed)?;
    match &start[..] {
        b"RIFF" | b"RF64" | b"BW64" | b"RIFX" => open_wav(file, name, allow_truncated),
        _ => decoded::open(path, name, allow_truncated),
    }
}

/// Says what is in an audio file.
///
/// # Errors
/// As [`open`].
pub fn describe(path: &Path) -> Result<Description> {
    Ok(open(path, &shown(path), true)?.description)
}

fn open_wav(file: File, name: &str, allow_truncated: bool) -> Result<Opened> {
    let wav = Wav::new(file, name, allow_truncated)?;
    let header = wav.header();
    let format = header.format;
    // Writers that count the mask up from the lowest bit make mono the left loudspeaker.
    let mono_by_mistake = format.channels == 1 && format.mask == 1;
    let description = Description {
        format: header.kind.name().into(),
        encoding: match format.encoding {
            Encoding::Float32 | Encoding::Float64 => format!("{}-bit float", format.valid_bits),
            _ => format!("{}-bit integer", format.valid_bits),
        },
        channels: format.channels,
        mask: if mono_by_mistake { 0 } else { format.mask },
        rate_hz: format.rate_hz,
        bits: Some(format.valid_bits),
        frames: header.frames,
    };
    Ok(Opened { source: Box::new(wav), description })
}
