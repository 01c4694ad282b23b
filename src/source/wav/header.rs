//! The chunks up to the samples.

use std::io::{ErrorKind, Read, Seek, SeekFrom};

use super::format::{FORMAT_BYTES, Format};
use crate::{Error, Result};

/// Chunks before the samples that are still believed; files in the field have a dozen.
const MOST_CHUNKS: usize = 10_000;

/// The size that stands for "see the ds64 chunk", or for "not known yet".
const UNKNOWN: u64 = u32::MAX as u64;

/// Sizes that programs write when they do not know yet: that of most, that of `ds64`, that of SoX.
const PLACEHOLDERS: [u64; 3] = [UNKNOWN, u64::MAX, 0x7FFF_F000];

/// Which of the three forms a file has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// RIFF WAVE, up to 4 GiB.
    Riff,
    /// RF64, EBU Tech 3306.
    Rf64,
    /// BW64, ITU-R BS.2088.
    Bw64,
}

impl Kind {
    /// The name people call it by.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Riff => "WAV",
            Self::Rf64 => "RF64",
            Self::Bw64 => "BW64",
        }
    }
}

/// Everything that is known before the first sample.
#[derive(Clone, Debug)]
pub struct Header {
    /// Which form the file has.
    pub kind: Kind,
    /// What the samples are.
    pub format: Format,
    /// Where the samples begin, in bytes.
    pub data_start: u64,
    /// How many frames it promises.
    pub frames: u64,
    /// How many of them are there.
    pub present: u64,
    /// What is wrong with it but can be mended.
    pub warnings: Vec<String>,
}

impl Header {
    /// Reads the chunks up to the samples.
    ///
    /// # Errors
    /// As [`Wav::new`](super::Wav::new), but for truncation, which is told by `present`.
    pub(super) fn read<R: Read + Seek>(reader: &mut R, name: &str) -> Result<Self> {
        let end = reader.seek(SeekFrom::End(0));
        let end = end.map_err(|error| Error::machine(format!("{name}: {error}")))?;
        Walk { reader, name, end, at: 0 }.header()
    }
}

/// The 64-bit sizes of the `ds64` chunk.
#[derive(Clone, Copy)]
struct LongSizes {
    riff: u64,
    data: u64,
}

/// A walk over the chunks of a file.
struct Walk<'a, R> {
    reader: &'a mut R,
    name: &'a str,
    end: u64,
    at: u64,
}

