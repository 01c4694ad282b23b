//! Opening what beds and objects are fed from, and what can be wrong with it.

use std::ops::Range;
use std::path::Path;

use super::check::note_endless;
use super::files::Surroundings;
use crate::document::{Place, Problems};
use crate::folder::shown;
use crate::source::{Description, Feed, FeedContext, FeedSpec, Origin, Pick, SharedFiles, open};
use crate::units::{frames_to_seconds, seconds_to_frames};

impl Surroundings<'_> {
    /// Opens a feed; every mistake in it is noted at its key.
    pub fn open(
        &self,
        spec: &FeedSpec,
        key: &str,
        place: &Place,
        problems: &mut Problems,
    ) -> Option<Feed> {
        if !self.files_are_right(spec, key, place, problems) {
            return None;
        }
        let (folder, rate_hz) = (self.folder, self.rate_hz);
        let (shared, allow_truncated) = (&SharedFiles::default(), self.allow_truncated);
        let context = FeedContext { folder, shared, rate_hz, allow_truncated };
        // What is still wrong now is the choice of a channel, if there is one.
        let wrong = if spec.pick == Pick::All { key } else { "channel" };
        let feed = Feed::open(&self.spec.bounded(spec), &context)
            .map_err(|error| problems.error(&place.key(wrong), error.to_string(), ""))
            .ok()?;
        if feed.end_frame().is_none() && !spec.looped && self.spec.duration_s.is_none() {
            note_endless(&place.key(key), problems);
        }
        for mended in feed.warnings() {
            problems.warning(&place.key(key), mended, "");
        }
        Some(feed)
    }

    /// Whether a feed can be opened; what is wrong with its files is noted.
    fn files_are_right(
        &self,
        spec: &FeedSpec,
        key: &str,
        place: &Place,
        problems: &mut Problems,
    ) -> bool {
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
            Origin::Inputs(inputs) => check_inputs(inputs, spec, place, &mut found),
            Origin::Signal(_) => {}
        }
        // What is wrong in the text has been noted with the rest of it; here it only counts.
        let mut in_text = Problems::default();
        spec.check(place, self.rate_hz, &mut in_text);
        let is_right = !found.has_errors() && !in_text.has_errors();
        found.into_vec().into_iter().for_each(|problem| problems.push(problem));
        is_right
    }

    /// What is in an audio file; why there is nothing is noted.
    pub fn describe(
        &self,
        path: &Path,
        place: &Place,
        problems: &mut Problems,
    ) -> Option<Description> {
        let name = shown(path);
        self.folder
            .resolve(path)
            .and_then(|path| open(&path, &name, self.allow_truncated))
            .map(|opened| opened.description)
            .map_err(|error| problems.error(place, error.to_string(), ""))
            .ok()
    }
}

fn check_file(file: &Description, spec: &FeedSpec, place: &Place, problems: &mut Problems) {
    let (has, named) = (file.channels, spec.channels.len());
    if named > 0 && named != has {
        let message = format!("the file has {}, {named} are named", channels(has));
        problems.error(&place.key("channels"), message, "a name for each, in the file's order");
    }
    check_points(file, spec, place, problems);
}

fn check_inputs(inputs: &[u16], spec: &FeedSpec, place: &Place, problems: &mut Problems) {
    let (has, named) = (inputs.len(), spec.channels.len());
    if named > 0 && named != has {
        let message = format!("there are {}, {named} are named", counted(has, "input"));
        problems.error(&place.key("channels"), message, "a name for each, in their order");
    }
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
    counted(count, "channel")
}

/// So many of something.
pub fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
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
