//! The hand on the desk: live values that go before what the scene says, until they are let go.
//!
//! Values are set from any thread but that of the audio, which reads them without a lock and moves to
//! them smoothly. What is no number is refused, what is out of range is brought into it.

mod cell;
mod solo;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::fader::Fader;
use super::plan::{ObjectPlan, Plan, StripPlan};
use crate::binaural::Head;
use crate::space::{Position, Vector};
use cell::Cell;
use solo::Ways;

/// The highest live level, an amplitude: 60 dB, as in a scene.
pub const HIGHEST_LEVEL: f64 = 1000.0;

/// The farthest live distance, in radii of the loudspeakers, as in a scene.
pub const FARTHEST: f64 = 10_000.0;

/// Live values of the strips and the head of a plan.
#[derive(Debug)]
pub struct Controls {
    strips: Vec<StripCells>,
    head: Cell<4>,
    ways: Ways,
    /// The frame of the scene that comes next.
    frame: AtomicU64,
    rate_hz: u32,
    /// Whoever sets something holds it; the audio thread never does.
    setting: Mutex<()>,
}

#[derive(Debug)]
struct StripCells {
    name: String,
    is_object: bool,
    /// What the scene says; the audio thread has its own.
    own: Mutex<Own>,
    level: Cell<1>,
    place: Cell<4>,
    width_deg: Cell<1>,
    is_muted: AtomicBool,
    is_soloed: AtomicBool,
    /// What mutes and solos come to.
    is_heard: AtomicBool,
}

/// The level and the way of a strip in the scene.
#[derive(Debug)]
struct Own {
    fader: Fader,
    object: Option<ObjectPlan>,
}

impl Own {
    fn new(strip: &StripPlan) -> Self {
        Self { fader: strip.fader.clone(), object: strip.object().cloned() }
    }
}

