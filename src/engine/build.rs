//! From a plan to units that are wired up.

use std::cell::LazyCell;
use std::ops::Range;

use super::chain::{Assembly, Key, Member, assemble};
use super::graph::{Party, parties};
use super::lane::{Lane, Room, Workshop};
use super::latency::{LinedUp, line_up};
use super::live::Live;
use super::origin::Origin;
use super::plan::{Destination, InputPlan, Plan, StripPlan};
use super::sent::{SendTap, Sent};
use super::steering::Stretch;
use super::table::RampTable;
use super::unit::{Address, Unit};
use super::watch::Watch;
use crate::dsp::Weights;

/// Units, stage after stage, and where the strips are in them.
pub(super) struct Built {
    pub(super) units: Vec<Unit>,
    /// The units of every stage.
    pub(super) stages: Vec<Range<usize>>,
    /// Where every strip of the plan is.
    pub(super) seats: Vec<Seat>,
    /// The lanes that are heard in the targets, in scene order.
    pub(super) heard: Vec<Address>,
    /// By how many frames every strip is late where it is heard.
    pub(super) due: Vec<usize>,
    /// By how many frames the mixes of the targets are late.
    pub(super) latency_frames: usize,
}

/// Where a strip is.
#[derive(Clone, Debug)]
pub(super) struct Seat {
    pub(super) unit: usize,
    pub(super) lanes: Range<usize>,
    /// By how many frames what leaves it is late.
    pub(super) latency_frames: usize,
}

/// A unit and the strips whose level its blocks go by.
pub(super) struct Draft {
    pub(super) unit: Unit,
    pub(super) keys: Vec<Key>,
}

/// Builds and wires up the units of a plan.
pub(super) fn build(plan: &Plan, quanta: usize, is_live: bool) -> Built {
    let parties = parties(plan);
    let mut seats = seats(plan, &parties);
    let rate_hz = plan.rate_hz;
    let shop = Workshop { rate_hz, quanta, weights: LazyCell::new(Weights::new), is_live };
    let mut drafts: Vec<Draft> =
        parties.iter().map(|party| draft(plan, party, &seats, &shop)).collect();
    number_sources(plan, &seats, &mut drafts);
    let LinedUp { due, targets } = line_up(plan, &parties, &mut seats, &mut drafts, quanta);
    let stages = parties.chunk_by(|one, other| one.stage == other.stage);
    let mut begin = 0;
    let stages = stages.map(|stage| {
        begin += stage.len();
        begin - stage.len()..begin
    });
    Built {
        stages: stages.collect(),
        heard: members(plan, &seats, Destination::Targets),
        units: drafts.into_iter().map(|draft| draft.unit).collect(),
        seats,
        due,
        latency_frames: targets,
    }
}

pub(super) fn seats(plan: &Plan, parties: &[Party]) -> Vec<Seat> {
    let mut seats = vec![Seat { unit: 0, lanes: 0..0, latency_frames: 0 }; plan.strips.len()];
    for (unit, party) in parties.iter().enumerate() {
        let mut begin = 0;
        for &strip in &party.strips {
            let end = begin + plan.strips[strip].lanes.len();
            seats[strip] = Seat { unit, lanes: begin..end, latency_frames: 0 };
            begin = end;
        }
    }
    seats
}

/// A unit that is not yet wired up.
fn draft(plan: &Plan, party: &Party, seats: &[Seat], shop: &Workshop) -> Draft {
    let strips = || party.strips.iter().map(|&index| (&plan.strips[index], &seats[index]));
    let numbers = party.strips.iter();
    let lanes: Vec<Lane> = numbers.flat_map(|&number| lanes(plan, number, shop)).collect();
    let members: Vec<Member<'_>> = strips().map(|(strip, seat)| Member::new(strip, seat)).collect();
    let Assembly { rack, keys } = assemble(&members, plan.rate_hz);
    let channels: Vec<usize> = plan.targets.iter().map(|target| target.channels).collect();
    let rooms = ways(plan, party, &channels);
    let unit = Unit {
        ramps: RampTable::new(lanes.len(), shop.quanta, &rooms),
        stretch: Stretch::new(&rooms),
        origin: origin(plan, party, seats, shop.quanta),
        rack,
        keys: Default::default(),
        entry: lanes.iter().map(|_| None).collect(),
        watch: Watch::new(lanes.len(), shop.quanta),
        lanes,
    };
    Draft { unit, keys }
}

