//! The nodes of a desk: what was measured, next to what is written of it.

use super::{Concern, Finding};
use crate::render::Reading;
use crate::scene::{Spec, Strip, StripId};

/// A strip or a master.
pub struct Node<'a> {
    pub name: &'a str,
    pub role: Role,
    /// What holds for it.
    pub strip: Strip,
    pub reading: &'a Reading,
    /// The highest level that its own fader and those of its groups give together, in decibels.
    pub highest_fader_db: f64,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A bed or an object.
    Source,
    Bus,
    Return,
    /// The master of a target.
    Master,
}

impl Node<'_> {
    pub fn finding(&self, concern: Concern, seen: String, advice: impl Into<String>) -> Finding {
        Finding { node: self.name.to_owned(), concern, seen, advice: advice.into() }
    }

    /// Whether no sample of it was anything but zero.
    pub fn is_silent(&self) -> bool {
        self.reading.sample_peak_dbfs.is_none()
    }

    /// Whether it is a bus or return that none of the others goes to.
    pub fn is_unused(&self, nodes: &[Node<'_>]) -> bool {
        let goes_here = |strip: &Strip| strip.bus.as_deref() == Some(self.name);
        let sends_here = |strip: &Strip| strip.sends().iter().any(|send| send.to == self.name);
        let mut strips = nodes.iter().filter(|it| it.role != Role::Master).map(|node| &node.strip);
        match self.role {
            Role::Source | Role::Master => false,
            Role::Bus => !strips.any(goes_here),
            Role::Return => !strips.any(sends_here),
        }
    }
}

/// The nodes that were measured, in the order of their readings: strips, then targets.
pub fn nodes<'a>(
    spec: &Spec,
    strips: &'a [Reading],
    targets: &'a [Reading],
    no_master: bool,
) -> Vec<Node<'a>> {
    let strips = strips.iter().filter_map(|reading| {
        let id = spec.find(&reading.name)?;
        let strip = spec.strip(id);
        let groups = spec.groups_of(&reading.name).into_iter();
        let groups = groups.filter_map(|group| group.gain_db.as_ref());
        let groups_db: f64 = groups.map(|level| level.extremes().1).sum();
        let highest_fader_db = groups_db + strip.fader_db().extremes().1;
        Some(Node { name: &reading.name, role: Role::of(id), strip, reading, highest_fader_db })
    });
    let masters = targets.iter().map(|reading| {
        let master = spec.master_of(&reading.name);
        let strip = if no_master { Strip::default() } else { master.strip };
        let highest_fader_db = strip.fader_db().extremes().1;
        Node { name: &reading.name, role: Role::Master, strip, reading, highest_fader_db }
    });
    strips.chain(masters).collect()
}

impl Role {
    fn of(id: StripId) -> Self {
        match id {
            StripId::Bed(_) | StripId::Object(_) => Self::Source,
            StripId::Bus(_) => Self::Bus,
            StripId::Return(_) => Self::Return,
        }
    }
}
