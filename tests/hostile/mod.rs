//! What hostile bytes are thrown at: each takes any bytes and must come back, whatever they are.
//! The fuzz targets and the bounded test on stable share these.
#![allow(dead_code, reason = "every fuzz target uses another part")]

use std::path::{Path, PathBuf};

use cupola::document::{Look, render};
use cupola::layout::Layout;
use cupola::motion::{Context, Macro, Placement, Trajectory};
use cupola::scene::Spec;

/// Reads and checks bytes as a scene, in TOML and in JSON, and shows what is wrong with it.
pub fn scene(bytes: &[u8]) {
    for name in ["scene.toml", "scene.json"] {
        if let Ok(report) = Spec::lint(name, bytes) {
            let lines = report.to_string().lines().count();
            assert!(lines >= report.problems.len(), "a line or more for each problem");
            let shown = render(&report, Look::Marked { width: 80, colour: false });
            assert_eq!(shown.is_empty(), report.problems.is_empty());
            assert!(report.problems.iter().all(|it| it.span.is_some()), "a place for each");
        }
    }
}

/// Reads and checks bytes as a layout, in TOML and in JSON.
pub fn layout(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for name in ["layout.toml", "layout.json"] {
        if let Ok(layout) = Layout::from_toml(name, text) {
            assert!(!layout.loudspeakers.is_empty());
            assert!(layout.loudspeakers.iter().all(|it| it.direction().norm() > 0.999));
        }
    }
}

/// Reads bytes as a path, by way of a file, and asks where the object is.
pub fn csv(bytes: &[u8], file: &Path) {
    std::fs::write(file, bytes).expect("the file can be written");
    let resolve = |_: &Path| Ok(file.to_owned());
    let context = Context { tempo_bpm: None, object: 0, resolve: &resolve };
    let path = cupola::motion::Path { file: PathBuf::from("path.csv"), ..Default::default() };
    let path = Macro::Path(path);
    if let Ok(path) = Trajectory::new(&Placement::default(), Some(&path), None, &context) {
        for time_s in [0.0, 0.7, 1.0, 1e9] {
            let length = path.position(time_s).direction.norm();
            assert!((length - 1.0).abs() < 1e-9, "{length} is no direction");
        }
    }
}

/// Reads bytes as an OSC packet: what is right is written and read again, and says the same.
pub fn osc(bytes: &[u8]) {
    use cupola::control::osc::{Argument, fits, read, write};
    let Ok(messages) = read(bytes) else { return };
    for message in messages {
        assert!(message.address.starts_with('/') && message.address.len() <= 256);
        let numbers = message.arguments.iter().filter_map(Argument::number);
        assert!(numbers.into_iter().all(f64::is_finite));
        // What is written is f32: those that are too large for it would not come back.
        let is_small = |it: &Argument<'_>| it.number().is_none_or(|it| it.abs() < 1e30);
        if message.arguments.iter().all(is_small) {
            let mut again = Vec::new();
            write(message.address, &message.arguments, &mut again);
            let again = read(&again).expect("what was written can be read");
            assert_eq!(again[0].address, message.address);
            assert_eq!(again[0].arguments.len(), message.arguments.len());
        }
        std::hint::black_box(fits(message.address, "/adm/obj/1/azim"));
    }
}
