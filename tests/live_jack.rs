//! What reaches a JACK server is what a file of the scene holds.
#![cfg(all(feature = "live-jack", target_os = "linux"))]

#[path = "support/command.rs"]
mod command;
#[path = "support/jack.rs"]
mod jack;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use command::{cupola, program};
use jack::{are_there, server, server_name, start};

fn scene(folder: &Path, duration_s: u32) {
    let text = format!(
        "duration_s = {duration_s}\n[[object]]\nname = \"it\"\n\
         signal = {{ type = \"white-noise\", level_db = -20 }}\nspread_deg = 360\n\
         macro = {{ type = \"orbit\", turns_per_s = 0.5 }}\n"
    );
    fs::write(folder.join("scene.toml"), text).unwrap();
}

fn wav(path: &Path) -> Vec<f32> {
    hound::WavReader::open(path).unwrap().samples::<f32>().map(Result::unwrap).collect()
}

/// `jack_capture` listens to the client's own ports.
#[test]
fn a_server_gets_the_samples_of_the_file() {
    if !are_there(&["jackd", "jack_capture"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let name = server_name("test");
    let _server = server(&name);
    scene(folder, 12);
    for (layout, channels) in [("stereo", 2), ("7.1.4", 12), ("9.1.6", 16)] {
        cupola(folder, &format!("render scene.toml --to {layout} --channel-order itu -o file.wav"))
            .well();
        let player = start(program(folder).env("JACK_DEFAULT_SERVER", &name).args([
            "play",
            "scene.toml",
            "--to",
            layout,
            "--host",
            "jack",
        ]));
        std::thread::sleep(Duration::from_millis(1000));
        let ports = format!("cpal_client_{}_out:out_*", player.id());
        let capture = Command::new("jack_capture")
            .current_dir(folder)
            .env("JACK_DEFAULT_SERVER", &name)
            .args(["-c", &channels.to_string(), "-p", &ports])
            .args(["-f", "wav", "-b", "FLOAT", "-d", "2", "-dc", "heard.wav"])
            .output()
            .unwrap();
        assert!(capture.status.success(), "{capture:?}");
        drop(player);
        let (file, heard) = (wav(&folder.join("file.wav")), wav(&folder.join("heard.wav")));
        fs::remove_file(folder.join("heard.wav")).unwrap();
        check(&file, &heard, channels, layout);
    }
}

/// All that was heard is one piece of the file; noise tells where it begins. What JACK says it lost
/// on a busy machine it lost as a whole period: none may be missing here.
fn check(file: &[f32], heard: &[f32], channels: usize, layout: &str) {
    let heard: Vec<&[f32]> = heard.chunks_exact(channels).collect();
    let sounds = |frame: &&[f32]| frame.iter().any(|sample| *sample != 0.0);
    let begin = heard.iter().position(sounds).expect("something was heard");
    let heard = heard[begin..].concat();
    assert!(heard.len() > 48_000 * channels, "{layout}: at least a second was heard");
    let starts = |at: &usize| file[at * channels..].starts_with(&heard[..4 * channels]);
    let at = (0..file.len() / channels).find(starts).expect("it is from the file") * channels;
    assert!(file[at..at + heard.len()] == heard[..], "{layout}: sample for sample");
}
