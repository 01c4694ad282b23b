//! Names of other strips, presets and groups: there must be such.

use std::collections::BTreeMap;

use crate::document::{MAX_PROBLEMS, Place, Problems, closest};
use crate::scene::{Spec, Strip};

impl Spec {
    pub(super) fn check_references(&self, place: &Place, problems: &mut Problems) {
        let directory = Directory::new(self);
        for (place, strip) in self.written_strips(place) {
            directory.check(strip, &place, problems);
        }
        for (index, group) in self.groups.iter().enumerate() {
            let place = place.key("group").index(index).key("members");
            for (index, member) in group.members.iter().enumerate() {
                directory.expect(Sought::Member, member, &place.index(index), problems);
            }
        }
    }

    /// Every strip as it is written, presets, defaults and masters too, with its place.
    fn written_strips(&self, place: &Place) -> Vec<(Place, &Strip)> {
        let mut all: Vec<_> = self.ids().map(|id| (id.place(place), self.written(id))).collect();
        for (index, preset) in self.presets.iter().enumerate() {
            all.push((place.key("preset").index(index), &preset.strip));
        }
        let defaults = place.key("defaults");
        all.push((defaults.key("object"), &self.defaults.object));
        all.push((defaults.key("bed"), &self.defaults.bed));
        all.push((defaults.key("bus"), &self.defaults.bus));
        let master = place.key("master");
        for (name, target) in &self.master.target {
            all.push((master.key("target").key(name), &target.strip));
        }
        all.push((master, &self.master.strip));
        all
    }
}

/// What a name is meant to be of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sought {
    Bus,
    Return,
    Preset,
    /// Any strip.
    Key,
    /// Any strip or group.
    Member,
}

/// All names of a scene, with what they are names of.
struct Directory<'a> {
    strips: BTreeMap<&'a str, String>,
    presets: BTreeMap<&'a str, String>,
}

impl<'a> Directory<'a> {
    fn new(spec: &'a Spec) -> Self {
        let groups = spec.groups.iter().map(|group| (&*group.name, "group".to_owned()));
        let strips = spec.ids().map(|id| (spec.name(id), id.to_string()));
        let presets = spec.presets.iter().map(|preset| (&*preset.name, "preset".to_owned()));
        Self { strips: groups.chain(strips).collect(), presets: presets.collect() }
    }

    fn check(&self, strip: &Strip, place: &Place, problems: &mut Problems) {
        if let Some(name) = &strip.preset {
            self.expect(Sought::Preset, name, &place.key("preset"), problems);
        }
        if let Some(name) = &strip.bus {
            self.expect(Sought::Bus, name, &place.key("bus"), problems);
        }
        for (effect, name) in strip.keys() {
            self.expect(Sought::Key, name, &place.key(effect).key("key"), problems);
        }
        for (index, send) in strip.sends().iter().enumerate() {
            let place = place.key("sends").index(index).key("to");
            self.expect(Sought::Return, &send.to, &place, problems);
        }
    }

    /// Notes a name that nothing of that kind has.
    fn expect(&self, sought: Sought, name: &str, place: &Place, problems: &mut Problems) {
        let names = if sought == Sought::Preset { &self.presets } else { &self.strips };
        let kind = names.get(name);
        if kind.is_some_and(|kind| sought.takes(kind)) {
            return;
        }
        let help = match kind {
            Some(kind) => format!("that is the name of a `{kind}`"),
            // Comparing takes its time; nobody reads so many.
            None if problems.as_slice().len() > MAX_PROBLEMS => String::new(),
            None => {
                let fit =
                    names.iter().filter(|(_, kind)| sought.takes(kind)).map(|(name, _)| *name);
                match closest(name, fit) {
                    Some(close) => format!("did you mean `{close}`?"),
                    None => sought.addition().to_owned(),
                }
            }
        };
        problems.error(place, format!("there is no {} `{name}`", sought.words()), help);
    }
}

impl Sought {
    fn takes(self, kind: &str) -> bool {
        match self {
            Self::Bus => kind == "bus",
            Self::Return => kind == "return",
            Self::Preset => kind == "preset",
            Self::Key => kind != "group",
            Self::Member => true,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Bus => "bus",
            Self::Return => "return",
            Self::Preset => "preset",
            Self::Key => "bed, object, bus or return",
            Self::Member => "bed, object, bus, return or group",
        }
    }

    fn addition(self) -> &'static str {
        match self {
            Self::Bus => "add a [[bus]] of that name",
            Self::Return => "add a [[return]] of that name",
            Self::Preset => "add a [[preset]] of that name",
            Self::Key | Self::Member => "",
        }
    }
}
