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
