//! A group: strips that are moved together, on the desk and in the room.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;

use super::{GAIN_DB, Spec};
use crate::automation::Automated;
use crate::document::{Place, Problems};
use crate::motion::Carriage;

/// Strips whose faders and places are moved together (a VCA). Only objects move.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// The names of beds, objects, buses, returns and other groups.
    pub members: Vec<String>,
    /// Level in decibels that is added to their faders, -200 to 60; default 0.
    pub gain_db: Option<Automated>,
    /// Whether all of them are silent.
    pub mute: Option<bool>,
    /// Whether what is not soloed is silent.
    pub solo: Option<bool>,
    /// How far its objects are turned about the vertical, in degrees, positive to the left, -36000
    /// to 36000.
    pub turn_deg: Option<Automated>,
    /// How much higher its objects are, in degrees of elevation, -180 to 180; they stop at the
    /// poles.
    pub raise_deg: Option<Automated>,
    /// How many times as far away its objects are, 0.1 to 10.
    pub scale: Option<Automated>,
}

impl Group {
    /// Notes every number out of range.
    pub fn check(&self, place: &Place, problems: &mut Problems) {
        let numbers = [
            ("gain_db", &self.gain_db, GAIN_DB, "decibels"),
            ("turn_deg", &self.turn_deg, -36_000.0..=36_000.0, "degrees"),
            ("raise_deg", &self.raise_deg, -180.0..=180.0, "degrees"),
            ("scale", &self.scale, 0.1..=10.0, ""),
        ];
        for (key, value, range, unit) in numbers {
            if let Some(value) = value {
                value.check(&place.key(key), key, &range, unit, problems);
            }
        }
        if self.members.is_empty() {
            let help = "names of beds, objects, buses, returns or groups";
            problems.error(&place.key("members"), "a group of nothing", help);
        }
    }

    /// Whether it is silent by its own switch.
    #[must_use]
    pub fn is_muted(&self) -> bool {
        self.mute == Some(true)
    }

    /// Whether it is soloed by its own switch.
    #[must_use]
    pub fn is_soloed(&self) -> bool {
        self.solo == Some(true)
    }

    /// How it carries its objects.
    #[must_use]
    pub fn carriage(&self) -> Carriage {
        Carriage {
            turn_deg: self.turn_deg.clone(),
            raise_deg: self.raise_deg.clone(),
            scale: self.scale.clone(),
        }
    }

    /// Whether it moves its objects.
    #[must_use]
    pub fn moves(&self) -> bool {
        self.turn_deg.is_some() || self.raise_deg.is_some() || self.scale.is_some()
    }
}

impl Spec {
    /// The groups that a strip or group is in, directly or by another group, each once, in the order
    /// of the scene.
    #[must_use]
    pub fn groups_of(&self, name: &str) -> Vec<&Group> {
        let mut inside = vec![false; self.groups.len()];
        let mut names = vec![name];
        while let Some(name) = names.pop() {
            for (group, inside) in self.groups.iter().zip(&mut inside) {
                if !*inside && group.members.iter().any(|member| member == name) {
                    *inside = true;
                    names.push(&group.name);
                }
            }
        }
        self.groups.iter().zip(inside).filter(|(_, inside)| *inside).map(|it| it.0).collect()
    }

    /// The same for every name at once, by the numbers of the groups.
    #[must_use]
    pub fn membership(&self) -> BTreeMap<&str, BTreeSet<usize>> {
        let groups = self.groups.iter().enumerate();
        let numbers: BTreeMap<&str, usize> = groups.map(|(it, group)| (&*group.name, it)).collect();
        let members: Vec<BTreeSet<&str>> = self
            .groups
            .iter()
            .map(|group| group.members.iter().map(String::as_str).collect())
            .collect();
        let mut membership: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for outermost in 0..self.groups.len() {
            let (mut seen, mut next) = (BTreeSet::new(), vec![outermost]);
            while let Some(group) = next.pop().filter(|group| seen.insert(*group)) {
                for member in &members[group] {
                    membership.entry(member).or_default().insert(outermost);
                    next.extend(numbers.get(member));
                }
            }
        }
        membership
    }
}
