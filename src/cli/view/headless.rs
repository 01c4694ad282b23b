//! A line of JSON a second.

use std::time::{Duration, Instant};

use serde::Serialize;

use super::{Seen, View};
use crate::cli::{output, problems};
use crate::live::{LoudnessReading, Snapshot};
use crate::{Error, Result};

/// How often a line is printed.
const LINE: Duration = Duration::from_secs(1);

/// Prints a line of JSON a second, and one at the end.
pub struct Headless {
    told: Instant,
}

/// What a line holds.
#[derive(Serialize)]
struct Line {
    #[serde(flatten)]
    snapshot: Snapshot,
    #[serde(flatten)]
    loudness: LoudnessReading,
}

impl Headless {
    pub fn new() -> Self {
        Self { told: Instant::now() }
    }
}

impl View for Headless {
    fn say(&mut self, text: &str) {
        eprintln!("{text}");
    }

    fn explain(&mut self, error: &Error) {
        problems::report(error);
    }

    fn show(&mut self, seen: &mut Seen<'_>) -> Result<()> {
        if self.told.elapsed() < LINE && !seen.is_last {
            return Ok(());
        }
        self.told += LINE;
        let loudness = seen.metering[seen.room.heard()].loudness();
        let line = Line { snapshot: seen.status.snapshot(), loudness };
        let line = serde_json::to_string(&line)
            .map_err(|error| Error::machine(format!("the line cannot be written: {error}")))?;
        output::print(&(line + "\n"))
    }
}
