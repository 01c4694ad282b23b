//! What the hand does to an engine, read from its [`Controls`] once a pass and moved to smoothly.
//!
//! While nothing is touched, nothing is computed, and the bits are those without controls.

mod curtain;
mod glide;
mod guided;
mod strip;

use std::sync::Arc;

use super::controls::Controls;
use super::plan::{Plan, StripPlan};
use crate::binaural::Head;
use crate::block::QUANTUM;
use curtain::{CURTAIN_S, Curtain};
use glide::Override;
pub(super) use glide::{Between, Glide};
pub(super) use guided::Guided;
pub(super) use strip::StripLive;
pub(super) use strip::StripTuning;

/// How long it takes to get to where a control was set, in seconds: short enough to be felt as at once,
/// long enough that no jump of level clicks.
const GLIDE_S: f64 = 0.02;

/// An engine under the hand.
pub(super) struct Live {
    controls: Arc<Controls>,
    strips: Vec<StripLive>,
    head: Override<Head>,
    /// The head at the ends of the quanta of the pass.
    heads: Vec<Override<Head>>,
    curtain: Curtain,
}

impl Live {
    /// The strips of a plan under the hand; `late` tells by how many frames each is late where it is
    /// heard, and where it leaves.
    pub(super) fn new(
        plan: &Plan,
        controls: &Arc<Controls>,
        late: impl Fn(usize) -> [usize; 2],
        quanta: usize,
    ) -> Self {
        let steps = Self::steps(plan.rate_hz);
        let strip = |(number, strip): (usize, &StripPlan)| {
            let pace = (steps, plan.rate_hz);
            StripLive::new(strip, number, controls, late(number), quanta, pace)
        };
        let head = Override::new(controls.read_head().flatten(), steps);
        Self {
            strips: plan.strips.iter().enumerate().map(strip).collect(),
            head,
            heads: vec![head; quanta + 1],
            curtain: Curtain::new(steps_in(CURTAIN_S, plan.rate_hz), quanta),
            controls: Arc::clone(controls),
        }
    }

    /// Reads the controls and moves through the quanta of a pass.
    pub(super) fn begin(&mut self, first: u64, quanta: usize) {
        let Self { controls, strips, head, heads, curtain } = self;
        curtain.begin(quanta);
        let shares = curtain.shares(quanta);
        for (number, strip) in strips.iter_mut().enumerate() {
            strip.begin((controls, number), first, quanta, shares);
        }
        if let Some(live) = controls.read_head() {
            head.aim(live);
        }
        heads[0] = *head;
        for place in &mut heads[1..=quanta] {
            head.step();
            *place = *head;
        }
        controls.pass((first + quanta as u64) * QUANTUM as u64);
    }

    /// What comes and goes as a whole.
    pub(super) fn curtain(&mut self) -> &mut Curtain {
        &mut self.curtain
    }

    /// Whether nothing of the strips is heard.
    pub(super) fn is_hidden(&self) -> bool {
        self.curtain.is_down()
    }

    /// Lets the scene of the strips change, one tuning a strip.
    pub(super) fn tune(&mut self, tunings: &mut [StripTuning]) {
        let strips = self.strips.iter_mut().zip(tunings);
        strips.for_each(|(strip, tuning)| strip.tune(tuning));
    }

    #[inline]
    pub(super) fn strip(&self, number: usize) -> &StripLive {
        &self.strips[number]
    }

    /// Which way the head looks at the begin of a quantum of the pass, where the scene's looks so.
    pub(super) fn head(&self, quantum: usize, own: Head) -> Head {
        self.heads[quantum].over(own)
    }

    /// Whether the head is led by hand in a quantum of the pass.
    pub(super) fn leads_head(&self, quantum: usize) -> bool {
        !self.heads[quantum].is_at_rest() || !self.heads[quantum + 1].is_at_rest()
    }

    /// How many quanta it takes to get anywhere.
    pub(super) fn steps(rate_hz: u32) -> u32 {
        steps_in(GLIDE_S, rate_hz)
    }

    /// How many quanta it takes all strips to come or to go.
    pub(super) fn curtain_steps(rate_hz: u32) -> u32 {
        steps_in(CURTAIN_S, rate_hz)
    }
}

fn steps_in(seconds: f64, rate_hz: u32) -> u32 {
    (seconds * f64::from(rate_hz) / QUANTUM as f64).round().max(1.0) as u32
}
