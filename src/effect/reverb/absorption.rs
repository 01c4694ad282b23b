//! What a line takes away: at every frequency as much as its delay, so that all lines fall alike.
//!
//! Jot and Chaigne (1991): a line of `m` frames loses `60 m / (rate RT60)` decibels on each
//! passage. Here by a graphic equaliser of octave bands in each line whose gains are fitted in
//! decibels, with what the bands do to each other in the sums (Välimäki and Liski 2017; Schlecht
//! and Habets 2017).

use super::section::{Section, Shape};
use super::spec::{OCTAVES_HZ, ReverbSpec};
use crate::dsp::Biquad;
use crate::dsp::Cholesky;

/// Fits from one set of gains to the next and better one; after a few nothing changes.
const FITS: usize = 5;

/// What is lost on one passage is never more than this, in decibels: lower gains mean nothing.
const MOST_LOST_DB: f64 = 90.0;

/// The filter of one line: a gain and sections one after the other.
#[derive(Clone, Debug)]
pub struct Absorption {
    pub gain: f64,
    pub sections: Vec<Biquad>,
}

/// The absorption of every line of a reverb.
pub struct Absorber<'a> {
    spec: &'a ReverbSpec,
    rate_hz: f64,
    sections: Vec<Section>,
    /// Where the loss is fitted, and how much each point counts.
    points: Vec<(f64, f64)>,
}

impl<'a> Absorber<'a> {
    pub fn new(spec: &'a ReverbSpec, rate_hz: u32) -> Self {
        let rate_hz = f64::from(rate_hz);
        let heard = |freq_hz: &f64| *freq_hz < 0.4 * rate_hz;
        let octaves: Vec<f64> = OCTAVES_HZ.into_iter().filter(heard).collect();
        let half_octaves = (0..19).map(|half| 31.25 * libm::exp2(f64::from(half) / 2.0));
        let weight = |freq_hz: f64| if octaves.contains(&freq_hz) { 1.0 } else { 0.3 };
        let points: Vec<(f64, f64)> =
            half_octaves.filter(heard).map(|freq_hz| (freq_hz, weight(freq_hz))).collect();
        let even = points.iter().all(|point| spec.rt60_at(point.0) == spec.rt60_at(points[0].0));
        let sections = if even { Vec::new() } else { sections(&octaves) };
        Self { spec, rate_hz, sections, points }
    }

    /// The filter of a line of so many frames.
    pub fn line(&self, frames: usize) -> Absorption {
        let seconds = frames as f64 / self.rate_hz;
        let lost_db = |freq_hz| -(60.0 * seconds / self.spec.rt60_at(freq_hz)).min(MOST_LOST_DB);
        let asked: Vec<f64> = self.points.iter().map(|point| lost_db(point.0)).collect();
        let mut gains_db = vec![0.0; self.sections.len() + 1];
        gains_db[0] = asked.iter().sum::<f64>() / asked.len() as f64;
        if !self.sections.is_empty() {
            for _ in 0..FITS {
                self.fit(&mut gains_db, &asked);
            }
        }
        self.filter(self.held_below(&asked, gains_db))
    }

    /// Gauss and Newton: the gains that would be right if every section's response in decibels
    /// grew in proportion to its gain.
    fn fit(&self, gains_db: &mut [f64], asked: &[f64]) {
        let mut normal = vec![vec![0.0; gains_db.len()]; gains_db.len()];
        let mut right = vec![0.0; gains_db.len()];
        let filter = self.filter(gains_db.to_vec());
        for (&(freq_hz, weight), asked) in self.points.iter().zip(asked) {
            let missing = asked - filter.gain_db(freq_hz, self.rate_hz);
            let slopes = self.slopes(gains_db, freq_hz);
            for (row, slope) in slopes.iter().enumerate() {
                right[row] += weight * slope * missing;
                for (sum, other) in normal[row].iter_mut().zip(&slopes) {
                    *sum += weight * slope * other;
                }
            }
        }
        let steps = Cholesky::new(normal).solve(&right);
        gains_db.iter_mut().zip(steps).for_each(|(gain, step)| *gain += step);
    }

    /// What a decibel more of each gain does at a frequency.
    fn slopes(&self, gains_db: &[f64], freq_hz: f64) -> Vec<f64> {
        let at = |section: &Section, gain_db: f64| {
            section.coefficients(gain_db, self.rate_hz).magnitude_db(freq_hz, self.rate_hz)
        };
        let slope = |(section, gain_db): (&Section, &f64)| {
            at(section, gain_db + 0.5) - at(section, gain_db - 0.5)
        };
        std::iter::once(1.0).chain(self.sections.iter().zip(&gains_db[1..]).map(slope)).collect()
    }

    /// Turns the whole down where the fit swings over what falls slowest: nothing may ring for
    /// longer than was asked anywhere.
    fn held_below(&self, asked: &[f64], mut gains_db: Vec<f64>) -> Vec<f64> {
        let filter = self.filter(gains_db.clone());
        let swept = (0..=240).map(|step| 5.0 * libm::exp2(f64::from(step) / 20.0));
        let heard = swept.filter(|freq_hz| *freq_hz < self.rate_hz / 2.0);
        let loudest = heard.map(|freq_hz| filter.gain_db(freq_hz, self.rate_hz));
        let loudest = loudest.fold(f64::NEG_INFINITY, f64::max);
        let allowed = 0.97 * asked.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        gains_db[0] -= (loudest - allowed).max(0.0);
        gains_db
    }

    fn filter(&self, gains_db: Vec<f64>) -> Absorption {
        let design =
            |(section, gain_db): (&Section, &f64)| section.coefficients(*gain_db, self.rate_hz);
        Absorption {
            gain: libm::exp10(gains_db[0] / 20.0),
            sections: self.sections.iter().zip(&gains_db[1..]).map(design).collect(),
        }
    }
}

impl Absorption {
    /// The gain of the whole at a frequency, in decibels.
    pub fn gain_db(&self, freq_hz: f64, rate_hz: f64) -> f64 {
        let sections = self.sections.iter().map(|section| section.magnitude_db(freq_hz, rate_hz));
        20.0 * libm::log10(self.gain) + sections.sum::<f64>()
    }
}

/// Shelves for the outermost octaves, from half an octave inside of them, bells for the others.
fn sections(octaves: &[f64]) -> Vec<Section> {
    let half_octave = std::f64::consts::SQRT_2;
    let last = octaves.len() - 1;
    let section = |(index, freq_hz): (usize, &f64)| match index {
        0 => Section { shape: Shape::LowShelf, freq_hz: freq_hz * half_octave },
        _ if index == last => Section { shape: Shape::HighShelf, freq_hz: freq_hz / half_octave },
        _ => Section { shape: Shape::Bell, freq_hz: *freq_hz },
    };
    octaves.iter().enumerate().map(section).collect()
}
