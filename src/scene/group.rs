//! A group: strips that are moved together, on the desk and in the room.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Spec;
use crate::automation::Automated;

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
        let has = |group: &Group, name: &str| group.members.iter().any(|member| member == name);
        let mut inside = vec![false; self.groups.len()];
        let mut names = vec![name];
        while let Some(name) = names.pop() {
            for (group, inside) in self.groups.iter().zip(&mut inside) {
                if !*inside && has(group, name) {
                    *inside = true;
                    names.push(&group.name);
                }
            }
        }
        self.groups.iter().zip(inside).filter(|(_, inside)| *inside).map(|it| it.0).collect()
    }
}
