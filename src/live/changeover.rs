//! One engine in place of another while a scene plays: the new one is made ready elsewhere and comes
//! in at the very frame; the strips of the old one go as those of the new one come, what was
//! sent to its returns rings out, and it is freed elsewhere too. Mere numbers go into the engine that
//! plays.

use std::sync::Arc;

use rtrb::{Consumer, Producer, RingBuffer};

use super::Status;
use super::departure::Departure;
use super::inputs::LineIn;
use super::performance::Performance;
use super::stagehand::{Piece, Stagehand, Wings};
use crate::block::{Quantum, SILENCE};
use crate::engine::{Engine, Retuning};
use crate::units::seconds_to_frames;

/// How far ahead of what is heard a new engine is made ready, in seconds.
pub const LEAD_S: f64 = 0.4;

/// Engines that may ring out at a time.
const RINGING: usize = 3;

/// The engines that come and go besides the one that plays.
pub struct Changeover {
    next: Consumer<Piece>,
    past: Producer<Piece>,
    coming: Option<Box<Performance>>,
    /// Numbers that wait until those before are there.
    numbers: Option<Box<Retuning>>,
    /// The oldest first.
    ringing: [Option<Departure>; RINGING],
    /// How many frames ago the engine that plays began to come in; below 0 while it is hidden.
    at: isize,
    comes_in: isize,
    others: Vec<Quantum>,
    lead: u64,
    rate_hz: u32,
}

impl Changeover {
    /// One between engines of up to so many channels a target.
    pub fn new(most_channels: usize, rate_hz: u32) -> Self {
        let comes_in = Engine::curtain_frames(rate_hz) as isize;
        Self {
            next: RingBuffer::new(0).1,
            past: RingBuffer::new(0).0,
            coming: None,
            numbers: None,
            ringing: [const { None }; RINGING],
            at: comes_in,
            comes_in,
            others: vec![SILENCE; most_channels],
            lead: seconds_to_frames(LEAD_S, rate_hz),
            rate_hz,
        }
    }

    /// Who brings on others from now on.
    pub fn stagehand(&mut self, now: &Performance, status: Arc<Status>) -> Stagehand {
        let (stagehand, Wings { next, past }) = Stagehand::new(now, status);
        (self.next, self.past) = (next, past);
        stagehand
    }

    /// Looks for what waits to come. Where nothing is heard an engine comes at once and has to seek:
    /// then this is true.
    pub fn accept(&mut self, now: &mut Box<Performance>, plays: bool) -> bool {
        self.retune(now, plays);
        while self.takes_next() {
            match self.next.pop() {
                Ok(Piece::Engine(engine)) => self.coming = Some(engine),
                Ok(Piece::Numbers(numbers)) => self.numbers = Some(numbers),
                Err(_) => break,
            }
            self.retune(now, plays);
        }
        if plays {
            return false;
        }
        let Some(mut coming) = self.coming.take() else { return false };
        coming.set_out(coming.route().starting_at(now.frame()));
        coming.come();
        std::mem::swap(now, &mut coming);
        self.send_away(Piece::Engine(coming));
        true
    }

    /// Gives numbers that wait to the engine they are for: the one that came last.
    fn retune(&mut self, now: &mut Performance, plays: bool) {
        let is_heard = plays && self.coming.is_none();
        let engine = self.coming.as_deref_mut().unwrap_or(now);
        if is_heard && !engine.has_settled() {
            return;
        }
        if let Some(mut numbers) = self.numbers.take() {
            engine.retune(&mut numbers);
            self.send_away(Piece::Numbers(numbers));
        }
    }

    /// Whether what waits can come in now, and be sent away again.
    fn takes_next(&self) -> bool {
        // What plays, comes, rings out, and numbers.
        let has_room = self.past.slots() > RINGING + 3;
        let is_free = match self.next.peek() {
            Ok(Piece::Engine(_)) => self.coming.is_none(),
            Ok(Piece::Numbers(_)) => true,
            Err(_) => false,
        };
        has_room && is_free && self.numbers.is_none()
    }

