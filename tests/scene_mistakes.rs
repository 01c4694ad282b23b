//! Mistakes in scenes: each is shown at its line and column, with what would be right.

mod scene_support;

use cupola::scene::Options;
use scene_support::Studio;

/// An object that is right, for the mistakes that are not about its source.
const VOICE: &str = "[[object]]\nname = 'a'\nfile = 'mono.wav'\n";

/// What follows `VOICE`, and its one problem: line, column and a phrase.
const OBJECT: &[(&str, &str, &str)] = &[
    ("gain = 1", "4:1", "unknown key `gain` (did you mean `gain_db`?)"),
    ("gain_db = 'loud'", "4:11", "expected a number, { points = "),
    ("gain_db = 61", "4:11", "out of range (-200 to 60 decibels)"),
    ("gain_db = nan", "4:11", "`nan` is not a finite number"),
    ("gain_db = +inf", "4:11", "`+inf` is not a finite number"),
    ("gain_db = 1\ngain_db = 2", "5:1", "`gain_db` is already set"),
    ("name = 'b'", "4:1", "`name` is already set"),
    ("mute = 1", "4:8", "expected true or false"),
    ("start_s = -1", "4:11", "start_s is -1 (0 or more seconds)"),
    ("start_s = 1e9", "4:11", "at most 604800 seconds"),
    ("in_s = 7", "4:8", "lies behind the end of the file (the file lasts 0.1 s)"),
    ("out_s = 7", "4:9", "lies behind the end of the file"),
    ("in_s = 0.05\nout_s = 0.01", "5:9", "more than in_s"),
    (
        "loop = true",
        "4:8",
        "it never ends, and nor does the scene (give it `end_s`, or the scene `duration_s`)",
    ),
    ("fade_in_s = -0.1", "4:13", "0 or more seconds"),
    ("channel = 2", "4:11", "has no channel 2, its channels are 1 to 1"),
    ("channel = 0", "4:11", "channels are counted from 1"),
    ("channel = []", "4:11", "expected a channel"),
    ("width_deg = 30", "4:13", "a single channel has no width"),
    ("spread_deg = 400", "4:14", "out of range"),
    ("spread_deg = 4\nspread_width_deg = 5", "4:14", "spread is given twice"),
    ("position = { azimuth_deg = 30, x = 1 }", "4:36", "not by both"),
    ("position = { elevation_deg = 91 }", "4:30", "out of range"),
    ("position = { azimut_deg = 0 }", "4:14", "did you mean `azimuth_deg`?"),
    ("macro = 'orbit'", "4:9", "expected a table"),
    ("macro = { turns_per_s = 1 }", "4:9", "missing key `type` (one of `keyframes`, `orbit`"),
    ("macro = { type = 'orbti' }", "4:18", "`orbti` is not known here (did you mean `orbit`?)"),
    ("macro = { type = 'orbit', turns = 1 }", "4:27", "unknown key `turns`"),
    (
        "macro = { type = 'keyframes', points = [{ t_s = 0 }, { t = 1 }] }",
        "4:56",
        "unknown key `t` (one of `t_s`",
    ),
    ("macro = { type = 'keyframes', points = [] }", "4:40", "there is no point"),
    ("macro = { type = 'path', file = 'pth.csv' }", "4:33", "did you mean 'path.csv'?"),
    ("macro = { type = 'path', file = 'back.csv' }", "4:33", "back.csv:4:"),
    ("macro = { type = 'path', file = 'words.csv' }", "4:33", "words.csv:2:"),
    ("macro = { type = 'path', file = '../p.csv' }", "4:33", "outside the scene's folder"),
    ("micro = { type = 'drift', azimuth_deg = 1e999 }", "4:41", "not a finite number"),
    ("distance_law = { type = 'inverse', limit = 0 }", "4:44", "out of range (0.001 to 10000)"),
    ("distance_law = { type = 'linear' }", "4:25", "`linear` is not known here"),
    ("signal = { type = 'silence' }", "4:10", "`signal` as well as `file` (keep one of"),
    ("[[object]]\nname = 'a'\nfile = 'mono.wav'", "5:8", "the name \"a\" is taken"),
    ("[[object]]\nname = ''\nfile = 'mono.wav'", "5:8", "is no name"),
    ("[[object]]\nfile = 'mono.wav'", "4:1", "missing key `name`"),
    ("[[object]]\nname = 'b'", "4:1", "no sound (add one of `file`, `files`, `signal`, `input`)"),
    ("[[object]]\nnam = 'b'\nfile = 'mono.wav'", "5:1", "did you mean `name`?"),
    ("[object]", "4:2", "`object` is already set"),
    ("eq = 2020-01-01", "4:6", "a date means nothing here"),
];

