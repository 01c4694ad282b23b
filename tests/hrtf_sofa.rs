//! Sets of responses read from SOFA files: the numbers are those that netCDF4 reads.

mod sofa_support;

use cupola::hrtf::{EARS, Measured, sofa};
use cupola::space::{UP, unit_vector};
use serde_json::Value;
use sofa_support::{Maker, SMALL, json, kemar, small};

/// What the issue asks for; the responses are f32, of numbers up to 1.
const TOLERANCE: f64 = 1e-6;

fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(all) => all.iter().flat_map(numbers).collect(),
        one => vec![one.as_f64().unwrap()],
    }
}

fn assert_near(found: &[f64], expected: &Value, what: &str) {
    let expected = numbers(expected);
    assert_eq!(found.len(), expected.len(), "{what}");
    for (index, (found, expected)) in found.iter().zip(&expected).enumerate() {
        assert!((found - expected).abs() < TOLERANCE, "{what} {index}: {found} for {expected}");
    }
}

#[test]
fn small_files_are_read_as_netcdf_reads_them() {
    let expected = json("expected.json");
    assert_eq!(expected.as_object().unwrap().len(), SMALL.len());
    for name in SMALL {
        let set = sofa::read(&small(name)).unwrap_or_else(|error| panic!("{error}"));
        let expected = &expected[name];
        let directions: Vec<f64> =
            set.directions.iter().flat_map(|it| [it.x, it.y, it.z]).collect();
        let responses: Vec<f64> = set.responses.iter().map(|&it| f64::from(it)).collect();
        assert_near(&[set.rate_hz], &expected["rate_hz"], name);
        assert_near(&[set.taps as f64], &expected["taps"], name);
        assert_near(&directions, &expected["directions"], &format!("{name}: direction"));
        assert_near(&set.distances_m, &expected["distances_m"], &format!("{name}: distance"));
        assert_near(&set.delays_frames.concat(), &expected["delays_frames"], name);
        assert_near(&responses, &expected["responses"], &format!("{name}: response"));
    }
}

#[test]
fn files_say_what_they_are() {
    let about = sofa::read(&small("polar.sofa")).unwrap().about;
    assert_eq!(about.title, "A small set");
    assert_eq!(about.database, "made");
    assert_eq!(about.listener, "nobody");
    assert_eq!(about.author, "nobody@example.org");
    assert_eq!(about.licence, "CC0");
    assert_eq!(sofa::read(&small("latest.sofa")).unwrap().about.title, "Von Hand gemacht: größer");
}

#[test]
fn left_stays_left() {
    let set = sofa::read(&small("polar.sofa")).unwrap();
    // The third source is at azimuth 90: to the left, where x is negative. Exactly.
    assert_eq!(set.directions[2], unit_vector(90.0, 0.0));
    // One who looks there has it in front, and what was in front on the right.
    let turned = sofa::read(&small("turned.sofa")).unwrap();
    assert_eq!(turned.directions[2], unit_vector(0.0, 0.0));
    assert_eq!(turned.directions[0], unit_vector(-90.0, 0.0));
}

#[test]
fn one_of_several_distances_is_kept() {
    let set = sofa::read(&small("spheres.sofa")).unwrap();
    assert_eq!((set.directions.len(), set.other_distances), (9, 5));
    assert!(set.distances_m.iter().all(|&distance| distance > 1.38), "{:?}", set.distances_m);
    assert_eq!(set.directions[8], UP);
}

#[test]
fn delays_are_those_of_all_or_of_each() {
    let maker = Maker::small();
    let one = maker.clone().variable("Data.Delay", &[1, 2], &[2.0, 3.5]).read().unwrap();
    assert_eq!(one.delays_frames, vec![[2.0, 3.5]; 6]);
    let each: Vec<f64> = (0..12).map(f64::from).collect();
    let each = maker.clone().variable("Data.Delay", &[6, 2], &each).read().unwrap();
    assert_eq!(each.delays_frames[4], [8.0, 9.0]);
    assert_eq!(maker.without("Data.Delay").read().unwrap().delays_frames, vec![[0.0; EARS]; 6]);
}

#[test]
fn what_has_usual_values_may_be_missing() {
    let maker = Maker::small().without("ListenerView").without("ListenerUp");
    assert_eq!(maker.read().unwrap().directions, Maker::small().read().unwrap().directions);
}

#[test]
fn whole_numbers_are_numbers() {
    let mut maker = Maker::small();
    let expected = maker.read().unwrap();
    maker.whole = vec!["Data.SamplingRate", "Data.Delay", "ListenerView", "ListenerUp"];
    let found = maker.read().unwrap();
    assert_eq!((found.rate_hz, &found.directions), (48_000.0, &expected.directions));
    assert_eq!(found.responses, expected.responses);
}

#[test]
fn single_precision_poles_and_angles_are_no_mistake() {
    let pole = f64::from(std::f32::consts::FRAC_PI_2);
    let positions = [[0.0, 0.0, 1.0], [1.0, pole, 1.0], [2.0, pole, 1.0]];
    let maker = Maker::new(&positions, 4, |direction, ear, _| (direction + ear + 1) as f64);
    let set = maker.kind("SourcePosition", "Units", "radian, radian, metre").read().unwrap();
    assert_eq!(set.directions.len(), 2);
    assert!((set.directions[1] - UP).norm() < TOLERANCE);
    // The average of 2 and 3 on the left.
    assert_eq!(set.response(1, 0), [2.5; 4]);
}

fn assert_is_kemar(set: &Measured) {
    assert_eq!((set.directions.len(), set.taps, set.rate_hz), (710, 512, 44_100.0));
    let expected = json("kemar.json");
    for sample in expected["samples"].as_array().unwrap() {
        let [direction, ear, tap, value] = numbers(sample)[..] else { panic!("{sample}") };
        let found = f64::from(set.response(direction as usize, ear as usize)[tap as usize]);
        assert!((found - value).abs() < TOLERANCE, "{sample}: {found}");
    }
    for (ear, sum) in numbers(&expected["square_sums"]).into_iter().enumerate() {
        let responses = (0..710).flat_map(|direction| set.response(direction, ear));
        let found: f64 = responses.map(|&sample| f64::from(sample).powi(2)).sum();
        assert!((found / sum - 1.0).abs() < TOLERANCE, "{found} for {sum}");
    }
    for position in expected["positions"].as_array().unwrap() {
        let [row, azimuth_deg, elevation_deg, distance_m] = numbers(position)[..] else { panic!() };
        let direction = set.directions[row as usize];
        // The numbers of the text are read to the last bit but one.
        assert!((direction - unit_vector(azimuth_deg, elevation_deg)).norm() < 1e-14, "{position}");
        assert_eq!(set.distances_m[row as usize], distance_m);
    }
}

#[test]
fn kemar_is_read_as_netcdf_reads_it() {
    let Some(path) = kemar() else { return };
    assert_is_kemar(&sofa::read(&path).unwrap());
}
