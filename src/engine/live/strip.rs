//! One strip under the hand.

use std::sync::Arc;

use super::super::controls::Controls;
use super::super::fader::Fader;
use super::super::plan::{LanePlan, StripPlan};
use super::glide::{Glide, Override};
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
    /// The fader as it is heard where the strip goes, and as it is when it leaves.
    heard: Fader,
    left: Fader,
    /// Whether levels are touched in this pass, and the factors at the ends of its quanta.
    is_levelled: bool,
    factors: Vec<Factors>,
    object: Option<ObjectLive>,
}

/// The object of a strip under the hand.
struct ObjectLive {
    trajectory: Arc<Trajectory>,
    spread: Spread,
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
        let object = plan.lanes.iter().find_map(|lane| match lane {
            LanePlan::Panned(object) => Some(object),
            LanePlan::Routed(_) => None,
        });
        let width_deg = controls.read_width_deg(number).flatten();
        let object = object.map(|object| ObjectLive {
            trajectory: Arc::clone(&object.trajectory),
            spread: object.spread,
            position: Override::new(controls.read_place(number).flatten(), steps),
            width_deg: Override::new(width_deg, steps),
            is_led: false,
            places: vec![None; quanta],
            late_frames: heard as u64,
            seconds_per_frame: 1.0 / f64::from(rate_hz),
        });
        Self {
            level: Override::new(controls.read_level(number).flatten(), steps),
            open: Glide::new(f64::from(u8::from(controls.is_heard(number))), steps),
            heard: plan.fader.clone().late(heard),
            left: plan.fader.clone().late(left),
            is_levelled: false,
            factors: vec![UNTOUCHED; quanta + 1],
            object,
        }
    }

    /// Reads the controls and moves through some quanta.
    pub(super) fn begin(&mut self, controls: &Controls, number: usize, first: u64, quanta: usize) {
        if let Some(level) = controls.read_level(number) {
            self.level.aim(level);
        }
        self.open.aim(f64::from(u8::from(controls.is_heard(number))));
        let is_open = self.open.at == 1.0 && self.open.has_arrived();
        self.is_levelled = !is_open || !self.level.is_at_rest();
        if self.is_levelled {
            self.factors[0] = self.factors_at(first);
            for quantum in 1..=quanta {
                self.level.step();
                self.open.step();
                self.factors[quantum] = self.factors_at(first + quantum as u64);
            }
        }
        if let Some(object) = &mut self.object {
            object.begin(controls, number, first, quanta);
        }
    }

    fn factors_at(&self, quantum: u64) -> Factors {
        let open = self.open.at;
        let of = |fader: &Fader| {
            let own = fader.at(quantum * QUANTUM as u64);
            open * self.level.over(own) / own
        };
        Factors { heard: of(&self.heard), left: of(&self.left), open }
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
                self.is_led = !self.position.is_at_rest() || !self.width_deg.is_at_rest();
            }
            self.places[quantum] = self.is_led.then(|| {
                let here = self.at(now);
                self.position.step();
                self.width_deg.step();
                [here, self.at(now + 1)]
            });
        }
    }

    fn at(&self, quantum: u64) -> Place {
        let frame = (quantum * QUANTUM as u64).saturating_sub(self.late_frames);
        let own = self.trajectory.position(frame as f64 * self.seconds_per_frame);
        let width_deg = self.width_deg.over(self.spread.width_deg);
        let spread = Spread { width_deg, ..self.spread };
        Place { position: self.position.over(own), spread }
    }
}
