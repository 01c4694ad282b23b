//! The curves between points.

use cupola::motion::{Curve, Keyframes, Macro, Placement, Point, Trajectory};
use cupola::space::{Position, Vector, angle_deg, azimuth_elevation_deg, unit_vector};
use proptest::prelude::*;

use super::{build, largest_step_deg, macro_motion, moving, point};

const CURVES: [Curve; 5] =
    [Curve::Step, Curve::Linear, Curve::GreatCircle, Curve::CatmullRom, Curve::Monotone];

fn keyed(curve: Curve, places: &[(f64, f64, f64, f64)]) -> Trajectory {
    let points = places.iter().map(|&(t_s, azimuth_deg, elevation_deg, distance)| Point {
        t_s: Some(t_s),
        azimuth_deg: Some(azimuth_deg),
        elevation_deg: Some(elevation_deg),
        distance: Some(distance),
        ..Point::default()
    });
    let motion =
        Macro::Keyframes(Keyframes { curve, points: points.collect(), ..Keyframes::default() });
    build(&Placement::default(), Some(&motion), None, "object").unwrap()
}

/// Points at rising times, none opposite its neighbour.
fn places() -> impl Strategy<Value = Vec<(f64, f64, f64, f64)>> {
    let place = (0.01..5.0, -180.0..180.0, -85.0..90.0, 0.0..3.0);
    prop::collection::vec(place, 1..12).prop_map(|mut places| {
        let mut time_s = 0.0;
        for place in &mut places {
            time_s += place.0;
            place.0 = time_s;
        }
        places
    })
}

