//! One strip under the hand.

use std::sync::Arc;

use super::super::controls::Controls;
use super::super::fader::Fader;
use super::super::handover::Handover;
use super::super::plan::{Destination, InputPlan, ObjectPlan, StripPlan};
use super::curtain::Shares;
use super::glide::{Between, Glide, Override};
use crate::block::{QUANTA_PER_STEP, QUANTUM};
use crate::motion::Trajectory;
use crate::pan::Spread;
use crate::space::Position;

/// Where an object is and how large, at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) struct Place {
    pub(in super::super) position: Position,
    pub(in super::super) spread: Spread,
}

/// What the hand does to the levels of a strip at one moment, as factors.
#[derive(Clone, Copy, Debug)]
struct Factors {
    /// Of what is heard where the strip goes.
    heard: f64,
    /// Of what leaves it, and of what it sends behind its fader.
    left: f64,
    /// Of what it sends before its fader.
    open: f64,
}

const UNTOUCHED: Factors = Factors { heard: 1.0, left: 1.0, open: 1.0 };

/// One strip under the hand.
pub(in super::super) struct StripLive {
    level: Override<f64>,
    open: Glide<f64>,
    /// The scene's fader as it is heard where the strip goes, and as it is when it leaves.
    heard: Handover<Fader>,
    left: Handover<Fader>,
    /// The first as the engine was built with it, and as its gains have it in them.
    built: Fader,
    /// Whether the fader is another than what the engine was built with.
    is_tuned: bool,
    /// Whether a curtain hides what is heard of it, and what it sends.
    hides: [bool; 2],
    /// Whether levels are touched in this pass, and the factors at the ends of its quanta.
    is_levelled: bool,
    factors: Vec<Factors>,
    object: Option<ObjectLive>,
}

/// Another scene for a strip: what the scene itself says of its level and its place.
pub(in super::super) struct StripTuning {
    faders: [Option<Fader>; 2],
    way: Option<Way>,
}

impl StripTuning {
    /// What one plan after another changes of a strip that is heard and leaves by so many frames late.
    pub(in super::super) fn new(
        [before, after]: [&StripPlan; 2],
        late: [usize; 2],
        is_moved: bool,
    ) -> Self {
        let is_ridden = before.fader != after.fader;
        let faders = late.map(|frames| is_ridden.then(|| after.fader.clone().late(frames)));
        Self { faders, way: after.object().filter(|_| is_moved).map(Way::new) }
    }
}

/// Where the scene has an object.
#[derive(Clone)]
struct Way {
    trajectory: Arc<Trajectory>,
    spread: Spread,
}

impl Way {
    fn new(object: &ObjectPlan) -> Self {
        Self { trajectory: Arc::clone(&object.trajectory), spread: object.spread }
    }

    fn at(&self, seconds: f64) -> Place {
        Place { position: self.trajectory.position(seconds), spread: self.spread }
    }
}

impl Between for Place {
    fn between(from: &Self, to: &Self, share: f64) -> Self {
        let position = Position::between(&from.position, &to.position, share);
        let between = |from: f64, to: f64| f64::between(&from, &to, share);
        let spread = Spread {
            width_deg: between(from.spread.width_deg, to.spread.width_deg),
            height_deg: between(from.spread.height_deg, to.spread.height_deg),
        };
        Self { position, spread }
    }
}

/// The object of a strip under the hand.
struct ObjectLive {
    way: Handover<Way>,
    /// Whether it goes another way than what the engine was built with.
    is_tuned: bool,
    position: Override<Position>,
    width_deg: Override<f64>,
    /// Whether it is led by hand, in this control step; and in this pass, at the ends of which quanta.
    is_led: bool,
    places: Vec<Option<[Place; 2]>>,
    late_frames: u64,
    seconds_per_frame: f64,
}

impl StripLive {
    /// A strip whose sound is heard and leaves by so many frames late, taken as its controls are now.
    pub(super) fn new(
        plan: &StripPlan,
        number: usize,
        controls: &Controls,
        [heard, left]: [usize; 2],
        quanta: usize,
        (steps, rate_hz): (u32, u32),
    ) -> Self {
        let width_deg = controls.read_width_deg(number).flatten();
        let object = plan.object().map(|object| ObjectLive {
            way: Handover::new(Way::new(object), steps),
            is_tuned: false,
            position: Override::new(controls.read_place(number).flatten(), steps),
            width_deg: Override::new(width_deg, steps),
            is_led: false,
            places: vec![None; quanta],
            late_frames: heard as u64,
            seconds_per_frame: 1.0 / f64::from(rate_hz),
        });
        let is_return = matches!(plan.input, InputPlan::Return(_));
        // What goes to a bus goes with it.
        let ends_here = plan.destination == Destination::Targets;
        Self {
            level: Override::new(controls.read_level(number).flatten(), steps),
            open: Glide::new(f64::from(u8::from(controls.is_heard(number))), steps),
            heard: Handover::new(plan.fader.clone().late(heard), steps),
            left: Handover::new(plan.fader.clone().late(left), steps),
            built: plan.fader.clone().late(heard),
            is_tuned: false,
            hides: [ends_here && !is_return, !is_return],
            is_levelled: false,
            factors: vec![UNTOUCHED; quanta + 1],
            object,
        }
    }

