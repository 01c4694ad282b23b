//! Loudness and true peaks of what plays, measured outside the callback.

use rtrb::Consumer;
use serde::Serialize;

use super::Tape;
use crate::block::{QUANTUM, Quantum, SILENCE};
use crate::loudness::{Meter, Peaks};
use crate::render::Measured;
use crate::units::seconds_to_frames;

/// How long nobody may look, in seconds; what comes then is not measured.
const SLACK_S: f64 = 2.0;

/// The meter of one target: measures what a tape took when it is [read](Self::read).
pub struct Metering {
    ring: Consumer<f32>,
    meter: Meter,
    planes: Vec<Quantum>,
    /// The peaks of the channels since they were last taken, and the highest of all.
    peaks: Vec<Peaks>,
    highest: Peaks,
}

/// The loudness of what plays; what silence does not have is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct LoudnessReading {
    /// The loudness of the last 400 ms, in LUFS.
    pub momentary_lufs: Option<f64>,
    /// The loudness of the last 3 s, in LUFS.
    pub short_term_lufs: Option<f64>,
    /// The gated loudness since it was started, in LUFS.
    pub integrated_lufs: Option<f64>,
    /// The highest true peak of any channel since it was started, in dBTP.
    pub true_peak_dbtp: Option<f64>,
}

/// The tape that takes a target, and the meter that measures it, at a rate in frames a second.
#[must_use]
pub fn metering(measured: &Measured, rate_hz: u32) -> (Tape, Metering) {
    let channels = measured.channels.len();
    let (tape, ring) = Tape::new(channels, seconds_to_frames(SLACK_S, rate_hz) as usize);
    let weights: Vec<f64> = measured.channels.iter().map(|(_, weight)| *weight).collect();
    let meter = Meter::new(&weights, rate_hz);
    let (planes, peaks) = (vec![SILENCE; channels], vec![Peaks::default(); channels]);
    (tape, Metering { ring, meter, planes, peaks, highest: Peaks::default() })
}

impl Metering {
    /// Measures all that has come until now.
    pub fn read(&mut self) {
        let channels = self.planes.len();
        // What comes meanwhile waits for the next time, or this might never end.
        let mut left = self.ring.slots() / channels;
        while left > 0 {
            let frames = left.min(QUANTUM);
            let Ok(chunk) = self.ring.read_chunk(frames * channels) else { break };
            for (place, sample) in chunk.into_iter().enumerate() {
                self.planes[place % channels][place / channels] = sample;
            }
            let slices: Vec<&[f32]> = self.planes.iter().map(|plane| &plane[..frames]).collect();
            self.meter.push(&slices);
            left -= frames;
        }
        for (peaks, recent) in self.peaks.iter_mut().zip(self.meter.take_channel_peaks()) {
            *peaks = peaks.highest(recent);
            self.highest = self.highest.highest(recent);
        }
    }

    /// Loudness and the highest true peak.
    #[must_use]
    pub fn loudness(&self) -> LoudnessReading {
        LoudnessReading {
            momentary_lufs: self.meter.momentary_lufs(),
            short_term_lufs: self.meter.short_term_lufs(),
            integrated_lufs: self.meter.integrated_lufs(),
            true_peak_dbtp: self.highest.true_peak_dbtp,
        }
    }

    /// The peaks of every channel since this was asked last.
    pub fn take_peaks(&mut self) -> Vec<Peaks> {
        let fresh = vec![Peaks::default(); self.peaks.len()];
        std::mem::replace(&mut self.peaks, fresh)
    }
}
