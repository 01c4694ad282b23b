//! FLAC, AIFF, CAF, ALAC, MP3, AAC and Vorbis, decoded by symphonia.
//!
//! Lengths are exact: what the file states where samples are kept without loss, else the sum over
//! all its packets; what an encoder put before and after the sound is taken off where the file says
//! how much (LAME tag, Ogg positions, MP4 edit list). Seeking is exact: files without loss are
//! sought, others are decoded from their beginning, because their decoders remember.

mod edits;
mod length;
mod ogg;
mod stream;

use std::ops::Range;
use std::path::Path;

use super::{Description, Opened, Source, grouped, not_finite};
use crate::{Error, Result};
use edits::Edit;
use stream::Stream;

/// Frames that are rather decoded and thrown away than sought over.
const SKIM: u64 = 2048;

/// A compressed file.
pub struct Decoded {
    name: String,
    allow_truncated: bool,
    stream: Stream,
    /// Frames before the sound, and the length of the sound.
    edit: Edit,
    /// The last packet that was decoded, one vector a channel.
    planes: Vec<Vec<f32>>,
    /// Which frames of it have not been handed out.
    pending: Range<usize>,
    /// The frame of the stream that comes next: the first pending one.
    cursor: u64,
    /// Whether everything from the beginning to the cursor was decoded.
    unbroken: bool,
    /// The next frame to be handed out, without those before the sound.
    position: u64,
    warning: Option<String>,
}

/// Opens a compressed file.
pub fn open(path: &Path, name: &str, allow_truncated: bool) -> Result<Opened> {
    let stream = Stream::open(path, name)?;
    if stream.codec() == "vorbis" && stream.channels > 2 {
        let channels = stream.channels;
        return Err(Error::input(format!(
            "{name}: is Vorbis of {channels} channels, only mono and stereo are read (use FLAC or WAV)"
        )));
    }
    // A page that cannot be read now is an error when it is decoded.
    let cut_off = stream.container() == "ogg" && !ogg::is_complete(path).unwrap_or(true);
    let warning = cut_off.then(|| format!("{name}: has no end, it may be truncated"));
    let edit = length::edit(&stream, path, name, allow_truncated)?;
    let description = description(&stream, edit.frames);
    let source = Decoded {
        name: name.into(),
        allow_truncated,
        stream,
        edit,
        planes: Vec::new(),
        pending: 0..0,
        cursor: 0,
        unbroken: true,
        position: 0,
        warning,
    };
    Ok(Opened { source: Box::new(source), description })
}

fn description(stream: &Stream, frames: u64) -> Description {
    let bits = stream.parameters.bits_per_sample;
    let codec = stream.codec();
    let encoding = match (codec.strip_prefix("pcm_"), bits) {
        (Some(kind), Some(bits)) if kind.starts_with('f') => format!("{bits}-bit float"),
        (Some(_), Some(bits)) => format!("{bits}-bit integer"),
        _ => codec.to_uppercase(),
    };
    let format = match stream.container() {
        "isomp4" => "MP4".into(),
        "aac" => "ADTS".into(),
        "ogg" => "Ogg".into(),
        name => name.to_uppercase(),
    };
    let mask = length::mask(stream);
    let (channels, rate_hz) = (stream.channels, stream.rate_hz);
    Description { format, encoding, channels, mask, rate_hz, bits, frames }
}

impl Decoded {
    /// Makes the frame at the cursor pending; `false` when the stream is over.
    fn decode_next(&mut self) -> Result<bool> {
        while self.pending.is_empty() {
            let Some(packet) = self.stream.packet()? else { return Ok(false) };
            if length::is_lossless(&self.stream) && packet.pts.get() != self.cursor as i64 {
                let (name, expected, found) = (&self.name, self.cursor, packet.pts.get());
                return Err(Error::input(format!(
                    "{name}: is damaged: expected frame {expected}, found frame {found}"
                )));
            }
            let frames = self.stream.decode(&packet, &mut self.planes)?;
            self.pending = 0..frames;
            for (index, plane) in self.planes.iter().enumerate() {
                if !plane.iter().all(|sample| sample.is_finite()) {
                    let first = self.cursor.saturating_sub(self.edit.skip);
                    return Err(not_finite(&self.name, first, index, plane));
                }
            }
            self.verify()?;
        }
        Ok(true)
    }

