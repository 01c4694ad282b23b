//! A WAV file over anything that can be written and sought.

use std::io::{self, Seek, SeekFrom, Write};

use super::dither::Dither;
use super::encode::ChannelEncoder;
use super::header::Header;
use crate::sink::FileSpec;

/// The most that waits in memory; small enough for the processor's cache.
const BUFFER_BYTES: usize = 1 << 18;

/// What is interleaved at a time, so that it stays in the innermost cache from channel to channel.
const TILE_BYTES: usize = 1 << 13;

/// Writes samples, and after every 256 KiB or second of audio (whichever is less) a header that is
/// true for what is there: the file can be read at any moment.
#[derive(Debug)]
pub(super) struct WavWriter<W> {
    out: W,
    header: Header,
    order: Vec<usize>,
    encoders: Vec<ChannelEncoder>,
    buffer: Vec<u8>,
    buffered: usize,
    tile_frames: usize,
    first_frame: u64,
    frames: u64,
}

impl<W: Write + Seek> WavWriter<W> {
    /// Writes the header of an empty file.
    pub(super) fn new(mut out: W, spec: &FileSpec) -> io::Result<Self> {
        let header = Header::new(spec);
        out.write_all(header.bytes())?;
        let frame_bytes = spec.frame_bytes();
        let second = usize::try_from(spec.rate_hz).unwrap_or(usize::MAX);
        let buffer_frames = (BUFFER_BYTES / frame_bytes).clamp(1, second);
        let encoder = |(channel, &slice): (usize, &usize)| ChannelEncoder {
            format: spec.format,
            offset: channel * spec.format.bytes(),
            frame_bytes,
            dither: Dither::new(spec.dither_seed, slice),
        };
        Ok(Self {
            out,
            header,
            order: spec.order.clone(),
            encoders: spec.order.iter().enumerate().map(encoder).collect(),
            buffer: vec![0; buffer_frames * frame_bytes],
            buffered: 0,
            tile_frames: (TILE_BYTES / frame_bytes).max(1),
            first_frame: spec.first_frame,
            frames: 0,
        })
    }

    /// Frames taken so far.
    pub(super) fn frames(&self) -> u64 {
        self.frames
    }

    /// The header as last written.
    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    /// What is written to.
    pub(super) fn get_mut(&mut self) -> &mut W {
        &mut self.out
    }

    /// Gives back what was written to.
    pub(super) fn into_inner(self) -> W {
        self.out
    }

    /// Takes the next frames: slices of one length, in the order [`FileSpec::order`] refers to.
    pub(super) fn write(&mut self, channels: &[&[f32]]) -> io::Result<()> {
        let frames = channels[self.order[0]].len();
        let mut done = 0;
        while done < frames {
            let room = (self.buffer.len() - self.buffered) / self.frame_bytes();
            let count = self.tile_frames.min(room).min(frames - done);
            self.interleave(channels, done, count);
            done += count;
            if count == room {
                self.flush()?;
            }
        }
        Ok(())
    }

    /// Writes what still waits, the padding and the final header.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        self.flush()?;
        if self.frames * self.frame_bytes() as u64 % 2 == 1 {
            self.out.write_all(&[0])?;
        }
        self.write_header(self.frames)?;
        self.out.flush()
    }

    fn frame_bytes(&self) -> usize {
        self.encoders[0].frame_bytes
    }

    fn interleave(&mut self, channels: &[&[f32]], from: usize, count: usize) {
        let bytes = count * self.frame_bytes();
        let out = &mut self.buffer[self.buffered..self.buffered + bytes];
        let frame = self.first_frame.wrapping_add(self.frames);
        for (encoder, &slice) in self.encoders.iter().zip(&self.order) {
            encoder.encode(&channels[slice][from..from + count], frame, out);
        }
        self.buffered += bytes;
        self.frames += count as u64;
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.write_all(&self.buffer[..self.buffered])?;
        self.buffered = 0;
        // An even number of frames needs no padding, which is not there yet.
        self.write_header(self.frames & !1)
    }

    fn write_header(&mut self, frames: u64) -> io::Result<()> {
        self.header.set_frames(frames);
        self.out.seek(SeekFrom::Start(0))?;
        self.out.write_all(self.header.bytes())?;
        self.out.seek(SeekFrom::End(0))?;
        Ok(())
    }
}

#[cfg(test)]
impl<W: Write + Seek> WavWriter<W> {
    /// What is written to.
    pub(super) fn get_ref(&self) -> &W {
        &self.out
    }

    /// Goes on as if so many frames had been written, leaving a hole: four gibibytes in no time.
    pub(super) fn leave_hole(&mut self, frames: u64) -> io::Result<()> {
        self.flush()?;
        self.out.seek(SeekFrom::Current((frames * self.frame_bytes() as u64) as i64))?;
        self.frames += frames;
        Ok(())
    }
}
