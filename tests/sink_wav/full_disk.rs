//! A disk that really is full: a file system of a mebibyte, in a mount namespace of the child's own.
#![cfg(target_os = "linux")]

use std::path::PathBuf;
use std::process::Command;

use cupola::sink::{FileSpec, SampleFormat, Sink, WavFile};

use super::{listing, noise, slices, spec};

/// The small disk's folder, set for the child only.
const CHILD: &str = "CUPOLA_TEST_SMALL_DISK";

/// What the shell says where it may not mount.
const NOT_PERMITTED: i32 = 77;

/// Does nothing in an ordinary run; in the child it writes until the disk is full.
#[test]
fn fills_the_disk() {
    let Some(folder) = std::env::var_os(CHILD).map(PathBuf::from) else { return };
    let long = FileSpec {
        expected_frames: Some(1_000_000),
        ..spec(&folder.join("mix.wav"), 2, 3, SampleFormat::Float32)
    };
    let error = WavFile::create(long.clone()).unwrap_err().to_string();
    assert!(error.contains("needs 8000094 bytes in all, but 10"), "{error}");
    assert!(listing(&folder).is_empty());

    let mut file = WavFile::create(FileSpec { expected_frames: None, ..long }).unwrap();
    let samples = noise(2, 10_000);
    let error = (0..20).find_map(|_| file.write(&slices(&samples)).err()).unwrap();
    assert_eq!(error.exit_code(), 3);
    let message = error.to_string();
    assert!(message.contains("mix.wav: the disk is full: needs"), "{message}");
    assert!(message.contains(" are free") && !message.contains('\n'), "{message}");
    assert_eq!(file.finish().unwrap_err().to_string(), message);
    assert!(listing(&folder).is_empty(), "nothing is left behind");
}

#[test]
fn a_full_disk_is_an_error_of_one_line_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mount = format!(
        "mount -t tmpfs -o size=1m none \"${CHILD}\" || exit {NOT_PERMITTED}; exec \"$0\" \"$@\""
    );
    let output = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", &mount])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "full_disk::fills_the_disk", "--nocapture"])
        .env(CHILD, folder.path())
        .output();
    let Ok(output) = output else { return println!("skipped: no unshare here") };
    let complaint = String::from_utf8_lossy(&output.stderr);
    let refused = complaint.contains("unshare:") || output.status.code() == Some(NOT_PERMITTED);
    if refused {
        return println!("skipped: no file system can be mounted here: {complaint}");
    }
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}{complaint}");
}
