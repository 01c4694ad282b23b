//! Mistakes that show when the files of a scene are opened, and what the files turned out to be.

use std::ops::Range;
use std::path::Path;

use super::check::note_endless;
use super::layout::route;
use super::{Bed, Object, Route, Spec};
use crate::document::{Place, Problems};
use crate::folder::Folder;
use crate::layout::Layout;
use crate::motion::{Context, Trajectory};
use crate::source::{Description, Feed, FeedContext, FeedSpec, Origin, Pick, open};
use crate::units::{frames_to_seconds, seconds_to_frames};

/// When a source sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The scene frame of its first sample.
    pub start: u64,
    /// The scene frame after its last sample; `None` for one that never ends.
    pub end: Option<u64>,
}

/// What a bed turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadyBed {
    /// The layout its channels belong to.
    pub layout: Layout,
    /// Where the channels of its source go.
    pub routes: Vec<Route>,
    /// When it sounds.
    pub stretch: Stretch,
}

/// What an object turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadyObject {
    /// Channels of its source: 1, or 2 for a linked pair.
    pub lanes: usize,
    /// When it sounds.
    pub stretch: Stretch,
}

/// What the files of a scene are looked at with.
pub struct Surroundings<'a> {
    pub spec: &'a Spec,
    pub folder: &'a Folder,
    /// The scene's rate, or a usual one if that is out of range.
    pub rate_hz: u32,
    pub allow_truncated: bool,
}

impl Surroundings<'_> {
    /// Opens what a bed is fed from and finds out where its channels go.
    pub fn bed(&self, bed: &Bed, place: &Place, problems: &mut Problems) -> Option<ReadyBed> {
        let spec = bed.feed()?;
        let feed = self.open(&spec, bed.sources().key(), place, problems);
        if bed.signal.is_some() && bed.channels.is_none() {
            return None;
        }
        let (layout, routes) = route(bed, feed.as_ref(), self, place, problems)?;
        Some(ReadyBed { layout, routes, stretch: stretch(&feed?) })
    }

    /// Opens what an object is fed from.
    pub fn object(
        &self,
        object: &Object,
        place: &Place,
        problems: &mut Problems,
    ) -> Option<ReadyObject> {
        let spec = object.feed()?;
        let feed = self.open(&spec, object.sources().key(), place, problems)?;
        let lanes = feed.lanes();
        if object.takes_all() && lanes > 2 {
            let message = format!("it has {lanes} channels: an object is mono or a pair");
            let help = "pick one: `channel = 3`, `channel = \"C\"`, or `channel = \"mix\"`";
            problems.error(&place.key("file"), message, help);
            return None;
        }
        if lanes == 1 && object.width_deg.is_some() {
            let message = "a single channel has no width";
            problems.warning(&place.key("width_deg"), message, "`spread_deg` makes it wide");
        }
        Some(ReadyObject { lanes, stretch: stretch(&feed) })
    }

    /// Notes every mistake in an object's motion.
    pub fn motion(&self, object: &Object, place: &Place, problems: &mut Problems) {
        let resolve = |path: &Path| self.folder.resolve(path);
        let context = Context {
            tempo_bpm: self.spec.tempo_bpm,
            object: Context::salt(&object.name),
            resolve: &resolve,
        };
        let (macro_motion, micro) = (object.macro_motion.as_ref(), object.micro_motion.as_ref());
        let placement = object.placement();
        Trajectory::check(&placement, macro_motion, micro, &context, place, problems);
    }

    /// Opens a feed; every mistake in it is noted at its key.
    fn open(
        &self,
        spec: &FeedSpec,
        key: &str,
        place: &Place,
        problems: &mut Problems,
    ) -> Option<Feed> {
        let mut found = Problems::default();
        match &spec.origin {
            Origin::File(path) => {
                if let Some(file) = self.describe(path, &place.key(key), &mut found) {
                    check_file(&file, spec, place, &mut found);
                }
            }
            Origin::Files(paths) => {
                for (name, path) in paths {
                    let at = place.key(key).key(name);
                    if let Some(file) = self.describe(path, &at, &mut found) {
                        check_stem(&file, spec, &at, place, &mut found);
                    }
                }
            }
            Origin::Signal(_) => {}
        }
        // Feeds are opened only from what is right in itself; what is not has been noted already.
        let mut noted = Problems::default();
        spec.check(place, self.rate_hz, &mut noted);
        let failed = found.has_errors() || noted.has_errors();
        found.into_vec().into_iter().for_each(|problem| problems.push(problem));
        if failed {
            return None;
        }
        let (folder, rate_hz) = (self.folder, self.rate_hz);
        let context = FeedContext { folder, rate_hz, allow_truncated: self.allow_truncated };
        // What is still wrong now is the choice of a channel, if there is one.
        let wrong = if spec.pick == Pick::All { key } else { "channel" };
        let feed = Feed::open(spec, &context)
            .map_err(|error| problems.error(&place.key(wrong), error.to_string(), ""))
            .ok()?;
        if feed.end_frame().is_none() && !spec.looped && self.spec.duration_s.is_none() {
            note_endless(&place.key(key), problems);
        }
        Some(feed)
    }

    fn describe(&self, path: &Path, place: &Place, problems: &mut Problems) -> Option<Description> {
        let name = path.display().to_string();
        self.folder
            .resolve(path)
            .and_then(|path| open(&path, &name, self.allow_truncated))
            .map(|opened| opened.description)
            .map_err(|error| problems.error(place, error.to_string(), ""))
            .ok()
    }
}

fn stretch(feed: &Feed) -> Stretch {
    Stretch { start: feed.start_frame(), end: feed.end_frame() }
}

fn check_file(file: &Description, spec: &FeedSpec, place: &Place, problems: &mut Problems) {
    let (has, named) = (file.channels, spec.channels.len());
    if named > 0 && named != has {
        let message = format!("the file has {}, {named} are named", channels(has));
        problems.error(&place.key("channels"), message, "a name for each, in the file's order");
    }
    check_points(file, spec, place, problems);
}

fn check_stem(
    file: &Description,
    spec: &FeedSpec,
    at: &Place,
    place: &Place,
    problems: &mut Problems,
) {
    if file.channels != 1 {
        let message = format!("the file has {} channels", file.channels);
        problems.error(at, message, "`files` are mono; `file` takes one with several channels");
    }
    check_points(file, spec, place, problems);
}

/// So many channels, in words.
pub fn channels(count: usize) -> String {
    format!("{count} channel{}", if count == 1 { "" } else { "s" })
}

/// In and out must lie within the file.
fn check_points(file: &Description, spec: &FeedSpec, place: &Place, problems: &mut Problems) {
    let length_s = frames_to_seconds(file.frames, file.rate_hz);
    for (key, seconds) in [("in_s", Some(spec.in_s)), ("out_s", spec.out_s)] {
        let Some(seconds) = seconds else { continue };
        if seconds_to_frames(seconds, file.rate_hz) > file.frames {
            let message = format!("{key} = {seconds} lies behind the end of the file");
            problems.error(&place.key(key), message, format!("the file lasts {length_s} s"));
        }
    }
    let region = region(file, spec);
    if file.frames == 0 {
        problems.warning(place, "its file is empty", "it will be silent");
    } else if region.is_empty() && spec.looped {
        problems.error(&place.key("loop"), "there is nothing to repeat", "move `in_s` or `out_s`");
    }
}

fn region(file: &Description, spec: &FeedSpec) -> Range<u64> {
    let frame = |seconds| seconds_to_frames(seconds, file.rate_hz);
    frame(spec.in_s)..spec.out_s.map_or(file.frames, frame)
}
