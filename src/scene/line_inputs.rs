//! What a scene takes from the interface that it is played through.

use super::range::SECONDS;
use super::{Bed, Object, Scene, Spec};
use crate::source::Origin;
use crate::units::seconds_to_frames;
use crate::{Error, Result};

/// Who takes which channels of the interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineInput {
    /// The name of the bed or object.
    pub strip: String,
    /// Channels, counted from 1.
    pub channels: Vec<u16>,
}

impl Spec {
    /// The beds and objects that take channels of the interface, in scene order.
    #[must_use]
    pub fn line_inputs(&self) -> Vec<LineInput> {
        let beds = self.beds.iter().map(|bed| (&bed.name, Bed::feed(bed)));
        let objects = self.objects.iter().map(|object| (&object.name, Object::feed(object)));
        let taken = beds.chain(objects).filter_map(|(name, feed)| match feed?.origin {
            Origin::Inputs(channels) => Some(LineInput { strip: name.clone(), channels }),
            _ => None,
        });
        taken.collect()
    }
}

impl Scene {
    /// The highest channel of the interface that it takes; 0 where it takes none.
    #[must_use]
    pub fn most_input_channels(&self) -> usize {
        let taken = self.spec.line_inputs();
        taken.iter().flat_map(|it| &it.channels).max().map_or(0, |&channel| usize::from(channel))
    }

    /// Whether it lasts as long as any scene may, a week, which is to say until it is ended: so do
    /// scenes with an input that nothing ends.
    #[must_use]
    pub fn is_endless(&self) -> bool {
        self.frames >= self.longest_frames()
    }

    /// As long as any scene of its rate may last, in frames.
    #[must_use]
    pub fn longest_frames(&self) -> u64 {
        seconds_to_frames(*SECONDS.end(), self.spec.sample_rate)
    }

    /// Refuses what can only be played: what comes in through an interface is not there to be
    /// rendered.
    ///
    /// # Errors
    /// When a bed or an object takes channels of the interface.
    pub fn check_renderable(&self) -> Result<()> {
        let Some(LineInput { strip, channels }) = self.spec.line_inputs().into_iter().next() else {
            return Ok(());
        };
        let numbers: Vec<String> = channels.iter().map(u16::to_string).collect();
        let what = if numbers.len() == 1 { "input" } else { "inputs" };
        Err(Error::input(format!(
            "{}: `{strip}` takes {what} {} of the interface, which only `cupola play` hears; to \
             render it, give it a file",
            self.path.display(),
            numbers.join(", "),
        )))
    }
}
