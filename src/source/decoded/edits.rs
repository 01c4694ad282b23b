//! The edit list of MP4 (ISO 14496-12, 8.6.6), where AAC says how much the encoder put before the
//! sound. What is not there, or not understood, counts as no edit.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

/// Where the sound lies in what is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Frames before it.
    pub skip: u64,
    /// Its length.
    pub frames: u64,
}

/// Boxes of one level that are looked at; files in the field have a dozen.
const MOST_BOXES: usize = 1000;

/// The one edit of a track, if there is exactly one and the track's time counts frames.
pub fn of_track(path: &Path, track_id: u32, rate_hz: u32) -> Option<Edit> {
    let mut file = File::open(path).ok()?;
    let end = file.seek(SeekFrom::End(0)).ok()?;
    let mut boxes = Boxes { file };
    let movie = boxes.child(0..end, *b"moov")?;
    let movie_rate = boxes.header(&movie, *b"mvhd")?.rate;
    let tracks = boxes.children(movie, *b"trak");
    let track = tracks.into_iter().find(|track| boxes.track_id(track) == Some(track_id))?;
    let media = boxes.child(track.clone(), *b"mdia")?;
    let media_header = boxes.header(&media, *b"mdhd")?;
    let edits = boxes.child(track, *b"edts")?;
    let list = boxes.child(edits, *b"elst")?;
    let (length, skip) = boxes.only_entry(list)?;
    if media_header.rate != u64::from(rate_hz) || movie_rate == 0 {
        return None;
    }
    // The list counts in ticks of the movie, often milliseconds. If what is left of the media is
    // the same to a tick, that is the exact length.
    let left = media_header.length.checked_sub(skip)?;
    let listed = u128::from(length) * u128::from(rate_hz);
    let exact = u128::from(left) * u128::from(movie_rate);
    let tick = u128::from(rate_hz);
    let rounded = u64::try_from((listed + u128::from(movie_rate / 2)) / u128::from(movie_rate));
    let frames = if listed.abs_diff(exact) <= tick { left } else { rounded.ok()? };
    Some(Edit { skip, frames })
}

/// The figures of an `mvhd` or `mdhd`: ticks a second, and length in ticks.
struct TimeHeader {
    rate: u64,
    length: u64,
}

struct Boxes {
    file: File,
}

impl Boxes {
    /// The contents of the boxes of a kind in a range of bytes.
    fn children(&mut self, range: Range<u64>, kind: [u8; 4]) -> Vec<Range<u64>> {
        let (mut found, mut at) = (Vec::new(), range.start);
        for _ in 0..MOST_BOXES {
            let Some((name, content)) = self.next_box(at, range.end) else { break };
            at = content.end;
            if name == kind {
                found.push(content);
            }
        }
        found
    }

    fn child(&mut self, range: Range<u64>, kind: [u8; 4]) -> Option<Range<u64>> {
        self.children(range, kind).into_iter().next()
    }

    /// The kind and the content of the box at a place.
    fn next_box(&mut self, at: u64, end: u64) -> Option<([u8; 4], Range<u64>)> {
        let size = self.number(at, 4)?;
        let name = (self.number(at + 4, 4)? as u32).to_be_bytes();
        let (size, header) = match size {
            0 => (end.checked_sub(at)?, 8),
            1 => (self.number(at + 8, 8)?, 16),
            size => (size, 8),
        };
        let content = at + header..at.checked_add(size)?;
        (content.start <= content.end && content.end <= end).then_some((name, content))
    }

    fn header(&mut self, parent: &Range<u64>, kind: [u8; 4]) -> Option<TimeHeader> {
        let at = self.child(parent.clone(), kind)?.start;
        let (rate_at, length_at, width) =
            if self.number(at, 1)? == 0 { (12, 16, 4) } else { (20, 24, 8) };
        Some(TimeHeader {
            rate: self.number(at + rate_at, 4)?,
            length: self.number(at + length_at, width)?,
        })
    }

    fn track_id(&mut self, track: &Range<u64>) -> Option<u32> {
        let at = self.child(track.clone(), *b"tkhd")?.start;
        let id_at = if self.number(at, 1)? == 0 { 12 } else { 20 };
        self.number(at + id_at, 4).map(|id| id as u32)
    }

    /// Length in movie ticks and beginning in media ticks of a list's only entry.
    fn only_entry(&mut self, list: Range<u64>) -> Option<(u64, u64)> {
        let at = list.start;
        let width = if self.number(at, 1)? == 0 { 4 } else { 8 };
        let (count, length) = (self.number(at + 4, 4)?, self.number(at + 8, width)?);
        let begins = self.number(at + 8 + u64::from(width), width)?;
        // All ones stand for an empty edit.
        let empty = begins >> (8 * u32::from(width) - 1) != 0;
        (count == 1 && !empty).then_some((length, begins))
    }

    /// A big-endian number of `width` bytes.
    fn number(&mut self, at: u64, width: u8) -> Option<u64> {
        let mut bytes = [0; 8];
        self.file.seek(SeekFrom::Start(at)).ok()?;
        self.file.read_exact(&mut bytes[8 - usize::from(width)..]).ok()?;
        Some(u64::from_be_bytes(bytes))
    }
}
