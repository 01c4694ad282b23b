//! Equaliser, polarity, level and delay of one loudspeaker.

use crate::dsp::{Biquad, BiquadFilter};
use crate::layout::Loudspeaker;
use crate::units::{decibels_to_amplitude, seconds_to_frames};

/// What one loudspeaker needs.
pub struct Trim {
    sections: Vec<(Biquad, BiquadFilter)>,
    gain: f32,
    /// The last frames, the oldest at `next`.
    late: Vec<f32>,
    next: usize,
}

impl Trim {
    pub fn new(loudspeaker: &Loudspeaker, rate_hz: u32) -> Self {
        let bands = loudspeaker.eq.iter();
        let sections = bands.flat_map(|band| band.fixed_sections(f64::from(rate_hz)));
        let sign = if loudspeaker.inverted { -1.0 } else { 1.0 };
        let gain = (sign * decibels_to_amplitude(loudspeaker.gain_db)) as f32;
        let late = seconds_to_frames(loudspeaker.delay_ms / 1000.0, rate_hz) as usize;
        let sections = sections.map(|section| (section, BiquadFilter::default())).collect();
        Self { sections, gain, late: vec![0.0; late], next: 0 }
    }

    /// Whether it leaves everything as it comes.
    pub fn is_idle(&self) -> bool {
        self.sections.is_empty() && self.gain == 1.0 && self.late.is_empty()
    }

    pub fn process(&mut self, samples: &mut [f32]) {
        for (section, filter) in &mut self.sections {
            for sample in samples.iter_mut() {
                *sample = filter.process(f64::from(*sample), section) as f32;
            }
        }
        if self.gain != 1.0 {
            samples.iter_mut().for_each(|sample| *sample *= self.gain);
        }
        if self.late.is_empty() {
            return;
        }
        for sample in samples {
            std::mem::swap(sample, &mut self.late[self.next]);
            self.next = (self.next + 1) % self.late.len();
        }
    }

    pub fn settle(&mut self) {
        self.sections.iter_mut().for_each(|(_, filter)| filter.settle());
    }

    pub fn clear(&mut self) {
        self.sections.iter_mut().for_each(|(_, filter)| *filter = BiquadFilter::default());
        self.late.fill(0.0);
    }
}
