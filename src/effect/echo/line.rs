//! One way round: a delay and what is lost on it.

use super::filter::Butterworth;
use super::spec::EchoSpec;
use crate::block::QUANTUM;
use crate::dsp::{FractionalDelay, NEARLY_DENORMAL, STATE_FLOOR, Weights};

/// Delays shorter than this are whole frames: a windowed sinc does not fit into them.
const SHORTEST_BETWEEN: f64 = FractionalDelay::SHORTEST + 1.0;

/// Delays this near to whole frames are meant to be: 1.3125 ms are 63 frames at 48 kHz.
const ALMOST_WHOLE: f64 = 1e-6;

/// A delay line with the filters that everything passes once.
pub struct Line {
    delay: Delay,
    filters: Vec<Butterworth>,
    /// Frames since anything above the floor went in or came out.
    silent_frames: usize,
}

/// The delay itself.
enum Delay {
    /// Of whole frames: the past in a ring, exact to the bit.
    Whole { ring: Vec<f32>, next: usize },
    /// In between. What was written last is kept aside, since a windowed sinc reads what was
    /// written before.
    Between { line: FractionalDelay, frames: f64, last: f32 },
}

impl Line {
    /// A silent line.
    pub fn new(spec: &EchoSpec, frames: f64, rate_hz: u32, weights: &Weights) -> Self {
        let rate_hz = f64::from(rate_hz);
        let highpass = spec.highpass_hz.map(|it| Butterworth::highpass(it, rate_hz));
        let lowpass = spec.lowpass_hz.map(|it| Butterworth::lowpass(it, rate_hz));
        let filters = highpass.into_iter().chain(lowpass).collect();
        let delay = Delay::new(frames, weights);
        Self { silent_frames: delay.length(), delay, filters }
    }

    /// What comes out at the next frame; whatever goes in has to be given to `write` after it.
    #[inline]
    pub fn read(&mut self) -> f32 {
        let mut sample = f64::from(self.delay.read());
        for filter in &mut self.filters {
            sample = filter.process(sample);
        }
        if sample.abs() < NEARLY_DENORMAL { 0.0 } else { sample as f32 }
    }

    /// Puts in a sample.
    #[inline]
    pub fn write(&mut self, sample: f32) {
        self.delay.write(sample);
    }

    /// Ends a quantum, given the loudest sample that went in or came out. Once everything is below
    /// the floor of states, all of it is dropped at once.
    pub fn settle(&mut self, loudest: f32) {
        let sounds = f64::from(loudest) >= STATE_FLOOR;
        self.silent_frames = if sounds { 0 } else { self.silent_frames.saturating_add(QUANTUM) };
        if self.is_at_rest() {
            self.delay.clear();
            self.filters.iter_mut().for_each(Butterworth::clear);
        }
    }

    /// Whether nothing is in it.
    pub fn is_at_rest(&self) -> bool {
        self.silent_frames >= self.delay.length()
    }
}

impl Delay {
    fn new(frames: f64, weights: &Weights) -> Self {
        let whole = frames.round().max(1.0);
        if frames < SHORTEST_BETWEEN || (frames - whole).abs() < ALMOST_WHOLE {
            return Self::Whole { ring: vec![0.0; whole as usize], next: 0 };
        }
        // One frame passes while the last sample is kept aside.
        let frames = frames - 1.0;
        Self::Between { line: FractionalDelay::new(frames, weights), frames, last: 0.0 }
    }

    fn read(&mut self) -> f32 {
        match self {
            Self::Whole { ring, next } => ring[*next],
            Self::Between { line, frames, last } => line.process(*last, *frames),
        }
    }

    fn write(&mut self, sample: f32) {
        match self {
            Self::Whole { ring, next } => {
                ring[*next] = sample;
                *next = (*next + 1) % ring.len();
            }
            Self::Between { last, .. } => *last = sample,
        }
    }

    fn clear(&mut self) {
        match self {
            Self::Whole { ring, .. } => ring.fill(0.0),
            Self::Between { line, last, .. } => {
                line.clear();
                *last = 0.0;
            }
        }
    }

    fn length(&self) -> usize {
        match self {
            Self::Whole { ring, .. } => ring.len(),
            Self::Between { line, .. } => line.length() + 1,
        }
    }
}
