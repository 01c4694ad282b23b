//! Beds: which loudspeakers each of their channels goes to.
//!
//! The direct-speakers mapping of ITU-R BS.2127 (clause 8). A bed of the standard is treated like the
//! pack of the common definitions of ADM it corresponds to.

use super::place::{Angles, same_place};
use super::routing_rules::Bed;
use super::{GainRow, Panner};
use crate::layout::{Layout, Loudspeaker};

/// The azimuth of the edge of the standard screen, which is 58 degrees wide (ITU-R BS.2076).
const SCREEN_EDGE_DEG: f64 = 29.0;

/// The gains of every channel of a bed on a target, whose panner this is; rows in the bed's order.
///
/// A channel goes to the loudspeaker with its label, or else its name, alone. Failing that, a bed of
/// the standard follows the standard's table, and any other channel goes to a loudspeaker that is
/// meant to stand in its place, or is panned there. Low-frequency effects go to low-frequency effects: one
/// to one if the target has as many, shared at equal power otherwise, and nowhere if it has none.
#[must_use]
pub fn route_bed(bed: &Layout, target: &Layout, panner: &Panner) -> Vec<GainRow> {
    let full_range = bed.loudspeakers.iter().filter(|channel| !channel.lfe);
    let labels: Option<Vec<&str>> = full_range.map(|channel| channel.label.as_deref()).collect();
    let kind = labels.map_or(Bed::Other, |labels| Bed::of(&labels));
    let route = |(index, channel): (usize, &Loudspeaker)| match channel.lfe {
        true => route_effects(bed, index, target),
        false => route_full_range(channel, &kind, target, panner),
    };
    bed.loudspeakers.iter().enumerate().map(route).collect()
}

fn route_full_range(from: &Loudspeaker, bed: &Bed, target: &Layout, panner: &Panner) -> GainRow {
    let full_range = |fits: &dyn Fn(&Loudspeaker) -> bool| {
        target.loudspeakers.iter().position(|speaker| !speaker.lfe && fits(speaker))
    };
    let labelled = |label: &str| full_range(&|speaker| speaker.label.as_deref() == Some(label));
    let label = from.label.as_deref();
    if let Some(channel) =
        full_range(&|speaker| speaker.name == from.name && speaker.label == from.label)
    {
        return only(channel);
    }
    if let Some(channel) = label.and_then(labelled) {
        return only(channel);
    }
    let from_table = label.and_then(|label| bed.targets(label, |to| labelled(to).is_some()));
    if let Some(targets) = from_table {
        return row(targets.iter().filter_map(|(to, gain)| Some((labelled(to)?, *gain))));
    }
    // Two different labels are two different places, whatever their names.
    let has_name = |speaker: &Loudspeaker| {
        speaker.name == from.name && (label.is_none() || speaker.label.is_none())
    };
    let has_place = |speaker: &Loudspeaker| same_place(nominal(speaker), nominal(from));
    if let Some(channel) = full_range(&has_name).or_else(|| full_range(&has_place)) {
        return only(channel);
    }
    let mut row = GainRow::new();
    panner.solve(&place_of_label(from).direction(), &mut row);
    row
}

fn nominal(speaker: &Loudspeaker) -> Angles {
    Angles::new(speaker.nominal_azimuth_deg, speaker.nominal_elevation_deg)
}

/// Where a channel belongs: where ITU-R BS.2051 puts its label, or else where its layout puts it.
fn place_of_label(channel: &Loudspeaker) -> Angles {
    let label = channel.label.as_deref().unwrap_or("");
    let elevation = match label.get(..1) {
        Some("M") => 0.0,
        Some("U") => 30.0,
        Some("B") => -30.0,
        Some("T") => 90.0,
        _ => return nominal(channel),
    };
    match label.get(1..) {
        Some("+SC") => Angles::new(SCREEN_EDGE_DEG, elevation),
        Some("-SC") => Angles::new(-SCREEN_EDGE_DEG, elevation),
        Some(azimuth) => match azimuth.parse::<i16>() {
            Ok(azimuth_deg) => Angles::new(azimuth_deg.into(), elevation),
            Err(_) => nominal(channel),
        },
        None => nominal(channel),
    }
}

fn route_effects(bed: &Layout, index: usize, target: &Layout) -> GainRow {
    let theirs = effects(target);
    let mine = effects(bed);
    let channel = &bed.loudspeakers[index];
    if theirs.len() < mine.len() {
        let rank = mine.iter().take_while(|&&other| other != index).count();
        let gain = 1.0 / libm::sqrt(mine.len() as f64);
        return row(theirs.get(rank.min(theirs.len().saturating_sub(1))).map(|&to| (to, gain)));
    }
    let is_twin = |to: &&usize| {
        let other = &target.loudspeakers[**to];
        let same_label = channel.label.is_some() && other.label == channel.label;
        same_label || other.name == channel.name
    };
    let rank = mine.iter().take_while(|&&other| other != index).count();
    only(theirs.iter().find(is_twin).copied().unwrap_or(theirs[rank]))
}

fn effects(layout: &Layout) -> Vec<usize> {
    let speakers = layout.loudspeakers.iter().enumerate();
    speakers.filter(|(_, speaker)| speaker.lfe).map(|(index, _)| index).collect()
}

fn only(channel: usize) -> GainRow {
    row([(channel, 1.0)])
}

fn row(gains: impl IntoIterator<Item = (usize, f64)>) -> GainRow {
    let mut gains: Vec<_> = gains.into_iter().collect();
    gains.sort_by_key(|&(channel, _)| channel);
    let mut row = GainRow::new();
    gains.into_iter().for_each(|(channel, gain)| row.push(channel, gain));
    row
}
