//! How much of its time the callback of a device takes.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use serde::Serialize;

/// Classes of 1/256 of the period, up to four periods.
const CLASSES: usize = 1024;
const CLASSES_A_PERIOD: f64 = 256.0;

/// Times of callbacks over the periods they had: counted by one thread, read by any.
pub struct Load {
    counts: Vec<AtomicU32>,
    callbacks: AtomicU64,
    /// The bits of the largest, an `f32` that is not negative.
    most: AtomicU32,
}

/// How long callbacks took, as shares of their periods; 1 is all the time there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct LoadReading {
    /// What half of them stayed within.
    pub p50: f64,
    /// What 99 of 100 stayed within.
    pub p99: f64,
    /// What 999 of 1000 stayed within.
    pub p999: f64,
    /// What the slowest took.
    pub max: f64,
}

impl Default for Load {
    fn default() -> Self {
        let counts = (0..CLASSES).map(|_| AtomicU32::new(0)).collect();
        Self { counts, callbacks: AtomicU64::new(0), most: AtomicU32::new(0) }
    }
}

impl Load {
    /// Counts a callback.
    pub fn note(&self, took: Duration, period_s: f64) {
        let share = took.as_secs_f64() / period_s;
        let class = ((share * CLASSES_A_PERIOD) as usize).min(CLASSES - 1);
        self.counts[class].fetch_add(1, Ordering::Relaxed);
        self.callbacks.fetch_add(1, Ordering::Relaxed);
        // Bits of numbers that are not negative are in the order of the numbers.
        self.most.fetch_max((share as f32).to_bits(), Ordering::Relaxed);
    }

    /// How many callbacks there were.
    #[must_use]
    pub fn callbacks(&self) -> u64 {
        self.callbacks.load(Ordering::Relaxed)
    }

    /// What was counted so far; shares are rounded up to 1/256.
    #[must_use]
    pub fn reading(&self) -> LoadReading {
        let counts: Vec<u64> =
            self.counts.iter().map(|count| u64::from(count.load(Ordering::Relaxed))).collect();
        let max = f64::from(f32::from_bits(self.most.load(Ordering::Relaxed)));
        let within = |share: f64| within(&counts, share).min(max);
        LoadReading { p50: within(0.5), p99: within(0.99), p999: within(0.999), max }
    }
}

/// What a share of all stayed within.
fn within(counts: &[u64], share: f64) -> f64 {
    let wanted = share * counts.iter().sum::<u64>() as f64;
    let mut sum = 0;
    let class = counts.iter().position(|count| {
        sum += count;
        sum as f64 >= wanted
    });
    class.map_or(0.0, |class| (class + 1) as f64 / CLASSES_A_PERIOD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_counted() {
        let load = Load::default();
        assert_eq!(load.reading().max, 0.0);
        for percent in 1..=100 {
            load.note(Duration::from_micros(percent * 10), 1e-3);
        }
        let LoadReading { p50, p99, max, .. } = load.reading();
        // The classes are 0.4 % wide.
        assert!((p50 - 0.5).abs() < 0.006 && (p99 - 0.99).abs() < 0.006, "{p50} {p99}");
        assert!((max - 1.0).abs() < 1e-6);
        assert_eq!(load.callbacks(), 100);
    }
}
