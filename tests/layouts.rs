//! The built-in layouts are those of the standards, and mistakes in a layout are named.

use std::collections::BTreeMap;

use cupola::Error;
use cupola::layout::{self, Layout, MAX_CHANNELS, wave_names};
use serde::Deserialize;

/// Loudspeakers as ITU-R BS.2051 lists them.
#[derive(Deserialize)]
struct Reference {
    name: String,
    azimuth: f64,
    elevation: f64,
    is_lfe: bool,
}

fn reference() -> BTreeMap<String, Vec<Reference>> {
    serde_json::from_str(include_str!("data/layout_bs2051.json")).unwrap()
}

fn built_in(name: &str) -> Layout {
    layout::built_in(name).unwrap_or_else(|| panic!("{name} is missing"))
}

/// The messages and helps of all problems in a layout text, each as `place: message (help)`.
fn problems(text: &str) -> Vec<String> {
    match Layout::from_toml("room.toml", text) {
        Ok(_) => Vec::new(),
        Err(Error::Document(error)) => {
            let line = |p: &cupola::document::Problem| {
                format!("{}: {} ({})", p.place, p.message, p.help.as_deref().unwrap_or(""))
            };
            error.problems.iter().map(line).collect()
        }
        Err(other) => panic!("not a document error: {other}"),
    }
}

fn one(loudspeaker: &str) -> String {
    format!("loudspeakers = [{{ {loudspeaker} }}]")
}

#[test]
fn the_systems_of_bs2051_are_exactly_those_of_the_standard() {
    let reference = reference();
    assert_eq!(reference.len(), 10);
    for (name, expected) in reference {
        let layout = built_in(&name);
        assert_eq!(layout.loudspeakers.len(), expected.len(), "{name}");
        for (ours, expected) in layout.loudspeakers.iter().zip(expected) {
            assert_eq!(ours.name, expected.name, "{name}");
            assert_eq!(ours.label.as_ref(), Some(&expected.name), "{name}");
            assert_eq!(ours.nominal_azimuth_deg, expected.azimuth, "{name} {}", ours.name);
            assert_eq!(ours.nominal_elevation_deg, expected.elevation, "{name} {}", ours.name);
            assert_eq!(ours.lfe, expected.is_lfe, "{name} {}", ours.name);
        }
    }
}

#[test]
fn the_everyday_names_are_systems_of_the_standard() {
    let same = [
        ("stereo", "0+2+0"),
        ("5.1", "0+5+0"),
        ("5.1.2", "2+5+0"),
        ("5.1.4", "4+5+0"),
        ("7.1", "0+7+0"),
        ("7.1.4", "4+7+0"),
        ("22.2", "9+10+3"),
    ];
    for (everyday, system) in same {
        let (mut ours, theirs) = (built_in(everyday), built_in(system));
        for (ours, theirs) in ours.loudspeakers.iter_mut().zip(&theirs.loudspeakers) {
            ours.name.clone_from(&theirs.name);
        }
        assert_eq!(ours.loudspeakers, theirs.loudspeakers, "{everyday}");
    }
}

#[test]
fn masks_are_those_of_wave_files() {
    let masks = [
        ("mono", 0x4),
        ("stereo", 0x3),
        ("quad", 0x33),
        ("5.1", 0x60F),
        ("5.1.2", 0x560F),
        ("5.1.4", 0x2D60F),
        ("7.1", 0x63F),
        ("7.1.2", 0),
        ("7.1.4", 0x2D63F),
        ("9.1.6", 0),
        ("22.2", 0),
        ("ring8", 0),
        ("3+7+0", 0),
        ("4+5+1", 0),
        ("4+9+0", 0x2D6FF),
        ("4+7+0", 0x2D63F),
    ];
    for (name, mask) in masks {
        let layout = built_in(name);
        assert_eq!(layout.mask(), mask, "{name}");
        let bits = if mask == 0 { 0 } else { layout.loudspeakers.len() };
        assert_eq!(wave_names(mask).len(), bits, "{name}");
    }
}

#[test]
fn files_hold_the_rears_before_the_sides() {
    let layout = built_in("7.1.4");
    let names: Vec<&str> =
        layout.file_order().into_iter().map(|i| layout.loudspeakers[i].name.as_str()).collect();
    let expected = "L R C LFE Lrs Rrs Lss Rss Ltf Rtf Ltr Rtr";
    assert_eq!(names.join(" "), expected);
    assert_eq!(built_in("9.1.6").file_order(), (0..16).collect::<Vec<_>>());
}

#[test]
fn every_name_leads_to_its_layout_and_every_channel_to_its_place() {
    for name in layout::names() {
        let layout = layout::load(name).unwrap();
        assert_eq!(layout.name, *name);
        assert!(!layout.title.is_empty(), "{name}");
        for (index, loudspeaker) in layout.loudspeakers.iter().enumerate() {
            assert_eq!(layout.index_of(&loudspeaker.name), Some(index), "{name}");
            if let Some(label) = &loudspeaker.label {
                assert_eq!(layout.index_of(label), Some(index), "{name} {label}");
            }
        }
    }
    assert_eq!(built_in("7.1.4").index_of("U-135"), Some(11));
    assert_eq!(built_in("7.1.4").index_of("nobody"), None);
}

#[test]
fn built_ins_are_mirror_symmetric_to_the_bit() {
    for name in layout::names() {
        // A lone LFE stands to the left; it is never panned to.
        let layout = built_in(name);
        let panned = layout.loudspeakers.iter().filter(|it| !it.lfe);
        let directions: Vec<_> = panned.map(|it| it.nominal_direction()).collect();
        for ours in &directions {
            let mirrored =
                directions.iter().any(|it| (it.x, it.y, it.z) == (-ours.x, ours.y, ours.z));
            assert!(mirrored, "{name}: {ours}");
        }
    }
}

