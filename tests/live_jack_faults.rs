//! A JACK server that goes and comes back, and a client that is stopped: it plays on, in time.
#![cfg(all(feature = "live-jack", target_os = "linux"))]

#[path = "support/command.rs"]
mod command;
#[path = "support/jack.rs"]
mod jack;

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use command::program;
use jack::{Running, are_there, lines, may_take_long, server, server_name};
use serde_json::Value;

const SCENE: &str = "
duration_s = 1000
[[object]]
name = 'it'
signal = { type = 'white-noise', level_db = -20 }
spread_deg = 360
macro = { type = 'orbit', turns_per_s = 0.5 }
";

/// What befalls it.
struct Fate {
    /// How often the server is killed and started again.
    kills: u32,
    /// How often the client is stopped, and for how long.
    stops: u32,
    stop: Duration,
}

#[test]
fn faults_are_outlived() {
    outlive(&Fate { kills: 3, stops: 5, stop: Duration::from_millis(200) });
}

#[test]
fn ten_kills_and_a_hundred_stops_are_outlived() {
    if may_take_long() {
        outlive(&Fate { kills: 10, stops: 100, stop: Duration::from_millis(120) });
    }
}

fn wait(seconds: f64) {
    std::thread::sleep(Duration::from_secs_f64(seconds));
}

fn outlive(fate: &Fate) {
    if !are_there(&["jackd"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let name = server_name(&format!("fault-{}", fate.kills));
    let mut running = server(&name);
    fs::write(folder.join("scene.toml"), SCENE).unwrap();
    let begun = Instant::now();
    let mut player = program(folder);
    player.env("JACK_DEFAULT_SERVER", &name);
    player.args(["play", "scene.toml", "--to", "7.1.4", "--host", "jack", "--headless"]);
    player.stdout(fs::File::create(folder.join("lines")).unwrap()).stderr(Stdio::null());
    let player = Running(player.spawn().unwrap());
    for _ in 0..fate.kills {
        wait(1.2);
        running.crash();
        wait(0.5);
        running = server(&name);
    }
    wait(1.5);
    for _ in 0..fate.stops {
        player.signal("STOP");
        std::thread::sleep(fate.stop);
        player.signal("CONT");
        wait(0.15);
    }
    wait(3.0);
    check(&lines(&folder.join("lines")), fate, begun.elapsed().as_secs_f64());
}

/// `passed_s` is how long ago it began.
fn check(lines: &[Value], fate: &Fate, passed_s: f64) {
    let [.., before, last] = lines else { panic!("it does not play: {lines:?}") };
    println!("{passed_s} s: {last}");
    let time_s = |line: &Value| line["time_s"].as_f64().unwrap();
    assert_eq!(last["stage"], "playing", "{last}");
    assert!(time_s(last) > time_s(before) + 0.8, "it plays: {before} {last}");
    assert!(last["peaks_dbfs"].as_array().unwrap().iter().any(|peak| !peak.is_null()), "{last}");
    // A server that stopped the client may throw it out, which is one more fault each time.
    let faults = last["faults"].as_u64().unwrap();
    let most = u64::from(fate.kills + fate.stops);
    assert!((u64::from(fate.kills)..=most).contains(&faults), "{last}");
    // The clock of the scene went on but while the process stood still, and what opening took: up
    // to three periods each time, and what the line is late.
    let stood_s = fate.stop.as_secs_f64() * f64::from(fate.stops);
    let lost_s = 1.5 + 0.064 * f64::from(fate.kills + fate.stops) + stood_s;
    assert!((passed_s - lost_s..passed_s).contains(&time_s(last)), "{passed_s} s: {last}");
    assert_eq!((&last["muted"], &last["silenced"]), (&0.into(), &0.into()), "{last}");
}