impl StripCells {
    fn own(&self) -> MutexGuard<'_, Own> {
        self.own.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Controls {
    /// The controls of a plan, none of them touched.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let cells = |strip: &StripPlan| StripCells {
            name: strip.name.clone(),
            is_object: strip.object().is_some(),
            own: Mutex::new(Own::new(strip)),
            level: Cell::none(),
            place: Cell::none(),
            width_deg: Cell::none(),
            is_muted: AtomicBool::new(false),
            is_soloed: AtomicBool::new(false),
            is_heard: AtomicBool::new(true),
        };
        Self {
            strips: plan.strips.iter().map(cells).collect(),
            head: Cell::none(),
            ways: Ways::of(plan),
            frame: AtomicU64::new(0),
            rate_hz: plan.rate_hz,
            setting: Mutex::new(()),
        }
    }

    /// The names of the strips, in the order of the plan.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.strips.iter().map(|strip| strip.name.as_str())
    }

    /// The number of a strip.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        self.names().position(|it| it == name)
    }

    /// Sets the level of a strip as an amplitude, 0 to [`HIGHEST_LEVEL`], instead of its fader's and its
    /// groups'; `None` lets it go. Whether it was taken: there is such a strip, and it is a number.
    pub fn set_level(&self, strip: usize, amplitude: Option<f64>) -> bool {
        let Some(cells) = self.strips.get(strip) else { return false };
        self.put(&cells.level, amplitude.map(|it| [it]), |[it]| [it.clamp(0.0, HIGHEST_LEVEL)])
    }

    /// Sets where an object is, at most [`FARTHEST`] away, instead of its motion; `None` lets it go.
    /// Whether it was taken: there is such an object, and all are numbers.
    pub fn set_position(&self, strip: usize, position: Option<Position>) -> bool {
        let Some(cells) = self.strips.get(strip).filter(|it| it.is_object) else {
            return false;
        };
        let numbers =
            position.map(|it| [it.direction.x, it.direction.y, it.direction.z, it.distance]);
        self.put(&cells.place, numbers, |[x, y, z, distance]| {
            let Position { direction, .. } = Position::cartesian(Vector::new(x, y, z));
            [direction.x, direction.y, direction.z, distance.clamp(0.0, FARTHEST)]
        })
    }

    /// Sets how wide an object sounds in degrees, 0 to 360, instead of its spread's width; `None` lets
    /// it go. Whether it was taken.
    pub fn set_width_deg(&self, strip: usize, width_deg: Option<f64>) -> bool {
        let Some(cells) = self.strips.get(strip).filter(|it| it.is_object) else {
            return false;
        };
        self.put(&cells.width_deg, width_deg.map(|it| [it]), |[it]| [it.clamp(0.0, 360.0)])
    }

    /// Mutes a strip, with all that it sends, or lets it be heard again. Whether there is such a strip.
    pub fn set_muted(&self, strip: usize, is_muted: bool) -> bool {
        self.switch(strip, |cells| &cells.is_muted, is_muted)
    }

    /// Solos a strip in place, by the law of a scene: what comes to it and the buses it goes through
    /// are heard too, and returns stay open. Whether there is such a strip.
    pub fn set_soloed(&self, strip: usize, is_soloed: bool) -> bool {
        self.switch(strip, |cells| &cells.is_soloed, is_soloed)
    }

    /// Turns the head, instead of the scene's; `None` lets it go. Whether it was taken.
    pub fn set_head(&self, head: Option<Head>) -> bool {
        self.put(&self.head, head.map(|head| head.quaternion()), |it| it)
    }

    /// The level of a strip as an amplitude, live or the scene's at this moment.
    #[must_use]
    pub fn level(&self, strip: usize) -> Option<f64> {
        let cells = self.strips.get(strip)?;
        let live = cells.level.wait().map(|[level]| level);
        Some(live.unwrap_or_else(|| cells.own().fader.at(self.frame())))
    }

    /// Where an object is, live or the scene's at this moment.
    #[must_use]
    pub fn position(&self, strip: usize) -> Option<Position> {
        let cells = self.strips.get(strip)?;
        let own = cells.own();
        let object = own.object.as_ref()?;
        let seconds = self.frame() as f64 / f64::from(self.rate_hz);
        let live = cells.place.wait().map(position);
        Some(live.unwrap_or_else(|| object.trajectory.position(seconds)))
    }

    /// How wide an object sounds in degrees, live or the scene's.
    #[must_use]
    pub fn width_deg(&self, strip: usize) -> Option<f64> {
        let cells = self.strips.get(strip)?;
        let own = cells.own();
        let object = own.object.as_ref()?;
        let live = cells.width_deg.wait().map(|[width_deg]| width_deg);
        Some(live.unwrap_or(object.spread.width_deg))
    }

    /// Whether a strip is muted by hand.
    #[must_use]
    pub fn is_muted(&self, strip: usize) -> Option<bool> {
        self.strips.get(strip).map(|it| it.is_muted.load(Ordering::Relaxed))
    }

    /// Whether a strip is soloed by hand.
    #[must_use]
    pub fn is_soloed(&self, strip: usize) -> Option<bool> {
        self.strips.get(strip).map(|it| it.is_soloed.load(Ordering::Relaxed))
    }

    /// Whether a strip is an object.
    #[must_use]
    pub fn is_object(&self, strip: usize) -> bool {
        self.strips.get(strip).is_some_and(|it| it.is_object)
    }

    /// Which way the head is turned by hand.
    #[must_use]
    pub fn head(&self) -> Option<Head> {
        self.head.wait().and_then(Head::from_quaternion)
    }

    /// The frame of the scene that is rendered next.
    #[must_use]
    pub fn frame(&self) -> u64 {
        self.frame.load(Ordering::Relaxed)
    }

    /// Answers from now on with what another plan of the same strips says of their own levels and
    /// places.
    pub fn follow(&self, plan: &Plan) {
        for (cells, strip) in self.strips.iter().zip(&plan.strips) {
            *cells.own() = Own::new(strip);
        }
    }

    /// Takes over what is set by hand from the controls of another plan, by the names of the strips.
    pub fn take_over(&self, other: &Self) {
        for (number, strip) in self.strips.iter().enumerate() {
            let Some(before) = other.strips.iter().find(|it| it.name == strip.name) else {
                continue;
            };
            self.put(&strip.level, before.level.wait(), |it| it);
            if strip.is_object {
                self.put(&strip.place, before.place.wait(), |it| it);
                self.put(&strip.width_deg, before.width_deg.wait(), |it| it);
            }
            self.set_muted(number, before.is_muted.load(Ordering::Relaxed));
            self.set_soloed(number, before.is_soloed.load(Ordering::Relaxed));
        }
        self.put(&self.head, other.head.wait(), |it| it);
        self.pass(other.frame());
    }

    /// Sets a cell to a value brought into its range, if it consists of numbers.
    fn put<const N: usize>(
        &self,
        cell: &Cell<N>,
        value: Option<[f64; N]>,
        into_range: impl Fn([f64; N]) -> [f64; N],
    ) -> bool {
        let is_sound = value.is_none_or(|it| it.iter().all(|number| number.is_finite()));
        if is_sound {
            let _one_after_the_other = self.lock();
            cell.set(value.map(into_range));
        }
        is_sound
    }

    fn switch(&self, strip: usize, which: impl Fn(&StripCells) -> &AtomicBool, on: bool) -> bool {
        let Some(cells) = self.strips.get(strip) else { return false };
        let _one_after_the_other = self.lock();
        which(cells).store(on, Ordering::Relaxed);
        let on = |of: &AtomicBool| of.load(Ordering::Relaxed);
        let soloed: Vec<bool> = self.strips.iter().map(|it| on(&it.is_soloed)).collect();
        for (cells, is_chosen) in self.strips.iter().zip(self.ways.chosen(&soloed)) {
            cells.is_heard.store(is_chosen && !on(&cells.is_muted), Ordering::Relaxed);
        }
        true
    }

    fn lock(&self) -> MutexGuard<'_, ()> {
        self.setting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the audio thread reads: `None` where what it read before still holds.
impl Controls {
    pub(super) fn read_level(&self, strip: usize) -> Option<Option<f64>> {
        self.strips[strip].level.read().map(|level| level.map(|[level]| level))
    }

    pub(super) fn read_place(&self, strip: usize) -> Option<Option<Position>> {
        self.strips[strip].place.read().map(|place| place.map(position))
    }

    pub(super) fn read_width_deg(&self, strip: usize) -> Option<Option<f64>> {
        self.strips[strip].width_deg.read().map(|width| width.map(|[width_deg]| width_deg))
    }

    pub(super) fn read_head(&self) -> Option<Option<Head>> {
        self.head.read().map(|head| head.and_then(Head::from_quaternion))
    }

    pub(super) fn is_heard(&self, strip: usize) -> bool {
        self.strips[strip].is_heard.load(Ordering::Relaxed)
    }

    /// Tells which frame comes next.
    pub(super) fn pass(&self, frame: u64) {
        self.frame.store(frame, Ordering::Relaxed);
    }
}

fn position([x, y, z, distance]: [f64; 4]) -> Position {
    Position { direction: Vector::new(x, y, z), distance }
}
