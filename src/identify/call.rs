//! How a loudspeaker says which it is: a tone, and beeps that count its channel.

use std::f64::consts::TAU;

use crate::Result;
use crate::source::Source;
use crate::units::seconds_to_frames;

/// The pitch of the first loudspeaker; the others follow in semitones.
const FIRST_HZ: f64 = 330.0;

/// The pitches come back after two octaves.
const PITCHES: usize = 24;

/// The pitch of an LFE, and how much lower the next one's is.
const LFE_HZ: f64 = 60.0;
const NEXT_LFE: f64 = 0.75;

/// How long tones and beeps come and go, in seconds: without a click.
const EDGE_S: f64 = 0.01;

const TONE_S: f64 = 0.7;
const SHORT_S: f64 = 0.1;
const LONG_S: f64 = 0.4;
const GAP_S: f64 = 0.12;

/// Silence between two loudspeakers, in seconds.
const PAUSE_S: f64 = 0.6;

/// The pitch of a loudspeaker, with so many of its kind before it.
pub fn pitch_hz(before: usize, is_lfe: bool) -> f64 {
    if is_lfe {
        return LFE_HZ * libm::pow(NEXT_LFE, before as f64);
    }
    FIRST_HZ * libm::exp2((before % PITCHES) as f64 / 12.0)
}

/// The call of a loudspeaker.
pub struct Call {
    /// First and last frame of every tone.
    tones: Vec<[u64; 2]>,
    frames: u64,
    turn_of_frame: f64,
    amplitude: f64,
    edge: f64,
    rate_hz: u32,
    at: u64,
}

impl Call {
    /// The call of a channel, counted from 1.
    pub fn new(channel: usize, freq_hz: f64, amplitude: f64, rate_hz: u32) -> Self {
        let tens = std::iter::repeat_n(LONG_S, channel / 10);
        let ones = std::iter::repeat_n(SHORT_S, channel % 10);
        let mut tones = Vec::new();
        let mut begin_s = 0.0;
        for length_s in [TONE_S].into_iter().chain(tens).chain(ones) {
            tones.push([begin_s, begin_s + length_s].map(|time| seconds_to_frames(time, rate_hz)));
            begin_s += length_s + GAP_S;
        }
        Self {
            tones,
            frames: seconds_to_frames(begin_s + PAUSE_S, rate_hz),
            turn_of_frame: freq_hz / f64::from(rate_hz),
            amplitude,
            edge: EDGE_S * f64::from(rate_hz),
            rate_hz,
            at: 0,
        }
    }

    fn sample(&self, frame: u64) -> f32 {
        let sounding = self.tones.iter().find(|[begin, end]| (*begin..*end).contains(&frame));
        let Some([begin, end]) = sounding else { return 0.0 };
        let from_edge = (frame - begin).min(end - frame) as f64 / self.edge;
        let rise = 0.5 - 0.5 * libm::cos(0.5 * TAU * from_edge.min(1.0));
        let turns = self.turn_of_frame * (frame - begin) as f64;
        (self.amplitude * rise * libm::sin(TAU * turns)) as f32
    }
}

impl Source for Call {
    fn channels(&self) -> usize {
        1
    }

    fn rate_hz(&self) -> u32 {
        self.rate_hz
    }

    fn frames(&self) -> Option<u64> {
        Some(self.frames)
    }

    fn read(&mut self, channels: &mut [&mut [f32]]) -> Result<usize> {
        let left = self.frames.saturating_sub(self.at);
        let count = (channels[0].len() as u64).min(left) as usize;
        for (frame, sample) in channels[0][..count].iter_mut().enumerate() {
            *sample = self.sample(self.at + frame as u64);
        }
        self.at += count as u64;
        Ok(count)
    }

    fn seek(&mut self, frame: u64) -> Result<()> {
        self.at = frame;
        Ok(())
    }
}
