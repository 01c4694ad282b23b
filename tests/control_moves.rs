//! Moves made by hand, written into a copy of the scene: what was done is what the copy does, and the
//! author's text is kept.

#[path = "support/desk.rs"]
mod desk;
#[path = "support/osc.rs"]
mod osc;

use std::sync::{Arc, Mutex};

use cupola::block::{QUANTUM, Quantum, SILENCE};
use cupola::control::moves::{Moves, save, write};
use cupola::control::osc::Argument;
use cupola::engine::{Engine, Inputs, Work};
use cupola::scene::{Options, Scene};
use cupola::space::{Position, angle_deg, azimuth_elevation_deg};
use osc::{Hand, message};

const RATE_HZ: u32 = 48_000;

const TEXT: &str = r#"# A scene of mine.
duration_s = 6   # short

[[object]]
name = "one"  # the first
signal = { type = "clicks" }
position = { azimuth_deg = 30 }
gain_db = -6 # as loud as it was

# The second goes round.
[[object]]
name = "two"
signal = { type = "clicks" }
[object.macro]
type = "orbit"
turns_per_s = 0.25

[[group]]
name = "all"
members = ["one"]
gain_db = { points = [[0, -3], [6, 3]] }
"#;

struct Silent;

impl Inputs for Silent {
    fn quantum(&self, _: usize, _: usize) -> Option<&Quantum> {
        Some(&SILENCE)
    }
}

fn trajectory_at(scene: &Scene, name: &str, seconds: f64) -> Position {
    let object = scene.spec.objects.iter().find(|it| it.name == name).unwrap();
    scene.trajectory(object).unwrap().position(seconds)
}

fn fader_db(scene: &Scene, name: &str, seconds: f64) -> f64 {
    let object = scene.spec.objects.iter().find(|it| it.name == name).unwrap();
    object.strip.fader_db().at(seconds)
}

/// A hand that pans and rides while the engine runs, as messages.
#[test]
fn what_was_done_by_osc_is_done_by_the_copy() {
    let Hand { scene, plan, controls, surface, .. } = Hand::on(TEXT);
    let moves = Arc::new(Mutex::new(Moves::new(RATE_HZ)));
    let mut surface = surface.with_moves(Arc::clone(&moves));
    let mut engine = Engine::controlled(&plan, 16, Work::Serial, &controls);
    let pan = |seconds: f64| 30.0 - 60.0 * (seconds - 1.0);
    for quantum in 0..(6 * u64::from(RATE_HZ)) / QUANTUM as u64 {
        let seconds = (quantum * QUANTUM as u64) as f64 / f64::from(RATE_HZ);
        let mut say = |address: &str, number: f64| {
            surface.take(&message(address, &[Argument::Number(number)]), |_| {}).unwrap();
        };
        // From 1 s to 3 s a pan at constant speed, 20 messages a second; at 4 s a jump of the level.
        if (1.0..3.0).contains(&seconds) && quantum.is_multiple_of(37) {
            say("/adm/obj/1/azim", pan(seconds));
        }
        if quantum == 4 * 750 {
            say("/adm/obj/1/gain", 0.1);
        }
        if quantum == 3 * 750 {
            say("/adm/obj/2/azim", 0.0);
        }
        if quantum == 4 * 750 {
            say("/cupola/strip/two/release", 1.0);
        }
        engine.render(quantum, 1, &Silent);
    }
    let copy = scene.folder.path().join("copy.toml");
    let moves = moves.lock().unwrap();
    assert!(save(&scene.scene, &moves, &copy).unwrap().is_empty());
    let text = std::fs::read_to_string(&copy).unwrap();
    let (copy, warnings) = Scene::load(&copy, &Options::default()).unwrap();
    assert!(warnings.problems.is_empty(), "{warnings}\n{text}");
    for (at_s, azimuth_deg) in [(0.5, 30.0), (1.5, pan(1.48)), (2.5, pan(2.48)), (5.0, pan(2.96))] {
        let (found, _) = azimuth_elevation_deg(&trajectory_at(&copy, "one", at_s).direction);
        // The last message of the pan came up to a twentieth of a second before its end.
        assert!((found - azimuth_deg).abs() < 3.5, "{at_s} s: {found} for {azimuth_deg}\n{text}");
    }
    for (at_s, level_db) in [(0.5, -6.0), (3.9, -6.0), (4.1, -20.0), (5.5, -20.0)] {
        // The group adds what it does in the scene; by hand the level was what is heard.
        let group = if at_s > 4.0 { at_s - 3.0 } else { 0.0 };
        let found = fader_db(&copy, "one", at_s) + group;
        assert!((found - level_db).abs() < 0.2, "{at_s} s: {found} for {level_db}\n{text}");
    }
    for at_s in [0.5, 2.9, 4.1, 5.5] {
        let places = [&scene.scene, &copy].map(|it| trajectory_at(it, "two", at_s).direction);
        assert!(angle_deg(&places[0], &places[1]) < 0.6, "{at_s} s: {places:?}");
    }
    let held = trajectory_at(&copy, "two", 3.5).direction;
    assert!(angle_deg(&held, &cupola::space::FRONT) < 0.3, "{held}");
    // The pan is a straight line: its ends, and where it holds before and behind.
    let points = text.matches("t_s = ").count();
    assert!(points < 60, "{points} points\n{text}");
}