impl<'a> Member<'a> {
    /// A strip in its seat.
    pub(super) fn new(strip: &'a StripPlan, seat: &Seat) -> Self {
        let lfe = strip.lfe.iter().map(|lane| seat.lanes.start + lane).collect();
        Self { chain: &strip.chain, lanes: seat.lanes.clone(), lfe }
    }
}

/// The lanes of a strip.
fn lanes(plan: &Plan, number: usize, shop: &Workshop) -> Vec<Lane> {
    let strip = &plan.strips[number];
    let rooms = match strip.destination {
        Destination::Targets => plan.targets.iter().map(|it| Room::target(it, strip)).collect(),
        Destination::Bus(bus) => Room::bus(&plan.strips[bus]).into_iter().collect(),
        Destination::Nowhere => Vec::new(),
    };
    let joins_bus = matches!(strip.destination, Destination::Bus(_));
    let lane = |lane| {
        let mut lane = Lane::new(lane, &strip.fader, &rooms, shop);
        (lane.strip, lane.joins_bus) = (number, joins_bus);
        lane
    };
    strip.lanes.iter().map(lane).collect()
}

/// The channels of the rooms that the lanes of a party are heard in: those of all targets, or of the
/// widest bus.
fn ways(plan: &Plan, party: &Party, targets: &[usize]) -> Vec<usize> {
    let bus = |&strip: &usize| match plan.strips[strip].destination {
        Destination::Bus(bus) => plan.strips[bus].lanes.len(),
        Destination::Targets | Destination::Nowhere => 0,
    };
    let widest = party.strips.iter().map(bus).max().unwrap_or(0);
    let mut ways = targets.to_vec();
    if ways.is_empty() {
        ways.push(0);
    }
    let missing = widest.saturating_sub(ways.iter().sum());
    // A lane has the ways to the targets or that to a bus, never both: they share their room.
    if let Some(last) = ways.last_mut() {
        *last += missing;
    }
    ways
}

fn origin(plan: &Plan, party: &Party, seats: &[Seat], quanta: usize) -> Origin {
    let &[strip, ..] = &party.strips[..] else { return Origin::Sources };
    match &plan.strips[strip].input {
        InputPlan::Source => Origin::Sources,
        InputPlan::Bus(_) => {
            let members = members(plan, seats, Destination::Bus(strip));
            Origin::bus(members, plan.strips[strip].lanes.len())
        }
        InputPlan::Return(effect) => {
            let outputs = plan.strips[strip].lanes.len();
            let sends = Sent::new(sends(plan, seats, strip, quanta), quanta);
            Origin::effect(sends, effect.build(outputs, plan.rate_hz))
        }
    }
}

/// The lanes that are heard somewhere, in scene order.
fn members(plan: &Plan, seats: &[Seat], destination: Destination) -> Vec<Address> {
    let strips = plan.strips.iter().zip(seats);
    let heard = strips.filter(|(strip, _)| strip.destination == destination);
    heard
        .flat_map(|(_, seat)| seat.lanes.clone().map(|lane| Address { unit: seat.unit, lane }))
        .collect()
}

/// What is sent to a return, in scene order.
fn sends(plan: &Plan, seats: &[Seat], to: usize, quanta: usize) -> Vec<SendTap> {
    let mut taps = Vec::new();
    let steps = Live::steps(plan.rate_hz);
    for (number, (strip, seat)) in plan.strips.iter().zip(seats).enumerate() {
        let lanes = (0..seat.lanes.len()).filter(|lane| !strip.lfe.contains(lane));
        let lanes: Vec<usize> = lanes.map(|lane| seat.lanes.start + lane).collect();
        for send in strip.sends.iter().filter(|send| send.to == to) {
            taps.push(SendTap::new(number, seat.unit, lanes.clone(), send, quanta, steps));
        }
    }
    taps
}

/// Gives the lanes of sources the inputs of the engine, in scene order.
fn number_sources(plan: &Plan, seats: &[Seat], drafts: &mut [Draft]) {
    let mut next = 0;
    for (strip, seat) in plan.strips.iter().zip(seats) {
        if matches!(strip.input, InputPlan::Source) {
            for lane in &mut drafts[seat.unit].unit.lanes[seat.lanes.clone()] {
                lane.source = Some(next);
                next += 1;
            }
        }
    }
}
