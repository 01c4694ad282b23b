//! What the tests of the panner share: layouts by hand, directions, and the reference data.

#![allow(dead_code, reason = "every test uses its own part")]

use cupola::layout::{Layout, Loudspeaker};
use cupola::space::{Vector, unit_vector};
use serde_json::Value;

pub fn speaker(name: &str, azimuth_deg: f64, elevation_deg: f64) -> Loudspeaker {
    Loudspeaker {
        name: name.into(),
        label: None,
        azimuth_deg,
        elevation_deg,
        nominal_azimuth_deg: azimuth_deg,
        nominal_elevation_deg: elevation_deg,
        distance_m: 1.0,
        lfe: false,
        gain_db: 0.0,
        delay_ms: 0.0,
        inverted: false,
        eq: Vec::new(),
        wave_bit: 0,
    }
}

/// A layout without labels from azimuths and elevations.
pub fn layout(name: &str, angles: &[(f64, f64)]) -> Layout {
    let named = |(index, &(azimuth, elevation))| speaker(&format!("S{index}"), azimuth, elevation);
    let loudspeakers = angles.iter().enumerate().map(named).collect();
    Layout { name: name.into(), title: String::new(), loudspeakers, bass_management: None }
}

pub fn data(name: &str) -> Value {
    let path = format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A file of the large reference set, or `None` with a word about it where that is not there.
pub fn reference(name: &str) -> Option<Value> {
    let folder = std::env::var("CUPOLA_REFERENCE").unwrap_or_else(|_| "../shared".into());
    let path = format!("{folder}/reference/{name}");
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(serde_json::from_str(&text).unwrap()),
        Err(_) => {
            eprintln!("skipped: {path} is not there");
            None
        }
    }
}

/// A layout of ITU-R BS.2051 by its name; also `0+1+0`, the mono of ITU-R BS.775.
pub fn standard(name: &str) -> Layout {
    if name == "0+1+0" {
        let mut mono = layout(name, &[(0.0, 0.0)]);
        mono.loudspeakers[0].label = Some("M+000".into());
        return mono;
    }
    let layouts = data("pan_layouts.json");
    let speakers = layouts[name].as_array().unwrap_or_else(|| panic!("no layout {name}"));
    let loudspeakers = speakers.iter().map(|row| {
        let label = row[0].as_str().unwrap();
        let mut speaker = speaker(label, number(&row[1]), number(&row[2]));
        speaker.label = Some(label.into());
        speaker.lfe = row[3].as_bool().unwrap();
        speaker
    });
    let loudspeakers = loudspeakers.collect();
    Layout { name: name.into(), title: String::new(), loudspeakers, bass_management: None }
}

pub fn standard_names() -> Vec<String> {
    data("pan_layouts.json").as_object().unwrap().keys().cloned().collect()
}

pub fn standards() -> Vec<Layout> {
    standard_names().iter().map(|name| standard(name)).collect()
}

/// Every layout that comes with the program.
pub fn shipped() -> Vec<Layout> {
    let names = cupola::layout::names().iter();
    names.map(|name| cupola::layout::built_in(name).unwrap()).collect()
}

pub fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

/// Gains written as pairs of channel and gain.
pub fn dense(pairs: &Value, channels: usize) -> Vec<f64> {
    let mut gains = vec![0.0; channels];
    for pair in pairs.as_array().unwrap() {
        gains[pair[0].as_u64().unwrap() as usize] = number(&pair[1]);
    }
    gains
}

/// Asserts that gains agree within a tolerance.
pub fn assert_close(found: &[f64], expected: &[f64], tolerance: f64, what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    let worst = found.iter().zip(expected).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(worst <= tolerance, "{what}: off by {worst}\n found {found:?}\nwanted {expected:?}");
}

/// Directions that cover the sphere without a pattern: a spiral in steps of the golden angle.
pub fn spiral(count: u32) -> impl Iterator<Item = Vector> {
    (0..count).map(move |index| {
        let height = 2.0 * (f64::from(index) + 0.5) / f64::from(count) - 1.0;
        unit_vector(f64::from(index) * 137.507_764_050_037_85, height.asin().to_degrees())
    })
}

/// Layouts that others have failed on, with and without a mirror image.
pub fn odd_layouts() -> Vec<Layout> {
    let ring = |count: u32, elevation: f64, first: f64| {
        (0..count).map(move |n| (first + 360.0 * f64::from(n) / f64::from(count), elevation))
    };
    let of = |name: &str, angles: Vec<(f64, f64)>| layout(name, &angles);
    let tops = |angles: &[f64]| angles.iter().map(|&azimuth| (azimuth, 45.0)).collect::<Vec<_>>();
    let floor = |angles: &[f64]| angles.iter().map(|&azimuth| (azimuth, 0.0)).collect::<Vec<_>>();
    let seven = [30.0, -30.0, 0.0, 90.0, -90.0, 135.0, -135.0];
    let nine = [30.0, -30.0, 0.0, 90.0, -90.0, 135.0, -135.0, 60.0, -60.0];
    vec![
        of("wide pair", vec![(80.0, 0.0), (-80.0, 0.0)]),
        of("opposite pair", vec![(90.0, 0.0), (-90.0, 0.0)]),
        of("lopsided pair", vec![(100.0, 0.0), (-20.0, 10.0)]),
        of("pair above each other", vec![(0.0, 0.0), (0.0, 45.0)]),
        of("pole and pole", vec![(0.0, 90.0), (0.0, -90.0)]),
        of("three in front", floor(&[45.0, 0.0, -45.0])),
        of("three on one side", vec![(100.0, 0.0), (60.0, 20.0), (20.0, -5.0)]),
        of("quad", floor(&[45.0, -45.0, 135.0, -135.0])),
        of("7.1.2", [floor(&seven), tops(&[90.0, -90.0])].concat()),
        of("9.1.6", [floor(&nine), tops(&[45.0, -45.0, 90.0, -90.0, 135.0, -135.0])].concat()),
        of("ring of 8", ring(8, 0.0, 0.0).collect()),
        of("ring of 64", ring(64, 0.0, 0.0).collect()),
        of("two rings", ring(6, -20.0, 0.0).chain(ring(6, 30.0, 30.0)).collect()),
        of("two equal rings", ring(8, -25.0, 22.5).chain(ring(8, 25.0, 22.5)).collect()),
        of("all elevated", tops(&[45.0, -45.0, 135.0, -135.0])),
        of("all overhead", vec![(0.0, 75.0), (120.0, 80.0), (-100.0, 85.0)]),
        of("all low", ring(5, -40.0, 0.0).collect()),
        of("voice behind", [floor(&seven), tops(&[180.0])].concat()),
        of("steep", vec![(0.0, 0.0), (120.0, 69.0), (-120.0, -69.0), (60.0, 5.0)]),
        of("coincident", floor(&[30.0, 30.0, -30.0, -30.0, 110.0, -110.0])),
        of("dome of 64", (0..64).map(|n| dome(n, 64)).collect()),
        of("sphere of 128", (0..128).map(|n| ball(n, 128)).collect()),
    ]
}

fn dome(index: u32, count: u32) -> (f64, f64) {
    let height = (f64::from(index) + 0.5) / f64::from(count);
    (f64::from(index) * 137.508, height.asin().to_degrees())
}

fn ball(index: u32, count: u32) -> (f64, f64) {
    let height = 2.0 * (f64::from(index) + 0.5) / f64::from(count) - 1.0;
    (f64::from(index) * 137.508, height.asin().to_degrees())
}
