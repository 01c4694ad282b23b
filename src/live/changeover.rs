//! One engine in place of another while a scene plays: the new one is made ready elsewhere, comes in
//! at the very frame under a crossfade, and the old one is taken away and freed elsewhere too.

use std::f64::consts::PI;
use std::sync::Arc;

use rtrb::{Consumer, Producer, RingBuffer};

use super::Status;
use super::inputs::LineIn;
use super::performance::Performance;
use super::reader::Readers;
use crate::block::{Quantum, SILENCE};
use crate::engine::Controls;
use crate::render::Desk;
use crate::units::seconds_to_frames;
use crate::{Error, Result};

/// How long the crossfade takes, in seconds.
const CROSSFADE_S: f64 = 0.05;

/// How far ahead of what is heard a new engine is made ready, in seconds.
const LEAD_S: f64 = 0.4;

/// Engines that may be on their way in or out at a time.
const WAITING: usize = 4;

/// Who brings on new engines: one thread that is not the callback.
pub struct Stagehand {
    next: Producer<Box<Performance>>,
    past: Consumer<Box<Performance>>,
    status: Arc<Status>,
    channels: usize,
    rate_hz: u32,
}

impl Stagehand {
    /// Has another scene, or the same edited, played from shortly ahead of what is heard now, by the
    /// way that the player is on; what was set by hand `before` holds for it too. Returns when it is ready,
    /// with its readers and its own controls; those before may be let
    /// go once [`tidy`](Self::tidy) has freed their engine.
    ///
    /// # Errors
    /// When its first target has other channels or another rate, there is no thread to read with, or
    /// others still wait: then what plays plays on.
    pub fn replace(
        &mut self,
        desk: Desk,
        route: super::Route,
        ahead_s: f64,
        before: &Controls,
    ) -> Result<(Readers, Arc<Controls>)> {
        self.tidy();
        if desk.plan.rate_hz != self.rate_hz || desk.plan.targets[0].channels != self.channels {
            return Err(Error::input("a scene of another rate or other channels; play it anew"));
        }
        let lead = seconds_to_frames(LEAD_S, self.rate_hz);
        let route = route.starting_at(self.status.frame() + lead);
        let (mut performance, readers) = Performance::new(desk, route, ahead_s)?;
        let controls = Arc::clone(&performance.controls);
        controls.take_over(before);
        performance.prepare();
        let sent = self.next.push(Box::new(performance));
        sent.map_err(|_| Error::machine("too many scenes at once"))?;
        Ok((readers, controls))
    }

    /// Frees engines that have played, and says how many.
    pub fn tidy(&mut self) -> usize {
        std::iter::from_fn(|| self.past.pop().ok()).count()
    }
}

/// The ends of the rings that are not the callback's.
struct Hands {
    next: Producer<Box<Performance>>,
    past: Consumer<Box<Performance>>,
}

impl Hands {
    /// Rings that hold nothing.
    fn idle() -> Self {
        Self { next: RingBuffer::new(0).0, past: RingBuffer::new(0).1 }
    }
}

/// The engines that come and go besides the one that plays.
pub struct Changeover {
    next: Consumer<Box<Performance>>,
    past: Producer<Box<Performance>>,
    /// The other ends, until somebody takes them.
    hands: Option<Hands>,
    coming: Option<Box<Performance>>,
    going: Option<Box<Performance>>,
    /// The share of the engine that comes, frame by frame.
    curve: Vec<f32>,
    /// How far along it is.
    at: usize,
    others: Vec<Quantum>,
    lead: u64,
}

impl Changeover {
    pub fn new(channels: usize, rate_hz: u32) -> Self {
        let (into, next) = RingBuffer::new(WAITING);
        // Whatever came and one that plays can all have gone.
        let (past, out) = RingBuffer::new(2 * WAITING);
        let frames = seconds_to_frames(CROSSFADE_S, rate_hz).max(1);
        let rise = |frame: u64| 0.5 - 0.5 * libm::cos(PI * frame as f64 / frames as f64);
        Self {
            next,
            past,
            hands: Some(Hands { next: into, past: out }),
            coming: None,
            going: None,
            curve: (0..frames).map(|frame| rise(frame) as f32).collect(),
            at: 0,
            others: vec![SILENCE; channels],
            lead: seconds_to_frames(LEAD_S, rate_hz),
        }
    }

    pub fn stagehand(&mut self, status: Arc<Status>, rate_hz: u32) -> Stagehand {
        let Hands { next, past } = self.hands.take().unwrap_or_else(Hands::idle);
        Stagehand { next, past, status, channels: self.others.len(), rate_hz }
    }

    /// Looks for an engine that waits to come. Where nothing is heard it comes at once and has to
    /// seek: then this is true.
    pub fn accept(&mut self, now: &mut Box<Performance>, plays: bool) -> bool {
        if self.going.is_some() || self.coming.is_none() && self.past.is_full() {
            return false;
        }
        if self.coming.is_none() {
            self.coming = self.next.pop().ok();
        }
        if plays {
            return false;
        }
        let Some(mut coming) = self.coming.take() else { return false };
        coming.set_out(coming.route().starting_at(now.frame()));
        std::mem::swap(now, &mut coming);
        self.send_away(coming);
        true
    }

    /// How many of some frames are heard before anything changes; where that is now, it does.
    pub fn up_to(&mut self, now: &mut Box<Performance>, frames: usize, line_in: &LineIn) -> usize {
        let Some(mut coming) = self.coming.take() else { return frames };
        let (due, here) = (coming.frame(), now.frame());
        if due == here && !coming.has_unheard() && coming.can_go_on() {
            coming.listen_with(now);
            std::mem::swap(now, &mut coming);
            (self.going, self.at) = (Some(coming), 0);
            if now.ready_frames() == 0 {
                now.render(line_in);
            }
            return frames;
        }
        if due <= here || due - here > 2 * self.lead {
            // Somebody went elsewhere meanwhile, or it was too late.
            coming.set_out(coming.route().starting_at(here + self.lead));
        } else if coming.has_unheard() && coming.is_supplied() {
            coming.render(line_in);
        }
        let before = coming.frame().checked_sub(here).filter(|frames| *frames > 0);
        self.coming = Some(coming);
        before.map_or(frames, |before| frames.min(before as usize))
    }

    /// Mixes the engine that goes into the frames of the one that comes; says how many it has.
    pub fn mix(&mut self, frames: usize, channels: &mut [Quantum], line_in: &LineIn) -> usize {
        let Some(going) = &mut self.going else { return frames };
        if going.ready_frames() == 0 {
            going.render(line_in);
        }
        let frames = going.take(frames.min(self.curve.len() - self.at), &mut self.others);
        for (channel, other) in channels.iter_mut().zip(&self.others) {
            let shares = &self.curve[self.at..self.at + frames];
            for ((sample, other), share) in channel.iter_mut().zip(other).zip(shares) {
                *sample = *sample * share + other * (1.0 - share);
            }
        }
        frames
    }

    /// Takes note that so many of the frames mixed last were heard.
    pub fn heard(&mut self, frames: usize) {
        let Some(going) = &mut self.going else { return };
        going.heard(frames);
        self.at += frames;
        if self.at >= self.curve.len() || going.is_over() {
            self.finish();
        }
    }

    /// Ends the crossfade.
    pub fn finish(&mut self) {
        if let Some(going) = self.going.take() {
            self.send_away(going);
        }
    }

    fn send_away(&mut self, gone: Box<Performance>) {
        // There is room: engines are let in only while there is.
        let _ = self.past.push(gone);
    }
}
