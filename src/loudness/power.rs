//! Loudness as a level, and as the weighted power it stands for.

/// What BS.1770 takes off a level, so that a tone of 997 Hz reads what it measures.
const OFFSET_LU: f64 = 0.691;

/// The loudness of a weighted mean square, in LUFS; none where there is no sound.
pub fn lufs(power: f64) -> Option<f64> {
    (power > 0.0).then(|| 10.0 * libm::log10(power) - OFFSET_LU)
}

/// The weighted mean square that has a loudness in LUFS.
pub fn power(lufs: f64) -> f64 {
    libm::exp10((lufs + OFFSET_LU) / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn level_and_power_are_inverse() {
        for level in [-70.0, -23.0, 0.0, 12.0] {
            assert!((lufs(power(level)).unwrap() - level).abs() < 1e-12);
        }
        assert_eq!(lufs(0.0), None);
    }
}
