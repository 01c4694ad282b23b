//! Responses at another rate.
//!
//! A response is short and is worked on once: each of its new samples is the old ones under a
//! windowed sinc of its own, in one table for all responses.

use crate::dsp::{kaiser, sinc};

/// Zero crossings of the sinc on either side.
const REACH: f64 = 40.0;

/// Kaiser's beta: side lobes of -100 dB; with the reach, the band ends at 0.46 of the lower rate.
const BETA: f64 = 10.0;

/// From responses of one length and rate to those of another.
pub struct Resampler {
    rows: Vec<Row>,
}

/// The weights of a new sample, from the first old one that has any.
struct Row {
    first: usize,
    weights: Vec<f32>,
}

impl Resampler {
    /// From `taps` samples to `ratio` times the rate; the first new sample lies `early_frames` of the
    /// new rate before the first old one.
    pub fn new(taps: usize, ratio: f64, new_taps: usize, early_frames: f64) -> Self {
        // Fewer samples of a response stand for the same spectrum if each is as much larger.
        let cutoff = ratio.min(1.0);
        let row = |frame: usize| {
            let time = (frame as f64 - early_frames) / ratio;
            let reach = REACH / cutoff;
            let first = (time - reach).ceil().clamp(0.0, taps as f64) as usize;
            let last = (time + reach + 1.0).floor().clamp(first as f64, taps as f64) as usize;
            let weight = |tap: usize| {
                let distance = time - tap as f64;
                (sinc(distance * cutoff) * kaiser(distance / reach, BETA) * cutoff / ratio) as f32
            };
            Row { first, weights: (first..last).map(weight).collect() }
        };
        Self { rows: (0..new_taps).map(row).collect() }
    }

    /// A response at the new rate.
    pub fn resample<'a>(&'a self, response: &'a [f32]) -> impl Iterator<Item = f32> + 'a {
        self.rows.iter().map(|row| {
            let under = &response[row.first..row.first + row.weights.len()];
            under.iter().zip(&row.weights).map(|(sample, weight)| sample * weight).sum()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A band-limited pulse is the same pulse at any rate, but for the size of its samples.
    #[test]
    fn a_pulse_stays_where_it_was() {
        let pulse = |time: f64| sinc(time * 0.7) * kaiser(time / 60.0, 8.0);
        for (ratio, early) in [(48.0 / 44.1, 0.0), (96.0 / 44.1, 16.0), (44.1 / 48.0, 3.0)] {
            let old: Vec<f32> = (0..200).map(|n| pulse(f64::from(n) - 100.0) as f32).collect();
            let resampler = Resampler::new(200, ratio, (200.0 * ratio) as usize, early);
            for (frame, sample) in resampler.resample(&old).enumerate() {
                let expected = pulse((frame as f64 - early) / ratio - 100.0) / ratio;
                // The window of the sinc is good for -100 dB.
                assert!((f64::from(sample) - expected).abs() < 2e-5, "{ratio}: {frame}");
            }
        }
    }
}