#[test]
fn a_short_form_is_enough() {
    let text =
        one(r#"name = "R", azimuth_deg = 330, elevation_deg = 0, nominal_azimuth_deg = -45"#);
    let layout = Layout::from_toml("rooms/studio.toml", &text).unwrap();
    let right = &layout.loudspeakers[0];
    assert_eq!(layout.name, "studio");
    assert_eq!((right.azimuth_deg, right.nominal_azimuth_deg), (-30.0, -45.0));
    assert_eq!((right.distance_m, right.gain_db, right.delay_ms), (1.0, 0.0, 0.0));
    assert_eq!((right.label.as_deref(), right.lfe, right.wave_bit), (None, false, 0));
}

#[test]
fn mistakes_are_named_with_what_would_be_right() {
    let good = r#"name = "L", azimuth_deg = 0, elevation_deg = 0"#;
    let cases = [
        ("loudspeakers = []".into(), "loudspeakers: a layout of 0 loudspeakers (1 to 128"),
        (one(&good.replace('L', "")), r#"loudspeakers[0].name: "" is no channel name"#),
        (one(&good.replace('L', " L")), r#"" L" is no channel name (1 to 32 printable"#),
        (one(&good.replace('L', r"\n")), r#""\n" is no channel name"#),
        (one(&good.replacen('0', "361", 1)), "azimuth_deg is 361 (-360 to 360 degrees"),
        (one(&good.replacen('0', "nan", 1)), ""),
        (one(&good.replacen('0', "inf", 1)), ""),
        (one(&good.replacen("elevation_deg = 0", "elevation_deg = 91", 1)), "elevation_deg is 91"),
        (one(&format!("{good}, distance_m = 0")), "distance_m is 0 (0.01 to 1000 metres)"),
        (one(&format!("{good}, gain_db = 40")), "gain_db is 40 (-60 to 20 decibels)"),
        (one(&format!("{good}, delay_ms = -1")), "delay_ms is -1 (0 to 1000 milliseconds)"),
        (one(&format!("{good}, nominal_elevation_deg = 99")), "nominal_elevation_deg is 99"),
        (one(&format!("{good}, label = \"M030\"")), "no label of ITU-R BS.2051 (such as `M+030`"),
        (one(&format!("{good}, wave = \"LS\"")), "no loudspeaker of the WAVE channel mask (one of"),
        (one(&format!("{good}, lfe = true")), "nothing but LFE"),
        (one(&format!("{good}, azimut_deg = 3")), "azimut_deg"),
        (one(good).replace("elevation_deg", "elevation"), "elevation"),
        (format!("loudspeakers = [{{ {good} }}, {{ {good} }}]"), r#"name "L" is taken by another"#),
    ];
    for (text, expected) in cases {
        let found = problems(&text);
        assert!(found.iter().any(|line| line.contains(expected)), "{text}\n{found:?}");
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let text = one(r#"name = "", azimuth_deg = 999, elevation_deg = -91, distance_m = -1"#);
    assert_eq!(problems(&text).len(), 4, "{:?}", problems(&text));
}

#[test]
fn a_label_or_wave_bit_belongs_to_one_loudspeaker() {
    let text = r#"loudspeakers = [
        { name = "A", azimuth_deg = 1, elevation_deg = 0, label = "M+030", wave = "FL" },
        { name = "M+030", azimuth_deg = 2, elevation_deg = 0, wave = "FL" },
    ]"#;
    let found = problems(text).join("\n");
    assert!(found.contains(r#"loudspeakers[1].label: label "M+030" is taken"#), "{found}");
    assert!(found.contains(r#"loudspeakers[1].wave: wave "FL" is taken"#), "{found}");
}

#[test]
fn a_hostile_count_is_one_error() {
    let many = r#"{name="L",azimuth_deg=999,elevation_deg=0},"#.repeat(10_000);
    let found = problems(&format!("loudspeakers = [{many}]"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains(&format!("1 to {MAX_CHANNELS} loudspeakers")), "{found:?}");
}

#[test]
fn an_unknown_name_says_which_there_are() {
    let error = layout::load("7.14").unwrap_err();
    assert_eq!(error.exit_code(), 2);
    let message = error.to_string();
    assert!(message.contains("did you mean `7.1.4`?"), "{message}");
    assert!(layout::names().iter().all(|name| message.contains(name)), "{message}");
    let message = layout::load("completely different").unwrap_err().to_string();
    assert!(!message.contains("did you mean"), "{message}");
}

#[test]
fn layouts_come_from_files_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("studio.toml");
    std::fs::write(&path, include_str!("../layouts/5.1.toml")).unwrap();
    let layout = layout::load(path.to_str().unwrap()).unwrap();
    assert_eq!(layout.name, "studio");
    assert_eq!(layout.loudspeakers, built_in("5.1").loudspeakers);

    std::fs::write(&path, " ".repeat((1 << 20) + 1)).unwrap();
    let message = layout::load(path.to_str().unwrap()).unwrap_err().to_string();
    assert!(message.contains("at most 1048576 bytes"), "{message}");
    let message = layout::load(folder.path().to_str().unwrap()).unwrap_err().to_string();
    assert!(message.contains("not a file"), "{message}");
    let message = layout::load("nowhere/room.toml").unwrap_err().to_string();
    assert!(message.starts_with("nowhere/room.toml: "), "{message}");
}
