//! Groups in groups.

use super::graph::circles;
use crate::document::{Place, Problems};
use crate::scene::Spec;

impl Spec {
    /// Notes groups that are in themselves.
    pub(super) fn check_nesting(&self, place: &Place, problems: &mut Problems) {
        let mut edges = Vec::new();
        let mut places = Vec::new();
        for (outer, group) in self.groups.iter().enumerate() {
            for (index, member) in group.members.iter().enumerate() {
                let inner = self.groups.iter().position(|group| group.name == *member);
                if let Some(inner) = inner.filter(|_| self.find(member).is_none()) {
                    edges.push((outer, inner));
                    places.push(place.key("group").index(outer).key("members").index(index));
                }
            }
        }
        for circle in circles(self.groups.len(), &edges) {
            let name = |node: usize| self.groups[node].name.as_str();
            let start = name(edges[circle[0]].0);
            let ways: String =
                circle.iter().map(|&edge| format!(" -> `{}`", name(edges[edge].1))).collect();
            let message = format!("a group in itself: `{start}`{ways}");
            problems.error(&places[circle[0]], message, "take one out of the other");
        }
    }
}
