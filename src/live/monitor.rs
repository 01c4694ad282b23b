//! Keeps a player at a device: watches it, finds it again when it is lost, and lets the clock of the
//! scene go on meanwhile.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use super::device::{Device, Seat, Stream, Wanted};
use super::{Player, Status};
use crate::{Error, Result};

/// How often a lost device is looked for.
const RETRY: Duration = Duration::from_millis(500);

/// How long a device may be without a callback before it counts as lost.
const PATIENCE: Duration = Duration::from_secs(3);

/// How long a device has to give back the player when it is closed.
const FAREWELL: Duration = Duration::from_secs(5);

/// Frames of the scene that pass at once while there is no device.
const STEP_FRAMES: usize = 512;

/// A player at a device, for as long as it is held.
pub struct Monitor {
    device: Box<dyn Device>,
    wanted: Wanted,
    status: Arc<Status>,
    at: At,
    callbacks: u64,
    called: Instant,
    events: Vec<String>,
}

/// Where the player is.
enum At {
    /// In the callback of a stream; comes home when that is closed.
    Device(Box<dyn Stream>, Receiver<Box<Player>>),
    /// Here, since the device was lost; `passed` frames of the scene have gone by since.
    Home { player: Box<Player>, since: Instant, passed: u64, tried: Instant },
    /// Nowhere any more: the device never gave it back.
    Lost,
}

impl Monitor {
    /// Opens a device and plays.
    ///
    /// # Errors
    /// When the device is not there or not as it has to be.
    pub fn start(mut device: Box<dyn Device>, mut player: Box<Player>) -> Result<Self> {
        player.prepare();
        let status = player.status();
        let wanted = Wanted { rate_hz: player.rate_hz(), channels: player.needs() };
        let (seat, home) = seat(player);
        let stream = device.open(&wanted, seat)?;
        let (at, called) = (At::Device(stream, home), Instant::now());
        Ok(Self { device, wanted, status, at, callbacks: 0, called, events: Vec::new() })
    }

    /// Looks after the device; to be called some times a second. Returns what happened, a line each.
    pub fn tick(&mut self) -> Vec<String> {
        if let Some(why) = self.ails() {
            self.take_home(&why);
        }
        match &mut self.at {
            At::Home { player, since, passed, tried } => {
                pass(player, *since, passed, self.wanted.channels);
                if tried.elapsed() >= RETRY {
                    *tried = Instant::now();
                    self.open_again();
                }
            }
            At::Device(..) | At::Lost => {}
        }
        std::mem::take(&mut self.events)
    }

    /// Whether the player is at its device.
    #[must_use]
    pub fn is_at_device(&self) -> bool {
        matches!(self.at, At::Device(..))
    }

    /// The frames of the buffer of the device, as far as they are known, else 0.
    #[must_use]
    pub fn buffer_frames(&self) -> usize {
        match &self.at {
            At::Device(stream, _) => stream.buffer_frames(),
            At::Home { .. } | At::Lost => 0,
        }
    }

    /// Lets what was handed to the device be heard, and closes it.
    pub fn finish(self) {
        if let At::Device(stream, home) = self.at {
            stream.drain();
            drop(stream);
            let _ = home.recv_timeout(FAREWELL);
        }
    }

    /// What is wrong with the device, if anything; counts what it reported.
    fn ails(&mut self) -> Option<String> {
        let At::Device(stream, _) = &self.at else { return None };
        let health = stream.health();
        self.status.underruns.store(health.underruns, Ordering::Relaxed);
        let callbacks = self.status.load.callbacks();
        if callbacks != self.callbacks {
            (self.callbacks, self.called) = (callbacks, Instant::now());
        }
        if let Some(why) = health.lost {
            return Some(why);
        }
        let silent = self.called.elapsed() > PATIENCE;
        silent.then(|| format!("it has asked for nothing for {} s", PATIENCE.as_secs()))
    }

    fn take_home(&mut self, why: &str) {
        self.status.faults.fetch_add(1, Ordering::Relaxed);
        self.events.push(format!("{}: lost: {why}", self.device.id()));
        let now = Instant::now();
        let At::Device(stream, home) = std::mem::replace(&mut self.at, At::Lost) else { return };
        drop(stream);
        if let Ok(player) = home.recv_timeout(FAREWELL) {
            self.at = At::Home { player, since: now, passed: 0, tried: now };
        }
    }

    fn open_again(&mut self) {
        let At::Home { mut player, since, passed, tried } =
            std::mem::replace(&mut self.at, At::Lost)
        else {
            return;
        };
        player.resume();
        let (seat, home) = seat(player);
        match self.device.open(&self.wanted, seat) {
            Ok(stream) => {
                self.events.push(format!("{}: found again", self.device.id()));
                self.at = At::Device(stream, home);
                self.called = Instant::now();
            }
            Err(_) => {
                if let Ok(player) = home.recv_timeout(FAREWELL) {
                    self.at = At::Home { player, since, passed, tried };
                }
            }
        }
    }

    /// Why it cannot go on, if it cannot.
    ///
    /// # Errors
    /// When a device kept the player.
    pub fn check(&self) -> Result<()> {
        match self.at {
            At::Lost => Err(Error::machine(format!("{} does not answer", self.device.id()))),
            At::Device(..) | At::Home { .. } => Ok(()),
        }
    }
}

/// A player in its seat, and where it comes back to.
fn seat(player: Box<Player>) -> (Seat, Receiver<Box<Player>>) {
    let (home, back) = channel();
    (Seat::new(player, home), back)
}

/// Lets the scene go on without a device: as much of it as time has passed.
fn pass(player: &mut Player, since: Instant, passed: &mut u64, channels: usize) {
    let due = since.elapsed().as_secs_f64() * f64::from(player.rate_hz());
    let mut unheard = vec![0.0; STEP_FRAMES * channels];
    while *passed + STEP_FRAMES as u64 <= due as u64 {
        player.fill(&mut unheard, channels);
        *passed += STEP_FRAMES as u64;
    }
}
