//! The packets of a compressed file, decoded one after the other.

use std::fs::File;
use std::path::{Path, PathBuf};

use symphonia::core::codecs::audio::{
    AudioCodecParameters, AudioDecoder, AudioDecoderOptions, VerificationCheck,
};
use symphonia::core::errors::Error as Symphonia;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{
    FormatOptions, FormatReader, SeekMode, SeekTo, SeekedTo, Track, TrackType,
};
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::MetadataOptions;
use symphonia::core::packet::Packet;
use symphonia::core::units::{TimeBase, Timestamp};

use super::super::MAX_FILE_CHANNELS;
use super::super::unreadable;
use crate::{Error, Result};

/// A file and the decoder of its first audio track.
pub struct Stream {
    name: String,
    path: PathBuf,
    reader: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    /// The track that is decoded.
    pub track: Track,
    /// What its codec says of itself.
    pub parameters: AudioCodecParameters,
    /// How many channels it has.
    pub channels: usize,
    /// Frames a second.
    pub rate_hz: u32,
    /// Whether the file says what its encoder put before and after the sound.
    pub states_padding: bool,
}

impl Stream {
    /// Opens a file at its beginning.
    pub fn open(path: &Path, name: &str) -> Result<Self> {
        let reader = probe(path, name)?;
        let wrong = |what: &str| Error::input(format!("{name}: {what}"));
        let track = reader.default_track(TrackType::Audio).ok_or_else(|| wrong("has no audio"))?;
        let track = track.clone();
        let parameters = track.codec_params.as_ref().and_then(|parameters| parameters.audio());
        let parameters = parameters.ok_or_else(|| wrong("has audio of an unknown codec"))?.clone();
        // Without a statement about padding the length is an estimate, and nothing may be cut at it.
        let states_padding = track.delay.is_some() || track.padding.is_some();
        let options = AudioDecoderOptions::default().verify(true).gapless(states_padding);
        let decoder = symphonia::default::get_codecs()
            .make_audio_decoder(&parameters, &options)
            .map_err(|error| wrong(&format!("cannot be decoded: {error}")))?;
        // Decoders know better than containers.
        let known = decoder.codec_params();
        let channels = known.channels.as_ref().or(parameters.channels.as_ref());
        let channels = channels.map_or(0, |channels| channels.count());
        let rate_hz = known.sample_rate.or(parameters.sample_rate).unwrap_or(0);
        if channels == 0 || channels > MAX_FILE_CHANNELS || rate_hz == 0 {
            return Err(wrong(&format!("has {channels} channels at {rate_hz} Hz")));
        }
        let (name, path) = (name.to_owned(), path.to_owned());
        Ok(Self {
            name,
            path,
            reader,
            decoder,
            track,
            parameters,
            channels,
            rate_hz,
            states_padding,
        })
    }

    /// The same file at its beginning again.
    pub fn reopen(&self) -> Result<Self> {
        Self::open(&self.path, &self.name)
    }

    /// The short name of the container: `flac`, `isomp4`, …
    pub fn container(&self) -> &'static str {
        self.reader.format_info().short_name
    }

    /// The short name of the codec: `flac`, `pcm_s16be`, …
    pub fn codec(&self) -> &'static str {
        self.decoder.codec_info().short_name
    }

    /// Whether time stamps count frames.
    pub fn counts_frames(&self) -> bool {
        self.track.time_base == TimeBase::try_from_recip(self.rate_hz)
    }

    /// The next packet of the track; `None` at the end, even if that comes too early.
    pub fn packet(&mut self) -> Result<Option<Packet>> {
        loop {
            match self.reader.next_packet() {
                Ok(Some(packet)) if packet.track_id == self.track.id => return Ok(Some(packet)),
                Ok(Some(_)) => {}
                Ok(None) => return Ok(None),
                Err(Symphonia::IoError(error))
                    if error.kind() == std::io::ErrorKind::UnexpectedEof =>
                {
                    return Ok(None);
                }
                Err(error) => return Err(self.failed(error)),
            }
        }
    }

    /// Decodes a packet into planes and returns how many frames it has.
    pub fn decode(&mut self, packet: &Packet, planes: &mut Vec<Vec<f32>>) -> Result<usize> {
        let decoded = self.decoder.decode(packet);
        let decoded = match decoded {
            Ok(decoded) => decoded,
            Err(error) => {
                let (name, at) = (&self.name, packet.pts.get());
                return Err(Error::input(format!("{name}: is damaged at frame {at}: {error}")));
            }
        };
        if decoded.num_planes() != self.channels {
            let (name, found) = (&self.name, decoded.num_planes());
            let channels = self.channels;
            return Err(Error::input(format!(
                "{name}: expected {channels} channels throughout, found {found}"
            )));
        }
        decoded.copy_to_vecs_planar(planes);
        Ok(decoded.frames())
    }

    /// Goes to the packet that holds a frame and returns that packet's first frame; `None` if that
    /// does not work.
    pub fn seek(&mut self, frame: u64) -> Option<u64> {
        let ts = Timestamp::new(i64::try_from(frame).ok()?);
        let to = SeekTo::Timestamp { ts, track_id: self.track.id };
        let SeekedTo { actual_ts, .. } = self.reader.seek(SeekMode::Accurate, to).ok()?;
        self.decoder.reset();
        u64::try_from(actual_ts.get()).ok().filter(|actual| *actual <= frame)
    }

    /// The sum over all samples that the file states, where what was decoded from its beginning to
    /// its end has another.
    pub fn wrong_sum(&mut self) -> Option<String> {
        if self.decoder.finalize().verify_ok != Some(false) {
            return None;
        }
        match self.decoder.codec_params().verification_check {
            Some(VerificationCheck::Md5(sum)) => {
                Some(sum.iter().map(|byte| format!("{byte:02x}")).collect())
            }
            _ => None,
        }
    }

    fn failed(&self, error: Symphonia) -> Error {
        match error {
            Symphonia::IoError(error) => Error::machine(format!("{}: {error}", self.name)),
            error => Error::input(format!("{}: is damaged: {error}", self.name)),
        }
    }
}

fn probe(path: &Path, name: &str) -> Result<Box<dyn FormatReader>> {
    let file = File::open(path).map_err(|error| Error::machine(format!("{name}: {error}")))?;
    let stream = MediaSourceStream::new(Box::new(file), Default::default());
    let options = (FormatOptions::default(), MetadataOptions::default());
    let probed = symphonia::default::get_probe().probe(&Hint::new(), stream, options.0, options.1);
    probed.map_err(|error| match error {
        Symphonia::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            unreadable::cut_off(path, name)
        }
        Symphonia::IoError(error) => Error::machine(format!("{name}: {error}")),
        Symphonia::Unsupported(_) => unreadable::unknown(path, name),
        error => Error::input(format!("{name}: is damaged: {error}")),
    })
}
