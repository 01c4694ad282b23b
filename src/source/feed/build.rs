//! From what the author wrote to a chain of sources: file, pick, clip, resampler, place.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::{Feed, FeedContext, FeedSpec, Origin, fade::Fades};
use crate::folder::shown;
use crate::source::shared::Tap;
use crate::source::stack::Stack;
use crate::source::{
    Clip, Description, Opened, Pick, Resampled, Signal, SignalSource, Silence, Source,
    channel_names, open,
};
use crate::units::{frames_to_seconds, seconds_to_frames};
use crate::{Error, Result};

/// A source and what its channels are.
struct Named {
    source: Box<dyn Source>,
    names: Vec<String>,
    mask: u32,
}

pub fn feed(spec: &FeedSpec, context: &FeedContext<'_>) -> Result<Feed> {
    let Named { source, names, mask } = match &spec.origin {
        Origin::File(path) => file(path, spec, context)?,
        Origin::Files(paths) => files(paths, spec, context)?,
        Origin::Signal(signal) => {
            let source = Box::new(SignalSource::new(signal, context.rate_hz));
            let source = cut(source, "signal", spec, context)?;
            Named { source, names: Vec::new(), mask: 0 }
        }
        Origin::Inputs(channels) => inputs(channels, context.rate_hz),
    };
    let inputs = match &spec.origin {
        Origin::Inputs(channels) => channels.clone(),
        _ => Vec::new(),
    };
    let rate_hz = context.rate_hz;
    let placed = Feed::place(source, seconds_to_frames(spec.start_s, rate_hz));
    let latest = spec.end_s.map(|end_s| seconds_to_frames(end_s, rate_hz).max(placed.start));
    let end = placed.end.into_iter().chain(latest).min();
    let fades = Fades {
        fade_in: seconds_to_frames(spec.fade_in_s, rate_hz),
        fade_out: seconds_to_frames(spec.fade_out_s, rate_hz),
        frames: end.map(|end| end - placed.start),
    };
    Ok(Feed { end, fades, names, mask, inputs, ..placed })
}

/// What can be read of channels that only who plays can hear: silence.
fn inputs(channels: &[u16], rate_hz: u32) -> Named {
    let silence = Signal::Silence(Silence { duration_s: None });
    let lane = |_| Box::new(SignalSource::new(&silence, rate_hz)) as Box<dyn Source>;
    let source = Box::new(Stack::new(channels.iter().map(lane).collect()));
    Named { source, names: Vec::new(), mask: 0 }
}

/// All channels of a file, or one.
fn file(path: &Path, spec: &FeedSpec, context: &FeedContext<'_>) -> Result<Named> {
    let name = shown(path);
    let found = context.folder.resolve(path)?;
    if spec.pick != Pick::All {
        return channel(&found, &name, spec, context);
    }
    let Opened { source, description } = open(&found, &name, context.allow_truncated)?;
    check_names(&name, &description, &spec.channels)?;
    let source = cut(source, &name, spec, context)?;
    if !spec.channels.is_empty() {
        return Ok(Named { source, names: spec.channels.clone(), mask: 0 });
    }
    let mask = description.mask;
    let names = channel_names(mask, description.channels).unwrap_or_default();
    Ok(Named { source, names, mask })
}

/// One channel of a file, which is read once for all feeds that take one.
fn channel(path: &Path, name: &str, spec: &FeedSpec, context: &FeedContext<'_>) -> Result<Named> {
    let file = context.shared.open(path, name, context.allow_truncated)?;
    let description = file.description();
    check_names(name, description, &spec.channels)?;
    let index = spec.pick.index(description.channels, description.mask, &spec.channels);
    let index = index.map_err(|wrong| Error::input(format!("{name}: {wrong}")))?;
    let source = cut(Box::new(Tap::new(file, index)), name, spec, context)?;
    Ok(Named { source, names: Vec::new(), mask: 0 })
}

fn check_names(name: &str, description: &Description, names: &[String]) -> Result<()> {
    let channels = description.channels;
    if names.is_empty() || names.len() == channels {
        return Ok(());
    }
    let named = names.len();
    Err(Error::input(format!("{name}: has {channels} channels, {named} are named")))
}

/// Mono files side by side.
fn files(
    paths: &BTreeMap<String, PathBuf>,
    spec: &FeedSpec,
    context: &FeedContext<'_>,
) -> Result<Named> {
    if paths.is_empty() {
        return Err(Error::input("files is empty: it needs a mono file for every channel"));
    }
    let (mut sources, mut lengths) = (Vec::new(), Vec::new());
    for path in paths.values() {
        let name = shown(path);
        let opened = open(&context.folder.resolve(path)?, &name, context.allow_truncated)?;
        if opened.description.channels != 1 {
            let channels = opened.description.channels;
            return Err(Error::input(format!("{name}: has {channels} channels, files are mono")));
        }
        let region = region(&*opened.source, &name, spec)?;
        lengths.push((region.end - region.start, opened.description.rate_hz, name.clone()));
        sources.push(cut(opened.source, &name, spec, context)?);
    }
    if spec.looped {
        check_in_step(&lengths)?;
    }
    let names = paths.keys().cloned().collect();
    Ok(Named { source: Box::new(Stack::new(sources)), names, mask: 0 })
}

/// Loops that are to stay together must be of one length to the last fraction of a frame.
fn check_in_step(lengths: &[(u64, u32, String)]) -> Result<()> {
    let (first_frames, first_rate_hz, first) = &lengths[0];
    for (frames, rate_hz, name) in lengths {
        let length = u128::from(*frames) * u128::from(*first_rate_hz);
        if length != u128::from(*first_frames) * u128::from(*rate_hz) {
            return Err(Error::input(format!(
                "{name}: is not as long as {first}, so their loops would drift apart (set out_s)"
            )));
        }
    }
    Ok(())
}

/// Cuts a source at its points and brings it to the scene's rate. The loop comes first, so that it
/// is seamless and in time at any rate.
fn cut(
    source: Box<dyn Source>,
    name: &str,
    spec: &FeedSpec,
    context: &FeedContext<'_>,
) -> Result<Box<dyn Source>> {
    let region = region(&*source, name, spec)?;
    let clip = Box::new(Clip::new(source, region, spec.looped));
    at_rate(clip, name, context.rate_hz)
}

/// The frames of a source between the points.
fn region(source: &dyn Source, name: &str, spec: &FeedSpec) -> Result<Range<u64>> {
    let rate_hz = source.rate_hz();
    let end = source.frames().unwrap_or(u64::MAX);
    let frame = |key: &str, seconds: f64| {
        let frame = seconds_to_frames(seconds, rate_hz);
        if frame <= end {
            return Ok(frame);
        }
        let length_s = frames_to_seconds(end, rate_hz);
        Err(Error::input(format!("{name}: {key} = {seconds} lies behind its end, {length_s} s")))
    };
    let first = frame("in_s", spec.in_s)?;
    let last = spec.out_s.map_or(Ok(end), |out_s| frame("out_s", out_s))?;
    if last < first || last == first && spec.looped {
        return Err(Error::input(format!("{name}: there is nothing between in_s and out_s")));
    }
    Ok(first..last)
}

fn at_rate(source: Box<dyn Source>, name: &str, rate_hz: u32) -> Result<Box<dyn Source>> {
    if source.rate_hz() == rate_hz {
        return Ok(source);
    }
    Ok(Box::new(Resampled::new(source, rate_hz, name)?))
}
