//! Any bytes as a SOFA file: what is read must be a set that can be used.

use cupola::Error;
use cupola::hrtf::{EARS, sofa};

/// Reads them; whether there was a set.
pub fn read_as_sofa(bytes: Vec<u8>) -> bool {
    match sofa::parse("anything.sofa", bytes) {
        Ok(set) => {
            let directions = set.directions.len();
            assert!(directions > 0 && set.taps > 0);
            assert_eq!(set.responses.len(), directions * EARS * set.taps);
            assert_eq!((set.distances_m.len(), set.delays_frames.len()), (directions, directions));
            assert!(set.responses.iter().all(|sample| sample.is_finite()));
            assert!(set.delays_frames.concat().iter().all(|delay| (0.0..1e6).contains(delay)));
            let is_unit = |length: f64| (length - 1.0).abs() < 1e-9;
            assert!(set.directions.iter().all(|direction| is_unit(direction.norm())));
            assert!(set.distances_m.iter().all(|&distance| distance.is_finite() && distance > 0.0));
            true
        }
        Err(Error::Input(message)) => {
            assert!(message.starts_with("anything.sofa: "), "{message}");
            assert_eq!(message.lines().count(), 1, "{message}");
            false
        }
        Err(other) => panic!("not the fault of the file? {other}"),
    }
}
