//! What reaches a JACK server is what a file of the scene holds.
#![cfg(all(feature = "live-jack", target_os = "linux"))]

#[path = "support/command.rs"]
mod command;

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use command::{cupola, program};

/// A process that is ended with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(command: &mut Command) -> Running {
    Running(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
}

fn wav(path: &Path) -> Vec<f32> {
    hound::WavReader::open(path).unwrap().samples::<f32>().map(Result::unwrap).collect()
}

fn is_there(program: &str) -> bool {
    let found = Command::new("sh").arg("-c").arg(format!("command -v {program}")).output();
    found.is_ok_and(|output| output.status.success())
}

/// JACK's dummy server has a clock but no sound; `jack_capture` listens to the client's own ports.
#[test]
fn a_server_gets_the_samples_of_the_file() {
    if !is_there("jackd") || !is_there("jack_capture") {
        println!("skipped: jackd and jack_capture are not here");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let name = format!("cupola-test-{}", std::process::id());
    let _server = start(
        Command::new("jackd")
            .args(["-r", "-n", &name, "-d", "dummy"])
            .args(["-r", "48000", "-p", "1024", "-P", "16", "-C", "2"]),
    );
    std::thread::sleep(Duration::from_millis(1500));
    fs::write(
        folder.join("scene.toml"),
        "duration_s = 12\n[[object]]\nname = \"it\"\n\
         signal = { type = \"white-noise\", level_db = -20 }\nspread_deg = 360\n\
         macro = { type = \"orbit\", turns_per_s = 0.5 }\n",
    )
    .unwrap();
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
        let ports = format!("cpal_client_{}_out:out_*", player.0.id());
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