/// Whole scenes and their one problem.
const SCENES: &[(&str, &str, &str)] = &[
    ("", "1:1", "a scene without sound (add a [[bed]] or an [[object]])"),
    ("title = 'x", "1:11", "not TOML"),
    ("object = 3", "1:10", "expected a list"),
    ("sample_rate = 1\n[[object]]\nname='a'\nfile='mono.wav'", "1:15", "8000 to 384000"),
    ("sample_rate = -1\n[[object]]\nname='a'\nfile='mono.wav'", "1:15", "a whole number from 0"),
    ("duration_s = -1\n[[object]]\nname='a'\nfile='mono.wav'", "1:14", "0 to 604800 seconds"),
    ("tempo_bpm = 0\n[[object]]\nname='a'\nfile='mono.wav'", "1:13", "1 to 1000 beats a minute"),
    ("duration_s = 1\ntail_s = 1\n[[object]]\nname='a'\nfile='mono.wav'", "2:10", "warning"),
    ("duration_s = 1\n[[object]]\nname='a'\nfile='mono.wav'\nstart_s = 1", "5:11", "after the end"),
    ("[[object]]\nname='a'\nsignal={type='tone',freq_hz=440}", "3:8", "it never ends"),
    ("[[object]]\nname='a'\nsignal={type='ton',freq_hz=440}", "3:14", "did you mean `tone`?"),
    ("[[object]]\nname='a'\nfiles={ L='mono.wav' }", "3:7", "an object is mono or a pair"),
    ("[[object]]\nname='a'\nfile='six.wav'", "3:6", "it has 6 channels: an object is mono"),
    ("[[object]]\nname='a'\nfile='mno.wav'", "3:6", "no such file; did you mean 'mono.wav'?"),
    ("[[object]]\nname='a'\nfile='stems'", "3:6", "is a folder"),
    ("[[object]]\nname='a'\nfile='text.wav'", "3:6", "text.wav"),
    ("[[object]]\nname='a'\nfile='cut.wav'", "3:6", "cut.wav"),
    ("[[object]]\nname='a'\nfile='../outside.wav'", "3:6", "outside the scene's folder"),
    ("[[object]]\nname='a'\nfile='stems/../../outside.wav'", "3:6", "outside the scene's folder"),
    ("[[object]]\nname='a'\nfile='/dev/zero'", "3:6", "outside the scene's folder"),
    ("[[bed]]\nname='a'\nfile='three.wav'", "1:1", "3 channels may be of many layouts"),
    ("[[bed]]\nname='a'\nfile='six.wav'\nlayout='quad'", "4:8", "the layout quad has 4"),
    ("[[object]]\nname='a'\nfile='stereo.wav'\nwidth_deg=400", "4:11", "0 to 360 degrees"),
    ("[[bed]]\nname='a'\nfile='six.wav'\nlayout='5.1.3'", "4:8", "no layout `5.1.3`"),
    ("[[bed]]\nname='a'\nfile='six.wav'\nlayout='rooms/x.toml'", "4:8", "no such file"),
    ("[[bed]]\nname='a'\nfile='mono.wav'\nlayout='ruin.toml'", "4:8", "2:17: error: unknown key"),
    ("[[bed]]\nname='a'\nfile='stereo.wav'\nchannels=['L']\nlayout='5.1'", "4:10", "1 are named"),
    (
        "[[bed]]\nname='a'\nfile='stereo.wav'\nlayout='5.1'\nchannels=['L','Rx']",
        "5:15",
        "no channel `Rx`",
    ),
    ("[[bed]]\nname='a'\nfile='stereo.wav'\nlayout='5.1'\nchannels=['L','L']", "5:15", "twice"),
    (
        "[[bed]]\nname='a'\nfiles={L='mono.wav',Q='mono.wav'}\nlayout='5.1'",
        "3:23",
        "no channel `Q`",
    ),
    ("[[bed]]\nname='a'\nfiles={L='stereo.wav',R='mono.wav'}", "3:10", "has 2 channels"),
    ("[[bed]]\nname='a'\nfiles={L='mono.wav',R='no.wav'}", "3:23", "no such file"),
    (
        "[[bed]]\nname='a'\nlayout='5.1'\nsignal={type='tone',freq_hz=9,duration_s=1}",
        "1:1",
        "`channels`",
    ),
];

