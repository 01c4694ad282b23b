//! `cupola check` and `cupola schema` as a user meets them.

mod scene_support;

use assert_cmd::Command;
use scene_support::Studio;
use serde_json::Value;

const GOOD: &str = r#"
[[bed]]
name = "room"
file = "six.wav"

[[object]]
name = "bird"
file = "mono.wav"
macro = { type = "orbit", turns_per_s = 0.5, repeat = "forever" }

[[object]]
name = "still"
signal = { type = "tone", freq_hz = 440, duration_s = 2 }

[[object]]
name = "leaf"
file = "stereo.wav"
micro = { type = "drift", azimuth_deg = 2, elevation_deg = 2, rate_hz = 0.3, seed = 7 }

[[object]]
name = "wasp"
file = "mono.wav"
macro = { type = "orbit", turns_per_s = 3, repeat = "forever" }
"#;

const BAD: &str = "titel = 'x'\n[[object]]\nname = 'a'\nfile = 'mno.wav'\ngain_db = nan\n";

/// What the program prints and how it ends, run in the studio's folder.
fn run(studio: &Studio, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::cargo_bin("cupola").expect("the program is built");
    let output = command.current_dir(studio.folder()).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn studio(scene: &str) -> Studio {
    let studio = Studio::new();
    std::fs::write(studio.path("scene.toml"), scene).unwrap();
    studio
}

#[test]
fn every_problem_is_a_line_and_the_exit_status_tells() {
    let (status, out, err) = run(&studio(BAD), &["check", "scene.toml"]);
    assert_eq!((status, out.as_str()), (Some(1), ""));
    let lines: Vec<_> = err.lines().collect();
    assert_eq!(lines.len(), 3, "{err}");
    for (line, start) in lines.iter().zip(["1:1", "4:8", "5:11"]) {
        assert!(line.starts_with(&format!("scene.toml:{start}: error: ")), "{line}");
    }
}

#[test]
fn a_good_scene_is_told_of_in_a_table() {
    let (status, out, err) = run(&studio(GOOD), &["check", "scene.toml"]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert!(out.starts_with("scene: 2.000 s at 48000 Hz\n"), "{out}");
    for (name, words) in [
        ("room", ["six.wav", "5.1", "0.100 s"]),
        ("bird", ["mono.wav", "180.0 deg/s", "macro"]),
        ("still", ["tone", "0.0 deg/s", "still"]),
        ("leaf", ["stereo.wav", "2", "micro"]),
        ("wasp", ["mono.wav", "1080.0 deg/s", "too fast to follow"]),
    ] {
        let line = out.lines().find(|line| line.starts_with(name)).expect(name);
        assert!(words.iter().all(|word| line.contains(word)), "{line}\nlacks one of {words:?}");
    }
}

#[test]
fn json_says_it_all() {
    let (status, out, err) = run(&studio(GOOD), &["check", "scene.toml", "--json"]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    let told: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(told["frames"], 96_000);
    assert_eq!(told["beds"][0]["layout"], "5.1");
    assert_eq!(told["objects"][0]["motion"]["class"], "macro");
    let speed = told["objects"][0]["motion"]["speed_max_deg_s"].as_f64().unwrap();
    // Half a turn a second; the survey takes differences of angles, good to a millionth.
    assert!((speed - 180.0).abs() < 1e-3, "{speed}");

    let (status, out, _) = run(&studio(BAD), &["check", "scene.toml", "--json"]);
    assert_eq!(status, Some(1));
    let told: Value = serde_json::from_str(&out).expect("JSON");
    let second = &told["problems"][1];
    assert_eq!((second["line"].as_u64(), second["column"].as_u64()), (Some(4), Some(8)));
    assert!(second["message"].as_str().unwrap().contains("mono.wav"));
}

#[test]
fn warnings_are_shown_and_forgiven() {
    let scene = "[[object]]\nname = 'a'\nfile = 'mono.wav'\nwidth_deg = 3\n";
    let (status, out, err) = run(&studio(scene), &["check", "scene.toml"]);
    assert_eq!(status, Some(0));
    assert!(out.contains("mono.wav"), "{out}");
    assert!(err.starts_with("scene.toml:4:13: warning: "), "{err}");
}

#[test]
fn files_outside_are_read_only_when_allowed() {
    let studio = studio("[[object]]\nname = 'a'\nfile = '../outside.wav'\n");
    assert_eq!(run(&studio, &["check", "scene.toml"]).0, Some(1));
    assert_eq!(run(&studio, &["check", "scene.toml", "--allow-outside"]).0, Some(0));
    assert_eq!(run(&studio, &["check", "nothing.toml"]).0, Some(1));
    assert_eq!(run(&studio, &["check"]).0, Some(2));
}

#[test]
fn the_schema_is_json() {
    let (status, out, _) = run(&Studio::new(), &["schema"]);
    assert_eq!(status, Some(0));
    let schema: Value = serde_json::from_str(&out).expect("JSON");
    assert!(schema["properties"]["object"].is_object());
}
