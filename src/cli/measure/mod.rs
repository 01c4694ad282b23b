//! `cupola measure`.

mod channels;
mod report;

use std::path::{Path, PathBuf};

use clap::Args;

use self::channels::Assignment;
use self::report::Report;
use super::output;
use crate::folder::shown;
use crate::layout;
use crate::loudness::{LOWEST_RATE_HZ, Meter};
use crate::source::{self, Opened, Source};
use crate::units::frames_to_seconds;
use crate::{Error, Result};

#[derive(Args)]
pub struct Arguments {
    /// The audio file
    file: PathBuf,
    /// The layout of its channels, by name or by the path of a .toml file [default: as the file
    /// says, else the usual one of so many channels]
    #[arg(long, value_name = "LAYOUT")]
    layout: Option<String>,
    /// Let the file be shorter than it says: what is missing is silence
    #[arg(long)]
    allow_truncated: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Frames read at once; changes nothing but speed.
const BLOCK: usize = 4096;

pub fn run(arguments: &Arguments) -> Result<()> {
    let name = shown(&arguments.file);
    let Opened { mut source, description } =
        open(&arguments.file, &name, arguments.allow_truncated)?;
    let named = arguments.layout.as_deref().map(layout::load).transpose()?;
    let assignment = match named {
        Some(layout) => Assignment::to(layout, description.mask, description.channels),
        None => Assignment::guess(description.mask, description.channels),
    };
    let assignment = assignment.map_err(|it| Error::usage(format!("{name}: {it}")))?;
    let mut meter = Meter::new(&assignment.weights(), description.rate_hz);
    listen(source.as_mut(), &mut meter)?;
    let warnings = source.warnings().into_iter();
    for warning in warnings.chain(assignment.doubt().map(|it| format!("{name}: {it}"))) {
        eprintln!("warning: {warning}");
    }
    let report = Report {
        file: name,
        frames: meter.frames(),
        sample_rate: description.rate_hz,
        duration_s: frames_to_seconds(meter.frames(), description.rate_hz),
        layout: assignment.layout.name.clone(),
        channel_order: assignment.order,
        results: meter.results(&assignment.names()),
    };
    output::print(&if arguments.json { report.json()? } else { report.text() })
}

fn open(path: &Path, name: &str, allow_truncated: bool) -> Result<Opened> {
    // Asked before it is opened: opening a pipe would wait for its writer.
    if path.metadata().is_ok_and(|it| !it.is_file()) {
        return Err(Error::input(format!("{name}: not a file")));
    }
    let opened = source::open(path, name, allow_truncated)?;
    let rate_hz = opened.description.rate_hz;
    if rate_hz < LOWEST_RATE_HZ {
        return Err(Error::input(format!(
            "{name}: at {rate_hz} Hz loudness has no meaning; {LOWEST_RATE_HZ} Hz or more"
        )));
    }
    Ok(opened)
}

/// Lets the meter hear all of a source, a block at a time.
fn listen(source: &mut dyn Source, meter: &mut Meter) -> Result<()> {
    let mut planes = vec![[0.0; BLOCK]; source.channels()];
    loop {
        let mut block: Vec<&mut [f32]> = planes.iter_mut().map(|it| &mut it[..]).collect();
        let read = source.read(&mut block)?;
        if read == 0 {
            return Ok(());
        }
        let heard: Vec<&[f32]> = planes.iter().map(|plane| &plane[..read]).collect();
        meter.push(&heard);
    }
}
