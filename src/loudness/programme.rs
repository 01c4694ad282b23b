//! The powers of a programme over time: momentary, short-term, and all that is gated.

use super::histogram::Histogram;
use super::power::lufs;

/// Ticks in a second: how finely windows slide.
pub const TICKS_PER_SECOND: u64 = 100;

/// Ticks from one gated block to the next: 100 ms, so that blocks of 400 ms overlap by 75 %.
pub const TICKS_PER_HOP: u64 = 10;

/// Ticks in 400 ms and in 3 s.
const MOMENTARY: usize = 40;
const SHORT_TERM: usize = 300;

/// The relative gates: 10 LU below the mean for loudness, 20 LU for its range.
const LOUDNESS_GATE: f64 = 10.0;
const RANGE_GATE: f64 = 100.0;

/// A programme from its beginning on, tick by tick. Before it there was silence.
pub struct Programme {
    ticks: u64,
    /// The weighted powers of the last ticks twice, one copy behind the other, so that every window
    /// lies in one piece.
    recent: Vec<f64>,
    momentary: f64,
    short_term: f64,
    max_momentary: f64,
    max_short_term: f64,
    blocks: Histogram,
    short_terms: Histogram,
}

impl Programme {
    pub fn new() -> Self {
        Self {
            ticks: 0,
            recent: vec![0.0; 2 * SHORT_TERM],
            momentary: 0.0,
            short_term: 0.0,
            max_momentary: 0.0,
            max_short_term: 0.0,
            blocks: Histogram::new(),
            short_terms: Histogram::new(),
        }
    }

    /// Whole ticks so far.
    pub fn ticks(&self) -> u64 {
        self.ticks
    }

    /// Adds a tick of that weighted mean square.
    pub fn add(&mut self, power: f64) {
        let place = (self.ticks % SHORT_TERM as u64) as usize;
        self.recent[place] = power;
        self.recent[place + SHORT_TERM] = power;
        self.ticks += 1;
        let end = place + SHORT_TERM + 1;
        self.momentary = mean(&self.recent[end - MOMENTARY..end]);
        self.short_term = mean(&self.recent[end - SHORT_TERM..end]);
        self.max_momentary = self.max_momentary.max(self.momentary);
        self.max_short_term = self.max_short_term.max(self.short_term);
        if self.ticks.is_multiple_of(TICKS_PER_HOP) {
            self.add_blocks();
        }
    }

    /// Only whole blocks are gated.
    fn add_blocks(&mut self) {
        if self.ticks >= MOMENTARY as u64 {
            self.blocks.add(self.momentary);
        }
        if self.ticks >= SHORT_TERM as u64 {
            self.short_terms.add(self.short_term);
        }
    }

    pub fn momentary_lufs(&self) -> Option<f64> {
        lufs(self.momentary)
    }

    pub fn short_term_lufs(&self) -> Option<f64> {
        lufs(self.short_term)
    }

    pub fn max_momentary_lufs(&self) -> Option<f64> {
        lufs(self.max_momentary)
    }

    pub fn max_short_term_lufs(&self) -> Option<f64> {
        lufs(self.max_short_term)
    }

    pub fn integrated_lufs(&self) -> Option<f64> {
        self.blocks.mean_lufs(LOUDNESS_GATE)
    }

    pub fn loudness_range_lu(&self) -> Option<f64> {
        self.short_terms.spread_lu(RANGE_GATE, 0.10, 0.95)
    }
}

/// The mean of powers, of which there are a multiple of four: four sums side by side.
fn mean(powers: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    for powers in powers.chunks_exact(sums.len()) {
        for (sum, power) in sums.iter_mut().zip(powers) {
            *sum += power;
        }
    }
    (sums[0] + sums[1] + sums[2] + sums[3]) / powers.len() as f64
}

#[cfg(test)]
mod tests {
    use super::super::power::power;
    use super::*;

    /// Programmes of ticks at a level each, so many at a time.
    fn programme(parts: &[(f64, usize)]) -> Programme {
        let mut programme = Programme::new();
        for (level, ticks) in parts {
            (0..*ticks).for_each(|_| programme.add(power(*level)));
        }
        programme
    }

    #[test]
    fn windows_hold_what_they_should() {
        let programme = programme(&[(-40.0, 700), (-20.0, 40)]);
        assert!((programme.momentary_lufs().unwrap() + 20.0).abs() < 1e-9);
        // 260 ticks of -40, 40 of -20.
        let expected = lufs((260.0 * power(-40.0) + 40.0 * power(-20.0)) / 300.0).unwrap();
        assert!((programme.short_term_lufs().unwrap() - expected).abs() < 1e-9);
    }

    #[test]
    fn maxima_stay_and_short_programmes_are_not_gated() {
        let loud_then_quiet = programme(&[(-20.0, 400), (-50.0, 400)]);
        assert!((loud_then_quiet.max_momentary_lufs().unwrap() + 20.0).abs() < 1e-9);
        assert!((loud_then_quiet.max_short_term_lufs().unwrap() + 20.0).abs() < 1e-9);
        let short = programme(&[(-20.0, 39)]);
        assert_eq!((short.integrated_lufs(), short.loudness_range_lu()), (None, None));
        assert!(programme(&[(-20.0, 40)]).integrated_lufs().is_some());
        assert!(programme(&[(-20.0, 299)]).loudness_range_lu().is_none());
        assert_eq!(programme(&[(-20.0, 300)]).loudness_range_lu(), Some(0.0));
    }
}
