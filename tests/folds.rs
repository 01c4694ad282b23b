//! Matrices between layouts: the tables of ITU-R BS.775 and what holds for all pairs.

use std::fs;

use assert_cmd::Command;
use cupola::layout::{Fold, Layout, built_in, names};

const HALF_POWER: f64 = std::f64::consts::FRAC_1_SQRT_2;

fn fold(from: &str, to: &str) -> Fold {
    Fold::itu(&built_in(from).unwrap(), &built_in(to).unwrap())
}

impl Gain for Fold {
    fn gain(&self, from: &str, to: &str) -> f64 {
        self.gains[self.to.index_of(to).unwrap()][self.from.index_of(from).unwrap()]
    }
}

trait Gain {
    fn gain(&self, from: &str, to: &str) -> f64;
}

/// Asserts a whole matrix: what is not named is 0.
#[track_caller]
fn is(fold: &Fold, expected: &[(&str, &str, f64)]) {
    for from in &fold.from.loudspeakers {
        for to in &fold.to.loudspeakers {
            let named = expected.iter().find(|it| (it.0, it.1) == (&from.name, &to.name));
            let expected = named.map_or(0.0, |it| it.2);
            let gain = fold.gain(&from.name, &to.name);
            assert!((gain - expected).abs() < 1e-12, "{} in {}: {gain}", from.name, to.name);
        }
    }
}

/// ITU-R BS.775-4, Annex 4, Table 2: 3/2 to 2/0 and to 1/0, and 2/0 to 1/0.
#[test]
fn the_table_of_bs_775() {
    let half = HALF_POWER;
    let stereo = [
        ("L", "L", 1.0),
        ("R", "R", 1.0),
        ("C", "L", half),
        ("C", "R", half),
        ("Ls", "L", half),
        ("Rs", "R", half),
    ];
    is(&fold("5.1", "stereo"), &stereo);
    let mono =
        [("L", "C", half), ("R", "C", half), ("C", "C", 1.0), ("Ls", "C", 0.5), ("Rs", "C", 0.5)];
    is(&fold("5.1", "mono"), &mono);
    is(&fold("stereo", "mono"), &mono[..2]);
}

#[test]
fn seven_become_five() {
    let fold = fold("7.1", "5.1");
    let same = ["L", "R", "C", "LFE"].map(|name| (name, name, 1.0));
    let surrounds = [("Lss", "Ls", 1.0), ("Rss", "Rs", 1.0)];
    let rears = [("Lrs", "Ls", HALF_POWER), ("Rrs", "Rs", HALF_POWER)];
    is(&fold, &[&same[..], &surrounds, &rears].concat());
}

#[test]
fn heights_come_down_and_join() {
    let flat = fold("7.1.4", "7.1");
    for (from, to) in [("Ltf", "L"), ("Rtf", "R"), ("Ltr", "Lrs"), ("Rtr", "Rrs")] {
        assert!((flat.gain(from, to) - HALF_POWER).abs() < 1e-12, "{from}");
    }
    let stereo = fold("7.1.4", "stereo");
    for (from, gain) in
        [("Lss", HALF_POWER), ("Lrs", HALF_POWER), ("Ltf", HALF_POWER), ("Ltr", 0.5)]
    {
        assert!((stereo.gain(from, "L") - gain).abs() < 1e-12, "{from}");
        assert_eq!(stereo.gain(from, "R"), 0.0, "{from}");
    }
    let between = fold("9.1.6", "7.1.4");
    assert!((between.gain("Ltm", "Ltf") - HALF_POWER).abs() < 1e-12);
    assert!((between.gain("Ltm", "Ltr") - HALF_POWER).abs() < 1e-12);
    assert!((between.gain("Lw", "L") - HALF_POWER).abs() < 1e-12);
    assert!((between.gain("Lw", "Lss") - HALF_POWER).abs() < 1e-12);
}

fn all_pairs() -> impl Iterator<Item = Fold> {
    names().iter().flat_map(|from| names().iter().map(move |to| fold(from, to)))
}

#[test]
fn no_channel_is_lost_or_raised() {
    for fold in all_pairs() {
        let has_lfe = fold.to.loudspeakers.iter().any(|it| it.lfe);
        for (index, loudspeaker) in fold.from.loudspeakers.iter().enumerate() {
            let power: f64 = fold.gains.iter().map(|row| row[index] * row[index]).sum();
            let what = format!("{} of {} in {}", loudspeaker.name, fold.from.name, fold.to.name);
            assert!(
                fold.gains.iter().all(|row| (0.0..=1.0 + 1e-12).contains(&row[index])),
                "{what}"
            );
            assert!(power <= 1.0 + 1e-9, "{what}: {power}");
            // Never down by more than 9 dB: a rear height in mono, three times 3.
            let lost = loudspeaker.lfe && !has_lfe;
            assert_eq!(power > 0.124, !lost, "{what}: {power}");
            for (row, to) in fold.gains.iter().zip(&fold.to.loudspeakers) {
                assert!(row[index] == 0.0 || loudspeaker.lfe == to.lfe, "{what}");
            }
        }
    }
}

