//! A signal as a source.

use std::f64::consts::TAU;

use super::noise::{white, white_rms};
use super::pink::Pink;
use super::{Signal, Sweep};
use crate::Result;
use crate::source::Source;
use crate::units::{decibels_to_amplitude, seconds_to_frames};

/// Samples of a [`Signal`] at some rate.
pub struct SignalSource {
    generator: Generator,
    rate_hz: u32,
    frames: Option<u64>,
    position: u64,
}

enum Generator {
    Tone { cycles_a_frame: f64, amplitude: f64 },
    White { seed: u64, amplitude: f64 },
    Pink(Pink),
    Sweep { sweep: Sweep, amplitude: f64 },
    Clicks { frames_a_click: f64, amplitude: f64 },
    Silence,
}

impl SignalSource {
    /// The signal at `rate_hz` frames a second.
    #[must_use]
    pub fn new(signal: &Signal, rate_hz: u32) -> Self {
        let frames = signal.duration_s().map(|duration_s| seconds_to_frames(duration_s, rate_hz));
        Self { generator: Generator::new(signal, rate_hz), rate_hz, frames, position: 0 }
    }
}

impl Generator {
    fn new(signal: &Signal, rate_hz: u32) -> Self {
        let rate = f64::from(rate_hz);
        let amplitude = decibels_to_amplitude;
        match signal {
            Signal::Tone(tone) => Self::Tone {
                cycles_a_frame: tone.freq_hz / rate,
                amplitude: amplitude(tone.level_db),
            },
            Signal::WhiteNoise(noise) => {
                Self::White { seed: noise.seed, amplitude: amplitude(noise.level_db) / white_rms() }
            }
            Signal::PinkNoise(noise) => {
                Self::Pink(Pink::new(noise.seed, rate_hz, amplitude(noise.level_db)))
            }
            Signal::Sweep(sweep) => {
                Self::Sweep { sweep: sweep.clone(), amplitude: amplitude(sweep.level_db) }
            }
            Signal::Clicks(clicks) => Self::Clicks {
                frames_a_click: rate / clicks.rate_hz,
                amplitude: amplitude(clicks.level_db),
            },
            Signal::Silence(_) => Self::Silence,
        }
    }

    fn fill(&mut self, first: u64, rate_hz: u32, out: &mut [f32]) {
        let sample: &dyn Fn(u64) -> f64 = match self {
            Self::Pink(pink) => return pink.fill(first, out),
            Self::Silence => return out.fill(0.0),
            Self::Tone { cycles_a_frame, amplitude } => {
                &|frame| *amplitude * sine(frame as f64 * *cycles_a_frame)
            }
            Self::White { seed, amplitude } => &|frame| *amplitude * white(*seed, frame),
            Self::Sweep { sweep, amplitude } => {
                &|frame| *amplitude * sine(sweep_cycles(sweep, frame as f64 / f64::from(rate_hz)))
            }
            Self::Clicks { frames_a_click, amplitude } => {
                &|frame| if is_click(frame, *frames_a_click) { *amplitude } else { 0.0 }
            }
        };
        for (frame, out) in (first..).zip(out) {
            *out = sample(frame) as f32;
        }
    }
}

/// The sine of a phase in cycles. Whole cycles are taken off first: they are exact in f64 for days.
fn sine(cycles: f64) -> f64 {
    libm::sin(TAU * (cycles - libm::floor(cycles)))
}

/// The phase of a sweep in cycles: the integral of `start (end / start)^(t / duration)`.
fn sweep_cycles(sweep: &Sweep, time_s: f64) -> f64 {
    let slope = libm::log(sweep.end_hz / sweep.start_hz) / sweep.duration_s;
    if slope == 0.0 {
        return sweep.start_hz * time_s;
    }
    sweep.start_hz / slope * libm::expm1(slope * time_s)
}

/// Whether a frame is the nearest to the time of a click.
fn is_click(frame: u64, frames_a_click: f64) -> bool {
    let click = libm::round(frame as f64 / frames_a_click);
    libm::round(click * frames_a_click) == frame as f64
}

impl Source for SignalSource {
    fn channels(&self) -> usize {
        1
    }

    fn rate_hz(&self) -> u32 {
        self.rate_hz
    }

    fn frames(&self) -> Option<u64> {
        self.frames
    }

    fn read(&mut self, channels: &mut [&mut [f32]]) -> Result<usize> {
        let left = self.frames.map_or(u64::MAX, |frames| frames.saturating_sub(self.position));
        let frames = usize::try_from(left).unwrap_or(usize::MAX).min(channels[0].len());
        self.generator.fill(self.position, self.rate_hz, &mut channels[0][..frames]);
        self.position += frames as u64;
        Ok(frames)
    }

    fn seek(&mut self, frame: u64) -> Result<()> {
        self.position = frame;
        Ok(())
    }
}
