//! The player: what the callback of a device calls for its frames.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::changeover::Changeover;
use super::control_room::Outputs;
use super::fade::Fade;
use super::inputs::{Intake, LineIn, Listening};
use super::pace::Pace;
use super::performance::Performance;
use super::reader::Readers;
use super::transport::Wishes;
use super::{CROSSFADE_S, ControlRoom, Outlet, Route, Stage, Stagehand, Status, Transport};
use crate::Result;
use crate::block::{CONTROL_STEP, Quantum, SILENCE};
use crate::engine::Controls;
use crate::render::Desk;
use crate::units::seconds_to_frames;

/// How long to look away while a source is waited for.
const GLANCE: Duration = Duration::from_micros(100);

/// What is to be played, and how.
pub struct Setup {
    /// The scene for its targets.
    pub desk: Desk,
    /// Which frames are heard.
    pub route: Route,
    /// Where the targets that were asked for go, in their order.
    pub outlets: Vec<Outlet>,
    /// How far ahead sources are read, in seconds.
    pub ahead_s: f64,
    /// Whether the callback waits for sources that are late, instead of playing silence; it does
    /// anyway where a device takes frames much faster than they last.
    pub waits: bool,
}

/// Renders a scene as it is asked for frames. It lives in the callback of a device; what whoever
/// listens wants reaches it through the [`Transport`], what it has to tell is in the [`Status`].
pub struct Player {
    performance: Box<Performance>,
    changeover: Changeover,
    line_in: LineIn,
    transport: Arc<Transport>,
    status: Arc<Status>,
    /// The number of the route that is being followed.
    followed: u64,
    stage: Stage,
    /// Whether sound has to fade in: not at the beginning of a scene that is heard for the first
    /// time.
    softly: bool,
    fade: Fade,
    outputs: Outputs,
    room: Arc<ControlRoom>,
    pace: Pace,
    rate_hz: u32,
}

impl Player {
    /// A player at the beginning of its route, and the readers of its sources, which read as long as
    /// they are held.
    ///
    /// # Errors
    /// When there are no threads to read with.
    ///
    /// # Panics
    /// When there is not an outlet for every target that was asked for.
    pub fn new(setup: Setup) -> Result<(Self, Readers)> {
        let Setup { desk, route, outlets, ahead_s, waits } = setup;
        assert_eq!(outlets.len(), desk.wanted, "an outlet for every target");
        let rate_hz = desk.plan.rate_hz;
        let targets = desk.plan.targets.iter().take(desk.wanted);
        let room = Arc::new(ControlRoom::new(targets.map(|it| it.name.clone()).collect()));
        let (performance, readers) = Performance::new(desk, route, ahead_s)?;
        let channels = performance.channels();
        let most_channels = channels.iter().copied().max().unwrap_or(0);
        let player = Self {
            performance: Box::new(performance),
            changeover: Changeover::new(most_channels, rate_hz),
            line_in: LineIn::none(),
            transport: Arc::new(Transport::new(route)),
            status: Arc::new(Status::new(&channels, &room, rate_hz)),
            followed: 0,
            stage: Stage::Seeking,
            softly: route.from() > 0,
            fade: Fade::new(seconds_to_frames(CROSSFADE_S, rate_hz).max(1) as usize),
            outputs: Outputs::new(outlets, &room, rate_hz),
            room,
            pace: Pace::new(rate_hz, waits),
            rate_hz,
        };
        player.status.frame.store(route.from(), Ordering::Relaxed);
        Ok((player, readers))
    }

    /// Where to say what is wanted.
    #[must_use]
    pub fn transport(&self) -> Arc<Transport> {
        Arc::clone(&self.transport)
    }

    /// What moves it by hand: levels, places, the head.
    #[must_use]
    pub fn controls(&self) -> Arc<Controls> {
        Arc::clone(&self.performance.controls)
    }

    /// Which target is heard, and how loud.
    #[must_use]
    pub fn control_room(&self) -> Arc<ControlRoom> {
        Arc::clone(&self.room)
    }

    /// What it tells of itself.
    #[must_use]
    pub fn status(&self) -> Arc<Status> {
        Arc::clone(&self.status)
    }

    /// Who brings on another scene while it plays; there is one, and it is the last that was asked for.
    #[must_use]
    pub fn stagehand(&mut self) -> Stagehand {
        self.changeover.stagehand(&self.performance, Arc::clone(&self.status))
    }

    /// Listens to an input from now on: what is put there reaches the beds and objects that take
    /// channels of the interface, while it plays. Not for callbacks.
    #[must_use]
    pub fn listen(&mut self, listening: &Listening) -> Intake {
        let (line_in, intake) = LineIn::new(listening, self.rate_hz, &self.status.inputs);
        self.line_in = line_in;
        intake
    }

    /// Frames a second.
    #[must_use]
    pub fn rate_hz(&self) -> u32 {
        self.rate_hz
    }

    /// How many channels a device has to have for it.
    #[must_use]
    pub fn needs(&self) -> usize {
        self.outputs.needs()
    }

    /// Waits until the first frames can be heard at once. Not for callbacks.
    pub fn prepare(&mut self) {
        if self.stage == Stage::Seeking {
            self.performance.prepare();
            self.stage = Stage::Paused;
        }
    }

    /// Fades in anew from silence: after a gap that the device left.
    pub fn resume(&mut self) {
        self.fade.start_over();
        self.outputs.start_over();
    }

