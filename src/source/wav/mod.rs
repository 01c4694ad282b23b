//! WAV in all its sizes: RIFF WAVE (Microsoft, IBM 1991), `WAVE_FORMAT_EXTENSIBLE` (Microsoft 2001),
//! RF64 (EBU Tech 3306) and BW64 (ITU-R BS.2088-1). Integers of 8 to 32 bits, floats of 32 and 64.
//!
//! How a wrong length is taken: a data size of 0 or 0xFFFFFFFF is a header that was never finished
//! (a pipe, a recorder that lost power): what is there is played, with a warning. Any other size
//! beyond the end of the file is a truncated file: an error, unless truncated files are allowed;
//! then the missing frames are silence, with a warning.

mod convert;
mod format;
mod header;

use std::io::{Read, Seek, SeekFrom};

use super::{Source, grouped};
use crate::{Error, Result};

pub use convert::Encoding;
pub use format::Format;
pub use header::{Header, Kind};

/// Bytes read at once: large enough that the system call costs nothing, small enough for the cache.
const BUFFER_BYTES: usize = 32 * 1024;

/// A WAV file, or anything that can be read and sought like one.
pub struct Wav<R> {
    name: String,
    reader: R,
    header: Header,
    /// Whole frames, as they are in the file.
    buffer: Vec<u8>,
    /// The frames that the buffer holds.
    buffered: std::ops::Range<u64>,
    /// The next frame to be handed out.
    position: u64,
}

impl<R: Read + Seek + Send> Wav<R> {
    /// Reads the header. `name` is what errors and warnings call the file.
    ///
    /// # Errors
    /// When it is not WAV, contradicts itself, is of an encoding that is not read, or (unless
    /// `allow_truncated`) is shorter than it says; or when reading fails.
    pub fn new(mut reader: R, name: &str, allow_truncated: bool) -> Result<Self> {
        let header = Header::read(&mut reader, name)?;
        if header.present < header.frames && !allow_truncated {
            return Err(truncated(name, header.frames, header.present));
        }
        let frame_bytes = header.format.frame_bytes();
        let buffer = vec![0; (BUFFER_BYTES / frame_bytes).max(1) * frame_bytes];
        Ok(Self { name: name.into(), reader, header, buffer, buffered: 0..0, position: 0 })
    }

    /// What the header says.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Makes the buffer hold the frame at the position, which is present in the file.
    fn fill(&mut self) -> Result<()> {
        let frame_bytes = self.header.format.frame_bytes();
        let room = (self.buffer.len() / frame_bytes) as u64;
        let first = self.position;
        let frames = room.min(self.header.present - first);
        let failed = |error| Error::machine(format!("{}: {error}", self.name));
        if self.buffered.end != first || first == 0 {
            let byte = self.header.data_start + first * frame_bytes as u64;
            self.reader.seek(SeekFrom::Start(byte)).map_err(failed)?;
        }
        // Should reading fail, what the buffer holds is unknown and the next read must seek.
        self.buffered = 0..0;
        let bytes = &mut self.buffer[..frames as usize * frame_bytes];
        self.reader.read_exact(bytes).map_err(failed)?;
        self.buffered = first..first + frames;
        Ok(())
    }

    /// Hands out frames that the buffer holds, beginning at the position.
    fn take(&self, channels: &mut [&mut [f32]], from: usize, frames: usize) -> Result<()> {
        let frame_bytes = self.header.format.frame_bytes();
        let offset = (self.position - self.buffered.start) as usize * frame_bytes;
        let bytes = &self.buffer[offset..offset + frames * frame_bytes];
        let encoding = self.header.format.encoding;
        for (index, channel) in channels.iter_mut().enumerate() {
            let out = &mut channel[from..from + frames];
            encoding.take_channel(bytes, self.header.format.channels, index, out);
            if encoding.is_float() && !convert::all_finite(out) {
                return Err(super::not_finite(&self.name, self.position, index, out));
            }
        }
        Ok(())
    }
}

impl<R: Read + Seek + Send> Source for Wav<R> {
    fn channels(&self) -> usize {
        self.header.format.channels
    }

    fn rate_hz(&self) -> u32 {
        self.header.format.rate_hz
    }

    fn frames(&self) -> Option<u64> {
        Some(self.header.frames)
    }

    fn read(&mut self, channels: &mut [&mut [f32]]) -> Result<usize> {
        let left = self.header.frames.saturating_sub(self.position);
        let wanted = channels[0].len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let mut done = 0;
        while done < wanted && self.position < self.header.present {
            if !self.buffered.contains(&self.position) {
                self.fill()?;
            }
            let frames = (wanted - done).min((self.buffered.end - self.position) as usize);
            self.take(channels, done, frames)?;
            done += frames;
            self.position += frames as u64;
        }
        for channel in channels.iter_mut() {
            channel[done..wanted].fill(0.0);
        }
        self.position += (wanted - done) as u64;
        Ok(wanted)
    }

    fn seek(&mut self, frame: u64) -> Result<()> {
        self.position = frame;
        Ok(())
    }

    fn warnings(&self) -> Vec<String> {
        let header = &self.header;
        let mut warnings = header.warnings.clone();
        if header.present < header.frames {
            let (needs, has) = (grouped(header.frames), grouped(header.present));
            warnings.push(format!("needs {needs} frames, has {has}: the rest is silence"));
        }
        if header.frames == 0 {
            warnings.push("has no frames: it is silence".into());
        }
        warnings.iter().map(|warning| format!("{}: {warning}", self.name)).collect()
    }
}

fn truncated(name: &str, needs: u64, has: u64) -> Error {
    let (needs, has) = (grouped(needs), grouped(has));
    Error::input(format!(
        "{name}: is truncated: needs {needs} frames, has {has} (--allow-truncated plays the rest as silence)"
    ))
}
