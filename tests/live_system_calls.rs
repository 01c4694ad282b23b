//! The callback of a device asks nothing of the system: seen from outside, by `strace`.
#![cfg(target_os = "linux")]

#[path = "support/desk.rs"]
mod desk;
#[path = "support/live.rs"]
mod live;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use cupola::live::Listening;

/// Paths that are asked for to mark the trace.
const BEGINS: &str = "/callbacks-begin";
const ENDS: &str = "/callbacks-end";

/// Tells the test that it is the one that is traced.
const TRACED: &str = "CUPOLA_TEST_TRACED";

/// What is traced.
fn callbacks() {
    let scene = desk::full_scene();
    let (mut player, _readers) =
        live::player(&scene.scene, &desk::layouts(&["7.1.4"]).remove(0).into());
    let inputs = desk::scene("[[object]]\nname = 'it'\ninput = 1\n");
    let (mut listener, _nothing) =
        live::player(&inputs.scene, &desk::layouts(&["7.1.4"]).remove(0).into());
    let mut intake = listener.listen(&Listening { channels: 1, ..Listening::default() });
    let came = vec![0.5; 256];
    let channels = player.needs();
    let mut out = vec![0.0; 256 * channels];
    // All that is played is read ahead first: only a source that is waited for costs a call.
    std::thread::sleep(Duration::from_millis(500));
    assert!(!Path::new(BEGINS).exists());
    for _ in 0..30 {
        player.fill(&mut out, channels);
        intake.take(&came, 1);
        listener.fill(&mut out, channels);
    }
    assert!(!Path::new(ENDS).exists());
}

#[test]
fn the_callback_makes_no_system_calls() {
    if std::env::var_os(TRACED).is_some() {
        return callbacks();
    }
    let trace = tempfile::NamedTempFile::new().unwrap();
    let traced = Command::new("strace")
        .args(["-f", "-o"])
        .arg(trace.path())
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "the_callback_makes_no_system_calls"])
        .env(TRACED, "yes")
        .output();
    let traced = match traced {
        Ok(traced) if fs::metadata(trace.path()).unwrap().len() > 0 => traced,
        _ => {
            println!("skipped: strace is not here, or may not trace");
            return;
        }
    };
    assert!(traced.status.success(), "{traced:?}");
    let text = fs::read_to_string(trace.path()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let at = |mark: &str| lines.iter().position(|line| line.contains(mark)).expect(mark);
    let thread = lines[at(BEGINS)].split_whitespace().next().unwrap();
    let between = &lines[at(BEGINS) + 1..at(ENDS)];
    // The end of the mark itself may be a line of its own.
    let asks = |line: &&&str| line.starts_with(thread) && !line.contains("resumed>");
    let asked: Vec<&&str> = between.iter().filter(asks).collect();
    assert!(asked.is_empty(), "{asked:?}");
}
