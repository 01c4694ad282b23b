//! The layout of a bed: as the author says, or as its channels tell.

use std::path::Path;

use super::Bed;
use super::files::Surroundings;
use super::opening::{channels, counted};
use super::routing::{Route, by_mask, by_name, by_order};
use crate::Error;
use crate::document::{Place, Problems};
use crate::layout::{self, Layout, built_in, wave_bit};
use crate::source::Feed;

/// The layout and where every channel of the feed goes; `None` where a problem was noted, with the
/// feed or here. The names of channels are looked at even without a feed.
pub fn route(
    bed: &Bed,
    feed: Option<&Feed>,
    surroundings: &Surroundings<'_>,
    place: &Place,
    problems: &mut Problems,
) -> Option<(Layout, Vec<Route>)> {
    let layout = match &bed.layout {
        Some(name) => load(name, surroundings, &place.key("layout"), problems)?,
        None => match guess(bed, feed) {
            Some(layout) => layout,
            None => {
                let named = bed.channels.as_ref().map(Vec::len);
                let count = named.map_or_else(|| feed.map(Feed::lanes), Some)?;
                let message = format!("{} may be of many layouts", channels(count));
                problems.error(place, message, "add `layout`, such as `layout = \"5.1.2\"`");
                return None;
            }
        },
    };
    let routes = match (&bed.channels, &bed.files) {
        (Some(names), _) => named(bed, names, &layout, &place.key("channels"), problems)?,
        (None, Some(files)) => {
            let names: Vec<String> = files.keys().cloned().collect();
            named(bed, &names, &layout, &place.key("files"), problems)?
        }
        (None, None) => unnamed(feed?, &layout, place, problems)?,
    };
    feed.map(|_| (layout, routes))
}

/// A layout by its name, or by a path in the scene's folder.
pub fn load(
    name: &str,
    surroundings: &Surroundings<'_>,
    place: &Place,
    problems: &mut Problems,
) -> Option<Layout> {
    let found = if layout::is_path(name) && built_in(name).is_none() {
        let path = surroundings.folder.resolve(Path::new(name));
        path.and_then(|path| layout::load(&path.to_string_lossy()))
    } else {
        layout::named(name)
    };
    let note = |error: Error| {
        // What is wrong in the layout's own file is a line for each.
        error.to_string().lines().for_each(|line| problems.error(place, line, ""));
    };
    found.map_err(note).ok()
}

/// The first built-in layout that has exactly the channels of a bed.
fn guess(bed: &Bed, feed: Option<&Feed>) -> Option<Layout> {
    let names: Option<Vec<&String>> = match (&bed.channels, &bed.files) {
        (Some(names), _) => Some(names.iter().collect()),
        (None, Some(files)) => Some(files.keys().collect()),
        (None, None) => None,
    };
    let fits = |layout: &Layout| match (&names, feed) {
        (Some(names), _) => {
            names.len() == layout.loudspeakers.len()
                && names.iter().all(|name| layout.index_of(name).is_some())
        }
        (None, None) => false,
        (None, Some(feed)) => fits_unnamed(layout, feed.mask(), feed.lanes()),
    };
    layout::names().iter().filter_map(|name| built_in(name)).find(fits)
}

/// Whether channels without names tell that they are all those of a layout: by their mask, or
/// because a file of one or two channels is mono or stereo.
fn fits_unnamed(layout: &Layout, mask: u32, lanes: usize) -> bool {
    lanes == layout.loudspeakers.len()
        && (if mask == 0 { lanes <= 2 } else { by_mask(layout, mask, lanes).is_some() })
}

/// Where channels go that the scene names; a signal goes to all of them.
fn named(
    bed: &Bed,
    names: &[String],
    layout: &Layout,
    place: &Place,
    problems: &mut Problems,
) -> Option<Vec<Route>> {
    let mut routes: Vec<Route> = Vec::new();
    let mut sound = true;
    for (index, name) in names.iter().enumerate() {
        let at = if bed.channels.is_some() { place.index(index) } else { place.key(name) };
        let lane = if bed.signal.is_some() { 0 } else { index };
        match by_name(layout, name) {
            Ok(loudspeaker) if routes.iter().any(|route| route.loudspeaker == loudspeaker) => {
                problems.error(&at, format!("the channel `{name}` is named twice"), "name it once");
                sound = false;
            }
            Ok(loudspeaker) => routes.push(Route { lane, loudspeaker }),
            Err((message, help)) => {
                problems.error(&at, message, help);
                sound = false;
            }
        }
    }
    sound.then_some(routes)
}

/// Where channels go by the file's mask, else by the layout's order. A mono or stereo file without
/// a mask is C, or L and R.
fn unnamed(
    feed: &Feed,
    layout: &Layout,
    place: &Place,
    problems: &mut Problems,
) -> Option<Vec<Route>> {
    let lanes = feed.lanes();
    let routes = by_mask(layout, feed.mask(), lanes)
        .or_else(|| by_order(layout, lanes))
        .or_else(|| by_mask(layout, usual_mask(feed.mask(), lanes), lanes));
    if routes.is_none() {
        let (count, name) = (layout.loudspeakers.len(), &layout.name);
        let (has, whose) = match feed.inputs() {
            [] => (format!("the file has {}", channels(lanes)), "the file's channels"),
            inputs => (format!("there are {}", counted(inputs.len(), "input")), "them"),
        };
        let message = format!("{has}, the layout {name} has {count}");
        let help = format!("name {whose}: `channels = [\"L\", \"R\", …]`");
        problems.error(&place.key("layout"), message, help);
    }
    routes
}

/// The mask of a file, or the one that everybody takes one or two channels without a mask for.
fn usual_mask(mask: u32, lanes: usize) -> u32 {
    match (mask, lanes) {
        (0, 1) => wave_bit("FC").unwrap_or(0),
        (0, 2) => wave_bit("FL").unwrap_or(0) | wave_bit("FR").unwrap_or(0),
        _ => mask,
    }
}
