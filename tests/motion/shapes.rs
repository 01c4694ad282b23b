//! Orbits, ellipses, spirals, eights, pendulums and lines.

use cupola::space::{Position, angle_deg, azimuth_elevation_deg, unit_vector};

use super::{build, largest_step_deg, macro_motion, moving, placement, point};

/// One of each kind, all of them moving for the first half minute.
pub const EVERY_SHAPE: [(&str, &str); 14] = [
    ("orbit", "turns_per_s = 0.3\nelevation_deg = 20\ntilt_deg = 35\nphase_deg = 10"),
    ("orbit", "turns_per_s = -0.3\nradius = 0.5\ncentre = { x = 1, y = 0.2 }\nping_pong = true"),
    ("ellipse", "beats_per_turn = 8\nradius_x = 2\nrotation_deg = 30\ncentre = { z = 0.5 }"),
    ("spiral", "turns = 3.5\nduration_s = 9\nto_elevation_deg = 90\nto_distance = 0\nrepeat = 3"),
    ("figure-8", "cycles_per_s = 0.2\nwidth_deg = 120"),
    ("pendulum", "cycles_per_s = 0.4\nswing_deg = 100\nbearing_deg = 80"),
    ("line", "to = { azimuth_deg = 180 }\nduration_s = 5\nrepeat = \"forever\"\nping_pong = true"),
    ("keyframes", GREAT_CIRCLES),
    ("keyframes", STEP),
    ("keyframes", LINEAR),
    ("keyframes", CATMULL_ROM),
    ("keyframes", MONOTONE),
    ("keyframes", "points = [{ t_s = 3, x = -2 }]\nrepeat = \"forever\""),
    ("keyframes", "curve = \"linear\"\npoints = [{ t_s = 0, x = -2, y = 0 }, { t_s = 7, x = 2 }]"),
];

const GREAT_CIRCLES: &str = r#"
repeat = "forever"
ping_pong = true
points = [
    { t_s = 1, azimuth_deg = 10 },
    { t_beats = 8, azimuth_deg = 140, turns = -1 },
    { t_s = 6, elevation_deg = 80, distance = 2, easing = "in-out" },
    { t_s = 11, azimuth_deg = -40, elevation_deg = 10, via = { azimuth_deg = 90 } },
]"#;

const STEP: &str = r#"
curve = "step"
points = [{ t_s = 1 }, { t_s = 4, z = 1 }, { t_s = 5, y = 2, z = 3 }]"#;

const LINEAR: &str = r#"
curve = "linear"
points = [{ t_s = 1 }, { t_s = 4, z = 1, turns = 2 }, { t_s = 5, y = 2 }]"#;

const CATMULL_ROM: &str = r#"
curve = "catmull-rom"
points = [{ t_s = 1 }, { t_s = 4, z = 1 }, { t_s = 5, x = 2 }, { t_s = 8 }, { t_s = 9, y = -1 }]"#;

const MONOTONE: &str = r#"
curve = "monotone"
points = [{ t_s = 0 }, { t_s = 4, azimuth_deg = 190 }, { t_s = 9, distance = 3, turns = 1 }]"#;

#[test]
fn an_orbit_begins_at_the_object_and_goes_left() {
    let orbit =
        moving("azimuth_deg = 30\nelevation_deg = 20\ndistance = 2", "orbit", "turns_per_s = 0.1");
    assert_eq!(orbit.position(0.0), Position::polar(30.0, 20.0, 2.0));
    for second in 0..30 {
        let position = orbit.position(second.into());
        let expected = unit_vector(30.0 + 36.0 * f64::from(second), 20.0);
        // A dozen roundings, and the time within the turn is exact to 30 s of 2^-53.
        assert!((position.direction - expected).norm() < 1e-14, "{second}");
        assert_eq!(position.distance, 2.0);
    }
    // After a day the time is exact to 86,400 s of 2^-53, 6e-12 turns.
    assert!((orbit.position(86_400.0).direction - unit_vector(30.0, 20.0)).norm() < 1e-10);
    let back = moving("", "orbit", "beats_per_turn = -8");
    assert!((back.position(1.0).direction - unit_vector(-90.0, 0.0)).norm() < 1e-15);
}

