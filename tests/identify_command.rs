//! `cupola identify`, as a stranger runs it.

#[path = "support/command.rs"]
mod command;

/// Without the feature, it says how to get it.
#[cfg(not(feature = "live"))]
#[test]
fn it_says_how_to_get_interfaces() {
    let folder = tempfile::tempdir().unwrap();
    let ran = command::cupola(folder.path(), "identify --to 7.1.4");
    ran.fails(3, &["cargo install cupola --features live"]);
}

#[cfg(all(feature = "live", target_os = "linux"))]
mod with_alsa {
    use std::fs;
    use std::path::Path;

    use crate::command::{Ran, program};
    use tempfile::TempDir;

    /// A home in which `fileraw` writes what it gets to `out.raw`.
    fn folder() -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        let raw = folder.path().join("out.raw");
        let raw = raw.display();
        let home = format!(
            "pcm.fileraw {{ type file slave.pcm \"null\" file \"{raw}\" format \"raw\" }}\n"
        );
        fs::write(folder.path().join(".asoundrc"), home).unwrap();
        folder
    }

    fn run(folder: &Path, arguments: &str) -> Ran {
        let mut command = program(folder);
        command.env("HOME", folder).args(arguments.split_whitespace());
        command.output().unwrap().into()
    }

    #[test]
    fn loudspeakers_say_which_they_are_one_after_the_other() {
        let folder = folder();
        let identify = "identify --to 5.1 --only LFE,R --device alsa:fileraw --map L=1,R=3,C=2,LFE=4,Ls=off,Rs=off";
        let ran = run(folder.path(), identify).well();
        let bytes = fs::read(folder.path().join("out.raw")).unwrap();
        let samples: Vec<f32> =
            bytes.as_chunks::<4>().0.iter().map(|it| f32::from_le_bytes(*it)).collect();
        let first =
            |channel: usize| samples.iter().skip(channel).step_by(4).position(|it| *it != 0.0);
        let (right, lfe) = (first(2).unwrap(), first(3).unwrap());
        assert!(right < lfe, "in the order of the layout");
        assert_eq!((first(0), first(1)), (None, None));
        // A device without a clock is through before anybody looks twice: the last is told for sure.
        assert!(ran.printed.lines().count() <= 2, "{ran:?}");
        let wrong = run(folder.path(), "identify --to 5.1 --only Lss --device alsa:fileraw");
        wrong.fails(2, &["L, R, C, LFE, Ls, Rs"]);
        assert_eq!(run(folder.path(), "identify --to 5.1 --level-db 3").code, Some(2));
    }
}
