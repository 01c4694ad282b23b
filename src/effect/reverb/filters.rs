//! The absorption of all lines at work, side by side.

use super::absorption::Absorption;
use super::hadamard::{LINES, Lines};
use crate::block::QUANTUM;
use crate::dsp::NEARLY_DENORMAL;

/// A value for every line.
type Lanes = [f64; LINES];

/// The filters of all lines, section by section.
pub struct Filters {
    gain: Lanes,
    sections: Vec<Sections>,
}

/// One section of every line, in transposed direct form II.
#[derive(Clone)]
struct Sections {
    b: [Lanes; 3],
    a: [Lanes; 2],
    state: [Lanes; 2],
}

impl Filters {
    /// The filters as designed, at rest.
    pub fn new(lines: &[Absorption; LINES]) -> Self {
        let sections = (0..lines[0].sections.len()).map(|index| {
            let each = |value: fn(&Absorption, usize, usize) -> f64, tap: usize| -> Lanes {
                std::array::from_fn(|line| value(&lines[line], index, tap))
            };
            Sections {
                b: std::array::from_fn(|tap| {
                    each(|it, index, tap| it.sections[index].to_array()[tap], tap)
                }),
                a: std::array::from_fn(|tap| {
                    each(|it, index, tap| it.sections[index].to_array()[3 + tap], tap)
                }),
                state: [[0.0; LINES]; 2],
            }
        });
        let sections = sections.collect();
        Self { gain: std::array::from_fn(|line| lines[line].gain), sections }
    }

    /// Filters a quantum of every line. The loudest sample of what is left.
    #[inline(always)]
    pub fn process(&mut self, lines: &mut Lines) -> f64 {
        let mut frames = [[0.0; LINES]; QUANTUM];
        for (line, samples) in lines.iter().enumerate() {
            for (frame, sample) in frames.iter_mut().zip(samples) {
                frame[line] = f64::from(*sample) * self.gain[line];
            }
        }
        for section in &mut self.sections {
            section.process(&mut frames);
        }
        let mut loudest = [0.0_f64; LINES];
        for frame in &mut frames {
            for (sample, loudest) in frame.iter_mut().zip(&mut loudest) {
                *sample = if sample.abs() < NEARLY_DENORMAL { 0.0 } else { *sample };
                *loudest = loudest.max(sample.abs());
            }
        }
        for (line, samples) in lines.iter_mut().enumerate() {
            for (frame, sample) in frames.iter().zip(samples) {
                *sample = frame[line] as f32;
            }
        }
        loudest.into_iter().fold(0.0, f64::max)
    }

    /// Forgets all it has heard.
    pub fn clear(&mut self) {
        for section in &mut self.sections {
            section.state = [[0.0; LINES]; 2];
        }
    }
}

impl Sections {
    #[inline(always)]
    fn process(&mut self, frames: &mut [Lanes; QUANTUM]) {
        let Self { b: [b0, b1, b2], a: [a1, a2], state } = self;
        let [mut first, mut second] = *state;
        for frame in frames {
            for line in 0..LINES {
                let input = frame[line];
                let output = b0[line] * input + first[line];
                first[line] = b1[line] * input - a1[line] * output + second[line];
                second[line] = b2[line] * input - a2[line] * output;
                frame[line] = output;
            }
        }
        *state = [first, second];
    }
}
