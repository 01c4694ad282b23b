//! The loudness of all blocks of a programme in little memory: how many there were of each level,
//! and their exact sums.

use super::power::{lufs, power};

/// Blocks that are no louder than this do not count (the absolute gate), in LUFS.
const GATE_LUFS: f64 = -70.0;

/// Bins in a LU.
const BINS_PER_LU: f64 = 100.0;

/// Bins: up to +30 LUFS. What is louder still goes into the last.
const BINS: usize = 10_000;

/// Blocks above the absolute gate, sorted by loudness.
pub struct Histogram {
    bins: Vec<Bin>,
    gate_power: f64,
}

/// Blocks whose loudness is the same to a hundredth of a LU.
#[derive(Clone, Copy, Default)]
struct Bin {
    blocks: u64,
    power: f64,
}

impl Histogram {
    pub fn new() -> Self {
        Self { bins: vec![Bin::default(); BINS], gate_power: power(GATE_LUFS) }
    }

    /// Adds a block of that weighted mean square.
    pub fn add(&mut self, power: f64) {
        if power <= self.gate_power {
            return;
        }
        if let Some(level) = lufs(power) {
            let bin = ((level - GATE_LUFS) * BINS_PER_LU).max(0.0) as usize;
            let bin = &mut self.bins[bin.min(BINS - 1)];
            bin.blocks += 1;
            bin.power += power;
        }
    }

    /// The loudness of the blocks above the relative gate: that many times below the mean power of
    /// all. None where there are none.
    pub fn mean_lufs(&self, below_mean: f64) -> Option<f64> {
        let gate = self.mean(0.0)? / below_mean;
        lufs(self.mean(gate)?)
    }

    /// The difference in loudness between the blocks at two places (0 to 1, the second the louder)
    /// in the order of all blocks above the relative gate, in LU.
    pub fn spread_lu(&self, below_mean: f64, low: f64, high: f64) -> Option<f64> {
        let gate = self.mean(0.0)? / below_mean;
        let blocks: u64 = self.above(gate).map(|bin| bin.blocks).sum();
        let level = |place: f64| {
            let rank = libm::round((blocks - 1) as f64 * place) as u64;
            let mut passed = 0;
            let mut reached = self.above(gate).skip_while(|bin| {
                passed += bin.blocks;
                passed <= rank
            });
            lufs(reached.next()?.mean())
        };
        Some(level(high)? - level(low)?)
    }

    fn mean(&self, gate: f64) -> Option<f64> {
        let add = |sum: Bin, bin: &Bin| Bin {
            blocks: sum.blocks + bin.blocks,
            power: sum.power + bin.power,
        };
        let sum = self.above(gate).fold(Bin::default(), add);
        (sum.blocks > 0).then(|| sum.mean())
    }

    /// The bins above a gate. The one it falls in counts as a whole, by the mean of its blocks.
    fn above(&self, gate: f64) -> impl Iterator<Item = &Bin> {
        self.bins.iter().filter(move |bin| bin.blocks > 0 && bin.mean() > gate)
    }
}

impl Bin {
    fn mean(&self) -> f64 {
        self.power / self.blocks as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn histogram(levels: &[f64]) -> Histogram {
        let mut histogram = Histogram::new();
        levels.iter().for_each(|level| histogram.add(power(*level)));
        histogram
    }

    #[test]
    fn quiet_blocks_do_not_count() {
        assert_eq!(histogram(&[-70.1, -90.0]).mean_lufs(10.0), None);
        let level = histogram(&[-23.0, -23.0, -36.0, -75.0]).mean_lufs(10.0).unwrap();
        assert!((level + 23.0).abs() < 1e-9, "{level}");
    }

    /// The first gate is the mean of both levels less 10 dB: -35.99 is above, -36.01 below.
    #[test]
    fn the_relative_gate_is_below_the_mean_of_what_passes_the_absolute() {
        let gate = -23.0 + 10.0 * libm::log10(0.5) - 10.0;
        let kept = histogram(&[-23.0, gate + 0.3]).mean_lufs(10.0).unwrap();
        let dropped = histogram(&[-23.0, gate - 0.3]).mean_lufs(10.0).unwrap();
        assert!(kept < -25.5 && (dropped + 23.0).abs() < 1e-9, "{kept} {dropped}");
    }

    #[test]
    fn places_are_those_of_the_sorted_blocks() {
        let levels: Vec<f64> = (0..101).map(|step| -30.0 + 0.1 * f64::from(step)).collect();
        let spread = histogram(&levels).spread_lu(100.0, 0.1, 0.95).unwrap();
        assert!((spread - 8.5).abs() < 1e-9, "{spread}");
        assert_eq!(histogram(&[-20.0]).spread_lu(100.0, 0.1, 0.95), Some(0.0));
        assert_eq!(histogram(&[]).spread_lu(100.0, 0.1, 0.95), None);
    }

    #[test]
    fn levels_beyond_all_bins_keep_their_exact_sums() {
        assert!((histogram(&[60.0]).mean_lufs(10.0).unwrap() - 60.0).abs() < 1e-9);
    }
}
