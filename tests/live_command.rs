//! `cupola play` and `cupola devices`, as a stranger runs them.

#[path = "support/command.rs"]
mod command;

/// Without the feature, both say how to get it.
#[cfg(not(feature = "live"))]
mod without_interfaces {
    use crate::command::cupola;

    #[test]
    fn they_say_how_to_get_interfaces() {
        let folder = tempfile::tempdir().unwrap();
        for arguments in ["devices", "devices --json", "play scene.toml --to 7.1.4"] {
            cupola(folder.path(), arguments).fails(3, &["cargo install cupola --features live"]);
        }
    }
}

/// With it, they play to devices of ALSA that need no hardware.
#[cfg(all(feature = "live", target_os = "linux"))]
mod with_alsa {
    use std::fs;
    use std::path::Path;
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    use crate::command::{Ran, cupola, program};
    use tempfile::TempDir;

    /// A scene of two seconds in which every loudspeaker has something of its own to do, from the
    /// first frame on.
    const SCENE: &str = r#"
duration_s = 2.013
[[object]]
name = "one"
signal = { type = "white-noise", level_db = -20, seed = 1 }
macro = { type = "orbit", turns_per_s = 2 }
eq = [{ type = "bell", freq_hz = 500, gain_db = 4 }]
[[object]]
name = "two"
signal = { type = "white-noise", level_db = -20, seed = 2 }
position = { elevation_deg = 45 }
macro = { type = "orbit", turns_per_s = -1.3 }
[[object]]
name = "all"
signal = { type = "white-noise", level_db = -20, seed = 3 }
spread_deg = 360
[master]
limiter = { ceiling_dbtp = -1 }
"#;

