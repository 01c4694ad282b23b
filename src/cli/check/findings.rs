//! What is told of the beds and objects of a scene.

use crate::Result;
use crate::folder::shown;
use crate::motion::{Class, Survey, survey};
use crate::scene::{ReadyBed, ReadyObject, Scene, Stretch};
use crate::source::{FeedSpec, Origin, Signal};
use crate::units::frames_to_seconds;

/// What is told of every bed and object of a scene.
pub struct Findings {
    pub beds: Vec<Line>,
    pub objects: Vec<(Line, Survey)>,
}

/// What beds and objects have in common.
pub struct Line {
    pub name: String,
    pub source: String,
    pub channels: usize,
    pub start_s: f64,
    /// None: until the scene is ended.
    pub length_s: Option<f64>,
}

impl Findings {
    pub fn new(scene: &Scene) -> Result<Self> {
        let duration_s = frames_to_seconds(scene.frames, scene.spec.sample_rate);
        let line = |name: &str, feed: Option<FeedSpec>, channels, stretch| {
            let source = feed.map(|feed| source(&feed.origin)).unwrap_or_default();
            let (start_s, length_s) = seconds(scene, stretch);
            Line { name: name.to_owned(), source, channels, start_s, length_s }
        };
        let beds = scene.spec.beds.iter().zip(&scene.beds);
        let beds = beds.map(|(bed, ReadyBed { routes, stretch, .. })| {
            line(&bed.name, bed.feed(), routes.len(), *stretch)
        });
        let objects = scene.spec.objects.iter().zip(&scene.objects);
        let objects = objects.map(|(object, ReadyObject { lanes, stretch })| {
            let survey = survey(&scene.trajectory(object)?, duration_s);
            Ok((line(&object.name, object.feed(), *lanes, *stretch), survey))
        });
        Ok(Self { beds: beds.collect(), objects: objects.collect::<Result<_>>()? })
    }
}

/// What a source is, in a word or two.
fn source(origin: &Origin) -> String {
    match origin {
        Origin::File(path) => shown(path),
        Origin::Files(paths) => format!("{} files", paths.len()),
        Origin::Signal(signal) => signal_name(signal).to_owned(),
        Origin::Inputs(channels) => inputs(channels),
    }
}

fn inputs(channels: &[u16]) -> String {
    let numbers: Vec<String> = channels.iter().map(u16::to_string).collect();
    format!("input {}", numbers.join(", "))
}

fn signal_name(signal: &Signal) -> &'static str {
    match signal {
        Signal::Tone(_) => "tone",
        Signal::WhiteNoise(_) => "white noise",
        Signal::PinkNoise(_) => "pink noise",
        Signal::Sweep(_) => "sweep",
        Signal::Clicks(_) => "clicks",
        Signal::Silence(_) => "silence",
    }
}

/// When a source begins and how long it is heard, in seconds; none where nothing but the end of an
/// endless scene ends it.
fn seconds(scene: &Scene, stretch: Stretch) -> (f64, Option<f64>) {
    let end = stretch.end.unwrap_or(u64::MAX).min(scene.frames);
    let length = end.saturating_sub(stretch.start);
    let seconds = |frames| frames_to_seconds(frames, scene.spec.sample_rate);
    let is_endless = scene.is_endless() && end >= scene.longest_frames();
    (seconds(stretch.start), (!is_endless).then(|| seconds(length)))
}

/// What a motion is to the ear, in a word or two.
pub fn class_name(class: Class) -> &'static str {
    match class {
        Class::Still => "still",
        Class::SubThreshold => "below threshold",
        Class::Micro => "micro",
        Class::Macro => "macro",
        Class::TooFastToFollow => "too fast to follow",
    }
}
