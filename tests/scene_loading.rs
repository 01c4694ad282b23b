//! Scenes that are right: what becomes of them, in TOML and in JSON.

mod scene_support;

use cupola::document::Severity;
use cupola::scene::{Options, Route, Scene, Spec, Stretch};
use cupola::source::SharedFiles;
use scene_support::{FRAMES, Studio};

const TOML: &str = r#"
title = "Two ways"
sample_rate = 48000
tail_s = 0.5
tempo_bpm = 120

[[bed]]
name = "room"
file = "six.wav"
gain_db = -3

[[bed]]
name = "stems"
files = { R = "stems/l.wav", L = "mono.wav" }
layout = "5.1"

[[object]]
name = "bird"
file = "six.wav"
channel = "C"
start_s = 0.25
spread_deg = 12
distance_law = { type = "inverse", limit = 0.5 }
macro = { type = "keyframes", points = [{ t_s = 0, azimuth_deg = 0 }, { t_s = 2, azimuth_deg = 90 }] }
micro = { type = "drift", azimuth_deg = 1, rate_hz = 0.3, seed = 7 }

[[object]]
name = "pair"
file = "stereo.wav"
position = { azimuth_deg = 90 }
"#;

const JSON: &str = r#"{
  "title": "Two ways", "sample_rate": 48000, "tail_s": 0.5, "tempo_bpm": 120,
  "bed": [
    {"name": "room", "file": "six.wav", "gain_db": -3.0},
    {"name": "stems", "files": {"L": "mono.wav", "R": "stems/l.wav"}, "layout": "5.1"}],
  "object": [
    {"name": "bird", "file": "six.wav", "channel": "C", "start_s": 0.25, "spread_deg": 12,
     "distance_law": {"type": "inverse", "limit": 0.5},
     "macro": {"type": "keyframes",
               "points": [{"t_s": 0, "azimuth_deg": 0}, {"t_s": 2, "azimuth_deg": 90}]},
     "micro": {"type": "drift", "azimuth_deg": 1, "rate_hz": 0.3, "seed": 7}},
    {"name": "pair", "file": "stereo.wav", "position": {"azimuth_deg": 90}}]
}"#;

#[test]
fn json_says_the_same_as_toml() {
    let studio = Studio::new();
    let (toml, json) = (studio.scene("two.toml", TOML), studio.scene("two.json", JSON));
    assert_eq!(toml.spec, json.spec);
    assert_eq!((toml.beds, toml.objects, toml.frames), (json.beds, json.objects, json.frames));
    assert_eq!(toml.name, "two");
}

#[test]
fn a_scene_lasts_to_the_end_of_its_last_source_and_the_tail() {
    let studio = Studio::new();
    let scene = studio.scene("two.toml", TOML);
    let (start, end) = (12_000, 12_000 + u64::from(FRAMES));
    assert_eq!(scene.objects[0].stretch, Stretch { start, end: Some(end) });
    assert_eq!(scene.frames, end + 24_000);
    let lasting = TOML.replace("tail_s = 0.5", "duration_s = 0.1");
    assert_eq!(studio.scene("two.toml", &lasting).frames, 4800);
}

#[test]
fn objects_are_mono_or_pairs_and_move() {
    let studio = Studio::new();
    let scene = studio.scene("two.toml", TOML);
    assert_eq!(scene.objects.iter().map(|it| it.lanes).collect::<Vec<_>>(), [1, 2]);
    let bird = scene.trajectory(&scene.spec.objects[0]).unwrap();
    assert!(!bird.is_static());
    let pair = scene.trajectory(&scene.spec.objects[1]).unwrap();
    assert_eq!(pair.position(1.0).direction.x, -1.0, "90 degrees is to the left");
    let feed = scene.spec.objects[0].feed().unwrap();
    let feed = scene.open(&feed, &SharedFiles::default()).unwrap();
    assert_eq!(feed.lanes(), 1);
}

