//! Mistakes that show when the files of a scene are opened, and what the files turned out to be.

use std::path::Path;

use super::layout::{load, route};
use super::{Bed, Bus, Object, Response, Route, Spec};
use crate::document::{Place, Problems};
use crate::folder::Folder;
use crate::layout::Layout;
use crate::motion::{Context, Trajectory};
use crate::source::Feed;

/// When a source sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The scene frame of its first sample.
    pub start: u64,
    /// The scene frame after its last sample; `None` for one that never ends.
    pub end: Option<u64>,
}

/// What a bed turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadyBed {
    /// The layout its channels belong to.
    pub layout: Layout,
    /// Where the channels of its source go.
    pub routes: Vec<Route>,
    /// When it sounds.
    pub stretch: Stretch,
}

/// What an object turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadyObject {
    /// Channels of its source: 1, or 2 for a linked pair.
    pub lanes: usize,
    /// When it sounds.
    pub stretch: Stretch,
}

/// What a bus turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadyBus {
    /// The layout it is mixed in.
    pub layout: Layout,
}

/// What a return turned out to be.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ReadyReturn {
    /// Its impulse response, if it has one.
    pub response: Option<Response>,
}

/// What the files of a scene are looked at with.
pub struct Surroundings<'a> {
    pub spec: &'a Spec,
    pub folder: &'a Folder,
    /// The scene's rate, or a usual one if that is out of range.
    pub rate_hz: u32,
    pub allow_truncated: bool,
}

/// What the strips of a scene turned out to be.
pub struct Found {
    pub beds: Vec<ReadyBed>,
    pub objects: Vec<ReadyObject>,
    pub buses: Vec<ReadyBus>,
    pub returns: Vec<ReadyReturn>,
}

impl Surroundings<'_> {
    /// Looks at everything that strips need; `None` if one of them cannot be used.
    pub fn look(&self, root: &Place, problems: &mut Problems) -> Option<Found> {
        let (mut beds, mut objects) = (Vec::new(), Vec::new());
        let (mut buses, mut returns) = (Vec::new(), Vec::new());
        for (index, bed) in self.spec.beds.iter().enumerate() {
            beds.push(self.bed(bed, &root.key("bed").index(index), problems));
        }
        for (index, object) in self.spec.objects.iter().enumerate() {
            let place = root.key("object").index(index);
            objects.push(self.object(object, &place, problems));
            self.motion(object, &place, problems);
        }
        for (index, bus) in self.spec.buses.iter().enumerate() {
            buses.push(self.bus(bus, &root.key("bus").index(index), problems));
        }
        for (index, it) in self.spec.returns.iter().enumerate() {
            let response = self.response(it, &root.key("return").index(index), problems);
            returns.push(ReadyReturn { response });
        }
        let beds = beds.into_iter().collect::<Option<_>>()?;
        let objects = objects.into_iter().collect::<Option<_>>()?;
        let buses = buses.into_iter().collect::<Option<_>>()?;
        Some(Found { beds, objects, buses, returns })
    }

    /// Opens what a bed is fed from and finds out where its channels go.
    fn bed(&self, bed: &Bed, place: &Place, problems: &mut Problems) -> Option<ReadyBed> {
        let spec = bed.feed()?;
        let feed = self.open(&spec, bed.sources().key(), place, problems);
        if bed.signal.is_some() && bed.channels.is_none() {
            return None;
        }
        let (layout, routes) = route(bed, feed.as_ref(), self, place, problems)?;
        Some(ReadyBed { layout, routes, stretch: stretch(&feed?) })
    }

    /// Opens what an object is fed from.
    fn object(
        &self,
        object: &Object,
        place: &Place,
        problems: &mut Problems,
    ) -> Option<ReadyObject> {
        let spec = object.feed()?;
        let feed = self.open(&spec, object.sources().key(), place, problems)?;
        let lanes = feed.lanes();
        if object.takes_all() && lanes > 2 {
            let message = format!("it has {lanes} channels: an object is mono or a pair");
            let help = "pick one: `channel = 3`, `channel = \"C\"`, or `channel = \"mix\"`";
            problems.error(&place.key("file"), message, help);
            return None;
        }
        if lanes == 1 && object.width_deg.is_some() {
            let message = "a single channel has no width";
            problems.warning(&place.key("width_deg"), message, "`spread_deg` makes it wide");
        }
        Some(ReadyObject { lanes, stretch: stretch(&feed) })
    }

    /// Finds the layout of a bus.
    fn bus(&self, bus: &Bus, place: &Place, problems: &mut Problems) -> Option<ReadyBus> {
        let layout = load(&bus.layout, self, &place.key("layout"), problems)?;
        Some(ReadyBus { layout })
    }

    /// Notes every mistake in an object's motion.
    fn motion(&self, object: &Object, place: &Place, problems: &mut Problems) {
        let resolve = |path: &Path| self.folder.resolve(path);
        let context = Context {
            tempo_bpm: self.spec.tempo_bpm,
            object: Context::salt(&object.name),
            resolve: &resolve,
        };
        let (macro_motion, micro) = (object.macro_motion.as_ref(), object.micro_motion.as_ref());
        let placement = object.placement();
        Trajectory::check(&placement, macro_motion, micro, &context, place, problems);
    }
}

fn stretch(feed: &Feed) -> Stretch {
    Stretch { start: feed.start_frame(), end: feed.end_frame() }
}
