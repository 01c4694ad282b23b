//! How long a compressed file is, to the frame, and what its channels are.

use std::path::Path;

use symphonia::core::audio::Channels;

use super::edits::{self, Edit};
use super::stream::Stream;
use crate::source::grouped;
use crate::{Error, Result};

/// Whether samples are kept as they are, so that every packet stands for itself.
pub fn is_lossless(stream: &Stream) -> bool {
    let codec = stream.codec();
    stream.counts_frames() && (codec.starts_with("pcm_") || ["flac", "alac"].contains(&codec))
}

/// The channel mask of a file, 0 where its channels have no place or one without a bit.
///
/// To symphonia, mono is the left loudspeaker alone; the files say no such thing.
pub fn mask(stream: &Stream) -> u32 {
    const NAMED: u64 = 0x3_FFFF;
    match &stream.parameters.channels {
        Some(Channels::Positioned(position))
            if position.bits() & !NAMED == 0 && stream.channels > 1 =>
        {
            position.bits() as u32
        }
        _ => 0,
    }
}

/// Where the sound begins in what is decoded, and how long it is.
pub fn edit(stream: &Stream, path: &Path, name: &str, allow_truncated: bool) -> Result<Edit> {
    let declared = stream.track.num_frames;
    if let Some(frames) = declared.filter(|_| pads_its_last_packet(stream)) {
        let found = count(stream)?;
        let is_padding = frames - found.min(frames) < ALAC_PACKET_FRAMES;
        return Ok(Edit { skip: 0, frames: if is_padding { found } else { frames } });
    }
    if let Some(frames) = declared.filter(|_| is_lossless(stream)) {
        return Ok(Edit { skip: 0, frames });
    }
    let found = scan(stream)?;
    if stream.container() == "isomp4" {
        let edit = edits::of_track(path, stream.track.id, stream.rate_hz);
        let whole = Edit { skip: 0, frames: found };
        return Ok(edit.filter(|edit| edit.skip + edit.frames <= found).unwrap_or(whole));
    }
    // Only files with a statement about padding state their length to the frame.
    let exact = declared.filter(|_| stream.states_padding);
    match exact {
        Some(frames) if frames > found && !allow_truncated => {
            let (needs, has) = (grouped(frames), grouped(found));
            Err(Error::input(format!(
                "{name}: is truncated: needs {needs} frames, has {has} (--allow-truncated plays silence instead)"
            )))
        }
        Some(frames) => Ok(Edit { skip: 0, frames }),
        None => Ok(Edit { skip: 0, frames: found }),
    }
}

/// Frames in a packet of ALAC.
const ALAC_PACKET_FRAMES: u64 = 4096;

/// Whether the declared length may count the padding of the last packet: that of ALAC in CAF does, as
/// ffmpeg writes it.
fn pads_its_last_packet(stream: &Stream) -> bool {
    stream.codec() == "alac" && stream.container() == "caf"
}

/// Counts the frames of a file by decoding it.
fn count(stream: &Stream) -> Result<u64> {
    let mut stream = stream.reopen()?;
    let (mut frames, mut planes) = (0, Vec::new());
    while let Some(packet) = stream.packet()? {
        frames += stream.decode(&packet, &mut planes)? as u64;
    }
    Ok(frames)
}

/// Counts the frames of all packets; where time stamps count something else, by decoding them.
fn scan(stream: &Stream) -> Result<u64> {
    if !stream.counts_frames() {
        return count(stream);
    }
    let mut stream = stream.reopen()?;
    let mut frames = 0;
    while let Some(packet) = stream.packet()? {
        frames += packet.dur.get();
    }
    Ok(frames)
}
