//! Sources of some size, beyond what the reference covers.

mod panner_support;

use cupola::pan::{GainRow, Panner, Spread};
use cupola::space::{UP, Vector, unit_vector};
use panner_support::{odd_layouts, shipped, spiral, standard};

/// Sums of up to 1652 points in doubles.
const EXACT: f64 = 1e-9;

fn spread(width_deg: f64, height_deg: f64) -> Spread {
    Spread { width_deg, height_deg }
}

fn gains(panner: &Panner, direction: &Vector, spread: &Spread) -> Vec<f64> {
    let mut row = GainRow::new();
    panner.solve_spread(direction, spread, &mut row);
    row.to_dense(panner.channels())
}

#[test]
fn no_size_changes_the_energy() {
    let sizes = [0.0, 0.1, 5.0, 10.0, 30.0, 120.0, 180.0, 359.0, 360.0];
    for layout in shipped().into_iter().chain(odd_layouts()) {
        if ["0+2+0", "stereo"].contains(&layout.name.as_str()) {
            continue; // The stereo law lowers points behind.
        }
        let panner = Panner::new(&layout).unwrap();
        for (index, direction) in spiral(60).chain([UP, -UP]).enumerate() {
            let size = spread(sizes[index % sizes.len()], sizes[index / sizes.len() % sizes.len()]);
            let gains = gains(&panner, &direction, &size);
            let energy: f64 = gains.iter().map(|gain| gain * gain).sum();
            let what = format!("{} {direction:?} {size:?}: {energy}", layout.name);
            assert!(
                (energy - 1.0).abs() < EXACT && gains.iter().all(|&gain| gain >= 0.0),
                "{what}"
            );
        }
    }
}

#[test]
fn a_point_is_the_limit_of_a_small_source() {
    let panner = Panner::new(&standard("4+7+0")).unwrap();
    for direction in spiral(200) {
        let point = panner.gains(&direction);
        assert_eq!(gains(&panner, &direction, &spread(0.0, 0.0)), point);
        let small = gains(&panner, &direction, &spread(1e-9, 0.0));
        // A 1e-10th of the power comes from around the point: 1e-5 of the amplitude.
        assert!(point.iter().zip(&small).all(|(a, b)| (a - b).abs() < 2e-5), "{direction:?}");
    }
}

#[test]
fn the_right_is_the_exact_mirror_of_the_left() {
    for name in ["0+2+0", "0+5+0", "4+7+0"] {
        let layout = standard(name);
        let panner = Panner::new(&layout).unwrap();
        for direction in spiral(300).chain([UP, -UP, unit_vector(180.0, 20.0)]) {
            let image = Vector::new(-direction.x, direction.y, direction.z);
            let size = spread(70.0, 20.0);
            let (left, right) = (gains(&panner, &direction, &size), gains(&panner, &image, &size));
            for (channel, speaker) in layout.loudspeakers.iter().enumerate() {
                let azimuth = if speaker.lfe { speaker.azimuth_deg } else { -speaker.azimuth_deg };
                let stands = |other: &cupola::layout::Loudspeaker| {
                    other.azimuth_deg == azimuth && other.elevation_deg == speaker.elevation_deg
                };
                let partner = layout.loudspeakers.iter().position(stands).unwrap();
                assert_eq!(left[channel], right[partner], "{name} {direction:?}");
            }
        }
    }
}

#[test]
fn every_angle_and_size_is_finite() {
    let panner = Panner::new(&standard("0+5+0")).unwrap();
    for azimuth in (-180..=180).step_by(30) {
        for elevation in (-90..=90).step_by(15) {
            for size in [0.0, 1.0, 90.0, 360.0, 1e9, f64::INFINITY, f64::NAN, -3.0] {
                let direction = unit_vector(azimuth.into(), elevation.into());
                let gains = gains(&panner, &direction, &spread(size, 20.0));
                let energy: f64 = gains.iter().map(|gain| gain * gain).sum();
                assert!((energy - 1.0).abs() < EXACT, "{azimuth} {elevation} {size}: {gains:?}");
            }
        }
    }
    let nowhere = gains(&panner, &Vector::zeros(), &spread(30.0, 30.0));
    assert_eq!(nowhere, gains(&panner, &unit_vector(0.0, 0.0), &spread(30.0, 30.0)));
}

#[test]
fn a_round_source_does_not_jump_at_the_poles_or_behind() {
    let panner = Panner::new(&standard("4+7+0")).unwrap();
    let size = spread(40.0, 40.0);
    for centre in [UP, -UP, unit_vector(180.0, 0.0), unit_vector(180.0, 30.0)] {
        for (index, away) in spiral(100).enumerate() {
            let near = |step: f64| gains(&panner, &(centre + away * step).normalize(), &size);
            let moved =
                near(1e-6).iter().zip(near(-1e-6)).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            // A ten-thousandth of a degree; the weights change by a tenth a degree.
            assert!(moved < 1e-4, "{centre:?} {index}: {moved}");
        }
    }
}

#[test]
fn growing_sources_grow_steadily() {
    let panner = Panner::new(&standard("4+7+0")).unwrap();
    for direction in spiral(40) {
        let mut before = gains(&panner, &direction, &spread(0.0, 0.0));
        for step in 1..=720 {
            let now =
                gains(&panner, &direction, &spread(f64::from(step) * 0.5, f64::from(step) * 0.25));
            let moved = now.iter().zip(&before).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            // The fastest is the first half degree: a twentieth of the power, 0.22 of the amplitude.
            assert!(moved < 0.25, "{direction:?} at {step}: {moved}");
            before = now;
        }
    }
}