#[test]
fn a_tilted_orbit_is_a_tilted_circle_through_the_object() {
    let orbit = moving("azimuth_deg = 50", "orbit", "turns_per_s = 1\ntilt_deg = 30");
    assert!((orbit.position(0.0).direction - unit_vector(50.0, 0.0)).norm() < 1e-15);
    assert!((orbit.position(0.25).direction - unit_vector(140.0, 30.0)).norm() < 1e-15);
    let normal = orbit.position(0.0).direction.cross(&orbit.position(0.25).direction);
    for step in 0..100 {
        let direction = orbit.position(f64::from(step) * 0.01).direction;
        assert!(direction.dot(&normal).abs() < 1e-14, "off its plane at {step}");
    }
    let forward = moving("", "orbit", "turns_per_s = 1\ntilt_deg = 30\ntilt_azimuth_deg = 0");
    assert!((forward.position(0.0).direction - unit_vector(0.0, 30.0)).norm() < 1e-15);
}

#[test]
fn an_orbit_about_another_centre_changes_its_distance() {
    let orbit = moving("", "orbit", "turns_per_s = 1\nradius = 0.5\ncentre = { x = 2 }");
    let expected = [(2.0, 0.5), (1.5, 0.0), (2.0, -0.5), (2.5, 0.0)];
    for (quarter, (x, y)) in (0..4).zip(expected) {
        let here = point(&orbit.position(f64::from(quarter) * 0.25));
        assert!((here - cupola::space::Vector::new(x, y, 0.0)).norm() < 1e-15, "{quarter}: {here}");
    }
    assert_eq!(orbit.max_distance(), 2.5);
}

#[test]
fn an_ellipse_reaches_its_radii() {
    let fields = "turns_per_s = 0.25\nradius_x = 3\nradius_y = 1\nrotation_deg = 90";
    let ellipse = moving("", "ellipse", fields);
    // Turned by 90 degrees its long axis lies front to back, and in front of it lies the object.
    let distances = [0.0, 1.0, 2.0, 3.0].map(|time_s| ellipse.position(time_s).distance);
    for (distance, expected) in distances.into_iter().zip([3.0, 1.0, 3.0, 1.0]) {
        assert!((distance - expected).abs() < 1e-14, "{distances:?}");
    }
    assert!((ellipse.position(1.0).direction - unit_vector(90.0, 0.0)).norm() < 1e-15);
}

#[test]
fn a_spiral_rises_to_the_zenith_without_a_jump() {
    let fields = "turns = -2\nduration_beats = 8\nto_elevation_deg = 90\nto_distance = 3";
    let spiral = moving("azimuth_deg = 90", "spiral", fields);
    assert_eq!(spiral.position(0.0), Position::polar(90.0, 0.0, 1.0));
    assert_eq!(spiral.position(4.0), Position::polar(90.0, 90.0, 3.0));
    assert_eq!(spiral.position(1.0), Position::polar(-90.0, 22.5, 1.5));
    // 180 degrees of azimuth and 22.5 of elevation a second, 1000 steps a second.
    assert!(largest_step_deg(&spiral, 0.0, 5.0, 5000) < 0.001 * (180.0 + 22.5));
}

#[test]
fn a_pendulum_swings_as_far_as_told_and_over_the_pole() {
    let pendulum = moving(
        "elevation_deg = 60",
        "pendulum",
        "cycles_per_s = 0.5\nswing_deg = 70\nbearing_deg = 90",
    );
    assert_eq!(pendulum.position(0.0), Position::polar(0.0, 60.0, 1.0));
    // 60 degrees up and 70 further is 50 degrees up behind.
    assert!((pendulum.position(0.5).direction - unit_vector(180.0, 50.0)).norm() < 1e-15);
    assert!((pendulum.position(1.5).direction - unit_vector(0.0, -10.0)).norm() < 1e-15);
    // The speed is at most 2 pi times the swing times the rate: 220 degrees a second.
    assert!(largest_step_deg(&pendulum, 0.0, 4.0, 40_000) < 0.0001 * 220.0);
}

