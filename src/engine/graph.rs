//! Which strips are worked on when, and which of them together.

use super::plan::{Chain, Destination, InputPlan, Plan, StripPlan};
use crate::block::SIDE_BY_SIDE;

/// Strips that share a unit, in scene order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Party {
    /// Units of the same stage need nothing from each other.
    pub(super) stage: usize,
    pub(super) strips: Vec<usize>,
    lanes: usize,
    kind: Kind,
}

/// Strips of different kinds never share a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// Sources whose chains have the same blocks.
    Sources([bool; 11]),
    /// Strips whose dynamics are linked.
    Linked(String),
    /// A strip that stays alone: a bus, a return, or more channels than lie side by side.
    Alone(usize),
}

/// The units of a plan, stage after stage.
pub(super) fn parties(plan: &Plan) -> Vec<Party> {
    let stages = stages(plan);
    let mut parties: Vec<Party> = Vec::new();
    for (index, strip) in plan.strips.iter().enumerate() {
        let (stage, kind, lanes) = (stages[index], kind(strip, index), strip.lanes.len());
        let linked = matches!(kind, Kind::Linked(_));
        let fits = |party: &&mut Party| {
            let room = linked || party.lanes + lanes <= SIDE_BY_SIDE;
            party.stage == stage && party.kind == kind && room
        };
        match parties.iter_mut().rev().find(fits) {
            Some(party) => {
                party.strips.push(index);
                party.lanes += lanes;
            }
            None => parties.push(Party { stage, strips: vec![index], lanes, kind }),
        }
    }
    // Stable: within a stage they stay in the order of the scene.
    parties.sort_by_key(|party| party.stage);
    parties
}

fn kind(strip: &StripPlan, index: usize) -> Kind {
    if let Some(link) = link(&strip.chain) {
        return Kind::Linked(link.to_owned());
    }
    let is_source = matches!(strip.input, InputPlan::Source);
    if !is_source || strip.lanes.len() > SIDE_BY_SIDE {
        return Kind::Alone(index);
    }
    Kind::Sources(strip.chain.blocks())
}

/// The link of a chain; a strip belongs to one party, and so to one link.
fn link(chain: &Chain) -> Option<&str> {
    let compressor = chain.compressor.as_ref().and_then(|it| it.link.as_deref());
    compressor.or_else(|| chain.gate.as_ref().and_then(|it| it.link.as_deref()))
}

/// For every strip, one more than the latest stage of those it needs. Linked strips stand together,
/// on the latest stage of any of them.
fn stages(plan: &Plan) -> Vec<usize> {
    let mut stages = vec![0; plan.strips.len()];
    // A scene without cycles, and no other gets here, settles in as many rounds as it has strips.
    for _ in 0..=plan.strips.len() {
        let before = stages.clone();
        for (from, to) in needs(plan) {
            stages[to] = stages[to].max(stages[from] + 1);
        }
        for (one, other) in links(plan) {
            let latest = stages[one].max(stages[other]);
            (stages[one], stages[other]) = (latest, latest);
        }
        if stages == before {
            break;
        }
    }
    stages
}

/// Pairs of strips of which the second needs the first.
fn needs(plan: &Plan) -> impl Iterator<Item = (usize, usize)> {
    plan.strips.iter().enumerate().flat_map(|(index, strip)| {
        let bus = match strip.destination {
            Destination::Bus(bus) => Some((index, bus)),
            Destination::Targets | Destination::Nowhere => None,
        };
        let sends = strip.sends.iter().map(move |send| (index, send.to));
        let keys = keys(&strip.chain).map(move |key| (key, index));
        bus.into_iter().chain(sends).chain(keys)
    })
}

/// The strips whose level decides in a chain.
pub(super) fn keys(chain: &Chain) -> impl Iterator<Item = usize> {
    let gate = chain.gate.as_ref().and_then(|it| it.key);
    gate.into_iter().chain(chain.compressor.as_ref().and_then(|it| it.key))
}

/// Pairs of strips that are linked.
fn links(plan: &Plan) -> Vec<(usize, usize)> {
    let linked = |index: usize| link(&plan.strips[index].chain);
    let mut pairs = Vec::new();
    for index in 0..plan.strips.len() {
        let Some(link) = linked(index) else { continue };
        pairs.extend((0..index).rev().find(|&it| linked(it) == Some(link)).map(|it| (it, index)));
    }
    pairs
}
