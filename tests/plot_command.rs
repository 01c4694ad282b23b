//! `cupola plot`: the picture is well-formed, complete, small and the same every time.

use std::fs;
use std::path::Path;
use std::process::{Command as Process, Stdio};

use assert_cmd::Command;
use cupola::layout::built_in;
use cupola::pan::Panner;
use cupola::picture::text_width;
use cupola::space::unit_vector;
use tempfile::TempDir;

/// A scene of `duration_s` seconds with objects of these lines each.
fn scene(duration_s: f64, objects: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let object = |it: &&str| format!("[[object]]\nsignal = {{ type = \"white-noise\" }}\n{it}\n");
    let objects: String = objects.iter().map(object).collect();
    let text = format!("duration_s = {duration_s}\n{objects}");
    fs::write(folder.path().join("scene.toml"), text).unwrap();
    folder
}

fn cupola(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("cupola").unwrap();
    command.current_dir(folder).args(["plot", "scene.toml"]).args(arguments);
    command
}

/// The picture as it goes to standard output.
fn picture(folder: &TempDir, arguments: &[&str]) -> String {
    let mut command = cupola(folder.path(), arguments);
    let output = command.args(["-o", "-"]).assert().success().get_output().clone();
    let svg = String::from_utf8(output.stdout).unwrap();
    assert_well_formed(&svg);
    svg
}

/// What is said on standard error by a command that fails with a status.
fn refusal(folder: &TempDir, arguments: &[&str], status: i32) -> String {
    let failed = cupola(folder.path(), arguments).assert().code(status).get_output().clone();
    assert!(failed.stdout.is_empty());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left behind");
    String::from_utf8(failed.stderr).unwrap()
}

/// Fails unless every element is closed in turn and nothing but known entities is in the text.
fn assert_well_formed(xml: &str) {
    let mut open = Vec::new();
    for piece in xml.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("every tag ends");
        assert!(!text.contains('>'), "a stray bracket after <{tag}>");
        let name = tag.split_whitespace().next().unwrap();
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "closed out of turn");
        } else if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    for entity in xml.split('&').skip(1) {
        let name = entity.split(';').next().unwrap();
        assert!(["amp", "lt", "gt", "quot"].contains(&name), "&{name}");
    }
}

/// How many texts of a class say exactly this.
fn said(svg: &str, class: &str, text: &str) -> usize {
    let texts = svg.lines().filter(|line| line.contains(&format!("<text class=\"{class}\"")));
    texts.filter(|line| line.contains(&format!(">{text}</text>"))).count()
}

/// All points of the lines of a class.
fn points(svg: &str, class: &str) -> Vec<(f64, f64)> {
    let tag = format!("<polyline class=\"{class}\" points=\"");
    let lines = svg.split(&tag).skip(1);
    let pairs = lines.flat_map(|line| line.split('"').next().unwrap().split(' '));
    let number = |text: &str| text.parse::<f64>().unwrap();
    pairs.map(|pair| pair.split_once(',').map(|(x, y)| (number(x), number(y))).unwrap()).collect()
}