    /// Lets the scene's own level and place change; what is to be freed comes in exchange.
    pub(in super::super) fn tune(&mut self, tuning: &mut StripTuning) {
        for (own, fader) in [&mut self.heard, &mut self.left].into_iter().zip(&mut tuning.faders) {
            self.is_tuned |= fader.is_some();
            own.give_way(fader);
        }
        if let Some(object) = self.object.as_mut().filter(|_| tuning.way.is_some()) {
            object.is_tuned = true;
            object.way.give_way(&mut tuning.way);
        }
    }

    /// Reads its controls and moves through some quanta, behind a curtain if there is one.
    pub(super) fn begin(
        &mut self,
        (controls, number): (&Controls, usize),
        first: u64,
        quanta: usize,
        curtain: Option<&[Shares]>,
    ) {
        if let Some(level) = controls.read_level(number) {
            self.level.aim(level);
        }
        self.open.aim(f64::from(u8::from(controls.is_heard(number))));
        let is_open = self.open.at == 1.0 && self.open.has_arrived();
        self.is_levelled =
            self.is_tuned || curtain.is_some() || !is_open || !self.level.is_at_rest();
        if self.is_levelled {
            let up = Shares { heard: 1.0, sent: 1.0 };
            let shares = |quantum: usize| curtain.map_or(up, |shares| shares[quantum]);
            self.factors[0] = self.factors_at(first, shares(0));
            for quantum in 1..=quanta {
                self.level.step();
                self.open.step();
                self.heard.step();
                self.left.step();
                self.factors[quantum] = self.factors_at(first + quantum as u64, shares(quantum));
            }
        }
        if let Some(object) = &mut self.object {
            object.begin(controls, number, first, quanta);
        }
    }

    fn factors_at(&self, quantum: u64, shares: Shares) -> Factors {
        let open = self.open.at;
        let frame = quantum * QUANTUM as u64;
        let own = |fader: &Handover<Fader>| fader.value(|fader| fader.at(frame));
        let (heard, left) = (own(&self.heard), own(&self.left));
        let level = |own: f64| open * self.level.over(own);
        let share = |hides: bool, share: f64| if hides { share } else { 1.0 };
        let sent = share(self.hides[1], shares.sent);
        Factors {
            heard: level(heard) / self.built.at(frame) * share(self.hides[0], shares.heard),
            // Sends behind the fader have the new one in them already.
            left: level(left) / left * sent,
            open: open * sent,
        }
    }

    /// What is done in a quantum of the pass to the levels that are heard where the strip goes.
    #[inline]
    pub(in super::super) fn heard(&self, quantum: usize) -> Option<[f64; 2]> {
        self.ends(quantum, |factors| factors.heard)
    }

    /// The same to the levels of what leaves it.
    pub(in super::super) fn left(&self, quantum: usize) -> Option<[f64; 2]> {
        self.ends(quantum, |factors| factors.left)
    }

    /// The same to the levels of what leaves it before its fader.
    pub(in super::super) fn open(&self, quantum: usize) -> Option<[f64; 2]> {
        self.ends(quantum, |factors| factors.open)
    }

    #[inline]
    fn ends(&self, quantum: usize, of: impl Fn(&Factors) -> f64) -> Option<[f64; 2]> {
        let ends = || [of(&self.factors[quantum]), of(&self.factors[quantum + 1])];
        self.is_levelled.then(ends)
    }

    /// Where the object is at the ends of a quantum of the pass, where it is led by hand.
    #[inline]
    pub(in super::super) fn places(&self, quantum: usize) -> Option<&[Place; 2]> {
        self.object.as_ref()?.places[quantum].as_ref()
    }
}

impl ObjectLive {
    fn begin(&mut self, controls: &Controls, number: usize, first: u64, quanta: usize) {
        for quantum in 0..quanta {
            let now = first + quantum as u64;
            // Taken and given back where control steps begin: there the scene's own gains are exact,
            // and what goes on from them does so without a jump.
            if now.is_multiple_of(QUANTA_PER_STEP) {
                if let Some(place) = controls.read_place(number) {
                    self.position.aim(place);
                }
                if let Some(width_deg) = controls.read_width_deg(number) {
                    self.width_deg.aim(width_deg);
                }
                self.is_led =
                    self.is_tuned || !self.position.is_at_rest() || !self.width_deg.is_at_rest();
            }
            self.places[quantum] = self.is_led.then(|| {
                let here = self.at(now);
                self.position.step();
                self.width_deg.step();
                self.way.step();
                [here, self.at(now + 1)]
            });
        }
    }

    fn at(&self, quantum: u64) -> Place {
        let frame = (quantum * QUANTUM as u64).saturating_sub(self.late_frames);
        let Place { position, spread } =
            self.way.value(|way| way.at(frame as f64 * self.seconds_per_frame));
        let width_deg = self.width_deg.over(spread.width_deg);
        Place { position: self.position.over(position), spread: Spread { width_deg, ..spread } }
    }
}
