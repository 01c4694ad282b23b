//! The program as a stranger runs it.
#![allow(dead_code)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// What became of a run.
#[derive(Debug)]
pub struct Ran {
    /// The exit status; `None` where a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub printed: String,
    /// Standard error.
    pub said: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            printed: String::from_utf8(output.stdout).unwrap(),
            said: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ran {
    /// Asserts that all went well and without a word on standard error.
    #[track_caller]
    pub fn well(self) -> Self {
        assert!(self.code == Some(0) && self.said.is_empty(), "{self:?}");
        self
    }

    /// Asserts that it failed with an exit status and one line that has all of `parts`.
    #[track_caller]
    pub fn fails(&self, code: i32, parts: &[&str]) {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert_eq!(self.said.trim_end().lines().count(), 1, "one line: {self:?}");
        assert!(self.printed.is_empty(), "{self:?}");
        for part in parts {
            assert!(self.said.contains(part), "no {part:?} in {:?}", self.said);
        }
    }
}

/// The program, to be run in a folder.
pub fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cupola"));
    command.current_dir(folder);
    command
}

/// Runs it in a folder with arguments separated by spaces.
pub fn cupola(folder: &Path, arguments: &str) -> Ran {
    program(folder).args(arguments.split_whitespace()).output().unwrap().into()
}

/// The names of what stands in a folder, sorted.
pub fn listing(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A tone on an orbit for so many seconds.
pub fn orbit(duration_s: f64) -> String {
    format!(
        "duration_s = {duration_s}\n[[object]]\nname = \"tone\"\n\
         signal = {{ type = \"tone\", freq_hz = 440, level_db = -12 }}\n\
         macro = {{ type = \"orbit\", turns_per_s = 0.5 }}\n"
    )
}

/// A scene of one object that plays a file from front.
pub fn plays(file: &str) -> String {
    format!("[[object]]\nname = \"it\"\nfile = \"{file}\"\n")
}
