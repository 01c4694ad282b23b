//! `cupola hrtf dump`.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::json;

use crate::cli::{layouts, output};
use crate::hrtf::{EARS, Equalise, Measured, Options, Set, sofa};
use crate::space::{Vector, unit_vector};
use crate::{Error, Result};

#[derive(Args)]
pub struct Arguments {
    /// The measured set; without one, the built-in set
    #[arg(long, value_name = "FILE.sofa")]
    sofa: Option<PathBuf>,
    /// Directions, one a line: azimuth,elevation in degrees, azimuth positive to the left
    #[arg(long, value_name = "FILE.csv")]
    directions: PathBuf,
    /// Where to write the responses: f32 little-endian, direction by ear (left, right) by tap
    #[arg(short, long, value_name = "FILE.f32")]
    output: PathBuf,
    /// Print taps, rate and delays as JSON
    #[arg(long)]
    json: bool,
    /// Frames a second, instead of the set's own
    #[arg(long, value_name = "HZ")]
    rate: Option<u32>,
    /// Samples of each response, instead of all there are
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(16..=1 << 17))]
    taps: Option<u32>,
    /// Whether to make the diffuse field flat: `auto` does where it deviates by more than 1 dB
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto")]
    equalise: When,
}

#[derive(Clone, Copy, ValueEnum)]
enum When {
    Off,
    On,
    Auto,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let directions = directions(&arguments.directions)?;
    let (set, taps) = set(arguments)?;
    let mut responses = vec![0.0; directions.len() * EARS * taps];
    for (index, response) in responses.chunks_exact_mut(taps).enumerate() {
        set.assemble(&directions[index / EARS], index % EARS, response);
    }
    let bytes: Vec<u8> = responses.iter().flat_map(|sample| sample.to_le_bytes()).collect();
    output::write_file(&arguments.output, &bytes)?;
    if !arguments.json {
        return Ok(());
    }
    let arrival =
        |direction: &Vector, ear: usize| set.first_frames() + set.at(direction, ear).delay_frames;
    let delays: Vec<_> = directions.iter().map(|it| [arrival(it, 0), arrival(it, 1)]).collect();
    output::print(&layouts::pretty(&json!({
        "rate_hz": set.rate_hz(),
        "taps": taps,
        "directions": directions.len(),
        "delays_frames": delays,
    })))
}

/// The set, and how many samples its whole responses have.
fn set(arguments: &Arguments) -> Result<(Set, usize)> {
    let asked = arguments.taps.map(|taps| taps as usize);
    let Some(path) = &arguments.sofa else {
        let set = Set::built_in(arguments.rate.map_or(48_000.0, f64::from))?;
        let all = set.taps() + set.longest_delay_frames().ceil() as usize;
        return Ok((set, asked.unwrap_or(all)));
    };
    let measured = sofa::read(path)?;
    let options = Options {
        rate_hz: arguments.rate.map(f64::from),
        taps: asked,
        equalise: match arguments.equalise {
            When::Off => Equalise::Off,
            When::On => Equalise::On,
            When::Auto => Equalise::Auto,
        },
    };
    let set = Set::new(&measured, &options)?;
    let all = whole_taps(&measured, set.rate_hz());
    Ok((set, asked.unwrap_or(all)))
}

/// Samples of the longest response at a rate, with the delay that stands before it.
fn whole_taps(measured: &Measured, rate_hz: f64) -> usize {
    let delays = measured.delays_frames.iter().flatten();
    let longest = measured.taps as f64 + delays.copied().fold(0.0, f64::max).ceil();
    (longest * rate_hz / measured.rate_hz).ceil() as usize
}

/// The directions of a file. Blank lines and what follows a `#` are skipped.
fn directions(path: &Path) -> Result<Vec<Vector>> {
    let name = path.display();
    let text =
        fs::read_to_string(path).map_err(|error| Error::input(format!("{name}: {error}")))?;
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    let lines = lines.map(|(index, line)| (index + 1, line.split('#').next().unwrap_or("").trim()));
    let rows = lines.filter(|(_, line)| !line.is_empty()).map(|(number, line)| {
        direction(line).ok_or_else(|| {
            let wants = "azimuth,elevation in degrees, elevation from -90 to 90";
            Error::input(format!("{name}:{number}: `{line}`; {wants}"))
        })
    });
    rows.collect()
}

fn direction(line: &str) -> Option<Vector> {
    let (azimuth, elevation) = line.split_once(',')?;
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|it| it.is_finite());
    let (azimuth, elevation) = (number(azimuth)?, number(elevation)?);
    (-90.0..=90.0).contains(&elevation).then(|| unit_vector(azimuth, elevation))
}
