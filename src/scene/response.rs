//! Impulse responses of convolutions: what their files are, and what is in them.

use std::path::Path;

use super::files::Surroundings;
use super::{MAX_DIRECTIONS, Return, Scene};
use crate::Result;
use crate::document::{Place, Problems};
use crate::effect::ConvolutionSpec;
use crate::source::{FeedSpec, Origin, SharedFiles};
use crate::units::{frames_to_seconds, seconds_to_frames};

/// The longest response that is convolved with, in seconds.
const LONGEST_S: f64 = 60.0;

/// What the impulse response of a return turned out to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Response {
    /// How many channels it has.
    pub channels: usize,
    /// How much of it is used, in seconds.
    pub length_s: f64,
}

impl Surroundings<'_> {
    /// Looks at the impulse response of a return, if it has one.
    pub fn response(
        &self,
        it: &Return,
        place: &Place,
        problems: &mut Problems,
    ) -> Option<Response> {
        let convolution = it.convolution.as_ref()?;
        let at = place.key("convolution").key("file");
        let file = self.describe(&convolution.file, &at, problems)?;
        let whole_s = frames_to_seconds(file.frames, file.rate_hz);
        let length_s = convolution.length_s.map_or(whole_s, |length_s| length_s.min(whole_s));
        if file.frames == 0 {
            problems.error(&at, "the impulse response is empty", "a file that has sound");
        }
        if length_s > LONGEST_S {
            let message = format!("the impulse response lasts {length_s} s");
            problems.error(&at, message, format!("`length_s` of at most {LONGEST_S}"));
        }
        if file.channels > MAX_DIRECTIONS {
            let message = format!("the impulse response has {} channels", file.channels);
            problems.error(&at, message, format!("1 to {MAX_DIRECTIONS}"));
        }
        Some(Response { channels: file.channels, length_s })
    }
}

impl Scene {
    /// The samples of an impulse response, channel by channel, at the scene's rate.
    ///
    /// # Errors
    /// If the file has changed since the scene was read, or is damaged.
    pub fn response(&self, convolution: &ConvolutionSpec) -> Result<Vec<Vec<f32>>> {
        let feed = FeedSpec::new(Origin::File(convolution.file.clone()));
        let mut feed = self.open(&feed, &SharedFiles::default())?;
        let rate_hz = self.spec.sample_rate;
        let used = convolution.length_s.map_or(u64::MAX, |it| seconds_to_frames(it, rate_hz));
        let frames = feed.end_frame().unwrap_or(0).min(used) as usize;
        let mut channels = vec![vec![0.0; frames]; feed.lanes()];
        let mut lanes: Vec<&mut [f32]> = channels.iter_mut().map(Vec::as_mut_slice).collect();
        feed.read(&mut lanes)?;
        Ok(channels)
    }

    /// The files of the impulse responses.
    pub(super) fn responses(&self) -> impl Iterator<Item = &Path> {
        let convolutions = self.spec.returns.iter().filter_map(|it| it.convolution.as_ref());
        convolutions.map(|convolution| convolution.file.as_path())
    }
}
