//! `cupola layouts`: what it prints and what it refuses.

use assert_cmd::Command;
use serde_json::Value;

fn cupola(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("cupola").unwrap();
    command.arg("layouts").args(arguments);
    command
}

fn stdout(arguments: &[&str]) -> String {
    let output = cupola(arguments).assert().success().get_output().clone();
    assert!(output.stderr.is_empty());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn all_layouts_are_listed() {
    let text = stdout(&[]);
    for name in cupola::layout::names() {
        let line = text.lines().find(|line| line.split(' ').next() == Some(name));
        let channels = cupola::layout::built_in(name).unwrap().loudspeakers.len().to_string();
        assert!(
            line.is_some_and(|line| line.split_whitespace().nth(1) == Some(&channels)),
            "{name}"
        );
    }
    let json: Value = serde_json::from_str(&stdout(&["--json"])).unwrap();
    assert_eq!(json.as_array().unwrap().len(), cupola::layout::names().len());
    assert_eq!(json[0]["name"], "mono");
}

#[test]
fn a_layout_is_shown_with_its_orders_and_mask() {
    let text = stdout(&["7.1.4"]);
    for expected in [
        "layout order  L R C LFE Lss Rss Lrs Rrs Ltf Rtf Ltr Rtr",
        "file order    L R C LFE Lrs Rrs Lss Rss Ltf Rtf Ltr Rtr",
        "channel mask  0x2D63F  FL FR FC LFE BL BR SL SR TFL TFR TBL TBR",
        " 4  LFE   LFE1        45        -30  LFE",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    assert!(!text.contains("nominal"), "{text}");
    assert!(stdout(&["9.1.6"]).contains("channel mask  none"));
}

#[test]
fn json_says_the_same() {
    let json: Value = serde_json::from_str(&stdout(&["7.1.4", "--json"])).unwrap();
    assert_eq!(json["mask"], 0x2D63F);
    assert_eq!(json["file_order"][4], "Lrs");
    assert_eq!(json["loudspeakers"][4]["name"], "Lss");
    assert_eq!(json["loudspeakers"][4]["azimuth_deg"], 90.0);
}

#[test]
fn a_picture_goes_to_a_file_or_to_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stereo.svg");
    assert_eq!(stdout(&["stereo", "--svg", path.to_str().unwrap()]), "");
    let drawn = std::fs::read_to_string(&path).unwrap();
    assert_eq!(stdout(&["stereo", "--svg", "-"]), drawn);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn mistakes_have_the_right_exit_status() {
    cupola(&["7.1.5"]).assert().code(2);
    cupola(&["--svg", "-"]).assert().code(2);
    cupola(&["stereo", "--json", "--svg", "-"]).assert().code(2);
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("missing/stereo.svg");
    cupola(&["stereo", "--svg", nowhere.to_str().unwrap()]).assert().code(3);
}
