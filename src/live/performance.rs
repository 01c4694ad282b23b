//! An engine on its way through a scene, fed from what was read ahead.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::Route;
use super::alignment::Alignment;
use super::inputs::{Line, LineIn, Patch, Span};
use super::reader::{Desk, Readers};
use super::supply::{Supply, supply};
use crate::Result;
use crate::block::{CONTROL_STEP, QUANTA_PER_STEP, QUANTUM, Quantum};
use crate::engine::{Build, Controls, Engine, Inputs, Plan, Retuning, Work};
use crate::render::Desk as RenderDesk;
use crate::units::seconds_to_frames;

/// Quanta that an engine renders at once here: a control step.
pub const QUANTA: usize = QUANTA_PER_STEP as usize;

/// How much of what comes before is gone through unheard, in seconds: what remembers (dynamics,
/// filters, the early part of a reverb) has heard something then.
const WARM_UP_S: f64 = 1.0;

/// How long to look away while sources are read.
const GLANCE: Duration = Duration::from_micros(200);

/// An engine, what feeds it, and where it is.
pub struct Performance {
    engine: Engine,
    alignment: Alignment,
    plan: Arc<Plan>,
    /// What moves it by hand.
    pub controls: Arc<Controls>,
    supply: Supply,
    /// What it takes of what comes in.
    patch: Patch,
    /// Where its readers get their orders.
    pub desk: Arc<Desk>,
    route: Route,
    /// The number of the order that is being followed.
    order: u64,
    place: u64,
    quantum: u64,
    /// Frames that are rendered and not taken yet, at the end of what was rendered last.
    left: usize,
    rendered: usize,
    /// Frames that nobody is to hear: what the latency of the engine makes late, and what lies
    /// before the first frame in its quantum.
    unheard: u64,
    /// The frame of the scene that is heard next.
    frame: u64,
}

impl Performance {
    /// A scene for the targets of its desk, read so many seconds ahead; the readers read as long as
    /// they are held.
    ///
    /// # Errors
    /// When there are no threads to read with.
    pub fn new(desk: RenderDesk, route: Route, ahead_s: f64) -> Result<(Self, Readers)> {
        let RenderDesk { plan, feeds, wanted, .. } = desk;
        let blocks = seconds_to_frames(ahead_s, plan.rate_hz) as usize / CONTROL_STEP;
        let (supply, shelves) = supply(&feeds, blocks.max(2));
        let begin = route.earlier(seconds_to_frames(WARM_UP_S, plan.rate_hz));
        let common = Arc::new(Desk::new(begin));
        let numbered = feeds.into_iter().enumerate();
        let (read, lines): (Vec<_>, Vec<_>) = numbered.partition(|it| it.1.inputs().is_empty());
        let lines = lines.into_iter().map(|(source, feed)| Line { source, feed });
        let files = read.into_iter().map(|(_, feed)| feed).collect();
        let readers = Readers::start(files, shelves, &common)?;
        let controls = Arc::new(Controls::new(&plan));
        let patch = Patch::new(lines.collect(), plan.rate_hz);
        let engine = Engine::controlled(&plan, QUANTA, Work::Serial, &controls);
        let mut performance = Self {
            alignment: Alignment::new(&engine, wanted, QUANTA),
            engine,
            plan: Arc::new(plan),
            controls,
            supply,
            patch,
            desk: common,
            route,
            order: 0,
            place: 0,
            quantum: 0,
            left: 0,
            rendered: 0,
            unheard: 0,
            frame: 0,
        };
        performance.begin(0, begin);
        performance.unheard += route.from() - begin.from();
        performance.frame = route.from();
        Ok((performance, readers))
    }

    /// Goes through all that comes before the first frame that is heard. Waits for its sources: not
    /// for callbacks.
    pub fn prepare(&mut self) {
        let nothing = LineIn::none();
        while self.has_unheard() && !self.desk.is_closed() {
            if self.is_supplied() {
                self.render(&nothing);
            } else {
                std::thread::sleep(GLANCE);
            }
        }
    }

