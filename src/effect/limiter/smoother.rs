//! The bend of the gain on its way down: three running means, one after the other.

use crate::block::QUANTUM;

/// What a reduction of 1 is in whole numbers. They add up exactly: the sums of a mean that runs for
/// days are those of its window, and are zero again when the window is.
const ONE: f64 = (1 << 29) as f64;

/// Three running means that together reach over one length: a bell without corners. Its lowest frequencies pass
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
        let lengths = [all / 3, (all + 1) / 3, all.div_ceil(3)];
        let scale = 1.0 / (ONE * lengths.iter().map(|&it| it as f64).product::<f64>());
        Self { stages: lengths.map(RunningSum::new), scale, idle: length, length }
    }

    /// Makes reductions, 0 to 1, into their means, rounded up.
    pub fn process(&mut self, reductions: &mut [f64; QUANTUM]) {
        let idle = reductions.iter().rev().take_while(|it| **it == 0.0).count();
        self.idle = if idle == QUANTUM { (self.idle + idle).min(self.length) } else { idle };
        let whole = |reduction: f64| (reduction * ONE) as i64 + i64::from(reduction > 0.0);
        let mut sums = reductions.map(whole);
        self.stages.iter_mut().for_each(|stage| stage.process(&mut sums));
        *reductions = sums.map(|sum| sum as f64 * self.scale);
    }

    pub fn is_at_rest(&self) -> bool {
        self.idle >= self.length
    }
}

/// Quanta for which a window moves on in its room, before it is taken back to the begin.
const QUANTA_OF_ROOM: usize = 8;

/// The sum of the last so many whole numbers.
struct RunningSum {
    /// The numbers of the window, from `begin` on, and room for those to come.
    room: Vec<i64>,
    begin: usize,
    length: usize,
    sum: i64,
}

impl RunningSum {
    fn new(length: usize) -> Self {
        let room = vec![0; length + QUANTA_OF_ROOM * QUANTUM];
        Self { room, begin: 0, length, sum: 0 }
    }

    fn process(&mut self, values: &mut [i64; QUANTUM]) {
        let Self { room, begin, length, sum } = self;
        if *begin + *length + QUANTUM > room.len() {
            room.copy_within(*begin..*begin + *length, 0);
            *begin = 0;
        }
        room[*begin + *length..][..QUANTUM].copy_from_slice(values);
        // What is forgotten first, so that only one addition waits for the one before.
        for (value, forgotten) in values.iter_mut().zip(&room[*begin..]) {
            *value -= forgotten;
        }
        for value in values {
            *sum += *value;
            *value = *sum;
        }
        *begin += QUANTUM;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_arrives_in_so_many_frames_and_goes_altogether() {
        for length in [1, 4, 22, 96, 7680] {
            let mut smoother = Smoother::new(length);
            let mut run = |value: f64| -> Vec<f64> {
                let quanta = (0..length.div_ceil(QUANTUM)).map(|_| [value; QUANTUM]);
                let smooth = |mut quantum: [f64; QUANTUM]| {
                    smoother.process(&mut quantum);
                    quantum
                };
                quanta.flat_map(smooth).collect()
            };
            let out = run(0.3);
            assert!(out[..length].windows(2).all(|pair| pair[0] < pair[1]), "it only rises");
            // Whole numbers are 2e-9 apart.
            assert!((out[length - 1] - 0.3).abs() < 2.1e-9, "{length}: {}", out[length - 1]);
            assert_eq!(out.last(), out.get(length - 1));
            run(0.0);
            assert_eq!(run(0.0), vec![0.0; out.len()]);
            assert!(smoother.is_at_rest());
        }
    }
}
