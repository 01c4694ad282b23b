//! The panner against the EBU's reference implementation of ITU-R BS.2127, for every layout of
//! ITU-R BS.2051.

mod panner_support;

use cupola::pan::{GainRow, Panner, Spread};
use cupola::space::unit_vector;
use panner_support::{assert_close, data, dense, number, reference, standard, standard_names};
use serde_json::Value;

/// The reference gains are written with nine digits; the promise is a millionth.
const TOLERANCE: f64 = 1e-6;

#[test]
fn points_agree_for_every_standard_layout() {
    let points = data("pan_points.json");
    for name in standard_names() {
        let panner = Panner::new(&standard(&name)).unwrap();
        for row in points[&name].as_array().unwrap() {
            let gains = panner.gains(&unit_vector(number(&row[0]), number(&row[1])));
            let expected = dense(&row[2], panner.channels());
            assert_close(&gains, &expected, TOLERANCE, &format!("{name} {row}"));
        }
    }
}

#[test]
fn loudspeakers_away_from_their_nominal_places_agree() {
    let moved = data("pan_moved.json");
    for (name, variants) in moved.as_object().unwrap() {
        for variant in variants.as_array().unwrap() {
            let mut layout = standard(name);
            for (speaker, real) in layout.loudspeakers.iter_mut().zip(angles(&variant["real"])) {
                (speaker.azimuth_deg, speaker.elevation_deg) = real;
            }
            let panner = Panner::new(&layout).unwrap();
            for row in variant["rows"].as_array().unwrap() {
                let gains = panner.gains(&unit_vector(number(&row[0]), number(&row[1])));
                let expected = dense(&row[2], panner.channels());
                assert_close(&gains, &expected, TOLERANCE, &format!("{name} moved {row}"));
            }
        }
    }
}

fn angles(list: &Value) -> Vec<(f64, f64)> {
    list.as_array().unwrap().iter().map(|pair| (number(&pair[0]), number(&pair[1]))).collect()
}

#[test]
fn spreads_agree_for_every_standard_layout() {
    let spreads = data("pan_spreads.json");
    let mut found = GainRow::new();
    for name in standard_names() {
        let panner = Panner::new(&standard(&name)).unwrap();
        for row in spreads[&name].as_array().unwrap() {
            let direction = unit_vector(number(&row[0]), number(&row[1]));
            let spread = Spread { width_deg: number(&row[2]), height_deg: number(&row[3]) };
            panner.solve_spread(&direction, &spread, &mut found);
            let expected = dense(&row[4], panner.channels());
            let gains = found.to_dense(panner.channels());
            assert_close(&gains, &expected, TOLERANCE, &format!("{name} {row}"));
        }
    }
}

#[test]
fn the_large_reference_of_points_agrees() {
    for name in ["0+2+0", "0+5+0", "4+7+0"] {
        let Some(file) = reference(&format!("psp_gains_{name}.json")) else { return };
        let layout = standard(name);
        let panner = Panner::new(&layout).unwrap();
        let rows = file["directions"].as_array().unwrap();
        assert!(rows.len() > 300);
        for row in rows {
            let gains = panner.gains(&unit_vector(number(&row["az"]), number(&row["el"])));
            let full = gains.iter().zip(&layout.loudspeakers).filter(|(_, speaker)| !speaker.lfe);
            let gains: Vec<f64> = full.map(|(gain, _)| *gain).collect();
            assert_close(&gains, &numbers(&row["gains"]), TOLERANCE, &format!("{name} {row}"));
        }
    }
}

#[test]
fn the_large_reference_of_objects_agrees() {
    let known = ["tag", "position", "width", "height"];
    let mut compared = 0;
    for name in ["0+2+0", "0+5+0", "4+7+0"] {
        let Some(file) = reference(&format!("object_gains_{name}.json")) else { return };
        let panner = Panner::new(&standard(name)).unwrap();
        for row in file["objects"].as_array().unwrap() {
            let block = row["block"].as_object().unwrap();
            let position = &block["position"];
            let is_plain = block.keys().all(|key| known.contains(&key.as_str()));
            if !is_plain || position["distance"] != 1.0 {
                continue;
            }
            let size = |key: &str| block.get(key).map_or(0.0, number);
            let spread = Spread { width_deg: size("width"), height_deg: size("height") };
            let direction =
                unit_vector(number(&position["azimuth"]), number(&position["elevation"]));
            let mut found = GainRow::new();
            panner.solve_spread(&direction, &spread, &mut found);
            let gains = found.to_dense(panner.channels());
            assert_close(&gains, &numbers(&row["direct"]), TOLERANCE, &format!("{name} {row}"));
            compared += 1;
        }
    }
    assert!(compared > 60, "only {compared} rows compared");
}

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().unwrap().iter().map(number).collect()
}
