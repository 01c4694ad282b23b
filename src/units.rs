//! Conversions between the units a mix engineer writes and those the arithmetic uses.

/// The amplitude that a level in decibels stands for: 0 dB is 1, -6.02 dB is 0.5.
///
/// Minus infinity gives 0.
#[must_use]
pub fn decibels_to_amplitude(decibels: f64) -> f64 {
    libm::exp10(decibels / 20.0)
}

/// The level in decibels of a (non-negative) amplitude; 0 gives minus infinity.
#[must_use]
pub fn amplitude_to_decibels(amplitude: f64) -> f64 {
    20.0 * libm::log10(amplitude)
}

/// The frame nearest to a time, at `rate_hz` frames a second. Negative times are frame 0.
#[must_use]
pub fn seconds_to_frames(seconds: f64, rate_hz: u32) -> u64 {
    (seconds * f64::from(rate_hz)).round().max(0.0) as u64
}

/// The time of a frame in seconds.
#[must_use]
pub fn frames_to_seconds(frames: u64, rate_hz: u32) -> f64 {
    frames as f64 / f64::from(rate_hz)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decibels_and_amplitude_are_inverse() {
        for decibels in [-120.0, -6.0, 0.0, 12.0] {
            let back = amplitude_to_decibels(decibels_to_amplitude(decibels));
            assert!((back - decibels).abs() < 1e-12, "{decibels} came back as {back}");
        }
        assert_eq!(decibels_to_amplitude(f64::NEG_INFINITY), 0.0);
        assert_eq!(amplitude_to_decibels(0.0), f64::NEG_INFINITY);
    }

    #[test]
    fn times_round_to_the_nearest_frame() {
        assert_eq!(seconds_to_frames(1.0, 48_000), 48_000);
        assert_eq!(seconds_to_frames(0.000_011, 48_000), 1);
        assert_eq!(seconds_to_frames(-1.0, 48_000), 0);
    }
}