impl<R: Read + Seek> Walk<'_, R> {
    fn header(mut self) -> Result<Header> {
        let (kind, mut riff_size) = self.form()?;
        let (mut format, mut long_sizes) = (None, None);
        for _ in 0..MOST_CHUNKS {
            let Some((id, size)) = self.chunk()? else {
                return Err(self.wrong("has no data chunk"));
            };
            match &id {
                b"fmt " if format.is_some() => return Err(self.wrong("has two fmt chunks")),
                b"fmt " => format = Some(self.format(size)?),
                b"ds64" if kind != Kind::Riff => {
                    let sizes = self.long_sizes(size)?;
                    riff_size = sizes.riff;
                    long_sizes = Some(sizes);
                }
                b"data" => {
                    let format = format
                        .ok_or_else(|| self.wrong("its data chunk comes before its fmt chunk"))?;
                    let size = match long_sizes {
                        Some(sizes) if size == UNKNOWN => sizes.data,
                        _ => size,
                    };
                    return Ok(self.samples(kind, format, riff_size, size));
                }
                _ => {}
            }
            self.at = self.at.saturating_add(size).saturating_add(size % 2);
        }
        Err(self.wrong(format!("has more than {MOST_CHUNKS} chunks and no data")))
    }

    /// The twelve bytes at the front.
    fn form(&mut self) -> Result<(Kind, u64)> {
        let mut bytes = [0; 12];
        if !self.bytes(&mut bytes)? {
            return Err(self.wrong(format!("has {} bytes, too few for a WAV file", self.end)));
        }
        let kind = match &bytes[..4] {
            b"RIFF" => Kind::Riff,
            b"RF64" => Kind::Rf64,
            b"BW64" => Kind::Bw64,
            b"RIFX" => return Err(self.wrong("is big-endian WAV (RIFX), which is not read")),
            _ => return Err(self.wrong("is not a WAV file: it does not begin with RIFF")),
        };
        if &bytes[8..] != b"WAVE" {
            let form = bytes[8..].escape_ascii();
            return Err(self.wrong(format!("is a RIFF file of the kind '{form}', not WAVE")));
        }
        Ok((kind, u64::from(u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]))))
    }

    /// The id and size of the next chunk; `None` at the end of the file.
    fn chunk(&mut self) -> Result<Option<([u8; 4], u64)>> {
        let mut bytes = [0; 8];
        if !self.bytes(&mut bytes)? {
            return Ok(None);
        }
        let [a, b, c, d, size @ ..] = bytes;
        Ok(Some(([a, b, c, d], u64::from(u32::from_le_bytes(size)))))
    }

    fn format(&mut self, size: u64) -> Result<Format> {
        let mut bytes = [0; FORMAT_BYTES];
        let bytes = &mut bytes[..size.min(FORMAT_BYTES as u64) as usize];
        self.peek(bytes, "fmt")?;
        Format::parse(bytes).map_err(|wrong| self.wrong(wrong))
    }

    fn long_sizes(&mut self, size: u64) -> Result<LongSizes> {
        if size < 24 {
            return Err(self.wrong(format!("its ds64 chunk has {size} bytes, needs at least 24")));
        }
        let mut bytes = [0; 16];
        self.peek(&mut bytes, "ds64")?;
        let (words, _) = bytes.as_chunks::<8>();
        Ok(LongSizes { riff: u64::from_le_bytes(words[0]), data: u64::from_le_bytes(words[1]) })
    }

    /// The samples begin here and claim to be `size` bytes long.
    fn samples(&self, kind: Kind, format: Format, riff_size: u64, size: u64) -> Header {
        let left = self.end - self.at;
        let frame_bytes = format.frame_bytes() as u64;
        let mut warnings = Vec::new();
        // An empty data chunk is believed when the size of the whole file was written afterwards.
        let finished = riff_size != 0 && riff_size.saturating_add(8) == self.end;
        let placeholder = PLACEHOLDERS.contains(&size) && size != left;
        let unfinished = placeholder || size == 0 && left > 0 && !finished;
        if unfinished {
            warnings.push("its header was never finished: all that is there is played".into());
        }
        let size = if unfinished { left } else { size };
        let riff_end = riff_size.saturating_add(8);
        if !unfinished && size <= left && riff_end < self.at + size {
            warnings.push("its RIFF size is too small and was ignored".into());
        }
        if !size.is_multiple_of(frame_bytes) {
            warnings.push("its last frame is incomplete and was left out".into());
        }
        let frames = size / frame_bytes;
        let present = frames.min(left / frame_bytes);
        Header { kind, format, data_start: self.at, frames, present, warnings }
    }

    /// Fills `bytes` from here and goes on behind them; `false` when fewer are left.
    fn bytes(&mut self, bytes: &mut [u8]) -> Result<bool> {
        let failed = |error: std::io::Error| Error::machine(format!("{}: {error}", self.name));
        if self.at >= self.end {
            return Ok(false);
        }
        self.reader.seek(SeekFrom::Start(self.at)).map_err(failed)?;
        match self.reader.read_exact(bytes) {
            Ok(()) => {
                self.at += bytes.len() as u64;
                Ok(true)
            }
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
            Err(error) => Err(failed(error)),
        }
    }

    /// Fills `bytes` from here and stays.
    fn peek(&mut self, bytes: &mut [u8], chunk: &str) -> Result<()> {
        let at = self.at;
        if !self.bytes(bytes)? {
            return Err(self.wrong(format!("ends inside its {chunk} chunk")));
        }
        self.at = at;
        Ok(())
    }

    fn wrong(&self, what: impl std::fmt::Display) -> Error {
        Error::input(format!("{}: {what}", self.name))
    }
}
