//! `cupola hrtf info`.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use super::picture;
use crate::cli::layouts::pretty;
use crate::cli::output;
use crate::hrtf::quality::{Outlier, Symmetry};
use crate::hrtf::{Measured, Quality, built_in, sofa};
use crate::space::{Vector, azimuth_elevation_deg};
use crate::{Error, Result};

#[derive(Args)]
pub struct Arguments {
    /// The set: a SOFA file of the convention SimpleFreeFieldHRIR; without one, the built-in set
    file: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Draw it instead, as an SVG (`-` is standard output)
    #[arg(long, value_name = "FILE")]
    svg: Option<String>,
}

/// So many outliers are listed, and no more.
const MOST_LISTED: usize = 8;

/// The words for the ears.
const EAR_NAMES: [&str; 2] = ["left", "right"];

pub fn run(arguments: &Arguments) -> Result<()> {
    if arguments.json && arguments.svg.as_deref() == Some("-") {
        return Err(Error::usage("--svg - and --json: standard output is for one of them"));
    }
    let set = arguments.file.as_deref().map_or_else(built_in::measured, sofa::read)?;
    let quality = Quality::of(&set);
    let name = name(&set, arguments.file.as_deref().unwrap_or(Path::new("built-in")));
    if let Some(file) = &arguments.svg {
        output::write(file, &picture::sheet(&name, &set, &quality))?;
    }
    match (arguments.json, &arguments.svg) {
        (true, _) => output::print(&pretty(&json_of(&set, &quality))),
        (false, Some(_)) => Ok(()),
        (false, None) => output::print(&text(&name, &set, &quality)),
    }
}

/// What a set is called: by its database and its listener, or by its file.
fn name(set: &Measured, file: &Path) -> String {
    let about = [&set.about.database, &set.about.listener];
    let parts: Vec<&str> =
        about.into_iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
    match parts.is_empty() {
        true => file.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        false => parts.join(" · "),
    }
}

fn text(name: &str, set: &Measured, quality: &Quality) -> String {
    let mut text = format!("{name}\n\n");
    let mut line = |what: &str, says: &str| {
        if !says.is_empty() {
            _ = writeln!(text, "{what:<14}{says}");
        }
    };
    line("title", &set.about.title);
    line("directions", &directions(set));
    line("distance", &distance(set, quality));
    line("rate", &format!("{} Hz", set.rate_hz));
    line("responses", &responses(set));
    line("delays", &delays(set));
    let gap = &quality.largest_gap;
    let place = place(&gap.direction);
    line("largest gap", &format!("{:.1} deg from the nearest direction, {place}", gap.angle_deg));
    line("outliers", &outliers(set, &quality.outliers));
    line("left, right", &symmetry(&quality.symmetry));
    line(
        "diffuse field",
        &format!("{:.1} dB from flat, 200 Hz to 16 kHz", quality.diffuse_field_deviation_db),
    );
    line("largest ITD", &format!("{:.0} us", quality.largest_itd_s * 1e6));
    line("author", &set.about.author);
    line("licence", &set.about.licence);
    text
}

fn directions(set: &Measured) -> String {
    let elevations = || set.directions.iter().map(|it| azimuth_elevation_deg(it).1);
    let lowest = elevations().fold(f64::INFINITY, f64::min);
    let highest = elevations().fold(f64::NEG_INFINITY, f64::max);
    let count = set.directions.len();
    format!("{count}, elevation {} to {}", degrees(lowest), degrees(highest))
}

fn distance(set: &Measured, quality: &Quality) -> String {
    let [nearest, farthest] = quality.distances_m;
    let range = match farthest - nearest < 0.005 {
        true => format!("{nearest:.2} m"),
        false => format!("{nearest:.2} to {farthest:.2} m"),
    };
    match set.other_distances {
        0 => range,
        1 => format!("{range} (1 direction at another distance is left out)"),
        left_out => format!("{range} ({left_out} directions at other distances are left out)"),
    }
}

