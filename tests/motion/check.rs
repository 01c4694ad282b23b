//! Every mistake is found, at its place, with what would be right.

use std::path::{Path, PathBuf};

use cupola::Result;
use cupola::document::{Place, Problems, Severity};
use cupola::motion::{Context, Trajectory};

use super::{macro_motion, micro_motion, placement};

fn places(problems: &Problems) -> Vec<String> {
    problems.as_slice().iter().map(|problem| problem.place.to_string()).collect()
}

fn check_macro(kind: &str, fields: &str) -> Problems {
    let mut problems = Problems::default();
    macro_motion(kind, fields).check(&Place::root().key("macro"), &mut problems);
    problems
}

#[test]
fn mistakes_in_macro_motions_are_noted_where_they_stand() {
    for (kind, fields, expected) in [
        ("orbit", "", "macro"),
        ("orbit", "turns_per_s = 0", "macro.turns_per_s"),
        ("orbit", "turns_per_s = -1001", "macro.turns_per_s"),
        ("orbit", "turns_per_s = 1\nbeats_per_turn = 4", "macro.beats_per_turn"),
        ("orbit", "turns_per_s = 1\nelevation_deg = 95", "macro.elevation_deg"),
        ("orbit", "turns_per_s = 1\nradius = -1", "macro.radius"),
        ("orbit", "turns_per_s = 1\ncentre = { z = 1e9 }", "macro.centre.z"),
        ("orbit", "turns_per_s = 1\ndelay_s = -2", "macro.delay_s"),
        ("orbit", "turns_per_s = 1\ndelay_s = 2\ndelay_beats = 1", "macro.delay_beats"),
        ("ellipse", "beats_per_turn = 0", "macro.beats_per_turn"),
        ("ellipse", "turns_per_s = 1\nradius_y = -0.1", "macro.radius_y"),
        ("spiral", "turns = 1\nduration_s = 4", "macro"),
        ("spiral", "turns = 1\nto_distance = 4", "macro"),
        ("spiral", "turns = 1\nto_distance = 4\nduration_s = -1", "macro.duration_s"),
        ("spiral", "turns = 1e9\nto_distance = 4\nduration_s = 1", "macro.turns"),
        ("figure-8", "cycles_per_s = 1\nwidth_deg = 300", "macro.width_deg"),
        ("pendulum", "cycles_per_s = 1\nswing_deg = -3", "macro.swing_deg"),
        ("line", "to = {}\nduration_s = 1", "macro.to"),
        ("line", "to = { x = 1, distance = 2 }\nduration_s = 1", "macro.to.x"),
        ("line", "to = { x = 1 }\nduration_beats = 0", "macro.duration_beats"),
        ("path", "file = \"\"", "macro.file"),
        ("keyframes", "points = []", "macro.points"),
        ("keyframes", "points = [{}]", "macro.points[0]"),
        ("keyframes", "points = [{ t_s = 1, t_beats = 1 }]", "macro.points[0].t_beats"),
        ("keyframes", "points = [{ t_s = -1 }]", "macro.points[0].t_s"),
        ("keyframes", "points = [{ t_s = 1 }, { t_s = 1 }]", "macro.points[1].t_s"),
        ("keyframes", "points = [{ t_s = 1, z = 1, azimuth_deg = 2 }]", "macro.points[0].z"),
        (
            "keyframes",
            "points = [{ t_s = 1, elevation_deg = -91 }]",
            "macro.points[0].elevation_deg",
        ),
        ("keyframes", "points = [{ t_s = 1, turns = 1 }]", "macro.points[0].turns"),
        (
            "keyframes",
            "curve = \"step\"\npoints = [{ t_s = 1 }, { t_s = 2, easing = \"in\" }]",
            "macro.points[1].easing",
        ),
        (
            "keyframes",
            "curve = \"linear\"\npoints = [{ t_s = 1 }, { t_s = 2, via = {} }]",
            "macro.points[1].via",
        ),
        (
            "keyframes",
            "points = [{ t_s = 1 }, { t_s = 2, via = { elevation_deg = 99 } }]",
            "macro.points[1].via.elevation_deg",
        ),
    ] {
        let problems = check_macro(kind, fields);
        assert_eq!(places(&problems), [expected], "{kind}: {fields}");
        let problem = &problems.as_slice()[0];
        assert!(problem.severity == Severity::Error && problem.help.is_some(), "{problem:?}");
    }
}

