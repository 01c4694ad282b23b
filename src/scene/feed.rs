//! Where the sound of beds and objects comes from: exactly one of `file`, `files` and `signal`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{Bed, Object, Spec};
use crate::document::{Place, Problems};
use crate::source::{FeedSpec, Origin, Pick, Signal};

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
        Sources { file: &self.file, files: &self.files, signal: &self.signal }
    }
}

impl Spec {
    /// A source that lasts no longer than the scene does, so that its fade is heard.
    pub(super) fn bounded(&self, feed: &FeedSpec) -> FeedSpec {
        FeedSpec { end_s: feed.end_s.or(self.duration_s), ..feed.clone() }
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
        Sources { file: &self.file, files: &self.files, signal: &self.signal }
    }

    /// Whether it takes all channels of its source, which may then be a pair.
    pub(super) fn takes_all(&self) -> bool {
        self.channel == Pick::All
    }
}

/// The three keys that say where sound comes from.
pub struct Sources<'a> {
    file: &'a Option<PathBuf>,
    files: &'a Option<BTreeMap<String, PathBuf>>,
    signal: &'a Option<Signal>,
}

impl Sources<'_> {
    /// Notes if it is not exactly one of them.
    pub fn check(&self, place: &Place, problems: &mut Problems) {
        match *self.given() {
            [] => problems.error(place, "no sound", "add one of `file`, `files`, `signal`"),
            [_] => {}
            [first, .., last] => {
                let message = format!("`{last}` as well as `{first}`");
                problems.error(&place.key(last), message, "keep one of `file`, `files`, `signal`");
            }
        }
    }

    /// The key that says it.
    pub fn key(&self) -> &'static str {
        self.given().first().copied().unwrap_or("file")
    }

    fn origin(&self) -> Option<Origin> {
        match (self.file, self.files, self.signal) {
            (Some(file), None, None) => Some(Origin::File(file.clone())),
            (None, Some(files), None) => Some(Origin::Files(files.clone())),
            (None, None, Some(signal)) => Some(Origin::Signal(signal.clone())),
            _ => None,
        }
    }

    fn given(&self) -> Vec<&'static str> {
        let given = [
            ("file", self.file.is_some()),
            ("files", self.files.is_some()),
            ("signal", self.signal.is_some()),
        ];
        given.into_iter().filter(|(_, given)| *given).map(|(key, _)| key).collect()
    }
}