fn responses(set: &Measured) -> String {
    format!("{} samples, {:.1} ms", set.taps, 1e3 * set.taps as f64 / set.rate_hz)
}

fn delays(set: &Measured) -> String {
    let [shortest, longest] = delays_frames(set);
    match longest == 0.0 {
        true => "none before the responses".to_owned(),
        false => format!("{shortest:.1} to {longest:.1} samples before the responses"),
    }
}

fn delays_frames(set: &Measured) -> [f64; 2] {
    let delays = || set.delays_frames.iter().flatten().copied();
    [delays().fold(f64::INFINITY, f64::min), delays().fold(0.0, f64::max)]
}

fn outliers(set: &Measured, outliers: &[Outlier]) -> String {
    let shown = outliers.iter().take(MOST_LISTED).map(|outlier| {
        let ear = EAR_NAMES[outlier.ear];
        let place = place(&set.directions[outlier.direction]);
        format!("\n  {place}: {ear} ear {:+.1} dB", outlier.louder_db)
    });
    let shown: String = shown.collect();
    let rest = match outliers.len().saturating_sub(MOST_LISTED) {
        0 => String::new(),
        rest => format!("\n  and {rest} more"),
    };
    match outliers.len() {
        0 => "none: no direction is 6 dB louder or quieter than those around it".to_owned(),
        count => format!("{count}, against the directions around them{shown}{rest}"),
    }
}

fn symmetry(symmetry: &Symmetry) -> String {
    let Symmetry { mirrored, difference_db } = symmetry;
    match (symmetry.is_exact(), *mirrored > 0.0) {
        (true, _) => "equal: one ear, mirrored".to_owned(),
        (_, false) => "cannot be compared: no direction has its mirror image".to_owned(),
        _ => format!(
            "differ by {difference_db:.1} dB ({:.0} % of directions have a mirror image)",
            100.0 * mirrored
        ),
    }
}

fn json_of(set: &Measured, quality: &Quality) -> Value {
    let about = &set.about;
    let gap = &quality.largest_gap;
    let at = |direction: &Vector| azimuth_elevation_deg(direction);
    let outlier = |it: &Outlier| {
        let (azimuth_deg, elevation_deg) = at(&set.directions[it.direction]);
        json!({
            "direction": it.direction,
            "azimuth_deg": azimuth_deg,
            "elevation_deg": elevation_deg,
            "ear": EAR_NAMES[it.ear],
            "louder_db": it.louder_db,
        })
    };
    let (gap_azimuth_deg, gap_elevation_deg) = at(&gap.direction);
    json!({
        "title": about.title,
        "database": about.database,
        "listener": about.listener,
        "author": about.author,
        "licence": about.licence,
        "directions": quality.directions,
        "rate_hz": quality.rate_hz,
        "taps": quality.taps,
        "distances_m": quality.distances_m,
        "other_distances": set.other_distances,
        "delays_frames": delays_frames(set),
        "largest_gap": {
            "angle_deg": gap.angle_deg,
            "azimuth_deg": gap_azimuth_deg,
            "elevation_deg": gap_elevation_deg,
        },
        "outliers": quality.outliers.iter().map(outlier).collect::<Vec<_>>(),
        "symmetry": {
            "exact": quality.symmetry.is_exact(),
            "mirrored": quality.symmetry.mirrored,
            // JSON has no infinity: null where there is no difference at all.
            "difference_db": quality.symmetry.difference_db,
        },
        "diffuse_field_deviation_db": quality.diffuse_field_deviation_db,
        "diffuse_field_db": quality.diffuse_field,
        "largest_itd_s": quality.largest_itd_s,
    })
}

fn place(direction: &Vector) -> String {
    let (azimuth_deg, elevation_deg) = azimuth_elevation_deg(direction);
    format!("azimuth {}, elevation {}", degrees(azimuth_deg), degrees(elevation_deg))
}

/// An angle in tenths of a degree, without a zero that says nothing.
fn degrees(angle_deg: f64) -> String {
    format!("{}", (angle_deg * 10.0).round() / 10.0 + 0.0)
}
