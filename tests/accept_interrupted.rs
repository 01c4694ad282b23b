//! Renders that do not come to their end: whatever happens, what stands under a final name is whole.
#![cfg(unix)]

#[path = "support/command.rs"]
mod command;

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use command::{Ran, cupola, listing, orbit, program};

/// An hour, of which no test waits for the end.
fn endless(folder: &Path) {
    fs::write(folder.join("s.toml"), orbit(3600.0)).unwrap();
}

/// Begins a render and waits until it has written something.
fn begin(folder: &Path, arguments: &str, part: &str) -> Child {
    let mut child = program(folder)
        .args(["render", "s.toml"])
        .args(arguments.split_whitespace())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while fs::metadata(folder.join(part)).map_or(0, |it| it.len()) == 0 {
        assert!(begun.elapsed() < Duration::from_secs(20), "it writes nothing");
        assert!(child.try_wait().unwrap().is_none(), "it ended too early");
        std::thread::sleep(Duration::from_millis(1));
    }
    child
}

fn signal(child: &Child, name: &str) {
    let status = Command::new("kill").arg(name).arg(child.id().to_string()).status().unwrap();
    assert!(status.success());
}

#[test]
fn interrupted_it_leaves_nothing_and_what_stood_there() {
    for (name, arguments) in [
        ("-INT", "--to stereo -o out.wav"),
        ("-TERM", "--to stereo -o out.wav --threads 2"),
        ("-INT", "--to 5.1 --split -o out.wav"),
        ("-INT", "--to 5.1 --to stereo -o new/folder/"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        endless(folder.path());
        fs::write(folder.path().join("out.wav"), "an old mix").unwrap();
        let part = match arguments.split_once("-o ").unwrap() {
            (_, "new/folder/") => "new/folder/.s.5.1.wav.part",
            (options, _) if options.contains("split") => ".out.L.wav.part",
            _ => ".out.wav.part",
        };
        let child = begin(folder.path(), arguments, part);
        signal(&child, name);
        let asked = Instant::now();
        let ran = Ran::from(child.wait_with_output().unwrap());
        ran.fails(130, &["interrupted"]);
        assert!(asked.elapsed() < Duration::from_secs(5), "it takes its time");
        assert_eq!(listing(folder.path()), ["out.wav", "s.toml"]);
        assert_eq!(fs::read(folder.path().join("out.wav")).unwrap(), b"an old mix");
    }
}

/// Waits until a file is there.
fn wait_for(path: &Path) {
    let begun = Instant::now();
    while !path.exists() {
        assert!(begun.elapsed() < Duration::from_secs(20), "{} never comes", path.display());
        std::thread::yield_now();
    }
}

/// Kills at moments from the reading of the scene to the end, every other one at the first glimpse
/// of the final name.
#[test]
fn killed_it_leaves_nothing_under_the_final_name() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("s.toml"), orbit(60.0)).unwrap();
    let whole = {
        cupola(folder.path(), "render s.toml --to stereo -o whole.wav").well();
        fs::read(folder.path().join("whole.wav")).unwrap()
    };
    let (mut killed, mut finished) = (0, 0);
    for round in 0..15_u32 {
        let mut child = program(folder.path())
            .args(["render", "s.toml", "--to", "stereo", "-o", "out.wav"])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // Any moment will do, as long as they differ.
        if round % 2 == 0 {
            std::thread::sleep(Duration::from_millis(u64::from(1 + round * round)));
        } else {
            wait_for(&folder.path().join("out.wav"));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        match fs::read(folder.path().join("out.wav")) {
            Ok(found) => {
                assert!(found == whole, "a file under its final name is not whole");
                fs::remove_file(folder.path().join("out.wav")).unwrap();
                finished += 1;
            }
            Err(_) => killed += 1,
        }
    }
    println!("{killed} killed in time, {finished} had finished");
    assert!(killed > 0 && finished >= 7);
    fs::write(folder.path().join(".out.wav.part"), "left by a killed one").unwrap();
    cupola(folder.path(), "render s.toml --to stereo -o out.wav").well();
    assert_eq!(listing(folder.path()), ["out.wav", "s.toml", "whole.wav"]);
    assert!(fs::read(folder.path().join("out.wav")).unwrap() == whole);
}

#[test]
fn a_folder_that_cannot_be_written_is_told_before_any_work() {
    let folder = tempfile::tempdir().unwrap();
    endless(folder.path());
    // Not a matter of permissions, which do not hold the superuser: there can be no such folder.
    let error = cupola(folder.path(), "render s.toml --to stereo -o s.toml/out.wav");
    error.fails(3, &["s.toml"]);
    let proc = Path::new("/proc/self");
    if proc.exists() {
        let error = cupola(folder.path(), "render s.toml --to stereo -o /proc/self/out.wav");
        error.fails(3, &["/proc/self/out.wav"]);
    }
    assert_eq!(listing(folder.path()), ["s.toml"]);
}

/// What the shell says where it may not mount.
const NOT_PERMITTED: i32 = 77;

/// Runs the program where `disk` is a file system of a mebibyte, in a mount namespace of its own;
/// afterwards prints what is left there. `None` where that may not be done.
fn on_a_small_disk(folder: &Path, options: &str, arguments: &str) -> Option<Ran> {
    let script = format!(
        "mount -t tmpfs -o size=1m none disk || exit {NOT_PERMITTED}; {options} \
         \"$0\" \"$@\"; status=$?; ls -A disk >&2; exit $status"
    );
    let output = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", &script])
        .arg(env!("CARGO_BIN_EXE_cupola"))
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .output();
    let ran = Ran::from(output.ok()?);
    let refused = ran.said.contains("unshare:") || ran.code == Some(NOT_PERMITTED);
    if refused {
        println!("skipped: no file system can be mounted here: {}", ran.said);
    }
    (!refused).then_some(ran)
}

#[test]
fn a_full_disk_is_one_line_with_the_bytes_needed() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("disk")).unwrap();
    fs::write(folder.path().join("s.toml"), orbit(10.0)).unwrap();
    for arguments in ["disk/out.wav", "disk/out.wav --split", "disk/new/"] {
        let arguments = format!("render s.toml --to stereo -o {arguments}");
        let Some(ran) = on_a_small_disk(folder.path(), "", &arguments) else { return };
        ran.fails(3, &["disk/", "needs 3840094 bytes in all", "1048576 are free"]);
    }
    // Each file fits alone, both together do not.
    fs::write(folder.path().join("s.toml"), orbit(2.0)).unwrap();
    let both = "render s.toml --to stereo --to quad -o disk/ --bits 16";
    let Some(ran) = on_a_small_disk(folder.path(), "", both) else { return };
    cupola(folder.path(), both).well();
    let size = |name: &str| fs::metadata(folder.path().join("disk").join(name)).unwrap().len();
    let needed = size("s.stereo.wav") + size("s.quad.wav");
    ran.fails(3, &[&format!("needs {needed} bytes in all"), "free"]);
    // A disk that may only be read.
    let read_only = "mount -o remount,ro disk &&";
    let Some(ran) =
        on_a_small_disk(folder.path(), read_only, "render s.toml --to mono -o disk/a.wav")
    else {
        return;
    };
    ran.fails(3, &["disk/a.wav", "Read-only file system"]);
}
