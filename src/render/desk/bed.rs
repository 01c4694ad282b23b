//! The lanes of beds and buses: fixed gains into whatever they are heard in.

use std::collections::BTreeMap;

use super::super::Measured;
use super::Room;
use crate::engine::{LanePlan, RoutedPlan};
use crate::layout::{Layout, Loudspeaker};
use crate::pan::{GainRow, route_bed};
use crate::scene::ReadyBed;
use crate::space::Vector;

/// The lanes of a bed and the numbers of those that are LFE.
pub fn lanes(bed: &ReadyBed, rooms: &[Room]) -> (Vec<LanePlan>, Vec<usize>) {
    let count = bed.routes.iter().map(|route| route.lane + 1).max().unwrap_or(0);
    let loudspeakers = |lane: usize| -> Vec<usize> {
        let mine = bed.routes.iter().filter(|route| route.lane == lane);
        mine.map(|route| route.loudspeaker).collect()
    };
    let channels: Vec<Vec<usize>> = (0..count).map(loudspeakers).collect();
    routed(&bed.layout, &channels, rooms)
}

/// The names of the lanes of a bed and what they weigh; one that stands for several loudspeakers has
/// the name of the first.
pub fn channels(bed: &ReadyBed, lanes: usize) -> Vec<(String, f64)> {
    let all = Measured::layout("", &bed.layout).channels;
    let channel = |lane| {
        let route = bed.routes.iter().find(|route| route.lane == lane);
        route.map_or_else(|| ("-".to_owned(), 0.0), |route| all[route.loudspeaker].clone())
    };
    (0..lanes).map(channel).collect()
}

/// Lanes that each stand for some loudspeakers of a layout, and the numbers of those that are LFE.
pub fn routed(
    layout: &Layout,
    channels: &[Vec<usize>],
    rooms: &[Room],
) -> (Vec<LanePlan>, Vec<usize>) {
    let rows = rooms.iter().map(|room| route_bed(layout, &room.layout, &room.panner));
    let rows: Vec<Vec<GainRow>> = rows.collect();
    let lane = |loudspeakers: &Vec<usize>| {
        let rows = rows.iter().map(|rows| sum(rows, loudspeakers)).collect();
        LanePlan::Routed(RoutedPlan { rows, stands: stands(layout, loudspeakers) })
    };
    let is_lfe = |loudspeaker: &usize| layout.loudspeakers[*loudspeaker].lfe;
    let numbers = channels.iter().enumerate();
    let lfe = numbers.filter(|(_, it)| !it.is_empty() && it.iter().all(is_lfe)).map(|it| it.0);
    (channels.iter().map(lane).collect(), lfe.collect())
}

/// Where a lane stands that goes to some loudspeakers: between those that are no LFE.
fn stands(layout: &Layout, loudspeakers: &[usize]) -> Option<Vector> {
    let full = loudspeakers.iter().map(|&it| &layout.loudspeakers[it]).filter(|it| !it.lfe);
    let directions: Vec<Vector> = full.map(Loudspeaker::direction).collect();
    let first = *directions.first()?;
    Some(directions.iter().sum::<Vector>().try_normalize(1e-6).unwrap_or(first))
}

/// The gains of a lane that goes to several channels of its bed.
fn sum(rows: &[GainRow], loudspeakers: &[usize]) -> GainRow {
    let mut gains = BTreeMap::new();
    for (channel, gain) in loudspeakers.iter().flat_map(|&index| rows[index].iter()) {
        *gains.entry(channel).or_insert(0.0) += gain;
    }
    let mut row = GainRow::new();
    gains.into_iter().for_each(|(channel, gain)| row.push(channel, gain));
    row
}