#[test]
fn the_authors_text_is_kept() {
    let scene = desk::scene(TEXT);
    let mut moves = Moves::new(RATE_HZ);
    moves.level("one", 48_000, Some(-12.0));
    moves.level("nobody", 48_000, Some(-12.0));
    let written = write(&scene.scene, TEXT, &moves).unwrap();
    assert_eq!(written.left_out, ["nobody: there is no strip of this name in the scene"]);
    let (begin, end) = (TEXT.find("-6").unwrap(), TEXT.find(" # as loud").unwrap());
    assert!(written.text.starts_with(&TEXT[..begin]), "{}", written.text);
    assert!(written.text.ends_with(&TEXT[end..]), "{}", written.text);
    assert_eq!(write(&scene.scene, TEXT, &Moves::new(RATE_HZ)).unwrap().text, TEXT);
}

#[test]
fn strips_written_in_one_line_are_found_too() {
    let text =
        "duration_s = 2\nobject = [{ name = \"it\", signal = { type = \"clicks\" } }] # all\n";
    let scene = desk::scene(text);
    let mut moves = Moves::new(RATE_HZ);
    moves.position("it", 0, Some(Position::polar(180.0, 0.0, 1.0)));
    moves.position("it", 48_000, Some(Position::polar(0.0, 0.0, 1.0)));
    let path = scene.folder.path().join("copy.toml");
    save(&scene.scene, &moves, &path).unwrap();
    let (copy, _) = Scene::load(&path, &Options::default()).unwrap();
    let (azimuth_deg, _) = azimuth_elevation_deg(&trajectory_at(&copy, "it", 0.5).direction);
    assert!((azimuth_deg.abs() - 180.0).abs() < 0.1, "{azimuth_deg}");
    assert!(trajectory_at(&copy, "it", 1.1).direction.y > 0.999);
}

#[test]
fn nothing_is_written_over() {
    let scene = desk::scene(TEXT);
    let moves = Moves::new(RATE_HZ);
    assert!(save(&scene.scene, &moves, &scene.path).is_err());
    let elsewhere = tempfile::tempdir().unwrap();
    let error = save(&scene.scene, &moves, &elsewhere.path().join("copy.toml")).unwrap_err();
    assert!(error.to_string().contains("folder of the scene"), "{error}");
    assert_eq!(std::fs::read_to_string(&scene.path).unwrap(), TEXT);
}
