//! `cupola check`.

mod findings;
mod json;
mod levels;

use std::path::PathBuf;
use std::sync::Arc;

use self::findings::{Findings, Line, class_name};
use self::json::to_json;
use super::layouts::{pretty, table};
use super::{output, problems};
use crate::motion::Survey;
use crate::scene::{Options, Reading, Scene};
use crate::units::frames_to_seconds;
use crate::{Error, Result};
use clap::Args;

#[derive(Args)]
pub struct Arguments {
    /// The scene: a .toml or .json file
    scene: PathBuf,
    /// Print JSON: the problems, the beds and the objects
    #[arg(long)]
    json: bool,
    /// Render the scene in memory, measure every bed, object, bus, return and master, and tell what
    /// of their levels and settings is hardly meant
    #[arg(long)]
    levels: bool,
    /// The layouts to measure, as in `cupola render`; may be given several times
    #[arg(long = "to", value_name = "LAYOUT", requires = "levels", default_value = "7.1.4")]
    to: Vec<String>,
    /// Let the scene name files outside its folder
    #[arg(long)]
    allow_outside: bool,
    /// Let audio files be cut off: what is missing is silence
    #[arg(long)]
    allow_truncated: bool,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let (allow_outside, allow_truncated) = (arguments.allow_outside, arguments.allow_truncated);
    let options = Options { allow_outside, allow_truncated, ..Options::default() };
    let Reading { scene, report } = Scene::read(&arguments.scene, &options)?;
    let found = scene.as_ref().map(Findings::new).transpose()?;
    let wanted = scene.as_ref().filter(|_| arguments.levels);
    let levels = wanted.map(|scene| levels::measure(scene, &arguments.to)).transpose()?;
    if arguments.json {
        let mut value = to_json(scene.as_ref().zip(found.as_ref()), &report);
        if let Some(levels) = &levels {
            value["levels"] = levels::to_json(levels)?;
        }
        output::print(&pretty(&value))?;
    } else if let Some((scene, found)) = scene.as_ref().zip(found.as_ref()) {
        let levels = levels.as_ref().map(levels::to_text).unwrap_or_default();
        output::print(&(to_text(scene, found) + &levels))?;
    }
    match scene {
        Some(_) => {
            problems::show(&report);
            Ok(())
        }
        None => Err(Error::Document(Arc::new(report))),
    }
}

fn to_text(scene: &Scene, found: &Findings) -> String {
    let length_s = frames_to_seconds(scene.frames, scene.spec.sample_rate);
    let length = length((!scene.is_endless()).then_some(length_s));
    let mut text = format!("{}: {length} at {} Hz\n", scene.name, scene.spec.sample_rate);
    if !found.beds.is_empty() {
        let beds: Vec<&Line> = found.beds.iter().collect();
        let layouts = scene.beds.iter().map(|bed| bed.layout.name.clone()).collect();
        let mut columns = columns("bed", &beds);
        columns.push(("layout", false, layouts));
        text = text + "\n" + &table(&columns);
    }
    if !found.objects.is_empty() {
        let lines: Vec<&Line> = found.objects.iter().map(|(line, _)| line).collect();
        let cells =
            |cell: fn(&Survey) -> String| found.objects.iter().map(|(_, it)| cell(it)).collect();
        let mut columns = columns("object", &lines);
        columns.push(("excursion", true, cells(|it| format!("{:.1} deg", it.excursion_max_deg))));
        columns.push(("top speed", true, cells(|it| format!("{:.1} deg/s", it.speed_max_deg_s))));
        columns.push(("motion", false, cells(|it| class_name(it.class).to_owned())));
        text = text + "\n" + &table(&columns);
    }
    text
}

/// A length in seconds, where there is an end.
fn length(length_s: Option<f64>) -> String {
    length_s.map_or_else(|| "until it is ended".into(), |length_s| format!("{length_s:.3} s"))
}

fn columns(heading: &'static str, lines: &[&Line]) -> Vec<(&'static str, bool, Vec<String>)> {
    let cells = |cell: fn(&Line) -> String| lines.iter().map(|line| cell(line)).collect();
    vec![
        (heading, false, cells(|line| line.name.clone())),
        ("source", false, cells(|line| line.source.clone())),
        ("channels", true, cells(|line| line.channels.to_string())),
        ("start", true, cells(|line| format!("{:.3} s", line.start_s))),
        ("length", true, cells(|line| length(line.length_s))),
    ]
}
