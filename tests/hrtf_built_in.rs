//! The set that comes with the program: flat, mirrored to the bit, steady.

#[path = "support/counting_allocator.rs"]
mod counting_allocator;
mod hrtf_support;

use std::collections::BTreeMap;

use counting_allocator::{CountingAllocator, calls};
use cupola::hrtf::{Mixture, Set, built_in};
use cupola::space::{Vector, unit_vector};
use hrtf_support::{assembled, diffuse_deviation_db, kemar, spiral};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

/// The third check line of the issue, over the whole sphere, at every usual rate.
#[test]
fn the_diffuse_field_is_flat() {
    for rate_hz in [44_100.0, 48_000.0, 96_000.0, 192_000.0] {
        let set = Set::built_in(rate_hz).unwrap();
        let pairs = spiral(1000).map(|direction| assembled(&set, &direction, set.taps() + 200));
        let deviation = diffuse_deviation_db(pairs, rate_hz);
        assert!(deviation <= 0.5, "{rate_hz}: {deviation} dB");
        assert!((set.diffuse_field_deviation_db() - deviation).abs() < 0.1, "{rate_hz}");
    }
}

#[test]
fn left_and_right_are_mirrored_to_the_bit() {
    let set = Set::built_in(48_000.0).unwrap();
    for step in 0..500 {
        let (azimuth, elevation) = (f64::from(step) * 7.3 - 180.0, f64::from(step) * 0.36 - 90.0);
        let one = assembled(&set, &unit_vector(azimuth, elevation), 300);
        let other = assembled(&set, &unit_vector(-azimuth, elevation), 300);
        assert_eq!(one[0], other[1], "{azimuth} {elevation}");
        assert_eq!(one[1], other[0], "{azimuth} {elevation}");
    }
}

#[test]
fn sound_from_the_left_is_earlier_and_louder_on_the_left() {
    let set = Set::built_in(48_000.0).unwrap();
    let left = unit_vector(90.0, 0.0);
    let [near, far] = [0, 1].map(|ear| set.at(&left, ear).delay_frames);
    // A head is 0.6 to 0.8 ms wide.
    assert!((28.0..40.0).contains(&(far - near)), "{near} {far}");
    let pair = assembled(&set, &left, 300);
    let [near, far] = pair.map(|it| it.iter().map(|sample| sample * sample).sum::<f32>());
    assert!(near > 4.0 * far);
    assert!(set.lead_frames() <= 48.0);
}

/// Random arcs, arcs over the poles, arcs across the back: a thousandth of a degree moves weights and
/// delays by little, everywhere.
#[test]
fn nothing_jumps() {
    let set = Set::built_in(48_000.0).unwrap();
    for (index, direction) in spiral(10_000).enumerate() {
        let turn = index as f64 + 1.0;
        let begin = match index % 4 {
            0 => unit_vector(turn * 0.1, 89.999_5),
            1 => unit_vector(turn * 0.1, -89.999_5),
            2 => unit_vector(179.999_5, turn * 0.018 - 90.0),
            _ => direction,
        };
        let towards = Vector::new((turn * 1.7).sin(), (turn * 2.3).sin(), (turn * 3.1).sin());
        let tangent = (towards - begin * begin.dot(&towards)).normalize();
        let step = 0.001_f64.to_radians();
        let end = (begin + tangent * step).normalize();
        for ear in [0, 1] {
            let (here, there) = (set.at(&begin, ear), set.at(&end, ear));
            // Triangles are at least a degree high: a thousandth of a degree is a thousandth of that,
            // for three corners that each lose and gain.
            assert!(apart(&here, &there) < 0.01, "{begin} {end}: {here:?} {there:?}");
            // From one side to the other the delay is 31 frames: 0.01 a thousandth is plenty.
            assert!((here.delay_frames - there.delay_frames).abs() < 0.01, "{begin} {end}");
        }
    }
}

/// By how much the shares of all nodes differ.
fn apart(one: &Mixture, other: &Mixture) -> f64 {
    let mut difference: BTreeMap<u32, f64> = BTreeMap::new();
    for (mixture, sign) in [(one, 1.0), (other, -1.0)] {
        for (node, weight) in mixture.nodes.iter().zip(mixture.weights) {
            *difference.entry(*node).or_default() += sign * weight;
        }
    }
    difference.values().map(|it| it.abs()).sum()
}

#[test]
fn answers_are_mixtures_and_allocate_nothing() {
    let set = Set::built_in(48_000.0).unwrap();
    let directions: Vec<Vector> = spiral(5000)
        .chain([Vector::zeros(), Vector::repeat(f64::NAN), Vector::new(0.0, f64::INFINITY, 1.0)])
        .chain((0..4).map(|quarter| unit_vector(f64::from(quarter) * 90.0, 0.0)))
        .chain([unit_vector(0.0, 90.0), unit_vector(0.0, -90.0)])
        .collect();
    let before = calls();
    let answers = directions.iter().all(|direction| {
        let Mixture { nodes, weights, delay_frames } = set.at(direction, 1);
        let sum: f64 = weights.iter().sum();
        nodes.iter().all(|&node| set.response(node as usize, 1).len() == set.taps())
            && weights.iter().all(|weight| (0.0..=1.0).contains(weight))
            && (sum - 1.0).abs() < 1e-12
            && (0.0..=set.longest_delay_frames()).contains(&delay_frames)
    });
    assert!(answers);
    assert_eq!(calls(), before);
    assert!(Set::built_in(f64::NAN).is_err());
}

#[test]
fn anyone_can_build_it_again() {
    let Some(kemar) = kemar() else { return };
    let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/src/hrtf/built_in/kemar.bin"));
    assert!(built_in::build(&kemar).unwrap() == bytes.unwrap());
}
