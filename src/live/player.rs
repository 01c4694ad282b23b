//! The player: what the callback of a device calls for its frames.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::calibration::Calibration;
use super::changeover::Changeover;
use super::fade::Fade;
use super::inputs::{Intake, LineIn, Listening};
use super::performance::Performance;
use super::protection::Protection;
use super::reader::Readers;
use super::recorder::Tape;
use super::transport::Wishes;
use super::{ChannelMap, Route, Stage, Stagehand, Status, Transport};
use crate::Result;
use crate::block::{CONTROL_STEP, Quantum, SILENCE};
use crate::engine::Controls;
use crate::render::Desk;
use crate::units::seconds_to_frames;

/// How long sound takes to come or to go, in seconds.
const FADE_S: f64 = 0.03;

/// How long to look away while a source is waited for.
const GLANCE: Duration = Duration::from_micros(100);

/// Audio over which the pace of a device is judged, in seconds.
const PACED_OVER_S: f64 = 0.25;

/// What is to be played, and how.
pub struct Setup {
    /// The scene for one target: the first of the desk.
    pub desk: Desk,
    /// Which frames are heard.
    pub route: Route,
    /// Which loudspeaker is on which channel.
    pub map: ChannelMap,
    /// How far ahead sources are read, in seconds.
    pub ahead_s: f64,
    /// Whether the callback waits for sources that are late, instead of playing silence; it does
    /// anyway where a device takes frames much faster than they last.
    pub waits: bool,
    /// What is heard is put there too.
    pub tape: Option<Tape>,
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
    calibration: Option<Calibration>,
    protection: Protection,
    map: ChannelMap,
    channels: Vec<Quantum>,
    tape: Option<Tape>,
    pace: Pace,
    rate_hz: u32,
}

impl Player {
    /// A player at the beginning of its route, and the readers of its sources, which read as long as
    /// they are held.
    ///
    /// # Errors
    /// When there are no threads to read with.
    pub fn new(setup: Setup) -> Result<(Self, Readers)> {
        let Setup { desk, route, map, ahead_s, waits, tape } = setup;
        let rate_hz = desk.plan.rate_hz;
        let (performance, readers) = Performance::new(desk, route, ahead_s)?;
        let count = performance.channels();
        let player = Self {
            performance: Box::new(performance),
            changeover: Changeover::new(count, rate_hz),
            line_in: LineIn::none(),
            transport: Arc::new(Transport::new(route)),
            status: Arc::new(Status::new(count, rate_hz)),
            followed: 0,
            stage: Stage::Seeking,
            softly: route.from() > 0,
            fade: Fade::new(seconds_to_frames(FADE_S, rate_hz).max(1) as usize),
            calibration: None,
            protection: Protection::new(count, rate_hz),
            map,
            channels: vec![SILENCE; count],
            tape,
            pace: Pace::new(rate_hz, waits),
            rate_hz,
        };
        player.status.frame.store(route.from(), Ordering::Relaxed);
        Ok((player, readers))
    }

