//! What a file is to be.

use std::path::PathBuf;

use super::wav::Header;
use crate::{Error, Result};

/// How a sample is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SampleFormat {
    /// 16-bit integers, dithered.
    Int16,
    /// 24-bit integers, dithered.
    Int24,
    /// 32-bit floating point: every sample as it is, beyond full scale too.
    #[default]
    Float32,
}

impl SampleFormat {
    /// Bytes a sample takes.
    #[must_use]
    pub fn bytes(self) -> usize {
        match self {
            Self::Int16 => 2,
            Self::Int24 => 3,
            Self::Float32 => 4,
        }
    }
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct FileSpec {
    /// Its final name. What stands there is replaced only when the new file is complete.
    pub path: PathBuf,
    /// Frames a second, at least 1.
    pub rate_hz: u32,
    /// The names of its channels, in the order of the file.
    pub channel_names: Vec<String>,
    /// The channel mask (`dwChannelMask`): as many bits as channels, or 0 where none fits.
    pub mask: u32,
    /// For every channel of the file, which of the slices given to [`Sink::write`](super::Sink::write)
    /// it takes.
    pub order: Vec<usize>,
    /// How the samples are stored.
    pub format: SampleFormat,
    /// The seed of the dither of the integer formats.
    pub dither_seed: u64,
    /// Which frame of the scene its first one is; a range has the dither the whole would have.
    pub first_frame: u64,
    /// How many frames are to come, where that is known: then a disk too small is refused at once.
    pub expected_frames: Option<u64>,
}

impl FileSpec {
    /// Bytes of one frame: a sample of every channel.
    #[must_use]
    pub fn frame_bytes(&self) -> usize {
        self.order.len() * self.format.bytes()
    }

    /// Bytes of the whole file, where its length is known.
    #[must_use]
    pub fn expected_bytes(&self) -> Option<u64> {
        self.expected_frames.map(|frames| Header::new(self).file_bytes(frames))
    }

    /// Whether a WAV file can be like this at all.
    ///
    /// # Errors
    /// When there is no channel or no rate, the mask has not as many bits as there are channels, or
    /// a field of the header cannot hold the number.
    pub fn check(&self) -> Result<()> {
        let channels = self.order.len();
        let refuse = |what: String| Err(Error::input(format!("{}: {what}", self.path.display())));
        if channels == 0 || self.channel_names.len() != channels {
            let names = self.channel_names.len();
            return refuse(format!(
                "{channels} channels with {names} names; at least one channel, and a name for each"
            ));
        }
        if self.mask != 0 && self.mask.count_ones() as usize != channels {
            return refuse(format!(
                "the channel mask {:#X} has {} bits for {channels} channels; as many or none at all",
                self.mask,
                self.mask.count_ones()
            ));
        }
        let bytes_per_second = u64::from(self.rate_hz) * self.frame_bytes() as u64;
        if u16::try_from(self.frame_bytes()).is_err() || u32::try_from(bytes_per_second).is_err() {
            return refuse(format!("{channels} channels at {} Hz are too many", self.rate_hz));
        }
        if self.rate_hz == 0 {
            return refuse("a rate of 0 Hz; 48000 is usual".into());
        }
        Ok(())
    }
}