    /// How many of some frames are heard before anything changes; where that is now, it does.
    pub fn up_to(&mut self, now: &mut Box<Performance>, frames: usize, line_in: &LineIn) -> usize {
        let Some(mut coming) = self.coming.take() else { return frames };
        let (due, here) = (coming.frame(), now.frame());
        if due == here && !coming.has_unheard() && coming.can_go_on() && self.makes_way() {
            coming.listen_with(now);
            std::mem::swap(now, &mut coming);
            self.begin(now, coming, line_in);
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

    /// Whether there is room for one more that rings out; else the oldest is to end soon.
    fn makes_way(&mut self) -> bool {
        let has_room = self.ringing.iter().any(Option::is_none) && self.at >= self.comes_in;
        if let (false, Some(oldest)) = (has_room, &mut self.ringing[0]) {
            oldest.hurry();
        }
        has_room
    }

    /// Lets an engine come as another goes.
    fn begin(&mut self, now: &mut Performance, going: Box<Performance>, line_in: &LineIn) {
        now.come();
        if now.ready_frames() == 0 {
            now.render(line_in);
        }
        // What the other has rendered already is heard as it is.
        self.at = -((going.left() + going.master_latency_frames()) as isize);
        if let Some(place) = self.ringing.iter_mut().find(|it| it.is_none()) {
            *place = Some(Departure::new(going, self.rate_hz));
        }
    }

    /// Whether all that go have what they are still heard with.
    pub fn can_go_on(&mut self) -> bool {
        self.ringing.iter_mut().flatten().all(Departure::can_go_on)
    }

    /// How many of some frames all that go have ready.
    pub fn ready_frames(&mut self, frames: usize, line_in: &LineIn, status: &Status) -> usize {
        let ringing = self.ringing.iter_mut().flatten();
        ringing.fold(frames, |frames, it| frames.min(it.ready_frames(line_in, status)))
    }

    /// Lets the engine that plays come in over some frames of the channels of a target, and adds those
    /// that ring out.
    pub fn mix(&mut self, target: usize, frames: usize, channels: &mut [Quantum]) {
        if self.at < self.comes_in {
            let share = |frame: usize| {
                (self.at + frame as isize).clamp(0, self.comes_in) as f32 / self.comes_in as f32
            };
            for channel in channels.iter_mut() {
                let samples = channel[..frames].iter_mut().enumerate();
                samples.for_each(|(frame, sample)| *sample *= share(frame));
            }
        }
        for departure in self.ringing.iter_mut().flatten() {
            departure.add(target, frames, channels, &mut self.others);
        }
    }

    /// Takes note that so many of the frames mixed last were heard.
    pub fn heard(&mut self, frames: usize) {
        self.at = (self.at + frames as isize).min(self.comes_in);
        for departure in self.ringing.iter_mut().flatten() {
            departure.heard(frames);
        }
        self.send_away_departed(Departure::is_over);
    }

    /// Ends whatever rings out.
    pub fn finish(&mut self) {
        self.at = self.comes_in;
        self.send_away_departed(|_| true);
    }

    fn send_away_departed(&mut self, is_over: impl Fn(&Departure) -> bool) {
        for place in 0..RINGING {
            if self.ringing[place].as_ref().is_some_and(&is_over)
                && let Some(departure) = self.ringing[place].take()
            {
                self.send_away(Piece::Engine(departure.into_inner()));
            }
        }
        self.close_ranks();
    }

    /// The oldest come first.
    fn close_ranks(&mut self) {
        for place in 1..RINGING {
            if self.ringing[place - 1].is_none() {
                self.ringing.swap(place - 1, place);
            }
        }
    }

    fn send_away(&mut self, gone: Piece) {
        // There is room: nothing is let in while there is none.
        let _ = self.past.push(gone);
    }
}
