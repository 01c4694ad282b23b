//! Bringing into line what takes different times: every path arrives together with the latest.

use super::build::{Draft, Seat};
use super::chain::Key;
use super::graph::Party;
use super::origin::Origin;
use super::plan::{Destination, Plan};
use super::unit::KeyTap;
use crate::block::SILENCE;
use crate::dsp::Delay;

/// When things arrive at strips and leave them, in frames after they should.
struct Timetable {
    arrivals: Vec<usize>,
    departures: Vec<usize>,
    /// When all that is heard in the targets arrives there.
    targets: usize,
}

/// By how many frames things are late once they are in line.
pub(super) struct LinedUp {
    /// Every strip, where it is heard.
    pub(super) due: Vec<usize>,
    /// The mixes of the targets.
    pub(super) targets: usize,
}

/// Sets the delays of everything that would come too early.
pub(super) fn line_up(
    plan: &Plan,
    parties: &[Party],
    seats: &mut [Seat],
    drafts: &mut [Draft],
    quanta: usize,
) -> LinedUp {
    let times = timetable(plan, parties, seats, drafts);
    for (strip, seat) in seats.iter_mut().enumerate() {
        seat.latency_frames = times.departures[strip];
    }
    let mut dues = Vec::with_capacity(seats.len());
    for (strip, seat) in seats.iter().enumerate() {
        let draft = &mut drafts[seat.unit];
        let leaves = times.departures[strip];
        let due = match plan.strips[strip].destination {
            Destination::Targets => times.targets,
            Destination::Bus(bus) => times.arrivals[bus],
            Destination::Nowhere => leaves,
        };
        dues.push(due);
        let has_rack = draft.unit.rack.is_some();
        let is_source = matches!(draft.unit.origin, Origin::Sources);
        for index in seat.lanes.clone() {
            draft.unit.lanes[index].settle(leaves, due, has_rack, quanta);
            if is_source {
                draft.unit.entry[index] = Delay::new(times.arrivals[strip]);
            }
        }
        line_up_sends(plan, &times, strip, seats, drafts);
        line_up_keys(&times, seats, &mut drafts[seat.unit], seat.unit);
    }
    LinedUp { due: dues, targets: times.targets }
}

fn timetable(plan: &Plan, parties: &[Party], seats: &[Seat], drafts: &[Draft]) -> Timetable {
    let mut times = Timetable {
        arrivals: vec![0; plan.strips.len()],
        departures: vec![0; plan.strips.len()],
        targets: 0,
    };
    for (party, draft) in parties.iter().zip(drafts) {
        for &strip in &party.strips {
            let seat = &seats[strip];
            let fed = feeders(plan, strip).map(|it| times.departures[it]).max().unwrap_or(0);
            let keyed = draft.keys.iter().filter(|key| seat.lanes.contains(&key.lane));
            let keyed =
                keyed.map(|key| times.departures[key.strip].saturating_sub(before(draft, key)));
            let arrival = fed.max(keyed.max().unwrap_or(0));
            let rack = draft.unit.rack.as_ref();
            let in_rack = rack.map_or(0, |rack| rack.latency(seat.lanes.start));
            times.arrivals[strip] = arrival;
            times.departures[strip] = arrival + draft.unit.origin.latency_frames() + in_rack;
        }
    }
    let heard = plan.strips.iter().zip(&times.departures);
    let heard = heard.filter(|(strip, _)| strip.destination == Destination::Targets);
    times.targets = heard.map(|(_, &leaves)| leaves).max().unwrap_or(0);
    times
}

/// The strips that a bus or return is fed by.
fn feeders(plan: &Plan, to: usize) -> impl Iterator<Item = usize> {
    let feeds = move |index: &usize| {
        let strip = &plan.strips[*index];
        strip.destination == Destination::Bus(to) || strip.sends.iter().any(|send| send.to == to)
    };
    (0..plan.strips.len()).filter(feeds)
}

/// How late the block of a key is within its unit.
fn before(draft: &Draft, key: &Key) -> usize {
    let rack = draft.unit.rack.as_ref();
    draft.unit.origin.latency_frames()
        + rack.map_or(0, |rack| rack.latency_before(key.effect, key.lane))
}

/// Lets all sends to a return arrive with the latest of them.
fn line_up_sends(plan: &Plan, times: &Timetable, to: usize, seats: &[Seat], drafts: &mut [Draft]) {
    let Origin::Return(mix) = &mut drafts[seats[to].unit].unit.origin else { return };
    let sources = plan.strips.iter().enumerate().flat_map(|(index, strip)| {
        strip.sends.iter().filter(|send| send.to == to).map(move |_| index)
    });
    for (tap, source) in mix.sent.sends.iter_mut().zip(sources) {
        let leaves = times.departures[source];
        tap.align = Delay::new(times.arrivals[to] - leaves);
        tap.late(leaves);
    }
}

/// Lets the keys of a unit arrive with what they turn down.
fn line_up_keys(times: &Timetable, seats: &[Seat], draft: &mut Draft, unit: usize) {
    let strip_at =
        |lane: usize| seats.iter().position(|seat| seat.unit == unit && seat.lanes.contains(&lane));
    let taps = draft.keys.iter().map(|key| {
        let arrival = strip_at(key.lane).map_or(0, |strip| times.arrivals[strip]);
        let due = arrival + before(draft, key);
        let leaves = times.departures[key.strip];
        let seat = &seats[key.strip];
        KeyTap {
            unit: seat.unit,
            lanes: seat.lanes.clone(),
            align: Delay::new(due.saturating_sub(leaves)),
        }
    });
    let taps: Vec<KeyTap> = taps.collect();
    draft.unit.keys.quanta = vec![SILENCE; taps.len()];
    draft.unit.keys.taps = taps;
}