    /// What it played first.
    pub fn plan(&self) -> Arc<Plan> {
        Arc::clone(&self.plan)
    }

    /// How its engine is built.
    pub fn build(&self) -> &Build {
        self.engine.build_of()
    }

    /// Takes other numbers, from the next quantum on.
    pub fn retune(&mut self, numbers: &mut Retuning) {
        self.engine.retune(numbers);
    }

    /// Whether the numbers it took are all there.
    pub fn has_settled(&self) -> bool {
        self.engine.has_settled()
    }

    /// How many channels each of its targets has.
    pub fn channels(&self) -> Vec<usize> {
        let targets = 0..self.alignment.targets();
        targets.map(|target| self.engine.output(target, 0).len()).collect()
    }

    /// Goes elsewhere, and has what is there read.
    pub fn set_out(&mut self, route: Route) {
        self.desk.place.store(0, Ordering::SeqCst);
        self.desk.orders.give(route);
        let order = self.desk.orders.latest().map_or(self.order, |(order, _)| order);
        self.begin(order, route);
    }

    fn begin(&mut self, order: u64, route: Route) {
        (self.order, self.route, self.place) = (order, route, 0);
        self.quantum = route.first_quantum();
        self.frame = route.from();
        self.left = 0;
        self.patch.let_go();
        self.unheard = self.alignment.latency_frames() as u64 + self.frame % QUANTUM as u64;
    }

    /// Lets go of what comes in, as what is not heard has to.
    pub fn let_go(&mut self) {
        self.patch.let_go();
    }

    /// Takes what comes in from where another engine does, if both make it equally late.
    pub fn listen_with(&mut self, other: &Self) {
        let ahead = self.quantum.wrapping_sub(other.quantum) as i64;
        let latencies = [&self.alignment, &other.alignment].map(Alignment::latency_frames);
        if latencies[0] == latencies[1] && ahead.unsigned_abs() <= QUANTA_PER_STEP {
            self.patch.join(&other.patch, ahead * QUANTUM as i64);
        }
    }

    /// Keeps up with an input that runs on a clock of its own; once a callback.
    pub fn keep_up(&mut self, line_in: &LineIn) {
        self.patch.keep_up(line_in, self.left);
    }

    /// By how many frames what comes in now is heard later; none where nothing is.
    pub fn input_latency_frames(&self, line_in: &LineIn) -> Option<u64> {
        let frames = self.patch.latency_frames(line_in, self.left)?;
        Some(frames + self.alignment.latency_frames() as u64)
    }

    /// How many strips and targets were silenced because something in them was no number.
    pub fn silenced(&self) -> u64 {
        self.engine.fault_count() as u64
    }

    /// The way it is on.
    pub fn route(&self) -> Route {
        self.route
    }

    /// The frame of the scene that is heard next.
    pub fn frame(&self) -> u64 {
        self.frame
    }

    /// Whether it can start to play without running dry at once.
    pub fn is_supplied(&mut self) -> bool {
        if self.place == 0 { self.supply.is_ready(self.order) } else { self.can_render() }
    }

    /// Whether every source has what is rendered next.
    pub fn can_render(&mut self) -> bool {
        self.supply.has(self.order, self.place)
    }

    /// Whether frames can be taken now, or once the next quanta are rendered.
    pub fn can_go_on(&mut self) -> bool {
        self.left > 0 || self.can_render()
    }

    /// How many frames can be taken now, of those that are heard in a row.
    pub fn ready_frames(&self) -> usize {
        (self.left as u64).min(self.route.in_a_row(self.frame)) as usize
    }

    /// How many frames are rendered and not taken yet, whether they are to be heard or not.
    pub fn left(&self) -> usize {
        self.left
    }

    /// Whether nothing more is to be heard.
    pub fn is_over(&self) -> bool {
        self.route.in_a_row(self.frame) == 0
    }

