//! White noise by counting: the sample at a frame is a hash of the seed and the frame.

/// A number in [-1, 1), uniformly distributed, for every frame of every seed.
///
/// The mixing function is that of SplitMix64 (Steele, Lea, Flood 2014): seed and frame are spread by
/// odd constants first so that neighbours share no bits.
pub fn white(seed: u64, frame: u64) -> f64 {
    let stream = mix(seed.wrapping_add(0x9E37_79B9_7F4A_7C15));
    let bits = mix(stream.wrapping_add(frame.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
    (bits >> 11) as f64 * (2.0 / (1_u64 << 53) as f64) - 1.0
}

/// The RMS of [`white`]: that of a uniform distribution.
pub fn white_rms() -> f64 {
    libm::sqrt(1.0 / 3.0)
}

fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}