#[test]
fn good_motions_have_no_problems() {
    for (kind, fields) in super::shapes::EVERY_SHAPE {
        assert_eq!(places(&check_macro(kind, fields)), Vec::<String>::new(), "{kind}: {fields}");
    }
}

#[test]
fn mistakes_in_micro_motions_and_placements_are_noted_where_they_stand() {
    for (fields, expected) in [
        ("rate_hz = 1\nazimuth_deg = -1", "micro.azimuth_deg"),
        ("rate_hz = 1\nelevation_deg = 31", "micro.elevation_deg"),
        ("rate_hz = 0\nelevation_deg = 3", "micro.rate_hz"),
        ("rate_hz = 1", "micro.azimuth_deg"),
    ] {
        for kind in ["drift", "tremor", "wander"] {
            let mut problems = Problems::default();
            micro_motion(kind, fields).check(&Place::root().key("micro"), &mut problems);
            assert_eq!(places(&problems), [expected], "{kind}: {fields}");
        }
    }
    for (fields, expected) in [
        ("azimuth_deg = 361", "position.azimuth_deg"),
        ("distance = -1", "position.distance"),
        ("distance = 1\ny = 1", "position.y"),
        ("x = -20000", "position.x"),
    ] {
        let mut problems = Problems::default();
        placement(fields).check(&Place::root().key("position"), &mut problems);
        assert_eq!(places(&problems), [expected], "{fields}");
    }
}

#[test]
fn mistakes_that_need_the_scene_are_noted_at_the_object() {
    let resolve = |path: &Path| -> Result<PathBuf> { Ok(path.to_path_buf()) };
    let context = Context { tempo_bpm: None, object: 0, resolve: &resolve };
    let check = |kind: &str, fields: &str| {
        let mut problems = Problems::default();
        let object = Place::root().key("object").index(2);
        let (place, motion) = (placement("azimuth_deg = 180"), macro_motion(kind, fields));
        Trajectory::check(&place, Some(&motion), None, &context, &object, &mut problems);
        places(&problems)
    };
    assert_eq!(check("orbit", "beats_per_turn = 4"), ["object[2].macro.beats_per_turn"]);
    let opposite = "points = [{ t_s = 0 }, { t_s = 1, azimuth_deg = 0 }]";
    assert_eq!(check("keyframes", opposite), ["object[2].macro.points[1]"]);
    assert_eq!(check("path", "file = \"/nowhere.csv\""), ["object[2].macro.file"]);
    assert_eq!(check("orbit", "turns_per_s = 0.1"), Vec::<String>::new());
}

#[test]
fn no_trajectory_is_made_of_a_mistake() {
    let drift = micro_motion("drift", "rate_hz = 0\nazimuth_deg = 1");
    let built = super::build(&placement(""), None, Some(&drift), "a");
    let expected = "micro.rate_hz: rate_hz = 0 is out of range; give a number from 0.001 to 20";
    assert_eq!(built.unwrap_err().to_string(), expected);
}

#[test]
fn unknown_fields_and_counts_are_refused() {
    let read =
        |text: &str| toml::from_str::<cupola::motion::Macro>(text).map_err(|e| e.to_string());
    assert!(read("[orbit]\nspeed = 3").unwrap_err().contains("unknown field `speed`"));
    assert!(read("[orbit]\nrepeat = 0").unwrap_err().contains("at least 1, or \"forever\""));
    assert!(
        read("[orbit]\nrepeat = \"often\"").unwrap_err().contains("at least 1, or \"forever\"")
    );
    assert!(read("[wobble]").unwrap_err().contains("unknown variant"));
}

#[test]
fn schemas_name_the_type_and_refuse_unknown_fields() {
    let schema = serde_json::to_value(schemars::schema_for!(cupola::motion::Macro)).unwrap();
    let variants = schema["oneOf"].as_array().unwrap();
    let types: Vec<&str> = variants
        .iter()
        .map(|variant| variant["properties"]["type"]["const"].as_str().unwrap())
        .collect();
    let expected =
        ["keyframes", "orbit", "ellipse", "spiral", "figure-8", "pendulum", "path", "line"];
    assert_eq!(types, expected);
    assert!(variants.iter().all(|variant| variant["additionalProperties"] == false));
}
