//! A device that is none: it asks for frames in pieces of any sizes and remembers what it got.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::{Device, Health, Seat, Stream, Wanted};
use crate::{Error, Result};

/// The most frames that are asked for at once.
const MOST_FRAMES: usize = 8192;

/// A device in memory.
pub struct Mock {
    /// How many channels it has.
    pub channels: usize,
    /// Frames a second.
    pub rate_hz: u32,
    /// How many frames it asks for, call after call and then from the start, 1 to 8192 each.
    pub sizes: Vec<usize>,
    /// Whether it takes the time that the frames last.
    pub paced: bool,
    /// What it got.
    pub heard: Heard,
}

/// What a [`Mock`] got, and what may befall it; all its clones are the same.
#[derive(Clone, Default)]
pub struct Heard {
    samples: Arc<Mutex<Vec<f32>>>,
    broken: Arc<AtomicBool>,
    underruns: Arc<AtomicU64>,
}

impl Heard {
    /// All that was played so far, interleaved.
    #[must_use]
    pub fn samples(&self) -> Vec<f32> {
        self.samples.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Pulls the plug, or puts it back.
    pub fn unplug(&self, out: bool) {
        self.broken.store(out, Ordering::SeqCst);
    }

    /// Reports that there was nothing to play.
    pub fn underrun(&self) {
        self.underruns.fetch_add(1, Ordering::SeqCst);
    }

    fn is_unplugged(&self) -> bool {
        self.broken.load(Ordering::SeqCst)
    }
}

impl Device for Mock {
    fn id(&self) -> &str {
        "mock"
    }

    fn most_channels(&self, rate_hz: u32) -> Result<usize> {
        Ok(if rate_hz == self.rate_hz { self.channels } else { 0 })
    }

    fn nearest_rate_hz(&self, _: u32) -> Result<Option<u32>> {
        Ok(Some(self.rate_hz))
    }

    fn open(&mut self, wanted: &Wanted, seat: Seat) -> Result<Box<dyn Stream>> {
        if self.heard.is_unplugged() {
            return Err(Error::machine("mock: unplugged"));
        }
        if wanted.rate_hz != self.rate_hz || wanted.channels > self.channels {
            return Err(Error::machine(format!("mock: not {wanted:?}")));
        }
        let closed = Arc::new(AtomicBool::new(false));
        let (stop, heard) = (Arc::clone(&closed), self.heard.clone());
        let call = Calls {
            channels: self.channels,
            rate_hz: self.rate_hz,
            sizes: self.sizes.clone(),
            paced: self.paced,
        };
        let thread = std::thread::spawn(move || call.run(seat, &heard, &stop));
        Ok(Box::new(Playing { closed, heard: self.heard.clone(), thread: Some(thread) }))
    }
}

struct Calls {
    channels: usize,
    rate_hz: u32,
    sizes: Vec<usize>,
    paced: bool,
}

impl Calls {
    fn run(&self, mut seat: Seat, heard: &Heard, stop: &AtomicBool) {
        let mut buffer = vec![0.0; MOST_FRAMES * self.channels];
        for &frames in self.sizes.iter().cycle() {
            if stop.load(Ordering::SeqCst) || heard.is_unplugged() {
                return;
            }
            let piece = &mut buffer[..frames.clamp(1, MOST_FRAMES) * self.channels];
            seat.fill(piece, self.channels);
            heard.samples.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(piece);
            if self.paced {
                std::thread::sleep(Duration::from_secs_f64(
                    frames as f64 / f64::from(self.rate_hz),
                ));
            }
        }
    }
}

struct Playing {
    closed: Arc<AtomicBool>,
    heard: Heard,
    thread: Option<JoinHandle<()>>,
}

impl Stream for Playing {
    fn health(&self) -> Health {
        let lost = self.heard.is_unplugged().then(|| "unplugged".to_owned());
        Health { underruns: self.heard.underruns.load(Ordering::SeqCst), lost }
    }

    fn drain(&self) {}
}

impl Drop for Playing {
    fn drop(&mut self) {
        self.closed.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
