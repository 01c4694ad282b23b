//! Where the sound of beds and objects comes from: exactly one of `file`, `files`, `signal` and
//! channels of the interface.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::range::SECONDS;
use super::{Bed, Object, Spec};
use crate::document::{Place, Problems};
use crate::source::{FeedSpec, MAX_FILE_CHANNELS, Origin, Pick, Signal};

impl Bed {
    /// What it is fed from; `None` if it does not say, or more than once.
    #[must_use]
    pub fn feed(&self) -> Option<FeedSpec> {
        let origin = self.sources().origin()?;
        // The channels of a signal say where it goes to, not what it consists of.
        let named = !matches!(origin, Origin::Signal(_));
        let channels = self.channels.clone().filter(|_| named).unwrap_or_default();
        Some(FeedSpec {
            channels,
            start_s: self.start_s,
            in_s: self.in_s,
            out_s: self.out_s,
            looped: self.looped,
            end_s: self.end_s,
            fade_in_s: self.fade_in_s,
            fade_out_s: self.fade_out_s,
            ..FeedSpec::new(origin)
        })
    }

    pub(super) fn sources(&self) -> Sources<'_> {
        let (file, files, signal) = (&self.file, &self.files, &self.signal);
        let inputs = Inputs { key: "inputs", channels: self.inputs.as_deref() };
        Sources { file, files, signal, inputs }
    }
}

impl Spec {
    /// A source that lasts no longer than the scene does, so that its fade is heard. An input ends as
    /// late as any scene may, where nothing else is said.
    pub(super) fn bounded(&self, feed: &FeedSpec) -> FeedSpec {
        let is_input = matches!(feed.origin, Origin::Inputs(_));
        let latest_s = self.duration_s.or(is_input.then_some(*SECONDS.end()));
        FeedSpec { end_s: feed.end_s.or(latest_s), ..feed.clone() }
    }
}

impl Object {
    /// What it is fed from; `None` if it does not say, or more than once.
    #[must_use]
    pub fn feed(&self) -> Option<FeedSpec> {
        let origin = self.sources().origin()?;
        Some(FeedSpec {
            pick: self.channel.clone(),
            start_s: self.start_s,
            in_s: self.in_s,
            out_s: self.out_s,
            looped: self.looped,
            end_s: self.end_s,
            fade_in_s: self.fade_in_s,
            fade_out_s: self.fade_out_s,
            ..FeedSpec::new(origin)
        })
    }

    pub(super) fn sources(&self) -> Sources<'_> {
        let (file, files, signal) = (&self.file, &self.files, &self.signal);
        let channels = self.input.as_ref().map(std::slice::from_ref);
        Sources { file, files, signal, inputs: Inputs { key: "input", channels } }
    }

    /// Whether it takes all channels of its source, which may then be a pair.
    pub(super) fn takes_all(&self) -> bool {
        self.channel == Pick::All
    }
}

/// The keys that say where sound comes from.
pub struct Sources<'a> {
    file: &'a Option<PathBuf>,
    files: &'a Option<BTreeMap<String, PathBuf>>,
    signal: &'a Option<Signal>,
    inputs: Inputs<'a>,
}

/// The key for channels of the interface, `input` or `inputs`, and what it says.
struct Inputs<'a> {
    key: &'static str,
    channels: Option<&'a [u16]>,
}

impl Sources<'_> {
    /// Notes if it is not exactly one of them, or no channels of an interface.
    pub fn check(&self, place: &Place, problems: &mut Problems) {
        let help = format!("one of `file`, `files`, `signal`, `{}`", self.inputs.key);
        match *self.given() {
            [] => problems.error(place, "no sound", format!("add {help}")),
            [_] => {}
            [first, .., last] => {
                let message = format!("`{last}` as well as `{first}`");
                problems.error(&place.key(last), message, format!("keep {help}"));
            }
        }
        self.inputs.check(&place.key(self.inputs.key), problems);
    }

    /// The key that says it.
    pub fn key(&self) -> &'static str {
        self.given().first().copied().unwrap_or("file")
    }

    fn origin(&self) -> Option<Origin> {
        match (self.file, self.files, self.signal, self.inputs.channels) {
            (Some(file), None, None, None) => Some(Origin::File(file.clone())),
            (None, Some(files), None, None) => Some(Origin::Files(files.clone())),
            (None, None, Some(signal), None) => Some(Origin::Signal(signal.clone())),
            (None, None, None, Some(channels)) => Some(Origin::Inputs(channels.to_vec())),
            _ => None,
        }
    }

    fn given(&self) -> Vec<&'static str> {
        let given = [
            ("file", self.file.is_some()),
            ("files", self.files.is_some()),
            ("signal", self.signal.is_some()),
            (self.inputs.key, self.inputs.channels.is_some()),
        ];
        given.into_iter().filter(|(_, given)| *given).map(|(key, _)| key).collect()
    }
}

impl Inputs<'_> {
    fn check(&self, place: &Place, problems: &mut Problems) {
        let Some(channels) = self.channels else { return };
        let is_right = |channel: u16| (1..=MAX_FILE_CHANNELS).contains(&usize::from(channel));
        for (index, channel) in channels.iter().enumerate().filter(|it| !is_right(*it.1)) {
            let at = if self.key == "inputs" { place.index(index) } else { place.clone() };
            let help = format!("channels are counted from 1 to {MAX_FILE_CHANNELS}");
            problems.error(&at, format!("no interface has a channel {channel}"), help);
        }
    }
}
