//! What stands between a mistake and ears: nothing leaves above full scale, and nothing that is no
//! number.

use crate::block::Quantum;

/// The time constant of the release, in seconds.
const RELEASE_S: f64 = 0.1;

/// Where a gain that recovers is taken for 1, so that it gets there: 0.0001 dB below it.
const AS_GOOD_AS_ONE: f64 = 0.999_99;

/// A limiter at sample peak 1.0 for a group of channels: it turns all of them down at once, without
/// latency, and lets go slowly. Samples below full scale it does not touch.
pub struct Protection {
    /// In double precision: in single precision it would stick before it gets back to 1.
    gain: f64,
    keeps: f64,
    /// Channels in which something was no number.
    muted: Vec<bool>,
}

/// What the protection did to some frames.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Protected {
    /// The lowest gain.
    pub gain: f32,
    /// How many channels were muted just now.
    pub muted: u64,
}

impl Protection {
    /// Protection for so many channels.
    pub fn new(channels: usize, rate_hz: u32) -> Self {
        let keeps = libm::exp(-1.0 / (RELEASE_S * f64::from(rate_hz)));
        Self { gain: 1.0, keeps, muted: vec![false; channels] }
    }

    /// Lets channels sound again.
    pub fn start_over(&mut self) {
        self.muted.fill(false);
        self.gain = 1.0;
    }

    /// Protects the first frames of some channels.
    pub fn protect(&mut self, channels: &mut [Quantum], frames: usize) -> Protected {
        let mut muted = 0;
        for (channel, is_muted) in channels.iter_mut().zip(&mut self.muted) {
            let samples = &mut channel[..frames];
            if !*is_muted && samples.iter().any(|sample| !sample.is_finite()) {
                *is_muted = true;
                muted += 1;
            }
            if *is_muted {
                samples.fill(0.0);
            }
        }
        Protected { gain: self.limit(channels, frames), muted }
    }

    fn limit(&mut self, channels: &mut [Quantum], frames: usize) -> f32 {
        let mut peaks = [0.0_f32; crate::block::QUANTUM];
        for channel in channels.iter() {
            for (peak, sample) in peaks.iter_mut().zip(&channel[..frames]) {
                *peak = peak.max(sample.abs());
            }
        }
        let quiet = peaks.iter().all(|peak| *peak <= 1.0);
        if quiet && self.gain == 1.0 {
            return 1.0;
        }
        let mut lowest = 1.0_f64;
        for (frame, peak) in peaks.iter().enumerate().take(frames) {
            let released = 1.0 - (1.0 - self.gain) * self.keeps;
            let released = if released > AS_GOOD_AS_ONE { 1.0 } else { released };
            self.gain = released.min(1.0 / f64::from(peak.max(1.0)));
            lowest = lowest.min(self.gain);
            let gain = self.gain as f32;
            for channel in channels.iter_mut() {
                // Rounding must not leave it above.
                channel[frame] = (channel[frame] * gain).clamp(-1.0, 1.0);
            }
        }
        lowest as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::SILENCE;

    fn ramp(peak: f32) -> Quantum {
        let mut samples = SILENCE;
        samples
            .iter_mut()
            .enumerate()
            .for_each(|(at, it)| *it = peak * ((at as f32 - 31.0) / 32.0));
        samples
    }

    #[test]
    fn what_is_not_too_loud_is_not_touched() {
        let mut protection = Protection::new(2, 48_000);
        let mut channels = [ramp(1.0), ramp(-1.0)];
        let before = channels;
        let done = protection.protect(&mut channels, 64);
        assert_eq!((channels, done), (before, Protected { gain: 1.0, muted: 0 }));
    }

    #[test]
    fn nothing_leaves_above_full_scale() {
        let mut protection = Protection::new(2, 48_000);
        for peak in [1.5, 1e30, f32::MAX, 3.0, 1.000_000_1] {
            let mut channels = [ramp(peak), ramp(0.5)];
            let done = protection.protect(&mut channels, 64);
            assert!(done.gain < 1.0);
            assert!(channels.iter().flatten().all(|sample| sample.abs() <= 1.0));
        }
        // It lets go in time, and then the bits are as they were. From a gain of almost 0 to within
        // 1e-5 of 1 it takes 11.5 time constants.
        for _ in 0..1 + 48_000 * 12 / 10 / 64 {
            protection.protect(&mut [ramp(0.5), ramp(0.5)], 64);
        }
        let mut channels = [ramp(0.7), ramp(0.5)];
        protection.protect(&mut channels, 64);
        assert_eq!(channels, [ramp(0.7), ramp(0.5)]);
    }

    #[test]
    fn what_is_no_number_mutes_its_channel() {
        let mut protection = Protection::new(2, 48_000);
        let mut channels = [ramp(0.5), ramp(0.5)];
        channels[1][7] = f32::NAN;
        assert_eq!(protection.protect(&mut channels, 64).muted, 1);
        assert_eq!(channels, [ramp(0.5), SILENCE]);
        channels[1] = ramp(0.5);
        assert_eq!(protection.protect(&mut channels, 64).muted, 0);
        assert_eq!(channels[1], SILENCE);
        protection.start_over();
        channels[1] = ramp(0.5);
        protection.protect(&mut channels, 64);
        assert_eq!(channels[1], ramp(0.5));
    }
}
