//! Paths from CSV files: what they hold, what is wrong with them, how fast they are.

use std::io::Write;
use std::time::Instant;

use cupola::motion::{Placement, Trajectory};
use cupola::space::{Position, Vector, unit_vector};
use tempfile::NamedTempFile;

use super::{build, macro_motion, point};

fn path(text: &str) -> Result<Trajectory, String> {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    let motion = macro_motion("path", &format!("file = {:?}", file.path()));
    let built = build(&Placement::default(), Some(&motion), None, "object");
    built.map_err(|error| error.to_string().replace(file.path().to_str().unwrap(), "walk.csv"))
}

#[test]
fn rows_are_hit_exactly_and_joined_on_great_circles() {
    let walk = path("t_s,azimuth_deg,elevation_deg\n1,90,0\n3,0,0\n5,0,80\n").unwrap();
    assert_eq!(walk.position(0.0), Position::polar(90.0, 0.0, 1.0));
    assert_eq!(walk.position(3.0), Position::polar(0.0, 0.0, 1.0));
    assert_eq!(walk.position(9.0), Position::polar(0.0, 80.0, 1.0));
    assert!((walk.position(1.5).direction - unit_vector(67.5, 0.0)).norm() < 1e-15);
    assert!((walk.position(4.0).direction - unit_vector(0.0, 40.0)).norm() < 1e-15);
}

#[test]
fn columns_may_stand_in_any_order_and_distances_go_along() {
    let walk = path("\u{feff}distance, t_s ,elevation_deg,azimuth_deg\r\n1,0,0,0\r\n3,2,0,90\r\n")
        .unwrap();
    assert_eq!(walk.position(1.0).distance, 2.0);
    assert_eq!(walk.max_distance(), 3.0);
}

#[test]
fn coordinates_are_joined_straight_through_the_head() {
    let walk = path("t_s,x,y,z\n0,-1,0,0\n1,0,0,0\n2,0,0,0\n3,2,0,1\n").unwrap();
    // A row in the head is put 1e-8 off it, to keep a direction.
    assert!((point(&walk.position(0.5)) - Vector::new(-0.5, 0.0, 0.0)).norm() < 1e-8);
    assert_eq!(point(&walk.position(3.0)), Vector::new(2.0, 0.0, 1.0));
    for time_s in [0.5, 0.999, 1.0, 1.5, 2.0] {
        assert_eq!(walk.position(time_s).direction, unit_vector(90.0, 0.0), "at {time_s}");
    }
    assert!(walk.position(1.5).distance < 1.1e-8);
}

#[test]
fn mistakes_name_their_line_and_column() {
    let polar = "t_s,azimuth_deg,elevation_deg\n";
    for (text, expected) in [
        ("t_s,azimuth_deg\n0,1\n", "walk.csv:1: column elevation_deg is missing"),
        ("t_s,x,y,z,azimuth_deg\n", "walk.csv:1: column \"x\" does not belong here"),
        ("t_s,x,y,y,z\n", "walk.csv:1: column \"y\" appears twice"),
        ("t,x,y,z\n", "walk.csv:1: column \"t\" does not belong here"),
        ("", "walk.csv:1: column t_s is missing"),
        (polar, "walk.csv: there is no row below the header"),
        (
            &format!("{polar}0,0,0\n1,abc,0\n"),
            "walk.csv:3: column azimuth_deg: \"abc\" is not a number",
        ),
        (
            &format!("{polar}0,0,0\n1,0,91\n"),
            "walk.csv:3: column elevation_deg: 91 is not from -90 to 90",
        ),
        (
            &format!("{polar}0,0,NaN\n"),
            "walk.csv:2: column elevation_deg: NaN is not from -90 to 90",
        ),
        (
            &format!("{polar}0,inf,0\n"),
            "walk.csv:2: column azimuth_deg: inf is not from -360 to 360",
        ),
        (&format!("{polar}-1,0,0\n"), "walk.csv:2: column t_s: -1 is not from 0"),
        (&format!("{polar}1,0,0\n1,0,0\n"), "walk.csv:3: column t_s: 1 does not come after 1"),
        (&format!("{polar}0,0,0\n1,180,0\n"), "walk.csv:3: lies opposite the row before"),
        (&format!("{polar}0,0\n"), "walk.csv: CSV error: record 1 (line: 2"),
    ] {
        let message = path(text).unwrap_err();
        assert!(message.starts_with(&format!("macro.file: {expected}")), "{message}");
    }
}

#[test]
fn a_file_that_is_not_there_or_not_text_is_an_error() {
    let motion = macro_motion("path", "file = \"/nowhere/walk.csv\"");
    let message = build(&Placement::default(), Some(&motion), None, "a").unwrap_err().to_string();
    assert!(message.starts_with("macro.file: /nowhere/walk.csv: "), "{message}");
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(b"t_s,x,y,z\n0,\xff,0,0\n").unwrap();
    let motion = macro_motion("path", &format!("file = {:?}", file.path()));
    assert!(build(&Placement::default(), Some(&motion), None, "a").is_err());
}

#[test]
fn a_million_rows_load_quickly_and_are_found_at_once() {
    let mut text = String::from("t_s,azimuth_deg,elevation_deg,distance\n");
    for row in 0..1_000_000 {
        text.push_str(&format!(
            "{}.{:03},{}.5,{},1\n",
            row / 100,
            row % 100 * 10,
            row % 180,
            row % 90
        ));
    }
    let started = Instant::now();
    let walk = path(&text).unwrap();
    let loaded_s = started.elapsed().as_secs_f64();
    // The promise is 3 s on an idle machine with an optimised build.
    assert!(loaded_s < 6.0, "loading took {loaded_s} s");
    let started = Instant::now();
    let mut reach = 0.0;
    for step in 0..100_000_u32 {
        reach += walk.position(f64::from(step.wrapping_mul(7_919) % 10_000) + 0.005).distance;
    }
    let asked_s = started.elapsed().as_secs_f64();
    assert!((reach - 100_000.0).abs() < 1e-3);
    // Some 300 ns each; a search row by row would take a hundred seconds.
    assert!(asked_s < 2.0, "100,000 questions took {asked_s} s");
}
