//! How good a set of responses is said to be.

mod sofa_support;

use cupola::hrtf::{EARS, Measured, Quality, sofa};
use cupola::space::{azimuth_elevation_deg, unit_vector};
use sofa_support::{json, kemar};

/// Frames a second of the sets made here.
const RATE_HZ: f64 = 48_000.0;

/// A set of rings of 24 directions from -60 to 90 degrees, of impulses: where each lies and how
/// large it is.
fn impulses(impulse: impl Fn(f64, usize) -> (usize, f32)) -> Measured {
    let mut set = Measured { rate_hz: RATE_HZ, taps: 64, ..Measured::default() };
    let ring = |elevation: i32| (0..24).map(move |i| (15.0 * f64::from(i), f64::from(elevation)));
    let rings = (-60..=75).step_by(15).flat_map(ring);
    for (azimuth, elevation) in rings.chain([(0.0, 90.0)]) {
        let direction = unit_vector(azimuth, elevation);
        for ear in 0..EARS {
            let (tap, size) = impulse(-direction.x, ear);
            let mut response = [0.0; 64];
            response[tap] = size;
            set.responses.extend(response);
        }
        set.directions.push(direction);
        set.distances_m.push(1.5);
        set.delays_frames.push([0.0; EARS]);
    }
    set
}

#[test]
fn impulses_are_flat_and_alike() {
    let set = impulses(|_, _| (20, 0.5));
    let quality = Quality::of(&set);
    assert_eq!((quality.directions, quality.taps, quality.rate_hz), (241, 64, RATE_HZ));
    assert_eq!(quality.distances_m, [1.5, 1.5]);
    assert!(quality.outliers.is_empty() && quality.symmetry.is_exact(), "{quality:?}");
    // The rounding of an f32 transform.
    assert!(quality.diffuse_field_deviation_db < 1e-4, "{}", quality.diffuse_field_deviation_db);
    assert!(quality.largest_itd_s < 1e-9 && quality.ilds_db.iter().all(|it| it.abs() < 1e-9));
    // From the lowest ring, at -60, to straight down.
    assert!((quality.largest_gap.angle_deg - 30.0).abs() < 1e-9, "{:?}", quality.largest_gap);
    assert_eq!(azimuth_elevation_deg(&quality.largest_gap.direction).1, -90.0);
}

#[test]
fn times_and_levels_have_the_sign_of_the_side() {
    // From the left, the left ear hears 12 frames earlier and twice as much.
    let left_first = |left: f64, ear: usize| match (left > 0.9, ear) {
        (true, 0) => (20, 1.0),
        _ => (32, 0.5),
    };
    let quality = Quality::of(&impulses(left_first));
    for (index, direction) in impulses(left_first).directions.iter().enumerate() {
        let beside = direction.x < -0.9;
        let (itd_s, ild_db) = if beside { (12.0 / RATE_HZ, 6.0206) } else { (0.0, 0.0) };
        // A parabola through a peak of band-limited sound is off by hundredths of a frame.
        assert!((quality.itds_s[index] - itd_s).abs() < 0.1 / RATE_HZ, "{direction:?}");
        assert!((quality.ilds_db[index] - ild_db).abs() < 1e-4, "{direction:?}");
    }
    assert!((quality.largest_itd_s - 12.0 / RATE_HZ).abs() < 0.1 / RATE_HZ);
    assert!(!quality.symmetry.is_exact());
}

#[test]
fn delays_count_as_time() {
    let mut set = impulses(|_, _| (20, 0.5));
    set.delays_frames[5] = [3.5, 20.0];
    let quality = Quality::of(&set);
    assert!((quality.itds_s[5] - 16.5 / RATE_HZ).abs() < 0.1 / RATE_HZ, "{}", quality.itds_s[5]);
    assert!(!quality.symmetry.is_exact(), "it is late on one side only");
}

#[test]
fn a_direction_unlike_its_neighbours_is_found() {
    let mut set = impulses(|_, _| (20, 0.5));
    let first = (100 * EARS + 1) * set.taps;
    for sample in &mut set.responses[first..first + 64] {
        *sample *= 2.5;
    }
    let found = Quality::of(&set).outliers;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].direction, found[0].ear), (100, 1));
    assert!((found[0].louder_db - 7.9588).abs() < 1e-3, "{found:?}");
    // 5.6 dB is none yet.
    set.responses[first..first + 64].iter_mut().for_each(|sample| *sample *= 0.76);
    assert!(Quality::of(&set).outliers.is_empty());
}

#[test]
fn a_head_that_is_not_symmetric_is_told() {
    let quality = Quality::of(&impulses(|_, ear| (20, if ear == 0 { 0.5 } else { 0.45 })));
    assert_eq!(quality.symmetry.mirrored, 1.0);
    // (0.5 - 0.45)^2 against the mean of the squares.
    let expected = 10.0 * libm::log10(0.0025 / 0.22625);
    assert!((quality.symmetry.difference_db - expected).abs() < 1e-4, "{:?}", quality.symmetry);
    // Half a sphere has no mirror image.
    let mut half = impulses(|_, _| (20, 0.5));
    for direction in half.directions.iter_mut().filter(|it| it.x > 0.01) {
        direction.x *= 0.7;
        *direction = direction.normalize();
    }
    assert!(Quality::of(&half).symmetry.mirrored < 0.7);
}

#[test]
fn a_lone_direction_can_be_judged() {
    let mut set = impulses(|_, _| (20, 0.5));
    set.directions.truncate(1);
    set.distances_m.truncate(1);
    set.delays_frames.truncate(1);
    set.responses.truncate(128);
    let quality = Quality::of(&set);
    assert!(quality.largest_gap.angle_deg > 179.0 && quality.outliers.is_empty());
}

#[test]
fn kemar_is_judged_as_scipy_judges_it() {
    let Some(path) = kemar() else { return };
    let quality = Quality::of(&sofa::read(&path).unwrap());
    let expected = json("quality.json");
    let numbers = |name: &str| -> Vec<f64> {
        expected[name].as_array().unwrap().iter().map(|it| it.as_f64().unwrap()).collect()
    };
    // Shares of the sphere are found on a grid of 1 degree there, and exactly here.
    let deviation = expected["diffuse_field_deviation_db"].as_f64().unwrap();
    assert!((quality.diffuse_field_deviation_db - deviation).abs() < 0.02);
    let levels = quality.diffuse_field.iter().step_by(12);
    for ([_, found], expected) in levels.zip(numbers("diffuse_field_db")) {
        assert!((found - expected).abs() < 0.1, "{found} for {expected}");
    }
    let rows = numbers("rows").into_iter().map(|row| row as usize);
    for ((row, itd_s), ild_db) in rows.zip(numbers("itds_s")).zip(numbers("ilds_db")) {
        // A sixteenth of a frame there, a parabola here.
        assert!((quality.itds_s[row] - itd_s).abs() < 2e-6, "{row}: {}", quality.itds_s[row]);
        assert!((quality.ilds_db[row] - ild_db).abs() < 1e-4, "{row}");
    }
    // The lowest ring is at -40; the set is one ear, mirrored.
    assert!((quality.largest_gap.angle_deg - 50.0).abs() < 1e-9);
    assert!(quality.symmetry.is_exact() && quality.outliers.is_empty());
}