#[test]
fn mistakes_in_an_object_are_shown_where_they_were_made() {
    let studio = Studio::new();
    let wrong = OBJECT.iter().filter_map(|(text, place, phrase)| {
        studio.mismatch(&format!("{VOICE}{text}"), place, phrase, Options::default())
    });
    assert_eq!(wrong.collect::<String>(), "");
}

#[test]
fn mistakes_in_a_scene_are_shown_where_they_were_made() {
    let studio = Studio::new();
    let wrong = SCENES.iter().filter_map(|(text, place, phrase)| {
        studio.mismatch(text, place, phrase, Options::default())
    });
    assert_eq!(wrong.collect::<String>(), "");
}

#[cfg(unix)]
#[test]
fn only_regular_files_are_opened_even_outside() {
    let studio = Studio::new();
    let outside = Options { allow_outside: true, ..Options::default() };
    let object = |file: &str| format!("[[object]]\nname = 'a'\nfile = '{file}'");
    for device in ["/dev/zero", "/dev/null", "pipe.wav"] {
        let phrase = "not a regular file";
        assert_eq!(studio.mismatch(&object(device), "3:8", phrase, outside), None);
    }
    let phrase = "outside the scene's folder";
    let inside = Options::default();
    assert_eq!(studio.mismatch(&object("link.wav"), "3:8", phrase, inside), None);
    for good in ["link.wav", "../outside.wav"] {
        let found = studio.problems("scene.toml", &object(good), outside);
        assert!(found.is_empty(), "{found:#?}");
    }
    let pipe = cupola::scene::Scene::read(&studio.path("pipe.wav"), &inside).unwrap_err();
    assert!(pipe.to_string().contains("not a regular file"), "{pipe}");
}

#[test]
fn a_cut_off_file_may_be_allowed() {
    let studio = Studio::new();
    let options = Options { allow_truncated: true, ..Options::default() };
    let text = "[[object]]\nname = 'a'\nfile = 'cut.wav'";
    let found = studio.problems("scene.toml", text, options);
    println!("{found:#?}");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with("scene.toml:3:8: warning: cut.wav: "), "{}", found[0]);
}

#[test]
fn all_mistakes_are_shown_at_once_in_the_order_of_the_text() {
    let studio = Studio::new();
    let text = r#"titel = "x"
sample_rate = "fast"

[[bed]]
name = "room"
file = "sx.wav"
layout = "5.1"
channels = ["L", "R", "Q"]

[[object]]
name = "room"
file = "../outside.wav"
gain_db = nan
macro = { type = "path", file = "words.csv" }

[[object]]
name = "b"
files = { L = "mono.wav" }
micro = { type = "drift", azimuth_deg = "wide" }
position = { elevation_deg = 100 }
"#;
    let found = studio.problems("scene.toml", text, Options::default());
    let places: Vec<_> = found.iter().map(|line| line.split(": ").next().unwrap()).collect();
    let expected =
        ["1:1", "2:15", "6:8", "8:23", "11:8", "12:8", "13:11", "14:33", "18:9", "19:41", "20:30"]
            .map(|place| format!("scene.toml:{place}"));
    assert_eq!(places, expected, "{found:#?}");
}

#[test]
fn a_scene_that_cannot_be_read_is_an_error_that_names_it() {
    let studio = Studio::new();
    let read = |path: &str| {
        let path = studio.path(path);
        cupola::scene::Scene::read(&path, &Options::default()).unwrap_err().to_string()
    };
    assert!(read("no.toml").contains("no.toml"));
    assert!(read("stems").contains("not a regular file"));
    assert!(read("mono.wav").contains("mono.wav"));
}