    /// The same, making up for the loudspeakers: in front of the fades and the protection.
    #[must_use]
    pub fn calibrated(self, calibration: Option<Calibration>) -> Self {
        Self { calibration, ..self }
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

    /// Which loudspeaker is on which channel.
    #[must_use]
    pub fn map(&self) -> &ChannelMap {
        &self.map
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
        self.start_over();
    }

    /// Forgets what came before.
    fn start_over(&mut self) {
        self.calibration.iter_mut().for_each(Calibration::start_over);
        self.protection.start_over();
    }

    /// Fills the frames of a device, which has so many channels, interleaved. Any number of frames,
    /// changing from call to call, gives the same samples.
    ///
    /// # Panics
    /// When the map needs more channels.
    pub fn fill(&mut self, interleaved: &mut [f32], channels: usize) {
        assert!(channels >= self.map.needs(), "a channel for every loudspeaker");
        let begun = Instant::now();
        let frames = interleaved.len() / channels;
        interleaved.fill(0.0);
        self.pace.note(begun, frames);
        self.line_in.gather(frames);
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
            self.start_over();
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
            if !self.performance.is_supplied() && !self.waits_for(Performance::is_supplied) {
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

    /// Waits for a source, where that is allowed; says whether it is there.
    fn waits_for(&mut self, is_there: fn(&mut Performance) -> bool) -> bool {
        while self.pace.waits() && !self.performance.desk.is_closed() {
            if is_there(&mut self.performance) {
                return true;
            }
            std::thread::sleep(GLANCE);
        }
        false
    }

    /// Hands out some frames that lie in one quantum, and says how many.
    fn hand_out(&mut self, out: &mut [f32], channels: usize) -> usize {
        if self.performance.is_over() {
            self.stage = Stage::Over;
            return 0;
        }
        if self.performance.ready_frames() == 0 {
            if !self.performance.can_render() {
                self.waits_for(Performance::can_render);
            }
            let missed = self.performance.render(&self.line_in);
            self.status.missed_reads.fetch_add(missed, Ordering::Relaxed);
            return 0;
        }
        let wanted = out.len() / channels;
        let wanted = self.changeover.up_to(&mut self.performance, wanted, &self.line_in);
        let frames = self.performance.take(wanted, &mut self.channels);
        let frames = self.changeover.mix(frames, &mut self.channels, &self.line_in);
        if let Some(calibration) = &mut self.calibration {
            calibration.process(&mut self.channels, frames);
        }
        let frames = self.faded(frames);
        self.performance.heard(frames);
        self.changeover.heard(frames);
        self.protect(frames);
        for (samples, channel) in self.channels.iter().zip(self.map.channels()) {
            let Some(channel) = *channel else { continue };
            for (frame, sample) in out.chunks_exact_mut(channels).zip(&samples[..frames]) {
                frame[channel] = *sample;
            }
        }
        self.record(frames);
        frames
    }

    /// Fades the frames at hand, up to the one where all is gone; says how many there are.
    fn faded(&mut self, frames: usize) -> usize {
        for frame in 0..frames {
            if self.fade.is_gone() {
                return frame;
            }
            let gain = self.fade.next_gain();
            self.channels.iter_mut().for_each(|channel| channel[frame] *= gain);
        }
        frames
    }

    fn protect(&mut self, frames: usize) {
        let done = self.protection.protect(&mut self.channels, frames);
        self.status.note_protection(done.gain);
        if done.muted > 0 {
            self.status.muted.fetch_add(done.muted, Ordering::Relaxed);
        }
        for (number, channel) in self.channels.iter().enumerate() {
            let peak = channel[..frames].iter().fold(0.0_f32, |peak, it| peak.max(it.abs()));
            self.status.note_peak(number, peak);
        }
    }

    fn record(&mut self, frames: usize) {
        let Some(tape) = &mut self.tape else { return };
        while self.pace.waits() && !tape.has_room(frames) {
            std::thread::sleep(GLANCE);
        }
        if !tape.record(&self.channels, frames) {
            self.status.lost_to_record.fetch_add(frames as u64, Ordering::Relaxed);
        }
    }
}

/// How fast a device takes frames: one without a clock (a file, a server that runs free) takes them
/// as fast as it can, and then nobody hears them late.
struct Pace {
    always_waits: bool,
    is_free: bool,
    rate_hz: f64,
    begun: Option<Instant>,
    frames: usize,
}

impl Pace {
    fn new(rate_hz: u32, always_waits: bool) -> Self {
        Self { always_waits, is_free: false, rate_hz: f64::from(rate_hz), begun: None, frames: 0 }
    }

    fn waits(&self) -> bool {
        self.always_waits || self.is_free
    }

    fn note(&mut self, now: Instant, frames: usize) {
        let lasted_s = self.frames as f64 / self.rate_hz;
        let begun = *self.begun.get_or_insert(now);
        if lasted_s > PACED_OVER_S {
            let took_s = now.duration_since(begun).as_secs_f64();
            self.is_free = took_s < lasted_s / 2.0;
            (self.begun, self.frames) = (Some(now), 0);
        }
        self.frames += frames;
    }
}
