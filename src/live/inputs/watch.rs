//! Keeps an intake at an input: watches it, and finds it again when it is lost.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use super::{InputFigures, Intake};
use crate::Result;
use crate::live::device::{Entrance, InputDevice, Stream, Wanted};

/// How often a lost input is looked for.
const RETRY: Duration = Duration::from_millis(500);

/// How long an input may be without a callback before it counts as lost.
const PATIENCE: Duration = Duration::from_secs(3);

/// How long an input has to give back the intake when it is closed.
const FAREWELL: Duration = Duration::from_secs(5);

/// An intake at an input, for as long as it is held.
pub struct InputMonitor {
    device: Box<dyn InputDevice>,
    wanted: Wanted,
    figures: Arc<InputFigures>,
    at: At,
    callbacks: u64,
    called: Instant,
}

/// Where the intake is.
enum At {
    /// In the callback of a stream; comes home when that is closed.
    Device(Box<dyn Stream>, Receiver<Box<Intake>>),
    /// Here, since the input was lost.
    Home { intake: Box<Intake>, tried: Instant },
    /// Nowhere any more: the device never gave it back.
    Lost,
}

impl InputMonitor {
    /// Opens an input and listens.
    ///
    /// # Errors
    /// When it is not there or not as it has to be.
    pub fn start(
        mut device: Box<dyn InputDevice>,
        intake: Box<Intake>,
        rate_hz: u32,
    ) -> Result<Self> {
        let wanted = Wanted { rate_hz, channels: intake.channels() };
        let figures = intake.figures();
        let (entrance, home) = entrance(intake);
        let stream = device.open(&wanted, entrance)?;
        let at = At::Device(stream, home);
        Ok(Self { device, wanted, figures, at, callbacks: 0, called: Instant::now() })
    }

    /// Looks after the input; to be called some times a second. Returns what happened, if anything.
    pub fn tick(&mut self) -> Option<String> {
        if let Some(why) = self.ails() {
            self.take_home();
            return Some(format!("input {}: lost: {why}", self.device.id()));
        }
        match &self.at {
            At::Home { tried, .. } if tried.elapsed() >= RETRY => self.open_again(),
            _ => None,
        }
    }

    /// The frames of the buffer of the input, as far as they are known, else 0.
    #[must_use]
    pub fn buffer_frames(&self) -> usize {
        match &self.at {
            At::Device(stream, _) => stream.buffer_frames(),
            At::Home { .. } | At::Lost => 0,
        }
    }

    fn ails(&mut self) -> Option<String> {
        let At::Device(stream, _) = &self.at else { return None };
        let callbacks = self.figures.callbacks.load(Ordering::Relaxed);
        if callbacks != self.callbacks {
            (self.callbacks, self.called) = (callbacks, Instant::now());
        }
        let silent = self.called.elapsed() > PATIENCE;
        let silence = || format!("nothing has come in for {} s", PATIENCE.as_secs());
        stream.health().lost.or_else(|| silent.then(silence))
    }

    fn take_home(&mut self) {
        self.figures.faults.fetch_add(1, Ordering::Relaxed);
        let At::Device(stream, home) = std::mem::replace(&mut self.at, At::Lost) else { return };
        drop(stream);
        if let Ok(intake) = home.recv_timeout(FAREWELL) {
            self.at = At::Home { intake, tried: Instant::now() };
        }
    }

    fn open_again(&mut self) -> Option<String> {
        let At::Home { intake, .. } = std::mem::replace(&mut self.at, At::Lost) else {
            return None;
        };
        let (entrance, home) = entrance(intake);
        match self.device.open(&self.wanted, entrance) {
            Ok(stream) => {
                self.at = At::Device(stream, home);
                self.called = Instant::now();
                Some(format!("input {}: found again", self.device.id()))
            }
            Err(_) => {
                let intake = home.recv_timeout(FAREWELL).ok()?;
                self.at = At::Home { intake, tried: Instant::now() };
                None
            }
        }
    }
}

/// An intake in its entrance, and where it comes back to.
fn entrance(intake: Box<Intake>) -> (Entrance, Receiver<Box<Intake>>) {
    let (home, back) = channel();
    (Entrance::new(intake, home), back)
}
