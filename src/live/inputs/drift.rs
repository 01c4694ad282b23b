//! Two clocks that are not quite as fast: how far an input gets ahead of the output, or falls behind.

/// Over how much audio what waits is averaged, in seconds: so little that clocks apart by 200
/// millionths, more than any two that work, are kept up with by [`MOST_FRAMES`].
const WINDOW_S: f64 = 1.0;

/// Frames up to which nothing is done.
const TOLERANCE_FRAMES: f64 = 8.0;

/// The most frames that are left out or repeated at once: over a control step the pitch moves by
/// a sixteenth for so long, where a drift of 50 millionths needs it once in six seconds.
const MOST_FRAMES: i64 = 16;

/// Watches how much waits between an input and an output.
pub struct Drift {
    window_frames: u64,
    sum: f64,
    callbacks: u32,
    passed: u64,
    /// What waited on average when it began.
    usual: Option<f64>,
}

impl Drift {
    pub fn new(rate_hz: u32) -> Self {
        let window_frames = (WINDOW_S * f64::from(rate_hz)) as u64;
        Self { window_frames, sum: 0.0, callbacks: 0, passed: 0, usual: None }
    }

    /// Forgets: something else waits from now on.
    pub fn begin(&mut self) {
        (self.sum, self.callbacks, self.passed, self.usual) = (0.0, 0, 0, None);
    }

    /// Takes note of how many frames wait at a callback of so many, with those that would have come
    /// by now did they not come all at once. Returns how many have to be left out; repeated, where
    /// it is negative.
    pub fn note(&mut self, waiting: f64, callback_frames: usize) -> i64 {
        self.sum += waiting;
        self.callbacks += 1;
        self.passed += callback_frames as u64;
        if self.passed < self.window_frames {
            return 0;
        }
        let mean = self.sum / f64::from(self.callbacks);
        (self.sum, self.callbacks, self.passed) = (0.0, 0, 0);
        let ahead = mean - *self.usual.get_or_insert(mean);
        if ahead.abs() < TOLERANCE_FRAMES {
            return 0;
        }
        (libm::round(ahead) as i64).clamp(-MOST_FRAMES, MOST_FRAMES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left out over so many seconds where an input is faster by some millionths and its
    /// callbacks have other sizes; and the farthest that what waits gets from where it began.
    fn drift(faster_by: f64, duration_s: usize) -> (i64, f64) {
        const COMES: f64 = 480.0;
        const GOES: usize = 512;
        let mut drift = Drift::new(48_000);
        let (mut left_out, mut farthest) = (0, 0.0_f64);
        for callback in 0..duration_s * 48_000 / GOES {
            let due = (callback * GOES) as f64 * (1.0 + faster_by * 1e-6);
            // What has come, callback by callback, and what would have by now.
            let came = (due / COMES).floor() * COMES;
            let since = due - came;
            let waiting = 2000.0 + came + since - (callback * GOES) as f64 - left_out as f64;
            farthest = farthest.max((waiting - 2000.0).abs());
            left_out += drift.note(waiting, GOES);
        }
        (left_out, farthest)
    }

    #[test]
    fn clocks_that_agree_leave_all_as_it_is() {
        assert_eq!(drift(0.0, 600).0, 0);
    }

    #[test]
    fn what_comes_faster_or_slower_is_left_out_or_repeated() {
        for faster_by in [-200.0, -50.0, 50.0, 200.0] {
            let (left_out, farthest) = drift(faster_by, 600);
            // 600 s at 48 kHz: 28.8 frames for each millionth.
            let expected = faster_by * 28.8;
            assert!((left_out as f64 - expected).abs() < 40.0, "{left_out} of {expected}");
            assert!(farthest < 60.0, "{farthest}");
        }
    }
}
