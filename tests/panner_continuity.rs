//! No source may jump: wherever gains differ along an arc, halving the arc must halve the difference.

mod panner_support;

use cupola::layout::Layout;
use cupola::pan::{GainRow, Panner};
use cupola::space::{UP, Vector, unit_vector};
use panner_support::{layout, odd_layouts, shipped, spiral};
use proptest::prelude::*;

/// What is left of a difference when an arc is halved until it is as short as rounding allows. A jump
/// is anything more: the smallest real one, a loudspeaker joining at -80 dB, is 1e-4.
const JUMP: f64 = 1e-5;

/// Steps on a first walk along an arc.
const STEPS: u32 = 16;

fn gains(panner: &Panner, direction: &Vector) -> Vec<f64> {
    let mut row = GainRow::new();
    panner.solve(&direction.normalize(), &mut row);
    row.to_dense(panner.channels())
}

fn difference(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

/// Halves a step towards the larger difference until nothing is left of it, or of the step.
fn jump(panner: &Panner, mut from: Vector, mut to: Vector) -> f64 {
    let (mut first, mut last) = (gains(panner, &from), gains(panner, &to));
    for _ in 0..46 {
        if difference(&first, &last) < JUMP {
            return 0.0;
        }
        let middle = (from + to).normalize();
        let between = gains(panner, &middle);
        if difference(&first, &between) > difference(&between, &last) {
            (to, last) = (middle, between);
        } else {
            (from, first) = (middle, between);
        }
    }
    difference(&first, &last)
}

fn walk(layout: &Layout, panner: &Panner, from: &Vector, to: &Vector) {
    let at = |step: u32| from.lerp(to, f64::from(step) / f64::from(STEPS)).normalize();
    for step in 0..STEPS {
        let jump = jump(panner, at(step), at(step + 1));
        assert_eq!(
            jump,
            0.0,
            "{} jumps between {:?} and {:?}",
            layout.name,
            at(step),
            at(step + 1)
        );
    }
}

/// Arcs through everything that could be special: poles, the seam behind, the median plane, the
/// horizon, the loudspeakers.
fn arcs(layout: &Layout, count: u32) -> Vec<(Vector, Vector)> {
    let directions: Vec<_> = spiral(count).collect();
    let special =
        [UP, -UP, unit_vector(180.0, 0.0), unit_vector(180.0, 30.0), unit_vector(0.0, 0.0)];
    let speakers: Vec<_> = layout.loudspeakers.iter().map(|speaker| speaker.direction()).collect();
    let through = |from: &Vector, via: &Vector| (*from, (via * 2.2 - from).normalize());
    let arcs = directions.iter().enumerate().map(|(index, from)| match index % 3 {
        0 => through(from, &special[index / 3 % special.len()]),
        1 => through(from, &speakers[index / 3 % speakers.len()]),
        _ => (*from, directions[(index * 37 + 11) % directions.len()]),
    });
    arcs.filter(|(from, to)| from.dot(to) > -0.98).collect()
}

#[test]
fn ten_thousand_arcs_on_every_shipped_layout_do_not_jump() {
    for layout in shipped() {
        let panner = Panner::new(&layout).unwrap();
        arcs(&layout, 10_000).iter().for_each(|(from, to)| walk(&layout, &panner, from, to));
    }
}

#[test]
fn no_odd_layout_jumps() {
    for layout in odd_layouts() {
        let panner = Panner::new(&layout).unwrap();
        arcs(&layout, 1000).iter().for_each(|(from, to)| walk(&layout, &panner, from, to));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..Default::default() })]

    #[test]
    fn random_layouts_do_not_jump(
        angles in prop::collection::vec(((-12..=12i32), (-6..=6i32), -3.0..3.0f64), 1..16)
    ) {
        let place = |&(azimuth, elevation, off): &(i32, i32, f64)| {
            (f64::from(azimuth) * 15.0 + off, f64::from(elevation) * 14.0 + off)
        };
        let layout = layout("random", &angles.iter().map(place).collect::<Vec<_>>());
        let panner = Panner::new(&layout).unwrap();
        arcs(&layout, 40).iter().for_each(|(from, to)| walk(&layout, &panner, from, to));
    }
}
