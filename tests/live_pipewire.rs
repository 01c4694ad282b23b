//! What reaches a sink of PipeWire is what a file of the scene holds.
#![cfg(all(feature = "live-pipewire", target_os = "linux"))]

#[path = "support/command.rs"]
mod command;
#[path = "support/jack.rs"]
mod processes;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use command::{cupola, program};
use processes::{Running, are_there, start};

/// Sinks without sound, by what they are played to: how many channels, and which PipeWire says they
/// are.
const SINKS: [(&str, usize, &str); 3] = [
    ("stereo", 2, "FL,FR"),
    ("7.1.4", 12, "FL,FR,FC,LFE,RL,RR,SL,SR,TFL,TFR,TRL,TRR"),
    (
        "9.1.6",
        16,
        "AUX0,AUX1,AUX2,AUX3,AUX4,AUX5,AUX6,AUX7,AUX8,AUX9,AUX10,AUX11,AUX12,AUX13,AUX14,AUX15",
    ),
];

/// A PipeWire of our own in a folder, with the sinks in it.
struct Server {
    home: PathBuf,
    bus: String,
    _running: Vec<Running>,
}

impl Server {
    fn start(home: &Path) -> Self {
        fs::set_permissions(home, fs::Permissions::from_mode(0o700)).unwrap();
        let folder = home.join("pipewire/pipewire.conf.d");
        fs::create_dir_all(&folder).unwrap();
        let sinks: String =
            SINKS.iter().map(|(_, channels, names)| sink(*channels, names)).collect();
        fs::write(folder.join("sinks.conf"), format!("context.objects = [ {sinks} ]\n")).unwrap();
        // A bus at an address of our own: the session manager does not start without one.
        let bus = format!("unix:path={}", home.join("bus").display());
        let address = format!("--address={bus}");
        let mut server = Self { home: home.to_owned(), bus, _running: Vec::new() };
        for line in [
            vec!["dbus-daemon", "--session", "--nofork", &address],
            vec!["pipewire"],
            vec!["wireplumber"],
        ] {
            let mut command = Command::new(line[0]);
            server._running.push(start(server.surround(command.args(&line[1..]))));
            std::thread::sleep(Duration::from_millis(1000));
        }
        // What needs the others ends first.
        server._running.reverse();
        server
    }

    /// Has a program talk to this server.
    fn surround<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        for name in ["XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"] {
            command.env(name, &self.home);
        }
        command.env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
    }
}

fn sink(channels: usize, names: &str) -> String {
    let names = names.replace(',', " ");
    format!(
        "{{ factory = adapter args = {{ factory.name = support.null-audio-sink \
         node.name = \"cupola-{channels}\" media.class = Audio/Sink audio.channels = {channels} \
         audio.position = [ {names} ] object.linger = true \
         adapter.auto-port-config = {{ mode = dsp monitor = true position = preserve }} }} }}\n"
    )
}

const SCENE: &str = "
duration_s = 15
[[object]]
name = 'it'
signal = { type = 'white-noise', level_db = -20 }
spread_deg = 360
macro = { type = 'orbit', turns_per_s = 0.5 }
";

#[test]
fn a_sink_gets_the_samples_of_the_file() {
    if !are_there(&["pipewire", "wireplumber", "dbus-daemon", "pw-record"]) {
        return;
    }
    let (folder, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let folder = folder.path();
    fs::write(folder.join("scene.toml"), SCENE).unwrap();
    let server = Server::start(home.path());
    for (layout, channels, names) in SINKS {
        let render = format!("render scene.toml --to {layout} --channel-order itu -o file.wav");
        cupola(folder, &render).well();
        let device = format!("pipewire:cupola-{channels}");
        let mut player = program(folder);
        player.args(["play", "scene.toml", "--to", layout, "--device", &device]);
        let _player = start(server.surround(&mut player));
        std::thread::sleep(Duration::from_millis(1500));
        let mut record = Command::new("timeout");
        record.current_dir(folder).args(["2", "pw-record", "--target"]);
        record.arg(format!("cupola-{channels}"));
        record.args(["-P", "{ stream.capture.sink=true }", "--format", "f32", "--rate", "48000"]);
        record.args(["--channels", &channels.to_string(), "--channel-map", names, "heard.wav"]);
        server.surround(&mut record).output().unwrap();
        check(&wav(&folder.join("file.wav")), &wav(&folder.join("heard.wav")), channels, layout);
    }
}

fn wav(path: &Path) -> Vec<f32> {
    hound::WavReader::open(path).unwrap().samples::<f32>().map(Result::unwrap).collect()
}

/// All that was heard is one piece of the file; noise tells where it begins.
fn check(file: &[f32], heard: &[f32], channels: usize, layout: &str) {
    let heard: Vec<&[f32]> = heard.chunks_exact(channels).collect();
    let sounds = |frame: &&[f32]| frame.iter().any(|sample| *sample != 0.0);
    let begin = heard.iter().position(sounds).expect("something was heard");
    let heard = heard[begin..].concat();
    println!("{layout}: {} frames", heard.len() / channels);
    assert!(heard.len() > 48_000 * channels, "{layout}: at least a second was heard");
    let starts = |at: &usize| file[at * channels..].starts_with(&heard[..4 * channels]);
    let at = (0..file.len() / channels).find(starts).expect("it is from the file") * channels;
    assert!(file[at..at + heard.len()] == heard[..], "{layout}: sample for sample");
}
