//! From what the author wrote to what the engine renders.

mod bed;
mod bus;
mod chain;
mod headphones;
mod master;
mod object;
mod returns;
mod seats;
mod targets;

pub use object::object_lanes;

use std::sync::{Arc, Mutex, PoisonError, Weak};

use self::chain::strip_chain;
use self::seats::Seats;
use super::{Measured, Target};
use crate::Result;
use crate::engine::{Destination, Ears, Fader, InputPlan, Plan, SendPlan, StripPlan};
use crate::layout::Layout;
use crate::pan::Panner;
use crate::scene::{Scene, Strip, StripId};
use crate::source::{Feed, SharedFiles};

/// What is done to the mixes of the targets besides what the scene says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Finish {
    /// Whether the masters are left out: the raw mixes.
    pub no_master: bool,
    /// Levels in decibels for the targets, in their order, on top of those of their masters; 0 where
    /// there is none.
    pub levels_db: Vec<f64>,
}

/// A scene, ready for an engine: its strips and where they are fed from, in the same order.
pub struct Desk {
    /// What the engine renders.
    pub plan: Plan,
    /// What it is fed with: a source for every strip that has one, in their order.
    pub feeds: Vec<Feed>,
    /// The length of the scene in frames.
    pub frames: u64,
    /// What may not be as meant: weak layouts.
    pub warnings: Vec<String>,
    /// How many of the targets were asked for; those behind them are only there to be folded.
    pub wanted: usize,
    /// What the targets of the plan are measured as.
    pub measured_targets: Vec<Measured>,
    /// What the strips of the plan are measured as.
    pub measured_strips: Vec<Measured>,
}

/// Where something is mixed: a target or a bus.
#[derive(Clone)]
struct Room {
    layout: Layout,
    panner: Arc<Panner>,
}

/// The panners that are in use: a scene that is read anew while it plays finds its own again.
static PANNERS: Mutex<Vec<(Layout, Weak<Panner>)>> = Mutex::new(Vec::new());

impl Room {
    fn new(layout: &Layout) -> Result<Self> {
        let mut panners = PANNERS.lock().unwrap_or_else(PoisonError::into_inner);
        panners.retain(|(_, panner)| panner.strong_count() > 0);
        let known = panners.iter().find(|(known, _)| known == layout);
        let panner = match known.and_then(|(_, panner)| panner.upgrade()) {
            Some(panner) => panner,
            None => {
                let panner = Arc::new(Panner::new(layout)?);
                panners.push((layout.clone(), Arc::downgrade(&panner)));
                panner
            }
        };
        Ok(Self { layout: layout.clone(), panner })
    }
}

/// Sets up the desk of a scene for some targets. Strips stand in scene order: beds, objects, buses,
/// returns; silent ones are left out. Behind the targets asked for stand those that some of them are
/// folded from.
///
/// # Errors
/// When a layout cannot work or a file has changed since the scene was read.
pub fn desk(scene: &Scene, targets: &[Target], finish: &Finish) -> Result<Desk> {
    let wanted = targets.len();
    let targets = targets::with_sources(scene, targets)?;
    let rooms =
        targets.iter().map(|target| Room::new(&target.layout)).collect::<Result<Vec<_>>>()?;
    let warnings = rooms.iter().flat_map(|room| room.panner.warnings().to_vec()).collect();
    let seats = Seats::new(scene)?;
    let all_through = targets::all_through(scene, &targets);
    let shared = SharedFiles::default();
    let builder = Builder { scene, targets: &rooms, seats: &seats, shared, all_through };
    let (mut strips, mut feeds) = (Vec::new(), Vec::new());
    for id in seats.ids() {
        strips.push(builder.strip(id)?);
        feeds.extend(builder.feed(id)?);
    }
    let measured_strips = strips.iter().zip(seats.ids());
    let measured_strips = measured_strips.map(|(strip, id)| builder.measured(strip, id)).collect();
    let plan = Plan {
        rate_hz: scene.spec.sample_rate,
        strips,
        targets: targets::plans(scene, &targets, &rooms, finish)?,
    };
    let measured = |target: &Target| Measured::layout(target.name(), &target.layout);
    let measured_targets = targets.iter().map(measured).collect();
    let frames = scene.frames;
    Ok(Desk { plan, feeds, frames, warnings, wanted, measured_targets, measured_strips })
}

/// Builds the strips of a scene.
struct Builder<'a> {
    scene: &'a Scene,
    targets: &'a [Room],
    seats: &'a Seats,
    shared: SharedFiles,
    /// Whether headphones hear all strips through virtual loudspeakers.
    all_through: bool,
}

