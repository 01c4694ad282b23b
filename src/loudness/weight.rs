//! What a channel counts in the sum of all.

/// The weight of the power of a channel whose loudspeaker stands at that azimuth (degrees, positive
/// to the left) and elevation (degrees, positive up): 1.41 (+1.5 dB) at the sides, 1 elsewhere, 0
/// for low-frequency effects (ITU-R BS.1770-5, annex 3, table 4).
///
/// The angle decides, not the name: the surrounds of 5.1 stand at the sides, the rears of 7.1 do
/// not.
#[must_use]
pub fn weight(azimuth_deg: f64, elevation_deg: f64, is_lfe: bool) -> f64 {
    // Once around is the same place.
    let off_front_deg = (azimuth_deg - 360.0 * libm::round(azimuth_deg / 360.0)).abs();
    match () {
        () if is_lfe => 0.0,
        () if elevation_deg.abs() < 30.0 && (60.0..=120.0).contains(&off_front_deg) => 1.41,
        () => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_sides_weigh_more() {
        for (azimuth_deg, elevation_deg, expected) in [
            (0.0, 0.0, 1.0),
            (30.0, 0.0, 1.0),
            (59.9, 0.0, 1.0),
            (60.0, 0.0, 1.41),
            (-90.0, 0.0, 1.41),
            (270.0, 0.0, 1.41),
            (110.0, 29.9, 1.41),
            (120.0, -29.9, 1.41),
            (-120.1, 0.0, 1.0),
            (135.0, 0.0, 1.0),
            (90.0, 30.0, 1.0),
            (90.0, -30.0, 1.0),
            (180.0, 0.0, 1.0),
        ] {
            let found = weight(azimuth_deg, elevation_deg, false);
            assert_eq!(found, expected, "{azimuth_deg}, {elevation_deg}");
        }
        assert_eq!(weight(90.0, 0.0, true), 0.0);
    }
}
