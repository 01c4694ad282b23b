//! Sound that would come back to where it came from.

use std::collections::BTreeMap;

use super::graph::circles;
use crate::document::{Place, Problems};
use crate::scene::{Spec, Strip, StripId};

/// A way that sound takes from strip to strip.
struct Way {
    from: StripId,
    to: StripId,
    /// Where it is written.
    place: Place,
    /// Whether it is only listened to.
    is_key: bool,
}

impl Spec {
    /// Notes strips that go to each other, or go by the level of what they go to.
    pub(super) fn check_feedback(&self, place: &Place, problems: &mut Problems) {
        let strips: Vec<(StripId, Strip)> = self.ids().map(|id| (id, self.strip(id))).collect();
        let mut ways = Vec::new();
        let names: BTreeMap<&str, StripId> = self.ids().map(|id| (self.name(id), id)).collect();
        for (id, strip) in &strips {
            ways.extend(leaving(*id, strip, &id.place(place), &names));
            for way in arriving(*id, strip, &id.place(place), &names) {
                if way.from == way.to {
                    let help = "leave `key` out: without it, its own level counts";
                    let message = format!("`{}` has itself as its key", self.name(*id));
                    problems.error(&way.place, message, help);
                } else {
                    ways.push(way);
                }
            }
        }
        // Linked strips are worked on at the same time, so what one waits for all wait for.
        let nodes = joined(&strips);
        let edges: Vec<_> = ways.iter().map(|way| (nodes[&way.from], nodes[&way.to])).collect();
        for circle in circles(strips.len(), &edges) {
            let circle: Vec<&Way> = circle.iter().map(|&edge| &ways[edge]).collect();
            self.note_circle(circle, problems);
        }
    }

    fn note_circle(&self, mut circle: Vec<&Way>, problems: &mut Problems) {
        let first = (0..circle.len()).min_by_key(|&index| circle[index].from).unwrap_or(0);
        circle.rotate_left(first);
        let key = circle.iter().find(|way| way.is_key);
        let Some(place) = key.or(circle.first()).map(|way| &way.place) else { return };
        let mut shown = format!("`{}`", self.name(circle[0].from));
        let mut at = circle[0].from;
        for way in &circle {
            if way.from != at {
                shown += &format!(" (linked with `{}`)", self.name(way.from));
            }
            shown += &format!(" -> `{}`", self.name(way.to));
            at = way.to;
        }
        if at != circle[0].from {
            shown += &format!(" (linked with `{}`)", self.name(circle[0].from));
        }
        let help = "sound may not come back to where it came from";
        problems.error(place, format!("it goes in a circle: {shown}"), help);
    }
}

/// The ways out of a strip.
fn leaving(
    from: StripId,
    strip: &Strip,
    place: &Place,
    names: &BTreeMap<&str, StripId>,
) -> Vec<Way> {
    let way = |name: &str, place: Place, fits: fn(&StripId) -> bool| {
        let to = names.get(name).copied().filter(fits)?;
        Some(Way { from, to, place, is_key: false })
    };
    let is_bus = |id: &StripId| matches!(id, StripId::Bus(_));
    let is_return = |id: &StripId| matches!(id, StripId::Return(_));
    let bus = strip.bus.iter().filter_map(|bus| way(bus, place.key("bus"), is_bus));
    let sends = strip.sends().iter().enumerate().filter_map(|(index, send)| {
        way(&send.to, place.key("sends").index(index).key("to"), is_return)
    });
    bus.chain(sends).collect()
}

/// What the effects of a strip listen to.
fn arriving(
    to: StripId,
    strip: &Strip,
    place: &Place,
    names: &BTreeMap<&str, StripId>,
) -> Vec<Way> {
    let way = |(effect, key): (&str, &str)| {
        let from = names.get(key).copied()?;
        Some(Way { from, to, place: place.key(effect).key("key"), is_key: true })
    };
    strip.keys().filter_map(way).collect()
}

/// The node of every strip: one for all that are linked.
fn joined(strips: &[(StripId, Strip)]) -> BTreeMap<StripId, usize> {
    let mut nodes: Vec<usize> = (0..strips.len()).collect();
    let mut first = BTreeMap::new();
    for (index, (_, strip)) in strips.iter().enumerate() {
        for link in strip.links() {
            let to = root(&nodes, *first.entry(link).or_insert(index));
            let from = root(&nodes, index);
            nodes[from.max(to)] = from.min(to);
        }
    }
    strips.iter().enumerate().map(|(index, (id, _))| (*id, root(&nodes, index))).collect()
}

fn root(nodes: &[usize], mut node: usize) -> usize {
    while nodes[node] != node {
        node = nodes[node];
    }
    node
}
