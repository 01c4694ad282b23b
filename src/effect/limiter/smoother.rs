//! The bend of the gain on its way down: three running means, one after the other.

/// What a reduction of 1 is in whole numbers. They add up exactly: the sums of a mean that runs for
/// days are those of its window, and are zero again when the window is.
const ONE: f64 = (1 << 30) as f64;

/// Three running means of together one length: a bell without corners. Its lowest frequencies pass
/// and little else, so that a gain made of it hardly widens the lines of a spectrum.
pub struct Smoother {
    stages: [RunningSum; 3],
    scale: f64,
    /// Frames since the last input that was not 0.
    idle: usize,
    length: usize,
}

impl Smoother {
    /// Means that settle within `length` frames (1 to 7740, for the sums to fit).
    pub fn new(length: usize) -> Self {
        // Each reaches back one frame less than it is long.
        let all = length + 2;
        let lengths = [all / 3, (all + 1) / 3, (all + 2) / 3];
        let scale = 1.0 / (ONE * lengths.iter().map(|&it| it as f64).product::<f64>());
        Self { stages: lengths.map(RunningSum::new), scale, idle: length, length }
    }

    /// Takes a reduction, 0 to 1, and gives the mean, rounded up.
    #[inline]
    pub fn process(&mut self, reduction: f64) -> f64 {
        self.idle = if reduction > 0.0 { 0 } else { (self.idle + 1).min(self.length) };
        let whole = (reduction * ONE).ceil() as u64;
        let sum = self.stages.iter_mut().fold(whole, |value, stage| stage.process(value));
        sum as f64 * self.scale
    }

    pub fn is_at_rest(&self) -> bool {
        self.idle >= self.length
    }
}

/// The sum of the last so many whole numbers.
struct RunningSum {
    window: Vec<u64>,
    oldest: usize,
    sum: u64,
}

impl RunningSum {
    fn new(length: usize) -> Self {
        Self { window: vec![0; length], oldest: 0, sum: 0 }
    }

    #[inline]
    fn process(&mut self, value: u64) -> u64 {
        self.sum = self.sum + value - self.window[self.oldest];
        self.window[self.oldest] = value;
        self.oldest += 1;
        if self.oldest == self.window.len() {
            self.oldest = 0;
        }
        self.sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_arrives_in_so_many_frames_and_goes_altogether() {
        for length in [1, 4, 22, 96, 7680] {
            let mut smoother = Smoother::new(length);
            let out: Vec<f64> = (0..length).map(|_| smoother.process(0.3)).collect();
            assert!(out.windows(2).all(|pair| pair[0] < pair[1]), "it only rises");
            // Whole numbers are 1e-9 apart.
            assert!((out[length - 1] - 0.3).abs() < 2e-9, "{length}: {}", out[length - 1]);
            assert!(length == 1 || out[length - 2] < out[length - 1]);
            (0..length).for_each(|_| _ = smoother.process(0.0));
            assert!(smoother.is_at_rest());
            assert_eq!(smoother.process(0.0), 0.0);
        }
    }
}