    /// Fills the frames of a device, which has so many channels, interleaved. Any number of frames,
    /// changing from call to call, gives the same samples.
    ///
    /// # Panics
    /// When it [needs](Self::needs) more channels.
    pub fn fill(&mut self, interleaved: &mut [f32], channels: usize) {
        assert!(channels >= self.needs(), "a channel for every loudspeaker");
        let begun = Instant::now();
        let frames = interleaved.len() / channels;
        interleaved.fill(0.0);
        self.pace.note(begun, frames);
        self.line_in.gather(frames);
        self.outputs.obey();
        self.play(interleaved, channels);
        self.status.set_stage(self.stage);
        self.status.frame.store(self.performance.frame(), Ordering::Relaxed);
        self.note_input();
        self.status.silenced.store(self.performance.silenced(), Ordering::Relaxed);
        let period_s = frames.max(1) as f64 / f64::from(self.rate_hz);
        self.status.load.note(begun.elapsed(), period_s);
    }

    /// Looks after what comes in, and tells how late it is.
    fn note_input(&mut self) {
        if self.stage != Stage::Playing {
            return;
        }
        self.performance.keep_up(&self.line_in);
        if let Some(frames) = self.performance.input_latency_frames(&self.line_in) {
            self.status.inputs.note_latency(frames);
        }
    }

    fn play(&mut self, interleaved: &mut [f32], channels: usize) {
        let mut rest = interleaved;
        self.change();
        self.obey();
        loop {
            if self.stage == Stage::Seeking {
                self.seek(1 + rest.len() / channels / CONTROL_STEP);
                self.obey();
            }
            if self.stage != Stage::Playing || rest.len() < channels {
                return;
            }
            let done = self.hand_out(rest, channels);
            rest = &mut rest[done * channels..];
            if self.fade.is_gone() {
                self.stage = Stage::Paused;
                self.obey();
            }
        }
    }

    /// Brings on another engine, if one waits: at once where nothing is heard.
    fn change(&mut self) {
        let plays = self.stage == Stage::Playing;
        if self.changeover.accept(&mut self.performance, plays) && self.stage == Stage::Paused {
            self.stage = Stage::Seeking;
        }
    }

    /// Does what is wanted, as far as it can be done at this frame without a click.
    fn obey(&mut self) {
        let Some(wishes) = self.transport.wishes() else { return };
        let Wishes { order, route, playing, leaving } = wishes;
        let silent = self.stage != Stage::Playing || self.fade.is_gone();
        if order != self.followed && silent && !leaving {
            self.followed = order;
            self.performance.set_out(route);
            self.changeover.finish();
            self.outputs.start_over();
            self.softly = true;
            self.stage = Stage::Seeking;
        } else if order != self.followed || leaving || !playing {
            self.fade.go();
            if leaving && silent {
                self.stage = Stage::Over;
            }
        } else {
            self.start();
        }
    }

    /// Plays, if it stands still; lets sound come.
    fn start(&mut self) {
        if self.stage == Stage::Paused {
            self.stage = Stage::Playing;
            self.performance.let_go();
            if self.softly {
                self.fade.come()
            } else {
                self.fade.be_there()
            }
            self.softly = true;
        } else if self.stage == Stage::Playing {
            self.fade.come();
        }
    }

    /// Gets on with what comes before the first frame that is heard.
    fn seek(&mut self, most: usize) {
        for _ in 0..most {
            if !self.waits_for(|it| it.performance.is_supplied()) {
                return;
            }
            if self.performance.has_unheard() {
                self.performance.render(&self.line_in);
            }
            if !self.performance.has_unheard() {
                self.stage = Stage::Paused;
                return;
            }
        }
    }

    /// Says whether a source is there; waits for it, where that is allowed.
    fn waits_for(&mut self, is_there: fn(&mut Self) -> bool) -> bool {
        while !is_there(self) {
            if !self.pace.waits() || self.performance.desk.is_closed() {
                return false;
            }
            std::thread::sleep(GLANCE);
        }
        true
    }

    /// Hands out some frames that lie in one quantum, and says how many.
    fn hand_out(&mut self, out: &mut [f32], channels: usize) -> usize {
        if self.performance.is_over() {
            self.stage = Stage::Over;
            return 0;
        }
        if self.performance.ready_frames() == 0 {
            self.waits_for(|it| it.performance.can_render());
            let missed = self.performance.render(&self.line_in);
            self.status.missed_reads.fetch_add(missed, Ordering::Relaxed);
            return 0;
        }
        self.waits_for(|it| it.changeover.can_go_on());
        let wanted = out.len() / channels;
        let mut fades = SILENCE;
        let frames = self.gather(wanted, &mut fades);
        self.wait_for_tape(frames);
        let out = &mut out[..frames * channels];
        self.outputs.put(&fades[..frames], out, channels, &self.status);
        frames
    }

    /// Gathers up to so many frames of all targets, and the gains of the fade; says how many.
    fn gather(&mut self, wanted: usize, fades: &mut Quantum) -> usize {
        let Self { performance, changeover, outputs, line_in, status, .. } = self;
        let frames = changeover.up_to(performance, wanted, line_in);
        let frames = changeover.ready_frames(performance.up_to(frames), line_in, status);
        for target in 0..self.room.targets().len() {
            let channels = outputs.channels(target);
            performance.copy(target, frames, channels);
            changeover.mix(target, frames, channels);
        }
        let frames = self.fade(frames, fades);
        self.performance.heard(frames);
        self.changeover.heard(frames);
        frames
    }

    /// The gains of the fade, up to the frame where all is gone; says how many there are.
    fn fade(&mut self, frames: usize, fades: &mut Quantum) -> usize {
        for (frame, gain) in fades.iter_mut().enumerate().take(frames) {
            if self.fade.is_gone() {
                return frame;
            }
            *gain = self.fade.next_gain();
        }
        frames
    }

    fn wait_for_tape(&self, frames: usize) {
        while self.pace.waits() && !self.outputs.have_room(frames) {
            std::thread::sleep(GLANCE);
        }
    }
}