    /// A folder with the scene and a home in which `fileraw` writes what it gets to `out.raw`.
    fn folder(duration_s: f64) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        let text = SCENE.replace("2.013", &duration_s.to_string());
        fs::write(folder.path().join("scene.toml"), text).unwrap();
        let raw = folder.path().join("out.raw");
        let raw = raw.display();
        let home = format!(
            "pcm.fileraw {{ type file slave.pcm \"null\" file \"{raw}\" format \"raw\" \
             hint {{ show on description \"a file\" }} }}\n"
        );
        fs::write(folder.path().join(".asoundrc"), home).unwrap();
        folder
    }

    fn play(folder: &Path, arguments: &str) -> Command {
        let mut command = program(folder);
        command.env("HOME", folder).arg("play").arg("scene.toml");
        command.args(arguments.split_whitespace());
        command
    }

    fn floats(bytes: &[u8]) -> Vec<f32> {
        bytes.as_chunks::<4>().0.iter().map(|it| f32::from_le_bytes(*it)).collect()
    }

    /// The samples of a float WAV file, interleaved.
    fn wav(path: &Path) -> Vec<f32> {
        hound::WavReader::open(path).unwrap().samples::<f32>().map(Result::unwrap).collect()
    }

    #[test]
    fn a_device_gets_the_samples_of_the_file() {
        for (layout, channels) in [("stereo", 2), ("7.1.4", 12), ("9.1.6", 16), ("binaural", 2)] {
            let folder = folder(2.013);
            let folder = folder.path();
            let render = format!("render scene.toml --to {layout} --channel-order itu -o file.wav");
            cupola(folder, &render).well();
            let arguments = format!("--to {layout} --device alsa:fileraw --record heard.wav");
            Ran::from(play(folder, &arguments).output().unwrap()).well();
            let file = wav(&folder.join("file.wav"));
            let raw = floats(&fs::read(folder.join("out.raw")).unwrap());
            assert!(file[0] != 0.0 || layout == "binaural", "it begins with the first frame");
            let begin = raw.iter().position(|sample| *sample != 0.0).unwrap() / channels;
            let begins = file.iter().position(|sample| *sample != 0.0).unwrap() / channels;
            let played = &raw[(begin - begins) * channels..];
            assert_eq!(file.len() % channels, 0);
            assert!(played.len() >= file.len(), "{layout}: all of it is played");
            assert!(played[..file.len()] == file, "{layout}: sample for sample");
            assert!(played[file.len()..].iter().all(|sample| *sample == 0.0), "and no more");
            let heard = fs::read(folder.join("heard.wav")).unwrap();
            let mask = format!("render scene.toml --to {layout} -o mask.wav");
            cupola(folder, &mask).well();
            assert!(fs::read(folder.join("mask.wav")).unwrap() == heard, "{layout}: recorded");
        }
    }

    #[test]
    fn loudspeakers_go_where_they_are_mapped_or_are_refused() {
        let folder = folder(0.5);
        let folder = folder.path();
        cupola(folder, "render scene.toml --to stereo -o file.wav").well();
        let mapped = "--to stereo --device alsa:fileraw --map R=1,L=4 --range 0..0.25";
        Ran::from(play(folder, mapped).output().unwrap()).well();
        let file = wav(&folder.join("file.wav"));
        let raw = floats(&fs::read(folder.join("out.raw")).unwrap());
        let begin = raw.iter().position(|sample| *sample != 0.0).unwrap() / 4;
        for (played, file) in raw[4 * begin..].chunks(4).zip(file.chunks(2)).take(12_000) {
            assert_eq!(played, [file[1], 0.0, 0.0, file[0]]);
        }
        let ran: Ran =
            play(folder, "--to stereo --device null --map L=127,R=128").output().unwrap().into();
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.said.contains("128  R  missing"), "{ran:?}");
        let ran: Ran = play(folder, "--to stereo --device nothing").output().unwrap().into();
        ran.fails(3, &["alsa:nothing", "cupola devices"]);
    }

    #[test]
    fn it_tells_a_line_a_second_and_ends_with_the_scene() {
        let folder = folder(1.0);
        let ran: Ran =
            play(folder.path(), "--to 5.1 --device alsa:null --headless").output().unwrap().into();
        let printed = ran.well().printed;
        let last: serde_json::Value =
            serde_json::from_str(printed.lines().last().unwrap()).unwrap();
        assert_eq!((&last["stage"], &last["time_s"]), (&"over".into(), &1.0.into()));
        assert_eq!(last["missed_reads"], 0);
        assert_eq!(last["peaks_dbfs"].as_array().unwrap().len(), 6);
        assert!(last["load"]["p99"].as_f64().unwrap() > 0.0);
    }

    #[test]
    fn signals_end_it_softly_with_their_status() {
        let folder = folder(3000.0);
        for (signal, code) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
            let mut child = play(folder.path(), "--to stereo --device alsa:null --loop")
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(Duration::from_millis(1500));
            let asked = Instant::now();
            let id = child.id().to_string();
            assert!(Command::new("kill").args(["-s", signal, &id]).status().unwrap().success());
            assert_eq!(child.wait().unwrap().code(), Some(code));
            assert!(asked.elapsed() < Duration::from_secs(2));
        }
    }

    #[test]
    fn devices_are_listed() {
        let folder = folder(1.0);
        let list = |arguments: &str| {
            let mut command = program(folder.path());
            command.env("HOME", folder.path()).args(arguments.split_whitespace());
            Ran::from(command.output().unwrap()).well().printed
        };
        assert!(list("devices").lines().any(|line| line.trim().starts_with("alsa:fileraw ")));
        let hosts: serde_json::Value = serde_json::from_str(&list("devices --json")).unwrap();
        let alsa = hosts.as_array().unwrap().iter().find(|host| host["name"] == "alsa").unwrap();
        let devices = alsa["devices"].as_array().unwrap();
        let file = devices.iter().find(|device| device["id"] == "alsa:fileraw").unwrap();
        assert!(file["channels"].as_u64().unwrap() >= 16);
        assert!(file["rates_hz"].as_array().unwrap().contains(&48_000.into()));
    }
}
