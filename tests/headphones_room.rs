//! Virtual loudspeakers in a room that somebody measured.

#[path = "support/desk.rs"]
mod desk;
#[path = "support/heard.rs"]
mod heard;
#[path = "sofa_support/mod.rs"]
mod sofa_support;

use cupola::layout;
use cupola::render::{Headphones, Target};
use heard::{hear_targets, peak};
use sofa_support::Maker;

const TAPS: usize = 9000;

/// A room of four directions: a click at once for the ear of the same side, a weaker one for the other,
/// and an echo that tells where it came from.
fn room(folder: &std::path::Path) -> std::path::PathBuf {
    let positions = [[30.0, 0.0, 2.0], [110.0, 0.0, 2.0], [250.0, 0.0, 2.0], [330.0, 0.0, 2.0]];
    let maker = Maker::new(&positions, TAPS, |direction, ear, tap| {
        let near = usize::from(direction >= 2) == ear;
        match tap {
            100 => {
                if near {
                    1.0
                } else {
                    0.5
                }
            }
            8000 => 0.1 * (direction + 1) as f64,
            _ => 0.0,
        }
    });
    let path = folder.join("room.sofa");
    std::fs::write(&path, maker.text("SOFAConventions", "SingleRoomDRIR").bytes()).unwrap();
    path
}

fn target(folder: &std::path::Path) -> Target {
    let headphones = Headphones {
        speakers: Some(layout::load("quad").unwrap()),
        brir: Some(room(folder)),
        ..Headphones::default()
    };
    Target::headphones(headphones).unwrap()
}

#[test]
fn each_loudspeaker_rings_as_the_nearest_that_was_measured() {
    let text = r#"
duration_s = 0.5
[[object]]
name = "it"
signal = { type = "clicks", rate_hz = 1, level_db = 0 }
position = { azimuth_deg = -45 }
"#;
    let scene = desk::scene(text);
    let ears = hear_targets(&scene.scene, &[target(scene.folder.path())]).remove(0);
    let clicks = |ear: &[f32]| -> Vec<(usize, f32)> {
        let loudest = peak(ear);
        let there = ear.iter().enumerate().filter(|(_, it)| it.abs() > 0.01 * loudest);
        there.map(|(frame, it)| (frame, *it)).collect()
    };
    let (left, right) = (clicks(&ears[0]), clicks(&ears[1]));
    let frames = |clicks: &[(usize, f32)]| clicks.iter().map(|it| it.0).collect::<Vec<_>>();
    // In time: what the file has of silence first is cut off, and the latency is made up for.
    assert_eq!((frames(&left), frames(&right)), (vec![0, 7900], vec![0, 7900]));
    // The direction measured at 330 degrees: its echo is 0.4 of the near ear's click.
    assert!((left[0].1 / right[0].1 - 0.5).abs() < 1e-5);
    assert!((right[1].1 / right[0].1 - 0.4).abs() < 1e-5);
}

#[test]
fn a_room_is_no_head() {
    let folder = tempfile::tempdir().unwrap();
    let message = cupola::hrtf::sofa::read(&room(folder.path())).unwrap_err().to_string();
    assert!(message.contains("SingleRoomDRIR") && message.contains("SimpleFreeFieldHRIR"));
    assert_eq!(cupola::hrtf::sofa::read_room(&room(folder.path())).unwrap().directions.len(), 4);
}
