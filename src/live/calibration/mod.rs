//! What makes up for loudspeakers and the room: bass management, then equaliser, polarity, level and
//! delay of every loudspeaker. On live outputs only, and only where it is asked for.
//!
//! Every sample is worked on by itself, so that it does not matter how many come at once. Nothing is
//! allocated once it is built.

mod bass;
mod trim;

use std::ops::Range;

use crate::block::{QUANTUM, Quantum};
use crate::layout::Layout;
use crate::{Error, Result};
use bass::BassManagement;
use trim::Trim;

/// A layout's calibration at work on its channels.
pub struct Calibration {
    bass: Option<BassManagement>,
    trims: Vec<Trim>,
    /// How many frames of a quantum have passed: filters settle when it is full.
    passed: usize,
}

impl Calibration {
    /// What a layout says of its loudspeakers, at a rate in frames a second; `None` where it says
    /// nothing.
    ///
    /// # Errors
    /// When a filter lies at or above half the rate.
    pub fn new(layout: &Layout, rate_hz: u32) -> Result<Option<Self>> {
        let nyquist_hz = f64::from(rate_hz) / 2.0;
        if let Some(freq_hz) = layout.highest_filter_hz().filter(|freq_hz| *freq_hz >= nyquist_hz) {
            let name = &layout.name;
            let message = format!("{name}: a filter at {freq_hz} Hz needs more than {rate_hz} Hz");
            return Err(Error::input(message));
        }
        let bass = layout.bass_management.as_ref();
        let bass = bass.map(|bass| BassManagement::new(bass, layout, rate_hz));
        let trims: Vec<Trim> =
            layout.loudspeakers.iter().map(|it| Trim::new(it, rate_hz)).collect();
        let is_idle = bass.is_none() && trims.iter().all(Trim::is_idle);
        Ok((!is_idle).then_some(Self { bass, trims, passed: 0 }))
    }

    /// Forgets what came before.
    pub fn start_over(&mut self) {
        self.bass.iter_mut().for_each(BassManagement::clear);
        self.trims.iter_mut().for_each(Trim::clear);
    }

    /// Works on the first frames of the channels, at most a quantum.
    pub fn process(&mut self, channels: &mut [Quantum], frames: usize) {
        let mut from = 0;
        while from < frames {
            let to = frames.min(from + QUANTUM - self.passed);
            self.work(channels, from..to);
            self.passed += to - from;
            from = to;
            if self.passed == QUANTUM {
                self.passed = 0;
                self.settle();
            }
        }
    }

    fn work(&mut self, channels: &mut [Quantum], frames: Range<usize>) {
        if let Some(bass) = &mut self.bass {
            bass.process(channels, frames.clone());
        }
        for (channel, trim) in channels.iter_mut().zip(&mut self.trims) {
            trim.process(&mut channel[frames.clone()]);
        }
    }

    /// What has become inaudibly small becomes nothing, wherever callbacks begin.
    fn settle(&mut self) {
        self.bass.iter_mut().for_each(BassManagement::settle);
        self.trims.iter_mut().for_each(Trim::settle);
    }
}