#[test]
fn an_eight_crosses_itself_at_the_object() {
    let eight = moving("azimuth_deg = 40", "figure-8", "cycles_per_s = 1\nwidth_deg = 60");
    for crossing_s in [0.0, 0.5, 1.0] {
        assert!(angle_deg(&eight.position(crossing_s).direction, &unit_vector(40.0, 0.0)) < 1e-12);
    }
    assert!((eight.position(0.25).direction - unit_vector(70.0, 0.0)).norm() < 1e-14);
    let highest = (0..1000)
        .map(|step| azimuth_elevation_deg(&eight.position(f64::from(step) * 0.001).direction).1)
        .fold(0.0, f64::max);
    // Half of a height of 30 degrees; the arcs to its corners are bent, but by less than a degree.
    assert!((highest - 15.0).abs() < 1.0, "{highest}");
}

#[test]
fn a_line_through_the_head_keeps_a_direction_there() {
    let line = moving("x = -2", "line", "to = { x = 2 }\nduration_s = 4");
    assert_eq!(line.position(1.0), Position { direction: unit_vector(90.0, 0.0), distance: 1.0 });
    assert_eq!(line.position(2.0), Position { direction: unit_vector(90.0, 0.0), distance: 0.0 });
    assert_eq!(line.position(3.0), Position { direction: unit_vector(-90.0, 0.0), distance: 1.0 });
    for step in 0..=4000 {
        let position = line.position(f64::from(step) * 0.001);
        assert_eq!(position.direction.y, 0.0, "it never goes in front: {position:?}");
        // Speed 1: half a millisecond of roundings aside, the distance is that from second 2.
        assert!((position.distance - (2.0 - f64::from(step) * 0.001).abs()).abs() < 1e-14);
    }
}

#[test]
fn the_head_itself_keeps_the_direction_the_author_gave() {
    let orbit = moving("azimuth_deg = 90\ndistance = 0", "orbit", "turns_per_s = 0.25");
    assert_eq!(orbit.position(0.0).direction, unit_vector(90.0, 0.0));
    let still = build(&placement("azimuth_deg = 45\ndistance = 0"), None, None, "a").unwrap();
    assert!(still.is_static());
    assert_eq!(still.position(9.0), Position::polar(45.0, 0.0, 0.0));
}

#[test]
fn motions_wait_repeat_and_turn_round() {
    let fields = "turns_per_s = 0.25\ndelay_beats = 2\nrepeat = 2\nping_pong = true";
    let orbit = moving("", "orbit", fields);
    let azimuth_deg = |time_s| azimuth_elevation_deg(&orbit.position(time_s).direction).0;
    // One second of waiting, four seconds to the left, four seconds back.
    for (time_s, expected_deg) in
        [(0.5, 0.0), (2.0, 90.0), (4.0, -90.0), (6.0, -90.0), (8.0, 90.0), (99.0, 0.0)]
    {
        assert!((azimuth_deg(time_s) - expected_deg).abs() < 1e-12, "at {time_s}");
    }
}

#[test]
fn beats_need_a_tempo() {
    let resolve =
        |path: &std::path::Path| -> cupola::Result<std::path::PathBuf> { Ok(path.into()) };
    let context = cupola::motion::Context { tempo_bpm: None, object: 0, resolve: &resolve };
    for (kind, fields, key) in [
        ("orbit", "beats_per_turn = 4", "macro.beats_per_turn"),
        ("orbit", "turns_per_s = 4\ndelay_beats = 1", "macro.delay_beats"),
        ("line", "to = { x = 1 }\nduration_beats = 1", "macro.duration_beats"),
        ("keyframes", "points = [{ t_beats = 1 }]", "macro.points[0].t_beats"),
    ] {
        let motion = macro_motion(kind, fields);
        let built = cupola::motion::Trajectory::new(&placement(""), Some(&motion), None, &context);
        let message = built.unwrap_err().to_string();
        assert!(message.starts_with(key) && message.contains("tempo"), "{message}");
    }
}