const VOICE: &str = "name = \"voice\"\nposition = { azimuth_deg = 30 }";
const WALK: &str = "name = \"walk\"\nmacro = { type = \"orbit\", turns_per_s = 0.025 }";
const FAR: &str = "name = \"far\"\nposition = { azimuth_deg = -120, distance = 300 }
distance_law = { type = \"inverse\", reference = 600 }";
const HOSTILE: &str = "name = \"</svg> & \\\"\"\nposition = { azimuth_deg = -60 }
micro = { type = \"drift\", azimuth_deg = 2, elevation_deg = 4, rate_hz = 0.5 }";

#[test]
fn every_object_and_the_loudspeakers_that_play_it_are_named() {
    let folder = scene(40.0, &[VOICE, WALK, FAR, HOSTILE]);
    let svg = picture(&folder, &[]);
    for name in ["voice", "walk", "far", "&lt;/svg&gt; &amp; &quot;"] {
        assert_eq!(said(&svg, "object", name), 2, "{name} is named in both views");
        assert!(svg.contains(&format!(">{name}<tspan class=\"note\">  0 s to 40 s")), "{name}");
    }
    // Only what travels has its gains shown unasked; a level orbit keeps to ear level.
    for name in ["L", "R", "C", "Lss", "Rss", "Lrs", "Rrs"] {
        assert_eq!(said(&svg, "lane", name), 1, "{name}");
    }
    assert_eq!(svg.matches("<text class=\"lane\"").count(), 7);
    assert!(svg.contains("time (s)") && svg.contains("From above") && svg.contains("500×"));
    assert_eq!(svg, picture(&folder, &[]), "the same picture every time");
}

#[test]
fn chosen_objects_are_drawn_with_their_gains() {
    let folder = scene(40.0, &[VOICE, WALK, FAR]);
    let svg = picture(&folder, &["--object", "far", "--object", "voice", "--to", "stereo"]);
    assert_eq!((said(&svg, "object", "voice"), said(&svg, "object", "walk")), (2, 0));
    assert!(svg.contains("2 of 3 objects"));
    // The voice stands at the left loudspeaker; the far one is behind, and so in both.
    assert_eq!((said(&svg, "lane", "L"), said(&svg, "lane", "R")), (2, 1));
    let panner = Panner::new(&built_in("stereo").unwrap()).unwrap();
    let loudest = panner.gains(&unit_vector(-120.0, 0.0)).into_iter().fold(0.0, f64::max);
    // By its law the far one is twice as loud as it would be without.
    let full_db = 20.0 * (2.0 * loudest).log10();
    assert!(
        full_db > 0.5 && svg.contains(&format!("a full lane is +{full_db:.1} dB")),
        "{full_db}"
    );
}

#[test]
fn time_is_written_along_the_way_and_only_what_is_asked_for_is_drawn() {
    let folder = scene(60.0, &[WALK]);
    let svg = picture(&folder, &["--range", "0s..10s"]);
    assert!(said(&svg, "time", "5 s") >= 1 && said(&svg, "time", "15 s") == 0, "{svg}");
    // A quarter of a turn to the left from the front: above, x is at or left of the middle (315),
    // and y at or above it (382); from the side, x is at or right of the middle (945).
    let path = points(&svg, "path");
    let key_top = path.iter().filter(|(_, y)| *y < 700.0);
    for (x, y) in key_top {
        // The wings of an arrow reach 4 pixels beyond the line.
        assert!((*x <= 319.0 && *y <= 386.0) || *x >= 941.0, "{x},{y}");
    }
    assert!(svg.contains("0 s to 10 s"));
}

#[test]
fn an_orbit_of_an_hour_is_one_circle_and_a_small_file() {
    let fast = "name = \"fast\"\nmacro = { type = \"orbit\", turns_per_s = 2 }
micro = { type = \"wander\", azimuth_deg = 3, elevation_deg = 5, rate_hz = 1 }";
    let (short, long) = (scene(40.0, &[WALK; 1]), scene(3600.0, &[WALK; 1]));
    let (once, often) = (picture(&short, &[]), picture(&long, &[]));
    let count = |svg: &str| points(svg, "path").len();
    assert!(count(&often) < 2 * count(&once), "{} {}", count(&once), count(&often));
    let crowd: Vec<String> =
        (0..10).map(|index| fast.replace("fast", &format!("fast {index}"))).collect();
    let crowd: Vec<&str> = crowd.iter().map(String::as_str).collect();
    let svg = picture(&scene(40.0, &crowd), &[]);
    assert!(svg.len() < 1_000_000, "{} bytes", svg.len());
}

#[test]
fn the_picture_goes_to_a_file_named_after_the_scene() {
    let folder = scene(5.0, &[VOICE]);
    let told = cupola(folder.path(), &[]).assert().success().get_output().clone();
    assert_eq!(String::from_utf8(told.stdout).unwrap(), "scene.svg\n");
    let svg = fs::read_to_string(folder.path().join("scene.svg")).unwrap();
    assert_eq!(svg, picture(&folder, &[]));
    cupola(folder.path(), &["-o", "my picture.svg"]).assert().success();
    assert_eq!(fs::read_to_string(folder.path().join("my picture.svg")).unwrap(), svg);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "no temporary is left");
}

#[test]
fn mistakes_are_named_with_what_would_be_right() {
    let folder = scene(40.0, &[VOICE, WALK]);
    let told = refusal(&folder, &["--object", "vioce"], 2);
    assert!(told.contains("vioce") && told.contains("did you mean `voice`?"), "{told}");
    let told = refusal(&folder, &["--object", "drums"], 2);
    assert!(told.contains("it has voice, walk"), "{told}");
    let told = refusal(&folder, &["--range", "50s.."], 2);
    assert!(told.contains("the range has no frames"), "{told}");
    let told = refusal(&folder, &["--to", "7.1.5"], 2);
    assert!(told.contains("7.1.5"), "{told}");
    let told = refusal(&folder, &["-o", "scene.toml"], 2);
    assert!(told.contains("replace the input"), "{told}");
    let told = refusal(&folder, &["-o", "missing/x.svg"], 3);
    assert!(told.contains("missing/x.svg"), "{told}");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let folder = scene(40.0, &[VOICE, WALK]);
    let mut child = Process::new(assert_cmd::cargo::cargo_bin("cupola"))
        .current_dir(folder.path())
        .args(["plot", "scene.toml", "-o", "-"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[test]
fn what_stands_still_or_is_never_heard_is_no_trouble() {
    let late = "name = \"late\"\nstart_s = 30";
    let listener = "name = \"listener\"\nposition = { distance = 0 }";
    let folder = scene(10.0, &[listener, late]);
    let svg = picture(&folder, &["--object", "late", "--object", "listener", "--to", "mono"]);
    assert_eq!((said(&svg, "object", "listener"), said(&svg, "object", "late")), (2, 0));
    assert!(svg.contains(">late<tspan class=\"note\">  not heard"), "{svg}");
    assert!(!svg.contains("NaN") && !svg.contains("inf"));
}

#[test]
fn a_jump_is_no_way_and_has_its_time() {
    let jumpy = "name = \"jumpy\"
macro = { type = \"keyframes\", curve = \"step\", points = [
  { t_s = 0, azimuth_deg = 60 }, { t_s = 3, azimuth_deg = -60 }, { t_s = 6, azimuth_deg = 150 } ] }";
    let svg = picture(&scene(9.0, &[jumpy]), &[]);
    assert_eq!(said(&svg, "time", "3 s"), 1, "in the view from above; from the side it stays");
    assert_eq!(svg.matches("<line class=\"jump\"").count(), 3, "two from above, one from the side");
    // All that is drawn as a way is the sign in the key.
    assert!(points(&svg, "path").iter().all(|(_, y)| *y > 700.0));
}

#[test]
fn an_object_keeps_its_colour_when_others_are_left_out() {
    let folder = scene(9.0, &[VOICE, WALK, FAR]);
    let group = |svg: &str| {
        let before = svg.split(">far<").next().unwrap();
        let start = before.rfind("<g class=").unwrap();
        before[start..].lines().next().unwrap().to_owned()
    };
    let (all, alone) = (picture(&folder, &[]), picture(&folder, &["--object", "far"]));
    assert_eq!(group(&all), group(&alone));
    assert_eq!(group(&alone), "<g class=\"hue-2\">");
}

/// Left edge, right edge and baseline of the names written in the views.
fn names(svg: &str) -> Vec<(f64, f64, f64)> {
    let attribute = |line: &str, name: &str| -> f64 {
        let after = line.split(&format!(" {name}=\"")).nth(1).unwrap();
        after.split('"').next().unwrap().parse().unwrap()
    };
    let written = svg.lines().filter(|line| line.contains("class=\"object\""));
    let in_views = written.filter(|line| !line.contains("<tspan"));
    let name = |line: &str| {
        let text = line.split('>').nth(1).unwrap().split('<').next().unwrap();
        let (x, width) = (attribute(line, "x"), text_width(text, 12.0));
        let left = match line {
            _ if line.contains("\"middle\"") => x - 0.5 * width,
            _ if line.contains("\"end\"") => x - width,
            _ => x,
        };
        (left, left + width, attribute(line, "y"))
    };
    in_views.map(name).collect()
}

#[test]
fn names_never_cover_each_other() {
    let same: Vec<String> =
        (0..30).map(|index| VOICE.replace("voice", &format!("voice {index}"))).collect();
    let same: Vec<&str> = same.iter().map(String::as_str).collect();
    let svg = picture(&scene(9.0, &same), &[]);
    let names = names(&svg);
    assert!(names.len() >= 16, "there is room for some: {}", names.len());
    for (index, a) in names.iter().enumerate() {
        for b in &names[..index] {
            // Positions are written in hundredths of a pixel.
            let apart = a.1 <= b.0 + 0.02 || b.1 <= a.0 + 0.02 || (a.2 - b.2).abs() >= 12.0;
            assert!(apart, "{a:?} {b:?}");
        }
    }
    for index in 0..30 {
        assert!(svg.contains(&format!(">voice {index}<tspan")), "all are listed below");
    }
}