    /// Renders the next quanta once all before are taken; says how many sources came too late.
    pub fn render(&mut self, line_in: &LineIn) -> u64 {
        let missed = self.supply.advance(self.order, self.place);
        let count = self.route.quanta_from(self.quantum) as usize;
        let is_heard = !self.has_unheard();
        let span = Span { first_quantum: self.quantum, quanta: count, is_heard };
        self.patch.feed(line_in, self.supply.now_mut(), span);
        self.engine.render(self.quantum, count, self.supply.now());
        self.go_on(count);
        missed
    }

    fn go_on(&mut self, count: usize) {
        self.alignment.take_in(&self.engine, count);
        self.quantum = self.route.quantum_after(self.quantum);
        self.place += 1;
        self.desk.place.store(self.place, Ordering::SeqCst);
        self.rendered = count * QUANTUM;
        let unheard = self.unheard.min(self.rendered as u64);
        self.unheard -= unheard;
        self.left = self.rendered - unheard as usize;
    }

    /// Whether frames are still to come that nobody is to hear.
    pub fn has_unheard(&self) -> bool {
        self.unheard > 0 || self.place == 0
    }

    /// How many of some frames can be taken now and lie in the quantum at hand.
    pub fn up_to(&self, frames: usize) -> usize {
        frames.min(self.ready_frames()).min(self.left_in_quantum())
    }

    /// Copies so many of the frames that are left, within one quantum, into the beginnings of the
    /// channels of a target.
    pub fn copy(&self, target: usize, frames: usize, channels: &mut [Quantum]) {
        let at = self.rendered - self.left;
        let (quantum, from) = (at / QUANTUM, at % QUANTUM);
        let output = self.alignment.output(&self.engine, target, quantum);
        for (channel, samples) in channels.iter_mut().zip(output) {
            channel[..frames].copy_from_slice(&samples[from..from + frames]);
        }
    }

    /// How many of the frames that are left lie in the quantum at hand.
    pub fn left_in_quantum(&self) -> usize {
        let at = self.rendered - self.left;
        self.left.min(QUANTUM - at % QUANTUM)
    }

    /// Takes note that so many of the frames taken last were heard.
    pub fn heard(&mut self, frames: usize) {
        self.left -= frames;
        self.frame += frames as u64;
        if self.route.in_a_row(self.frame) == 0 {
            self.frame = self.route.after(self.frame - 1).unwrap_or(self.frame);
        }
    }
}

/// What becomes of it where another takes its place.
impl Performance {
    /// Sends nothing to its returns until it comes: what was sent before rings elsewhere.
    pub fn close_sends(&mut self) {
        self.engine.close_sends();
    }

    /// Its strips come.
    pub fn come(&mut self) {
        self.engine.come();
    }

    /// Its strips go.
    pub fn go(&mut self) {
        self.engine.go();
    }

    /// Whether nothing but its returns is heard any more.
    pub fn is_gone(&self) -> bool {
        self.engine.is_gone()
    }

    /// By how many frames it leaves later than its strips are mixed.
    pub fn master_latency_frames(&self) -> usize {
        let targets = 0..self.alignment.targets();
        targets.map(|target| self.engine.master_latency_frames(target)).max().unwrap_or(0)
    }

    /// Whether all is there that it is still heard with.
    pub fn can_ring_on(&mut self) -> bool {
        self.is_gone() || self.desk.is_closed() || self.can_go_on()
    }

    /// Renders the next quanta once all before are taken; of silence, once its strips are gone. Says
    /// how many sources came too late.
    pub fn ring_on(&mut self, line_in: &LineIn) -> u64 {
        if !self.is_gone() {
            return self.render(line_in);
        }
        let count = self.route.quanta_from(self.quantum) as usize;
        self.engine.render(self.quantum, count, &Nothing);
        self.go_on(count);
        0
    }

    /// Takes note that so many of the frames taken last were heard, wherever its way ends.
    pub fn rang(&mut self, frames: usize) {
        self.left -= frames;
    }
}

/// Silence.
struct Nothing;

impl Inputs for Nothing {
    fn quantum(&self, _: usize, _: usize) -> Option<&Quantum> {
        None
    }
}
