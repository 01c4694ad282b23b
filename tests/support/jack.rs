//! JACK's dummy server and its clients, in tests.
#![allow(dead_code)]

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A process that is asked to end with the test. Asked, because JACK keeps a list of at most eight
/// servers in shared memory, and one that is killed outright stays on it for ever.
pub struct Running(pub Child);

impl Running {
    /// Its process id.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Dies without a word, as in a crash; another server of its name takes its place on the list.
    pub fn crash(mut self) {
        let _ = self.0.kill();
    }

    /// Sends it a signal.
    pub fn signal(&self, name: &str) {
        let id = self.id().to_string();
        let _ = Command::new("kill").args(["-s", name, &id]).status();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.signal("TERM");
        let asked = Instant::now();
        while matches!(self.0.try_wait(), Ok(None)) && asked.elapsed() < Duration::from_secs(5) {
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts a process that nobody listens to.
pub fn start(command: &mut Command) -> Running {
    Running(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
}

/// JACK's dummy server, which has a clock but no sound; returns once it answers.
pub fn server(name: &str) -> Running {
    let server = start(
        Command::new("jackd")
            .args(["-r", "-n", name, "-d", "dummy"])
            .args(["-r", "48000", "-p", "1024", "-P", "16", "-C", "2"]),
    );
    let begun = Instant::now();
    let asked = || {
        let mut list = Command::new("jack_lsp");
        list.env("JACK_DEFAULT_SERVER", name).env("JACK_NO_START_SERVER", "1").output()
    };
    while !asked().is_ok_and(|list| list.status.success()) {
        assert!(begun.elapsed() < Duration::from_secs(20), "no server {name}");
        std::thread::sleep(Duration::from_millis(100));
    }
    server
}

/// A name for a server of this process.
pub fn server_name(what: &str) -> String {
    format!("cupola-{what}-{}", std::process::id())
}

/// Connects two ports of a server; waits until both are there.
pub fn connect(server: &str, from: &str, to: &str) {
    let begun = Instant::now();
    let connect = || {
        Command::new("jack_connect")
            .args([from, to])
            .env("JACK_DEFAULT_SERVER", server)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
    };
    while !connect().is_ok_and(|status| status.success()) {
        assert!(begun.elapsed() < Duration::from_secs(10), "{from} to {to}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Whether programs can be called; says so where they cannot.
pub fn are_there(programs: &[&str]) -> bool {
    let is_there = |program: &&str| {
        let found = Command::new("sh").arg("-c").arg(format!("command -v {program}")).output();
        found.is_ok_and(|output| output.status.success())
    };
    let there = programs.iter().all(is_there);
    if !there {
        println!("skipped: not all of {programs:?} are here");
    }
    there
}

/// Whether tests may take minutes: asked for by `CUPOLA_LONG_TESTS=1`.
pub fn may_take_long() -> bool {
    let long = std::env::var_os("CUPOLA_LONG_TESTS").is_some();
    if !long {
        println!("skipped: it takes minutes; CUPOLA_LONG_TESTS=1 runs it");
    }
    long
}

/// The lines that `--headless` wrote so far, those that are complete.
pub fn lines(path: &std::path::Path) -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(path).unwrap();
    let complete = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    complete.map(|line| serde_json::from_str(line).unwrap()).collect()
}
