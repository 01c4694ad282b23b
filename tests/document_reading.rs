//! The reader of documents: what it takes, and that it finds every mistake where it was made.

use std::collections::BTreeMap;

use cupola::document::{Document, Look, Place, Problems, render};
use serde::Deserialize;

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Spec {
    title: Option<String>,
    #[serde(default)]
    count: u32,
    #[serde(default)]
    thing: Vec<Thing>,
    #[serde(default)]
    files: BTreeMap<String, String>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Thing {
    name: String,
    gain_db: f64,
    path: Option<Path>,
    #[serde(default)]
    points: Vec<(f64, f64)>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Path {
    Still,
    Orbit(Orbit),
    GreatCircle { azimuth_deg: f64 },
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Orbit {
    rate_hz: f64,
    #[serde(default)]
    turns: i32,
}

fn problems(name: &str, text: &str) -> Vec<String> {
    let error = match Document::parse(name, text) {
        Err(error) => error,
        Ok(mut document) => {
            let mut problems = Problems::default();
            document.read::<Spec>(&mut problems);
            document.error(problems)
        }
    };
    error.to_string().lines().map(str::to_owned).collect()
}

fn read(name: &str, text: &str) -> Spec {
    let mut problems = Problems::default();
    let mut document = Document::parse(name, text).expect("it parses");
    let spec = document.read(&mut problems);
    assert!(problems.is_empty(), "{}", document.error(problems));
    spec.expect("without problems there is a value")
}

#[test]
fn toml_and_json_read_alike() {
    let toml = r#"
        title = "T"
        [files]
        R = "r.wav"
        L = "l.wav"
        [[thing]]
        name = "a"
        gain_db = -3
        path = { turns = 2, type = "orbit", rate_hz = 0.5 }
        points = [[0, 1.5], [2, 3]]
        [[thing]]
        name = "b"
        gain_db = 1e-3
        path = "still"
        [[thing]]
        name = "c"
        gain_db = 0
        path.type = "great-circle"
        path.azimuth_deg = 7
    "#;
    let json = r#"{"title": "T", "files": {"R": "r.wav", "L": "l.wav"}, "thing": [
        {"name": "a", "gain_db": -3, "points": [[0, 1.5], [2, 3]],
         "path": {"type": "orbit", "turns": 2, "rate_hz": 0.5}},
        {"name": "b", "gain_db": 0.001, "path": {"type": "still"}},
        {"name": "c", "gain_db": 0, "path": {"type": "great-circle", "azimuth_deg": 7}}]}"#;
    let spec = read("a.toml", toml);
    assert_eq!(spec, read("a.json", json));
    assert_eq!(spec.thing[0].path, Some(Path::Orbit(Orbit { rate_hz: 0.5, turns: 2 })));
    assert_eq!(spec.thing[1].path, Some(Path::Still));
    assert_eq!(spec.thing[2].path, Some(Path::GreatCircle { azimuth_deg: 7.0 }));
}

/// What is written, and the one problem it has.
const MISTAKES: &[(&str, &str, &str)] = &[
    ("a.toml", "titel = 1", "1:1: error: unknown key `titel` (did you mean `title`?)"),
    ("a.toml", "title = 5", "1:9: error: expected text in quotes, found the number 5"),
    ("a.toml", "count = -1", "1:9: error: expected a whole number from 0 to 4294967295, found"),
    ("a.toml", "count = 1.5", "1:9: error: expected a whole number from 0 to 4294967295, found"),
    ("a.toml", "count = 99999999999999999999", "1:9: error: a whole number too large"),
    ("a.toml", "\n[[thing]]\ngain_db = 1", "2:1: error: missing key `name`"),
    ("a.toml", "title = \"ü\" # ü\ntitle = 2", "2:1: error: `title` is already set (keep one"),
    ("a.toml", "title = \"ü\"; count = 1", "1:12: error: not TOML"),
    ("a.toml", "thing = [{ name = \"a\", gain_db = nan }]", "1:34: error: `nan` is not a finite"),
    ("a.toml", "thing = [{ name = \"a\", gain_db = -inf }]", "1:34: error: `-inf` is not a fin"),
    ("a.toml", "thing = [{ name = \"a\", gain_db = 1e999 }]", "1:34: error: `1e999` is not a"),
    ("a.toml", "title = 2020-01-01", "1:9: error: a date means nothing here"),
    ("a.toml", "thing = 3", "1:9: error: expected a list, found the number 3"),
    (
        "a.toml",
        "[[thing]]\nname = 'a'\ngain_db = 0\npoints = [[1]]",
        "4:11: error: expected a list",
    ),
    (
        "a.toml",
        "[[thing]]\nname = 'a'\ngain_db = 0\npath = { type = 'orbitt' }",
        "4:17: error: `orbitt` is not known here (did you mean `orbit`?)",
    ),
    (
        "a.toml",
        "[[thing]]\nname = 'a'\ngain_db = 0\npath = 'x'",
        "4:8: error: `x` is not known here (one of `still`, `orbit`, `great-circle`)",
    ),
    (
        "a.toml",
        "[[thing]]\nname = 'a'\ngain_db = 0\npath = { rate_hz = 1 }",
        "4:8: error: missing key `type` (one of",
    ),
    (
        "a.toml",
        "[[thing]]\nname = 'a'\ngain_db = 0\npath = { type = 1 }",
        "4:17: error: expected text in quotes (one of",
    ),
    (
        "a.toml",
        "[[thing]]\nname = 'a'\ngain_db = 0\npath = 1",
        "4:8: error: expected text or a table with `type`",
    ),
    (
        "a.toml",
        "[[thing]]\nname = 'a'\ngain_db = 0\npath = { type = 'still', rate_hz = 1 }",
        "4:26: error: unknown key `rate_hz`",
    ),
    (
        "a.toml",
        "[[thing]]\nname = 'a'\ngain_db = 0\npath = { type = 'orbit', rate_h = 1, rate_hz = 2 }",
        "4:26: error: unknown key `rate_h` (did you mean `rate_hz`?)",
    ),
    ("a.json", "{\"count\": 1, \"count\": 2}", "1:14: error: `count` is already set"),
    ("a.json", "{\"count\": 1,}", "1:12: error: not JSON: trailing commas"),
    ("a.json", "{\"count\": 1} // why", "1:14: error: not JSON: comments"),
    ("a.json", "{\"count\": 1", "error: not JSON: unterminated object"),
    ("a.json", "{'count': 1}", "1:2: error: not JSON: single-quoted"),
    ("a.json", "{\"count\": null}", "1:11: error: `null` means nothing here (leave the key out)"),
    (
        "a.json",
        "{\"thing\": [{\"name\": \"a\",\n \"gain_db\": 1e999}]}",
        "2:13: error: `1e999` is not a finite number",
    ),
    ("a.json", "{\"count\": NaN}", "1:11: error: not JSON"),
    ("a.json", "{\"count\": 01}", "error: not JSON"),
    ("a.json", "{\"count\": 1.}", "error: not JSON"),
    ("a.json", "{\"title\": \"\\ud800\"}", "error: not JSON"),
    ("a.json", "{\"title\": \"a\nb\"}", "1:11: error: a line break or control"),
    ("a.json", "{\"ti\ttle\": \"a\"}", "1:2: error: a line break or control"),
    ("a.json", "{\"count\": 1} {}", "error: not JSON"),
    ("a.json", "[]", "1:1: error: expected an object"),
    ("a.json", "", "1:1: error: expected an object"),
];

#[test]
fn each_mistake_is_shown_where_it_was_made() {
    for (name, text, expected) in MISTAKES {
        let found = problems(name, text);
        assert_eq!(found.len(), 1, "{text}\n{found:#?}");
        assert!(found[0].contains(expected), "{text}\n{}\nis not\n{expected}", found[0]);
        assert!(found[0].starts_with(&format!("{name}:")), "{}", found[0]);
    }
}

#[test]
fn all_mistakes_are_shown_at_once_and_nothing_that_only_follows() {
    let text = r#"
titel = "x"
count = "three"
count = 4

[[thing]]
name = 7
gain_db = 0
points = [[1, nan], [true, 2], [3, 4]]

[[thing]]
nmae = "b"
gain_db = inf
path = { type = "orbit", rate_hz = "fast", trns = 2 }

[[thing]]
gain_db = 0
"#;
    let found = problems("a.toml", text);
    let places: Vec<_> = found.iter().map(|line| line.split(" error").next().unwrap()).collect();
    let expected =
        ["2:1", "3:9", "4:1", "7:8", "9:15", "9:22", "12:1", "13:11", "14:36", "14:44", "16:1"]
            .map(|place| format!("a.toml:{place}:"));
    assert_eq!(places, expected, "{found:#?}");
    assert!(found[10].contains("missing key `name`"), "{}", found[10]);
}

#[test]
fn no_text_steers_the_terminal() {
    let bad = "\"\\u001b[31m\" = 1\n# \x1b[2J\n";
    for text in [bad, "\"\\u001b[31m\" = 1\n"] {
        let error = match Document::parse("a.toml", text) {
            Err(cupola::Error::Document(error)) => (*error).clone(),
            Err(error) => panic!("{error}"),
            Ok(mut document) => {
                let mut problems = Problems::default();
                document.read::<Spec>(&mut problems);
                document.explain(problems)
            }
        };
        assert!(!error.problems.is_empty());
        for look in [Look::Plain, Look::Marked { width: 80, colour: false }] {
            let shown = render(&error, look);
            assert!(!shown.contains('\x1b'), "{shown:?}");
        }
    }
}

#[test]
fn what_is_not_shown_is_told() {
    for text in ["count = nan\n".repeat(2) + &"title = 'x'\n".repeat(200), "a = =\n".repeat(200)] {
        let found = problems("a.toml", &text);
        assert!(found.len() <= 103, "{}", found.len());
        assert!(found.last().unwrap().contains("more mistakes"), "{found:#?}");
    }
}

#[test]
fn places_lead_to_values_and_to_the_nearest_thing_there_is() {
    let text = "title = 'x'\n[[thing]]\nname = 'a'\ngain_db = 1\npoints = [[1, 2], [3, 4]]";
    let document = Document::parse("a.toml", text).unwrap();
    let at = |place: Place| &text[document.locate(&place)];
    let thing = Place::root().key("thing").index(0);
    assert_eq!(at(Place::root().key("title")), "'x'");
    assert_eq!(at(thing.key("gain_db")), "1");
    assert_eq!(at(thing.key("points").index(1).index(0)), "3");
    assert_eq!(at(thing.key("points").index(7)), "[[1, 2], [3, 4]]");
    assert_eq!(at(thing.key("missing").key("deeper")), "[[thing]]");
    assert_eq!(document.locate(&Place::root()), 0..0);
}

#[test]
fn depth_and_length_have_ends() {
    let nested = |open: &str, close: &str, depth| open.repeat(depth) + &close.repeat(depth);
    for depth in [65, 100, 100_000] {
        let toml = format!("title = {}", nested("[", "]", depth));
        assert!(!problems("a.toml", &toml).is_empty());
        let toml = format!("title = {}1{}", "{a=".repeat(depth), "}".repeat(depth));
        assert!(!problems("a.toml", &toml).is_empty());
        let json = format!("{{\"title\": {}}}", nested("[", "]", depth));
        assert!(!problems("a.json", &json).is_empty());
    }
    let dotted = format!("{} = 1", vec!["a"; 100_000].join("."));
    assert!(problems("a.toml", &dotted)[0].contains("1:1: error: a key with too many dots"));
    let sixteen = vec!["a"; 16].join(".");
    let tower = format!("x = {}1{}", format!("{{{sixteen} = ").repeat(79), "}".repeat(79));
    assert!(!problems("a.toml", &tower).is_empty());
    let long = " ".repeat(cupola::document::MAX_BYTES as usize + 1);
    assert!(problems("a.toml", &long)[0].contains("longer than 16 MiB"));
}

#[test]
fn a_terminal_shows_the_text_and_the_place() {
    let (long, gap) = ("-".repeat(300), " ".repeat(9));
    let text = format!("title = 'ü'\n# {long}\ncount = {gap}1\nfiles = {{ 'ü' = 'x', L = 'y' }}\n");
    let mut problems = Problems::default();
    let document = Document::parse("a.toml", &text).unwrap();
    problems.error(&Place::root().key("count"), "too few", "at least 2");
    problems.warning(&Place::root().key("title"), "too short", "");
    problems.error(&Place::root().key("files").key("L"), "too near", "");
    let look = |width, colour| {
        let error = document.explain(problems.clone());
        render(&error, Look::Marked { width, colour })
    };
    let shown = look(80, false);
    for expected in
        ["a.toml:1:9", "a.toml:3:18", "a.toml:4:26", "too few", "help: at least 2", "title = 'ü'"]
    {
        assert!(shown.contains(expected), "no {expected} in\n{shown}");
    }
    assert!(!shown.contains('\x1b'));
    assert!(look(80, true).contains('\x1b'));
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Channel {
    name: String,
    #[serde(rename = "(shared)")]
    strip: Strip,
    pan_deg: Option<f64>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Strip {
    gain_db: Option<f64>,
    path: Option<Path>,
}

#[derive(Debug, Deserialize)]
struct Desk {
    channel: Vec<Channel>,
}

fn desk(text: &str) -> (Option<Desk>, Vec<String>) {
    let mut problems = Problems::default();
    let mut document = Document::parse("a.toml", text).expect("it parses");
    let desk = document.read::<Desk>(&mut problems);
    let told = document.explain(problems).to_string();
    (desk, told.lines().map(str::to_owned).collect())
}

#[test]
fn a_struct_may_share_its_table_with_another() {
    let text = "[[channel]]\ngain_db = -3\nname = 'a'\n[[channel]]\npan_deg = 9\nname = 'b'";
    let (read, told) = desk(text);
    assert!(told.is_empty(), "{told:?}");
    let strip = |gain_db| Strip { gain_db, path: None };
    let expected = [
        Channel { name: "a".into(), strip: strip(Some(-3.0)), pan_deg: None },
        Channel { name: "b".into(), strip: strip(None), pan_deg: Some(9.0) },
    ];
    assert_eq!(read.unwrap().channel, expected);
}

#[test]
fn mistakes_in_a_shared_table_are_all_found_where_they_are() {
    let text = "[[channel]]\nname = 3\ngian_db = 4\npan = 5\npath = { type = 'orbit', turn = 1 }\n\
                gain_db = 'loud'\n'(shared)' = 3\n[[channel]]\ngain_db = 1";
    let (_, told) = desk(text);
    let expected = [
        "2:8: error: expected text in quotes",
        "3:1: error: unknown key `gian_db` (did you mean `gain_db`?)",
        "4:1: error: unknown key `pan` (did you mean `pan_deg`?)",
        "5:26: error: unknown key `turn` (did you mean `turns`?)",
        "6:11: error: expected a number",
        "7:1: error: unknown key `(shared)` (one of `name`, `pan_deg`, `gain_db`, `path`)",
        "8:1: error: missing key `name`",
    ];
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (line, expected) in told.iter().zip(expected) {
        assert!(line.starts_with(&format!("a.toml:{expected}")), "{line} is not {expected}");
    }
}
