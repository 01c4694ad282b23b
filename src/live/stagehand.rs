//! Who brings on another scene while one plays: from a thread that is not the callback.

use std::sync::Arc;

use rtrb::{Consumer, Producer, RingBuffer};

use super::Status;
use super::changeover::LEAD_S;
use super::performance::Performance;
use super::reader::Readers;
use crate::engine::{Build, Controls, Plan, Retuning};
use crate::render::Desk;
use crate::units::seconds_to_frames;
use crate::{Error, Result};

/// Scenes that may be on their way in at a time.
const WAITING: usize = 4;

/// Scenes that may be on their way out at a time: all that wait, that play, that ring out.
pub const GONE: usize = 16;

/// What is handed to the callback, and back.
pub enum Piece {
    /// Another engine.
    Engine(Box<Performance>),
    /// Other numbers for the engine that came last.
    Numbers(Box<Retuning>),
}

/// The ends of the rings that are the callback's.
pub struct Wings {
    pub next: Consumer<Piece>,
    pub past: Producer<Piece>,
}

/// Who brings on another scene: one thread that is not the callback.
pub struct Stagehand {
    next: Producer<Piece>,
    past: Consumer<Piece>,
    status: Arc<Status>,
    /// The channels of the targets.
    channels: Vec<usize>,
    /// What the engine that was brought on last plays, and how it is built.
    plan: Arc<Plan>,
    build: Build,
}

impl Stagehand {
    /// A stagehand for a performance, and the wings it works from.
    pub fn new(now: &Performance, status: Arc<Status>) -> (Self, Wings) {
        let (into, next) = RingBuffer::new(WAITING);
        let (past, out) = RingBuffer::new(GONE);
        let (plan, build) = (now.plan(), now.build().clone());
        let channels = now.channels();
        (Self { next: into, past: out, status, channels, plan, build }, Wings { next, past })
    }

    /// Gives the scene that plays other numbers, if it differs from what is to play in nothing else;
    /// `moved` are the names of the objects that are elsewhere. They come in within
    /// a few quanta, and nothing that rings is cut off. The desk comes back where that cannot be done:
    /// then the scene has to be [replaced](Self::replace).
    ///
    /// # Errors
    /// When others still wait: then what plays plays on.
    pub fn retune(
        &mut self,
        desk: Desk,
        moved: &[String],
        controls: &Controls,
    ) -> Result<Option<Desk>> {
        self.tidy();
        let is_moved = |name: &str| moved.iter().any(|it| it == name);
        let Some(numbers) = Retuning::new(&self.build, [&self.plan, &desk.plan], is_moved) else {
            return Ok(Some(desk));
        };
        self.send(Piece::Numbers(Box::new(numbers)))?;
        controls.follow(&desk.plan);
        self.plan = Arc::new(desk.plan);
        Ok(None)
    }

    /// Has another scene, or the same edited, played from shortly ahead of what is heard now, by the
    /// way that the player is on; what was set by hand `before` holds for it too. Returns when it is
    /// ready, with its readers and its own controls; those before may be let go once
    /// [`tidy`](Self::tidy) has freed their engine.
    ///
    /// # Errors
    /// When its targets have other channels or it has another rate, there is no thread to read with, or
    /// others still wait: then what plays plays on.
    pub fn replace(
        &mut self,
        desk: Desk,
        route: super::Route,
        ahead_s: f64,
        before: &Controls,
    ) -> Result<(Readers, Arc<Controls>)> {
        self.tidy();
        let rate_hz = self.plan.rate_hz;
        let wanted = desk.plan.targets.iter().take(desk.wanted);
        let has_channels = wanted.map(|it| it.channels).eq(self.channels.iter().copied());
        if desk.plan.rate_hz != rate_hz || !has_channels {
            return Err(Error::input("a scene of another rate or other channels; play it anew"));
        }
        let route = route.starting_at(self.status.frame() + seconds_to_frames(LEAD_S, rate_hz));
        let (mut performance, readers) = Performance::new(desk, route, ahead_s)?;
        let controls = Arc::clone(&performance.controls);
        controls.take_over(before);
        performance.close_sends();
        performance.prepare();
        let (plan, build) = (performance.plan(), performance.build().clone());
        self.send(Piece::Engine(Box::new(performance)))?;
        (self.plan, self.build) = (plan, build);
        Ok((readers, controls))
    }

    /// Frees what has played and rung out, and says how many engines that were.
    pub fn tidy(&mut self) -> usize {
        let gone = std::iter::from_fn(|| self.past.pop().ok());
        gone.filter(|piece| matches!(piece, Piece::Engine(_))).count()
    }

    fn send(&mut self, piece: Piece) -> Result<()> {
        self.next.push(piece).map_err(|_| Error::machine("too many scenes at once"))
    }
}