proptest! {
    #[test]
    fn every_curve_hits_its_points_exactly(places in places()) {
        for curve in CURVES {
            let trajectory = keyed(curve, &places);
            for &(t_s, azimuth_deg, elevation_deg, distance) in &places {
                let expected = Position::polar(azimuth_deg, elevation_deg, distance);
                prop_assert_eq!(trajectory.position(t_s), expected, "{:?}", curve);
            }
        }
    }

    #[test]
    fn every_curve_arrives_at_its_points(places in places()) {
        for curve in [Curve::Linear, Curve::GreatCircle, Curve::CatmullRom, Curve::Monotone] {
            let trajectory = keyed(curve, &places);
            for &(t_s, azimuth_deg, elevation_deg, distance) in &places {
                let here = point(&Position::polar(azimuth_deg, elevation_deg, distance));
                for beside_s in [t_s - 1e-9, t_s + 1e-9] {
                    let there = point(&trajectory.position(beside_s));
                    // Ways of up to some dozens of radii in no less than 10 ms, gone for 1 ns.
                    prop_assert!((there - here).norm() < 1e-5, "{:?} at {}", curve, t_s);
                }
            }
        }
    }

    #[test]
    fn a_monotone_curve_never_overshoots(places in places()) {
        let trajectory = keyed(Curve::Monotone, &places);
        for pair in places.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            for step in 0..=50 {
                let time_s = from.0 + (to.0 - from.0) * f64::from(step) / 50.0;
                let position = trajectory.position(time_s);
                let elevation_deg = azimuth_elevation_deg(&position.direction).1;
                // Roundings of angles up to 90 degrees; near a pole the sine of the elevation is
                // flat, which costs half the digits.
                prop_assert!(elevation_deg > from.2.min(to.2) - 1e-5);
                prop_assert!(elevation_deg < from.2.max(to.2) + 1e-5);
                prop_assert!(position.distance >= from.3.min(to.3) - 1e-12);
                prop_assert!(position.distance <= from.3.max(to.3) + 1e-12);
            }
        }
    }

    #[test]
    fn a_great_circle_stays_on_its_plane_at_constant_speed(places in places()) {
        let trajectory = keyed(Curve::GreatCircle, &places);
        for pair in places.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let (start, end) = (unit_vector(from.1, from.2), unit_vector(to.1, to.2));
            let whole_deg = angle_deg(&start, &end);
            // A plane needs two directions that are neither the same nor opposite.
            prop_assume!((1.0..179.0).contains(&whole_deg));
            let normal = start.cross(&end).normalize();
            for step in 0..=50 {
                let fraction = f64::from(step) / 50.0;
                let direction = trajectory.position(from.0 + (to.0 - from.0) * fraction).direction;
                prop_assert!(direction.dot(&normal).abs() < 1e-12);
                // The promise is 1e-9; times of up to 60 s leave the fraction 1e-13 of exactness.
                prop_assert!((angle_deg(&start, &direction) - whole_deg * fraction).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn a_catmull_rom_curve_has_no_kink_in_time(places in places()) {
        let trajectory = keyed(Curve::CatmullRom, &places);
        let at = |time_s| point(&trajectory.position(time_s));
        // The first and the last point are where the motion starts and stops.
        for &(t_s, ..) in places.iter().skip(1).rev().skip(1) {
            let step_s = 1e-6;
            // One-sided derivatives of second order.
            let side = |way: f64| -> Vector {
                (at(t_s) * -3.0 + at(t_s + way) * 4.0 - at(t_s + 2.0 * way)) / (2.0 * way)
            };
            let (before, after) = (side(-step_s), side(step_s));
            // Roundings of 1e-15 over 1e-6 s, and third derivatives of up to 1e7 times 1e-12.
            let scale = 1.0 + before.norm();
            prop_assert!((before - after).norm() < 1e-4 * scale, "{before} {after} at {t_s}");
        }
    }
}

#[test]
fn an_arc_between_opposite_places_needs_via() {
    let points = "points = [{ t_s = 0, azimuth_deg = 90 }, { t_s = 2, azimuth_deg = -90 }]";
    let motion = macro_motion("keyframes", points);
    let message = build(&Placement::default(), Some(&motion), None, "a").unwrap_err().to_string();
    assert!(message.starts_with("macro.points[1]") && message.contains("via"), "{message}");
    let via = "{ t_s = 2, azimuth_deg = -90, via = { elevation_deg = 90 } }";
    let points = format!("points = [{{ t_s = 0, azimuth_deg = 90 }}, {via}]");
    let over = moving("", "keyframes", &points);
    assert!((over.position(1.0).direction - unit_vector(0.0, 90.0)).norm() < 1e-15);
    assert!((over.position(0.5).direction - unit_vector(90.0, 45.0)).norm() < 1e-15);
    assert!((over.position(1.5).direction - unit_vector(-90.0, 45.0)).norm() < 1e-15);
    // 90 degrees a second in 10,000 steps a second: no jump at the pole.
    assert!(largest_step_deg(&over, 0.0, 2.0, 20_000) < 90.0 / 10_000.0 + 1e-9);
    let bad = "points = [{ t_s = 0 }, { t_s = 1, azimuth_deg = 90, via = { azimuth_deg = 180 } }]";
    let motion = macro_motion("keyframes", bad);
    let message = build(&Placement::default(), Some(&motion), None, "a").unwrap_err().to_string();
    assert!(message.starts_with("macro.points[1].via"), "{message}");
}

#[test]
fn the_shortest_way_is_taken_unless_turns_are_given() {
    for curve in ["great-circle", "monotone", "linear"] {
        let to = |way: &str| {
            let points = format!(
                "[{{ t_s = 0, azimuth_deg = 170 }}, {{ t_s = 1, azimuth_deg = -170 {way} }}]"
            );
            let motion =
                moving("", "keyframes", &format!("curve = \"{curve}\"\npoints = {points}"));
            azimuth_elevation_deg(&motion.position(0.5).direction).0
        };
        // Half of 20 degrees is straight behind; half of a turn more is in front, either way round.
        assert!((to("").abs() - 180.0).abs() < 1e-9, "{curve}");
        assert!(to(", turns = 1").abs() < 1e-9, "{curve}");
        assert!(to(", turns = -1").abs() < 1e-9, "{curve}");
        assert!((to(", turns = 2").abs() - 180.0).abs() < 1e-9, "{curve}");
    }
}

#[test]
fn what_a_point_does_not_say_stays() {
    let points = "points = [{ t_s = 0 }, { t_s = 1, elevation_deg = 45 },
        { t_s = 2, distance = 3 }, { t_s = 3 }]";
    let motion = moving("azimuth_deg = 20", "keyframes", points);
    assert_eq!(motion.position(0.0), Position::polar(20.0, 0.0, 1.0));
    assert_eq!(motion.position(1.0), Position::polar(20.0, 45.0, 1.0));
    assert_eq!(motion.position(2.0), Position::polar(20.0, 45.0, 3.0));
    assert_eq!(motion.position(2.5), Position::polar(20.0, 45.0, 3.0));
    let points = "curve = \"linear\"
        points = [{ t_s = 0, x = 1, y = 0 }, { t_s = 1, y = 2 }, { t_s = 2, x = 0, y = 0 }]";
    let motion = moving("", "keyframes", points);
    assert_eq!(point(&motion.position(0.5)), Vector::new(1.0, 1.0, 0.0));
    // In the head it keeps the direction it came from.
    assert_eq!(motion.position(2.0).direction, motion.position(1.0).direction);
}

#[test]
fn steps_and_easings_do_what_they_say() {
    let step = moving(
        "",
        "keyframes",
        "curve = \"step\"\npoints = [{ t_s = 1 }, { t_s = 2, azimuth_deg = 90 }]",
    );
    assert_eq!(step.position(1.999), Position::polar(0.0, 0.0, 1.0));
    assert_eq!(step.position(2.0), Position::polar(90.0, 0.0, 1.0));
    for (easing, expected_deg) in [("in", 22.5), ("out", 67.5), ("in-out", 45.0), ("smooth", 45.0)]
    {
        let points = format!(
            "points = [{{ t_s = 0 }}, {{ t_s = 2, azimuth_deg = 90, easing = \"{easing}\" }}]"
        );
        let motion = moving("", "keyframes", &points);
        let there = azimuth_elevation_deg(&motion.position(1.0).direction).0;
        assert!((there - expected_deg).abs() < 1e-12, "{easing}: {there}");
    }
}

#[test]
fn passes_repeat_from_time_zero_to_the_last_point() {
    let points = "repeat = 2\npoints = [{ t_s = 1 }, { t_s = 3, azimuth_deg = 90 }]";
    let motion = moving("", "keyframes", points);
    let azimuths = [0.5, 2.0, 2.999_999_999, 3.5, 5.0, 6.0, 60.0]
        .map(|time_s| azimuth_elevation_deg(&motion.position(time_s).direction).0.round());
    assert_eq!(azimuths, [0.0, 45.0, 90.0, 0.0, 45.0, 90.0, 90.0]);
}
