//! What the author writes about a source.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::document::{Place, Problems};
use crate::folder::Folder;
use crate::source::{Pick, SharedFiles, Signal};

/// Where the sound comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// One file: `file = "voice.wav"`.
    File(PathBuf),
    /// Mono files that begin together, by the channel they are: `files = { L = "l.wav" }`. Their
    /// rates may differ; where a shorter one is over, it is silent.
    Files(BTreeMap<String, PathBuf>),
    /// A built-in signal: `signal = { type = "pink-noise" }`.
    Signal(Signal),
    /// Channels of an interface, counted from 1: `inputs = [1, 2]`. Nobody can read them; who plays
    /// takes them as they come.
    Inputs(Vec<u16>),
}

/// A source and where it lies on the scene's clock.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedSpec {
    /// Where the sound comes from.
    pub origin: Origin,
    /// Which channel of a file is taken.
    pub pick: Pick,
    /// What the channels of a file are, in order, if not what its mask says; may be empty.
    pub channels: Vec<String>,
    /// When it begins, in seconds of the scene.
    pub start_s: f64,
    /// The point of the source at which it begins, in seconds.
    pub in_s: f64,
    /// The point of the source at which it ends, in seconds; without, the end of the source.
    pub out_s: Option<f64>,
    /// Whether what lies between the two points is repeated until it is to end.
    pub looped: bool,
    /// When it ends at the latest, in seconds of the scene; without, with its source.
    pub end_s: Option<f64>,
    /// Length of the raised-cosine fade at the beginning, in seconds.
    pub fade_in_s: f64,
    /// Length of the raised-cosine fade at the end, in seconds; what never ends has none.
    pub fade_out_s: f64,
}

impl FeedSpec {
    /// The whole of something, from the beginning of the scene on.
    #[must_use]
    pub fn new(origin: Origin) -> Self {
        Self {
            origin,
            pick: Pick::All,
            channels: Vec::new(),
            start_s: 0.0,
            in_s: 0.0,
            out_s: None,
            looped: false,
            end_s: None,
            fade_in_s: 0.0,
            fade_out_s: 0.0,
        }
    }

    /// Notes every mistake that shows without opening a file; `place` is that of the bed or object.
    pub fn check(&self, place: &Place, rate_hz: u32, problems: &mut Problems) {
        let times = [
            ("start_s", self.start_s),
            ("in_s", self.in_s),
            ("fade_in_s", self.fade_in_s),
            ("fade_out_s", self.fade_out_s),
        ];
        for (key, seconds) in times {
            if seconds < 0.0 {
                problems.error(&place.key(key), format!("{key} is {seconds}"), "0 or more seconds");
            }
        }
        if let Some(out_s) = self.out_s.filter(|out_s| *out_s <= self.in_s) {
            let right = format!("more than in_s, {} seconds", self.in_s);
            problems.error(&place.key("out_s"), format!("out_s is {out_s}"), right);
        }
        if let Some(end_s) = self.end_s.filter(|end_s| *end_s <= self.start_s) {
            let right = format!("more than start_s, {} seconds", self.start_s);
            problems.error(&place.key("end_s"), format!("end_s is {end_s}"), right);
        }
        self.check_origin(place, rate_hz, problems);
    }

    /// What comes in as it is played has no beginning to start from and no end to turn back at.
    fn check_endless(&self, place: &Place, problems: &mut Problems) {
        let given =
            [("in_s", self.in_s > 0.0), ("out_s", self.out_s.is_some()), ("loop", self.looped)];
        for (key, _) in given.into_iter().filter(|(_, given)| *given) {
            let message = format!("{key} is about files, not inputs");
            problems.error(&place.key(key), message, "`start_s` and `end_s` say when it is heard");
        }
    }

    fn check_origin(&self, place: &Place, rate_hz: u32, problems: &mut Problems) {
        match &self.origin {
            Origin::File(_) => return,
            Origin::Files(files) if files.is_empty() => {
                problems.error(&place.key("files"), "files is empty", "a mono file per channel");
            }
            Origin::Files(_) => {}
            Origin::Signal(signal) => signal.check(&place.key("signal"), rate_hz, problems),
            Origin::Inputs(channels) => {
                if channels.is_empty() {
                    let help = "the channels of the interface in the order of the layout";
                    problems.error(&place.key("inputs"), "`inputs` is empty", help);
                }
                self.check_endless(place, problems);
            }
        }
        if self.pick != Pick::All {
            let message = "channel picks from one file with several channels";
            problems.error(&place.key("channel"), message, "leave channel out, or give file");
        }
    }
}

/// What a feed needs to know of its surroundings.
#[derive(Clone, Copy, Debug)]
pub struct FeedContext<'a> {
    /// Where files are looked for.
    pub folder: &'a Folder,
    /// Files that other feeds take channels of, too.
    pub shared: &'a SharedFiles,
    /// The scene's rate.
    pub rate_hz: u32,
    /// Whether frames that a file promises but does not have are silence rather than an error.
    pub allow_truncated: bool,
}