    /// At the end of a file that was decoded from its beginning: whether it is what was encoded.
    fn verify(&mut self) -> Result<()> {
        let decoded = self.cursor + self.pending.len() as u64;
        if !self.unbroken || decoded < self.edit.skip + self.edit.frames {
            return Ok(());
        }
        match self.stream.wrong_sum() {
            Some(sum) => Err(Error::input(format!(
                "{}: is damaged: expected samples with the MD5 sum {sum}, found others",
                self.name
            ))),
            None => Ok(()),
        }
    }

    /// Brings the cursor to a frame of the stream, or to its end before that.
    fn go_to(&mut self, frame: u64) -> Result<()> {
        let ahead = frame.checked_sub(self.cursor);
        let may_seek = length::is_lossless(&self.stream);
        if ahead.is_none_or(|ahead| may_seek && ahead > SKIM) {
            self.jump(frame, may_seek && frame > SKIM)?;
        }
        while self.cursor < frame && self.decode_next()? {
            self.drop_pending((frame - self.cursor).min(self.pending.len() as u64) as usize);
        }
        Ok(())
    }

    /// Starts again, at a packet that holds the frame or at the beginning.
    fn jump(&mut self, frame: u64, may_seek: bool) -> Result<()> {
        self.pending = 0..0;
        // A reader that has never read seeks best: others remember where they were.
        self.stream = self.stream.reopen()?;
        (self.cursor, self.unbroken) = (0, true);
        if may_seek && let Some(found) = self.stream.seek(frame) {
            (self.cursor, self.unbroken) = (found, false);
            // Sound may look like the beginning of a packet. Only what can be decoded is one.
            if self.decode_next().is_err() {
                self.pending = 0..0;
                self.stream = self.stream.reopen()?;
                (self.cursor, self.unbroken) = (0, true);
            }
        }
        Ok(())
    }

    fn drop_pending(&mut self, frames: usize) {
        self.pending.start += frames;
        self.cursor += frames as u64;
    }

    /// Silence instead of frames that are missing at the end, if that is allowed.
    fn missing(&mut self, channels: &mut [&mut [f32]], from: usize, to: usize) -> Result<()> {
        let has = self.cursor.saturating_sub(self.edit.skip);
        let (needs, has) = (grouped(self.edit.frames), grouped(has));
        let message = format!("{}: needs {needs} frames, has {has}", self.name);
        if !self.allow_truncated {
            return Err(Error::input(format!(
                "{message}: it is truncated or damaged (--allow-truncated plays silence instead)"
            )));
        }
        self.warning = Some(format!("{message}: the rest is silence"));
        for channel in channels {
            channel[from..to].fill(0.0);
        }
        Ok(())
    }
}

impl Source for Decoded {
    fn channels(&self) -> usize {
        self.stream.channels
    }

    fn rate_hz(&self) -> u32 {
        self.stream.rate_hz
    }

    fn frames(&self) -> Option<u64> {
        Some(self.edit.frames)
    }

    fn read(&mut self, channels: &mut [&mut [f32]]) -> Result<usize> {
        let left = self.edit.frames.saturating_sub(self.position);
        let wanted = channels[0].len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let first = self.edit.skip + self.position;
        if self.cursor != first && wanted > 0 {
            self.go_to(first)?;
        }
        let mut done = 0;
        while done < wanted {
            if self.cursor != first + done as u64 || !self.decode_next()? {
                self.missing(channels, done, wanted)?;
                break;
            }
            let frames = self.pending.len().min(wanted - done);
            let taken = self.pending.start..self.pending.start + frames;
            for (out, plane) in channels.iter_mut().zip(&self.planes) {
                out[done..done + frames].copy_from_slice(&plane[taken.clone()]);
            }
            self.drop_pending(frames);
            done += frames;
        }
        self.position += wanted as u64;
        Ok(wanted)
    }

    fn seek(&mut self, frame: u64) -> Result<()> {
        self.position = frame;
        Ok(())
    }

    fn warnings(&self) -> Vec<String> {
        self.warning.iter().cloned().collect()
    }
}
