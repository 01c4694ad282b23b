//! A device that is none: it asks for frames in pieces of any sizes and remembers what it got, and
//! before each of them it lets as many come in.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::{Device, Entrance, Health, InputDevice, Seat, Stream, Wanted};
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
    /// What comes in through it.
    pub input: MockInput,
}

/// The input of a [`Mock`], which comes in on the same clock; all its clones are the same.
#[derive(Clone)]
pub struct MockInput {
    channels: usize,
    rate_hz: u32,
    sample: fn(u64, usize) -> f32,
    entrance: Arc<Mutex<Option<Entrance>>>,
}

impl MockInput {
    /// An input of some channels, in which the sample of every frame, counted since it was made, and
    /// channel, counted from 0, is known.
    #[must_use]
    pub fn new(channels: usize, rate_hz: u32, sample: fn(u64, usize) -> f32) -> Self {
        Self { channels, rate_hz, sample, entrance: Arc::default() }
    }

    /// Lets some frames come in, from one on.
    fn come(&self, from: u64, frames: usize) {
        let mut entrance = self.entrance.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(entrance) = entrance.as_mut() else { return };
        let frame = |frame| (0..self.channels).map(move |channel| (self.sample)(frame, channel));
        let came: Vec<f32> = (from..from + frames as u64).flat_map(frame).collect();
        entrance.take(&came, self.channels);
    }
}

impl Default for MockInput {
    /// An input without channels.
    fn default() -> Self {
        Self::new(0, 0, |_, _| 0.0)
    }
}

impl InputDevice for MockInput {
    fn id(&self) -> &str {
        "mock"
    }

    fn most_channels(&self, rate_hz: u32) -> Result<usize> {
        Ok(if rate_hz == self.rate_hz { self.channels } else { 0 })
    }

    fn open(&mut self, wanted: &Wanted, entrance: Entrance) -> Result<Box<dyn Stream>> {
        if wanted.rate_hz != self.rate_hz || wanted.channels > self.channels {
            return Err(Error::machine(format!("mock: not {wanted:?}")));
        }
        let mut place = self.entrance.lock().unwrap_or_else(PoisonError::into_inner);
        *place = Some(entrance);
        Ok(Box::new(Coming(self.clone())))
    }
}

/// The input of a mock at work.
struct Coming(MockInput);

impl Stream for Coming {
    fn health(&self) -> Health {
        Health::default()
    }

    fn drain(&self) {}
}

impl Drop for Coming {
    fn drop(&mut self) {
        self.0.entrance.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
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
            input: self.input.clone(),
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
    input: MockInput,
}

impl Calls {
    fn run(&self, mut seat: Seat, heard: &Heard, stop: &AtomicBool) {
        let mut buffer = vec![0.0; MOST_FRAMES * self.channels];
        let mut came = 0;
        for &frames in self.sizes.iter().cycle() {
            if stop.load(Ordering::SeqCst) || heard.is_unplugged() {
                return;
            }
            let frames = frames.clamp(1, MOST_FRAMES);
            self.input.come(came, frames);
            came += frames as u64;
            let piece = &mut buffer[..frames * self.channels];
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