impl Builder<'_> {
    fn strip(&self, id: StripId) -> Result<StripPlan> {
        let strip = self.scene.spec.strip(id);
        let destination = self.destination(&strip);
        let rooms = match destination {
            Destination::Targets => self.targets.to_vec(),
            Destination::Bus(bus) => self.seats.room(bus).into_iter().cloned().collect(),
            Destination::Nowhere => Vec::new(),
        };
        let (input, lanes, lfe) = match id {
            StripId::Bed(index) => {
                let (lanes, lfe) = bed::lanes(&self.scene.beds[index], &rooms);
                (InputPlan::Source, lanes, lfe)
            }
            StripId::Object(index) => {
                let lanes = object::lanes(self.scene, index)?;
                (InputPlan::Source, lanes, Vec::new())
            }
            StripId::Bus(_) => bus::lanes(self.seats.own_room(id), &rooms),
            StripId::Return(index) => returns::lanes(self.scene, index)?,
        };
        let heard = lanes.len() - lfe.len();
        Ok(StripPlan {
            name: self.scene.spec.name(id).to_owned(),
            input,
            chain: strip_chain(&strip, self.scene.spec.sample_rate, self.seats),
            fader: self.fader(id, &strip),
            destination,
            sends: self.sends(id, &strip, heard),
            lanes,
            lfe,
            ears: self.ears(id),
        })
    }

    fn feed(&self, id: StripId) -> Result<Option<Feed>> {
        let spec = match id {
            StripId::Bed(index) => self.scene.spec.beds[index].feed(),
            StripId::Object(index) => self.scene.spec.objects[index].feed(),
            StripId::Bus(_) | StripId::Return(_) => None,
        };
        spec.map(|spec| self.scene.open(&spec, &self.shared)).transpose()
    }

    /// How headphones hear a strip: through virtual loudspeakers where all is.
    fn ears(&self, id: StripId) -> Ears {
        let ears = headphones::ears(self.scene, id);
        Ears { through_loudspeakers: ears.through_loudspeakers || self.all_through, ..ears }
    }

    /// What a strip is measured as: where it stands for loudspeakers, by where they are; channels
    /// that move weigh 1.
    fn measured(&self, strip: &StripPlan, id: StripId) -> Measured {
        let plain = |name: String| (name, 1.0);
        let channels = match (id, strip.lanes.len()) {
            (StripId::Bed(index), lanes) => bed::channels(&self.scene.beds[index], lanes),
            (StripId::Bus(_), _) => match self.seats.own_room(id) {
                Some(room) => Measured::layout(&strip.name, &room.layout).channels,
                None => Vec::new(),
            },
            (_, 1) => vec![plain("M".into())],
            (_, 2) => vec![plain("L".into()), plain("R".into())],
            (_, lanes) => (1..=lanes).map(|number| plain(number.to_string())).collect(),
        };
        Measured { name: strip.name.clone(), channels }
    }

    fn destination(&self, strip: &Strip) -> Destination {
        match &strip.bus {
            None => Destination::Targets,
            Some(name) => self.seats.find(name).map_or(Destination::Nowhere, Destination::Bus),
        }
    }

    /// The level of a strip: its own fader and those of its groups.
    fn fader(&self, id: StripId, strip: &Strip) -> Fader {
        let spec = &self.scene.spec;
        let groups = spec.groups_of(spec.name(id)).into_iter();
        let levels = groups.filter_map(|group| group.gain_db.clone());
        let levels: Vec<_> = levels.chain([strip.fader_db()]).collect();
        Fader::new(&levels, spec.sample_rate)
    }

    /// What a strip sends; its `heard` channels are added up as if they had nothing in common, so
    /// that a bed sends as loud as it is.
    fn sends(&self, id: StripId, strip: &Strip, heard: usize) -> Vec<SendPlan> {
        let together = 1.0 / (heard.max(1) as f64).sqrt();
        let rate_hz = self.scene.spec.sample_rate;
        let send = |send: &crate::scene::Send| {
            let own = Fader::new([&send.gain_db], rate_hz);
            let level = if send.pre_fader { own } else { own.on(&self.fader(id, strip)) };
            let (level, pre_fader) = (level.times(together), send.pre_fader);
            Some(SendPlan { to: self.seats.find(&send.to)?, level, pre_fader })
        };
        strip.sends().iter().filter_map(send).collect()
    }
}
