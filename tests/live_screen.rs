//! The screen of `cupola play` on a terminal of its own, which `script` makes.
#![cfg(all(feature = "live", target_os = "linux"))]

#[path = "support/command.rs"]
mod command;

use std::fs;
use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use command::program;
use tempfile::TempDir;

const SCENE: &str = "
title = 'Two tones'
duration_s = 60
[[object]]
name = 'bird'
signal = { type = 'tone', freq_hz = 1000, level_db = -20 }
macro = { type = 'orbit', turns_per_s = 0.2 }
";

/// A folder with the scene and a device that needs no hardware.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("scene.toml"), SCENE).unwrap();
    let home = "pcm.nowhere { type null hint { show on description \"nowhere\" } }\n";
    fs::write(folder.path().join(".asoundrc"), home).unwrap();
    folder
}

/// A terminal in which it plays; none where there is no `script`.
fn terminal(folder: &TempDir) -> Option<Child> {
    let cupola = program(folder.path()).get_program().to_string_lossy().into_owned();
    // What takes frames as fast as they come would be over at once.
    let play = format!(
        "stty rows 24 cols 80; {cupola} play scene.toml --to 7.1.4 --to binaural --host alsa \
         --device nowhere --loop"
    );
    let script = Command::new("script")
        .args(["--quiet", "--return", "--command", &play, "/dev/null"])
        .current_dir(folder.path())
        .env("HOME", folder.path())
        .env("TERM", "xterm")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let child = script.ok();
    if child.is_none() {
        println!("skipped: there is no `script` here");
    }
    child
}

/// How long anything may take to be seen.
const PATIENCE: Duration = Duration::from_secs(30);

/// A terminal, and all that was written to it.
struct Screen {
    terminal: Child,
    keys: ChildStdin,
    seen: Arc<Mutex<Vec<u8>>>,
    reader: JoinHandle<()>,
}

impl Screen {
    fn new(mut terminal: Child) -> Self {
        let keys = terminal.stdin.take().unwrap();
        let mut written = terminal.stdout.take().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let all = Arc::clone(&seen);
        let reader = std::thread::spawn(move || {
            let mut piece = [0; 4096];
            while let Ok(count @ 1..) = written.read(&mut piece) {
                all.lock().unwrap().extend_from_slice(&piece[..count]);
            }
        });
        Self { terminal, keys, seen, reader }
    }

    fn seen(&self) -> String {
        String::from_utf8_lossy(&self.seen.lock().unwrap()).into_owned()
    }

    /// Waits until something is seen. Only cells that change are written: what is looked for must not
    /// have letters where others were the same.
    fn wait_for(&self, part: &str) {
        let begun = Instant::now();
        while !self.seen().contains(part) {
            assert!(begun.elapsed() < PATIENCE, "{part:?} is missing in {}", self.seen());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn press(&mut self, key: &str) {
        self.keys.write_all(key.as_bytes()).unwrap();
    }

    /// Waits for the end: all that was seen, and the exit status.
    fn end(mut self) -> (String, Option<i32>) {
        let status = self.terminal.wait().unwrap();
        self.reader.join().unwrap();
        let seen = self.seen.lock().unwrap();
        (String::from_utf8_lossy(&seen).into_owned(), status.code())
    }
}

#[test]
fn it_shows_what_plays_and_gives_the_terminal_back() {
    let folder = folder();
    let Some(mut screen) = terminal(&folder).map(Screen::new) else { return };
    for part in ["\u{1b}[?1049h", "Two tones", "bird", "LUFS", "true peaks held"] {
        screen.wait_for(part);
    }
    // Of "paused" the first letter is the first of "playing".
    for (key, part) in [("d", "DIM"), ("m", "MONO"), ("2", "binaural, tr"), (" ", "aused")] {
        screen.press(key);
        screen.wait_for(part);
    }
    screen.press("q");
    let (seen, status) = screen.end();
    assert_eq!(status, Some(0), "{seen}");
    assert!(seen.contains("\u{1b}[?1049l"), "{seen}");
}

#[test]
fn control_c_ends_it_as_a_signal_would() {
    let folder = folder();
    let Some(mut screen) = terminal(&folder).map(Screen::new) else { return };
    screen.wait_for("LUFS");
    screen.press("\u{3}");
    let (seen, status) = screen.end();
    assert_eq!(status, Some(130), "{seen}");
    assert!(seen.contains("\u{1b}[?1049l"));
}

#[test]
fn a_mistake_is_told_on_the_screen_and_again_behind_it() {
    let folder = folder();
    let Some(mut screen) = terminal(&folder).map(Screen::new) else { return };
    screen.wait_for("LUFS");
    let broken = SCENE.replace("1000", "'loud'");
    fs::write(folder.path().join("scene.toml"), broken).unwrap();
    screen.wait_for("scene.toml:6:");
    screen.press("q");
    let (seen, status) = screen.end();
    assert_eq!(status, Some(0), "it plays on: {seen}");
    let (_, behind) = seen.split_once("\u{1b}[?1049l").unwrap();
    assert!(behind.contains("scene.toml:6:"), "{behind}");
}
