//! How long a gain takes: moving sources on 7.1.4 and other layouts, one core.

use std::hint::black_box;

use cupola::layout::{Layout, Loudspeaker};
use cupola::pan::{GainRow, Panner, Spread};
use cupola::space::{Vector, unit_vector};
use divan::Bencher;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

/// Solves in one run: a second of 128 moving objects has 24,000.
const DIRECTIONS: u32 = 1000;

const LAYOUTS: [&str; 4] = ["stereo", "5.1", "7.1.4", "dome of 64"];

fn panner(name: &str) -> Panner {
    let floor = |angles: &[f64]| angles.iter().map(|&azimuth| (azimuth, 0.0)).collect::<Vec<_>>();
    let tops = [45.0, -45.0, 135.0, -135.0].map(|azimuth| (azimuth, 30.0)).to_vec();
    let angles = match name {
        "stereo" => floor(&[30.0, -30.0]),
        "5.1" => floor(&[30.0, -30.0, 0.0, 110.0, -110.0]),
        "7.1.4" => [floor(&[30.0, -30.0, 0.0, 90.0, -90.0, 135.0, -135.0]), tops].concat(),
        _ => (0..64)
            .map(|n| (f64::from(n) * 137.508, ((f64::from(n) + 0.5) / 64.0).asin().to_degrees()))
            .collect(),
    };
    let speaker = |(index, (azimuth_deg, elevation_deg)): (usize, (f64, f64))| Loudspeaker {
        name: format!("S{index}"),
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
    };
    let loudspeakers = angles.into_iter().enumerate().map(speaker).collect();
    let (name, title) = (name.into(), String::new());
    Panner::new(&Layout { name, title, loudspeakers, bass_management: None }).unwrap()
}

/// Many sources, each elsewhere: no solve can profit from the one before.
fn directions() -> Vec<Vector> {
    let height = |index: u32| f64::from(index) * 180.0 / f64::from(DIRECTIONS) - 90.0;
    (0..DIRECTIONS).map(|index| unit_vector(f64::from(index) * 137.508, height(index))).collect()
}

#[divan::bench(args = LAYOUTS)]
fn point(bencher: Bencher<'_, '_>, name: &str) {
    let (panner, directions) = (panner(name), directions());
    let mut row = GainRow::new();
    bencher.counter(ItemsCount::new(DIRECTIONS)).bench_local(|| {
        for direction in &directions {
            panner.solve(black_box(direction), &mut row);
            black_box(&row);
        }
    });
}

#[divan::bench(args = [10.0, 45.0, 180.0, 360.0])]
fn spread_on_7_1_4(bencher: Bencher<'_, '_>, size_deg: f64) {
    let (panner, directions) = (panner("7.1.4"), directions());
    panner.prepare_spread();
    let spread = Spread { width_deg: size_deg, height_deg: 0.5 * size_deg };
    let mut row = GainRow::new();
    bencher.counter(ItemsCount::new(DIRECTIONS)).bench_local(|| {
        for direction in &directions {
            panner.solve_spread(black_box(direction), &spread, &mut row);
            black_box(&row);
        }
    });
}

#[divan::bench(args = LAYOUTS)]
fn new_panner(bencher: Bencher<'_, '_>, name: &str) {
    bencher.bench_local(|| panner(name));
}
