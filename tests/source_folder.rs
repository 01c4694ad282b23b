//! Which files a scene may name.

mod source_support;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use cupola::folder::Folder;
use source_support::line;
use tempfile::TempDir;

/// `scene/` with `voice.wav` and `stems/bass.wav`, and `secret.wav` beside it.
fn place() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    let root = place.path();
    fs::create_dir_all(root.join("scene/stems")).unwrap();
    for name in ["scene/voice.wav", "scene/stems/bass.wav", "secret.wav"] {
        fs::write(root.join(name), b"x").unwrap();
    }
    place
}

fn scene(place: &TempDir, allow_outside: bool) -> Folder {
    Folder::new(place.path().join("scene"), allow_outside)
}

#[test]
fn files_below_the_folder_are_found() {
    let place = place();
    let folder = scene(&place, false);
    for name in ["voice.wav", "stems/bass.wav", "./stems/../voice.wav"] {
        let found = folder.resolve(Path::new(name)).unwrap();
        assert_eq!(fs::read(found).unwrap(), b"x", "{name}");
    }
    symlink("stems/bass.wav", place.path().join("scene/link.wav")).unwrap();
    assert!(folder.resolve(Path::new("link.wav")).is_ok(), "a link that stays inside");
}

#[test]
fn nothing_leads_out_of_the_folder_unless_allowed() {
    let place = place();
    symlink("../secret.wav", place.path().join("scene/link.wav")).unwrap();
    symlink("..", place.path().join("scene/up")).unwrap();
    let absolute = place.path().join("secret.wav");
    let absolute = absolute.to_str().unwrap();
    for name in ["../secret.wav", "stems/../../secret.wav", "link.wav", "up/secret.wav", absolute] {
        let message = line(scene(&place, false).resolve(Path::new(name)));
        assert!(message.starts_with(name) && message.contains("--allow-outside"), "{message}");
        assert!(scene(&place, true).resolve(Path::new(name)).is_ok(), "{name}");
    }
    // Not even whether a file is there is told.
    let message = line(scene(&place, false).resolve(Path::new("../nothing.wav")));
    assert!(message.contains("--allow-outside"), "{message}");
}

#[test]
fn only_regular_files_are_taken() {
    let place = place();
    let folder = scene(&place, true);
    let message = line(folder.resolve(Path::new("stems")));
    assert_eq!(message, "stems: is a folder, not a file");
    let message = line(folder.resolve(Path::new("/dev/zero")));
    assert!(message.contains("not a regular file"), "{message}");
    let socket = place.path().join("scene/socket.wav");
    let _listener = std::os::unix::net::UnixListener::bind(socket).unwrap();
    let message = line(folder.resolve(Path::new("socket.wav")));
    assert!(message.contains("not a regular file"), "{message}");
}

#[test]
fn a_missing_file_is_told_with_the_closest_name() {
    let place = place();
    let folder = scene(&place, false);
    let resolve = |name: &str| line(folder.resolve(Path::new(name)));
    assert_eq!(resolve("voise.wav"), "voise.wav: no such file; did you mean 'voice.wav'?");
    assert_eq!(resolve("stems/Bass.WAV"), "stems/Bass.WAV: no such file; did you mean 'bass.wav'?");
    assert_eq!(resolve("zither.flac"), "zither.flac: no such file");
    assert_eq!(resolve("voice.wav/x"), "voice.wav/x: no such file");
    assert!(resolve(&"x".repeat(5000)).contains("name too long"));
    assert!(resolve("a\nb").contains("no such file"), "one line");
}

#[test]
fn an_empty_root_is_the_current_folder() {
    assert!(Folder::new("", false).resolve(Path::new("Cargo.toml")).is_ok());
}