#[test]
fn a_layout_becomes_itself() {
    for name in names() {
        for (index, row) in fold(name, name).gains.iter().enumerate() {
            assert!(
                row.iter()
                    .enumerate()
                    .all(|(from, gain)| *gain == f64::from(u8::from(from == index)))
            );
        }
    }
}

/// The loudspeaker on the other side.
fn mirrored(layout: &Layout, index: usize) -> usize {
    let it = &layout.loudspeakers[index];
    let is_opposite = |other: &cupola::layout::Loudspeaker| {
        other.lfe == it.lfe
            && other.nominal_elevation_deg == it.nominal_elevation_deg
            && (other.nominal_azimuth_deg + it.nominal_azimuth_deg).rem_euclid(360.0) == 0.0
    };
    // A single LFE has no side.
    layout.loudspeakers.iter().position(is_opposite).unwrap_or(index)
}

#[test]
fn left_and_right_are_mirror_images() {
    for fold in all_pairs() {
        for to in 0..fold.to.loudspeakers.len() {
            for from in 0..fold.from.loudspeakers.len() {
                let mirror = fold.gains[mirrored(&fold.to, to)][mirrored(&fold.from, from)];
                let gain = fold.gains[to][from];
                let what = format!("{} to {}: {to} {from}", fold.from.name, fold.to.name);
                assert!((gain - mirror).abs() < 1e-12, "{what}: {gain}, {mirror}");
            }
        }
    }
}

fn written(text: &str) -> cupola::Result<Fold> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fold.toml");
    fs::write(&path, text).unwrap();
    Fold::from_file(&path)
}

#[test]
fn a_matrix_may_be_written() {
    let text = "from = '5.1'\nto = 'stereo'\n[gains_db]\n\
                L = { L = 0, C = -3, Ls = -6 }\nM-030 = { R = 0, C = -3.0, M-110 = -6 }\n";
    let fold = written(text).unwrap();
    assert_eq!((fold.gain("L", "L"), fold.gain("R", "L"), fold.gain("LFE", "L")), (1.0, 0.0, 0.0));
    assert!((fold.gain("Rs", "R") - 10_f64.powf(-0.3)).abs() < 1e-12);
}

#[test]
fn mistakes_in_a_matrix_are_shown_where_they_are() {
    let text = "from = '5.1'\nto = 'stereo'\n[gains_db]\n\
                L = { L = 0, C = 30, Lss = -6 }\nLf = { L = 0 }\nR = { R = 'loud' }\n";
    let shown = written(text).unwrap_err().to_string();
    for expected in [
        ":4:18",
        "C = 30 is out of range",
        ":4:",
        "no channel `Lss` in 5.1",
        "did you mean `Ls`?",
        ":5:",
        ":6:11",
    ] {
        assert!(shown.contains(expected), "{expected}\n{shown}");
    }
    let shown = written("from = '5.2'\nto = 'stereo'\ngains = {}\n").unwrap_err().to_string();
    for expected in [":1:8", "no layout `5.2`", ":3:1", "gains_db"] {
        assert!(shown.contains(expected), "{expected}\n{shown}");
    }
    assert!(Fold::from_file("nowhere/fold.toml".as_ref()).is_err());
}

#[test]
fn the_command_prints_a_table() {
    let run = |arguments: &[&str]| {
        let mut command = Command::cargo_bin("cupola").unwrap();
        let output = command.arg("layouts").args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, text) = run(&["--fold", "5.1", "stereo"]);
    let expected = "stereo from 5.1, decibels\n\n      L     R      C  LFE     Ls     Rs\n\
                    L  0.00     ·  -3.01    ·  -3.01      ·\nR     ·  0.00  -3.01    ·      ·  -3.01\n";
    assert_eq!((code, text.as_str()), (Some(0), expected));
    let (_, text) = run(&["--fold", "5.1", "stereo", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["from_channels"][3], "LFE");
    assert_eq!(
        (&json["gains_db"][0][0], &json["gains_db"][0][1]),
        (&0.0.into(), &serde_json::Value::Null)
    );
    assert_eq!(run(&["--fold", "5.1", "stereoo"]).0, Some(2));
    assert_eq!(run(&["--fold", "5.1"]).0, Some(2));
}