/// The names of the loudspeakers that the channels of the first bed go to.
fn routes(studio: &Studio, bed: &str) -> String {
    let scene = studio.scene("bed.toml", &format!("[[bed]]\nname = 'a'\n{bed}"));
    let bed = &scene.beds[0];
    let name = |route: &Route| {
        format!("{}:{}", route.lane, bed.layout.loudspeakers[route.loudspeaker].name)
    };
    format!("{} {}", bed.layout.name, bed.routes.iter().map(name).collect::<Vec<_>>().join(" "))
}

#[test]
fn the_channels_of_a_bed_find_their_loudspeakers() {
    let studio = Studio::new();
    for (bed, expected) in [
        ("file = 'mono.wav'", "mono 0:C"),
        ("file = 'stereo.wav'", "stereo 0:L 1:R"),
        ("file = 'six.wav'", "5.1 0:L 1:R 2:C 3:LFE 4:Ls 5:Rs"),
        (
            "file = 'six.wav'\nlayout = '0+5+0'",
            "0+5+0 0:M+030 1:M-030 2:M+000 3:LFE1 4:M+110 5:M-110",
        ),
        ("file = 'stereo.wav'\nlayout = '7.1.4'", "7.1.4 0:L 1:R"),
        ("file = 'stereo.wav'\nlayout = '7.1.4'\nchannels = ['Ltr', 'M-030']", "7.1.4 0:Ltr 1:R"),
        ("file = 'stereo.wav'\nchannels = ['R', 'L']", "stereo 0:R 1:L"),
        ("files = { R = 'mono.wav', L = 'mono.wav' }", "stereo 0:L 1:R"),
        ("file = 'mono.wav'\nlayout = 'room.toml'", "room 0:X"),
        (
            "signal = { type = 'silence', duration_s = 1 }\nlayout = '5.1'\nchannels = ['Ls', 'C']",
            "5.1 0:Ls 0:C",
        ),
    ] {
        assert_eq!(routes(&studio, bed), expected, "{bed}");
    }
}

#[test]
fn warnings_do_not_stop_a_scene() {
    let studio = Studio::new();
    let text = "[[object]]\nname = 'a'\nfile = 'mono.wav'\nwidth_deg = 30\n";
    std::fs::write(studio.path("warned.toml"), text).unwrap();
    let (_, report) =
        Scene::load(&studio.path("warned.toml"), &Options::default()).expect("only warned of");
    assert_eq!(report.problems.len(), 1);
    assert_eq!(report.problems[0].severity, Severity::Warning);
    std::fs::write(studio.path("wrong.toml"), text.replace("30", "-1")).unwrap();
    let error = Scene::load(&studio.path("wrong.toml"), &Options::default()).unwrap_err();
    assert_eq!(error.exit_code(), 1);
}

#[test]
fn a_text_can_be_checked_without_its_files() {
    let good = Spec::lint("two.toml", TOML.as_bytes()).expect("it is TOML");
    assert!(good.problems.is_empty(), "{good}");
    let bad = Spec::lint("two.toml", TOML.replace("t_s = 2", "t_s = -2").as_bytes()).unwrap();
    assert!(!bad.problems.is_empty());
    let error = Spec::lint("two.toml", b"a = \"\xff\"").unwrap_err();
    assert!(error.to_string().contains("two.toml:1: not UTF-8"), "{error}");
}

#[test]
fn a_scene_can_be_played_at_another_rate_than_its_own() {
    let studio = Studio::new();
    let own = studio.scene("two.toml", TOML);
    let options = Options { rate_hz: Some(44_100), ..Options::default() };
    let (other, _) = Scene::load(&own.path, &options).unwrap();
    assert_eq!(other.spec, Spec { sample_rate: 44_100, ..own.spec.clone() });
    // It lasts as long, but for the rounding of its end and its tail to frames.
    let frames = own.frames as f64 * 44_100.0 / 48_000.0;
    assert!((other.frames as f64 - frames).abs() <= 1.0, "{} for {frames}", other.frames);
}
