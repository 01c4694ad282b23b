//! What changes from one reading of a scene to the next: what a desk has knobs for, or more.

use super::{Group, Master, Object, Scene, Spec, Strip};

impl Scene {
    /// Whether another reading of this scene differs from it in nothing but what a desk has knobs
    /// for: levels, places, widths, and settings of blocks. Sources, ways, rooms, names, switches and
    /// times are the same then. Whether the same blocks are there is for the engine to tell.
    #[must_use]
    pub fn differs_in_knobs(&self, after: &Self) -> bool {
        self.frames == after.frames && self.spec.without_knobs() == after.spec.without_knobs()
    }

    /// The names of the objects that are elsewhere, or wider, in another reading of this scene.
    #[must_use]
    pub fn moved(&self, after: &Self) -> Vec<String> {
        let all = self.spec.carriages() != after.spec.carriages();
        let objects = self.spec.objects.iter().zip(&after.spec.objects);
        let moved = objects.filter(|(before, after)| all || before.place() != after.place());
        moved.map(|(object, _)| object.name.clone()).collect()
    }
}

impl Spec {
    /// What is left where all knobs are taken off.
    fn without_knobs(&self) -> Self {
        let mut spec = self.clone();
        for id in self.ids() {
            *spec.written_mut(id) = self.strip(id).without_knobs();
        }
        spec.title.clear();
        spec.markers.clear();
        // They are in the strips.
        spec.presets.clear();
        spec.defaults = Default::default();
        // The air has a memory of its own of how far away something was.
        let is_in_air = spec.objects.iter().any(Object::is_in_air);
        spec.objects.iter_mut().for_each(Object::take_off_knobs);
        spec.groups.iter_mut().for_each(|group| group.take_off_knobs(is_in_air));
        spec.master = self.master_without_knobs(None);
        for name in self.master.target.keys() {
            let master = self.master_without_knobs(Some(name));
            spec.master.target.insert(name.clone(), master);
        }
        spec
    }

    fn master_without_knobs(&self, target: Option<&str>) -> Master {
        let master = self.master_of(target.unwrap_or_default());
        let target = Default::default();
        Master { loudness_lufs: None, width: None, target, strip: master.strip.without_knobs() }
    }

    /// What groups do to places.
    fn carriages(&self) -> Vec<Group> {
        let carriage = |group: &Group| Group { gain_db: None, ..group.clone() };
        self.groups.iter().map(carriage).collect()
    }
}

impl Strip {
    fn without_knobs(&self) -> Self {
        let mut strip = Self {
            mute: self.mute,
            solo: self.solo,
            bus: self.bus.clone(),
            binaural: self.binaural,
            binaural_way: self.binaural_way,
            delay_ms: self.delay_ms,
            sends: self.sends.clone(),
            ..Self::default()
        };
        let sends = strip.sends.iter_mut().flatten();
        sends.for_each(|send| send.gain_db = Default::default());
        strip
    }
}

impl Object {
    fn is_in_air(&self) -> bool {
        self.air_absorption || self.doppler
    }

    fn take_off_knobs(&mut self) {
        if !self.is_in_air() {
            self.position = None;
            self.macro_motion = None;
            self.micro_motion = None;
        }
        self.spread_deg = None;
        self.spread_width_deg = None;
        self.spread_height_deg = None;
    }

    /// What says where it is and how wide.
    fn place(&self) -> impl PartialEq + '_ {
        let spread = [self.spread_deg, self.spread_width_deg, self.spread_height_deg];
        (&self.position, &self.macro_motion, &self.micro_motion, spread)
    }
}

impl Group {
    fn take_off_knobs(&mut self, carries_air: bool) {
        self.gain_db = None;
        if !carries_air {
            self.turn_deg = None;
            self.raise_deg = None;
            self.scale = None;
        }
    }
}
