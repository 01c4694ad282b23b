//! `cupola check`.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use serde_json::{Value, json};

use super::layouts::{pretty, table};
use super::{output, problems};
use crate::document::{DocumentError, Problem, position};
use crate::motion::{Class, Survey, survey};
use crate::scene::{Options, Reading, ReadyBed, ReadyObject, Scene, Stretch};
use crate::source::{FeedSpec, Origin, Signal};
use crate::units::frames_to_seconds;
use crate::{Error, Result};

#[derive(Args)]
pub struct Arguments {
    /// The scene: a .toml or .json file
    scene: PathBuf,
    /// Print JSON: the problems, the beds and the objects
    #[arg(long)]
    json: bool,
    /// Let the scene name files outside its folder
    #[arg(long)]
    allow_outside: bool,
    /// Let audio files be cut off: what is missing is silence
    #[arg(long)]
    allow_truncated: bool,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let (allow_outside, allow_truncated) = (arguments.allow_outside, arguments.allow_truncated);
    let options = Options { allow_outside, allow_truncated };
    let Reading { scene, report } = Scene::read(&arguments.scene, &options)?;
    let found = scene.as_ref().map(Findings::new).transpose()?;
    if arguments.json {
        output::print(&pretty(&to_json(scene.as_ref().zip(found.as_ref()), &report)))?;
    } else if let Some((scene, found)) = scene.as_ref().zip(found.as_ref()) {
        output::print(&to_text(scene, found))?;
    }
    match scene {
        Some(_) => {
            problems::show(&report);
            Ok(())
        }
        None => Err(Error::Document(Arc::new(report))),
    }
}

/// What is told of every bed and object of a scene.
struct Findings {
    beds: Vec<Line>,
    objects: Vec<(Line, Survey)>,
}

/// What beds and objects have in common.
struct Line {
    name: String,
    source: String,
    channels: usize,
    start_s: f64,
    length_s: f64,
}

impl Findings {
    fn new(scene: &Scene) -> Result<Self> {
        let duration_s = frames_to_seconds(scene.frames, scene.spec.sample_rate);
        let line = |name: &str, feed: Option<FeedSpec>, channels, stretch| {
            let source = feed.map(|feed| source(&feed.origin)).unwrap_or_default();
            let (start_s, length_s) = seconds(scene, stretch);
            Line { name: name.to_owned(), source, channels, start_s, length_s }
        };
        let beds = scene.spec.beds.iter().zip(&scene.beds);
        let beds = beds.map(|(bed, ReadyBed { routes, stretch, .. })| {
            line(&bed.name, bed.feed(), routes.len(), *stretch)
        });
        let objects = scene.spec.objects.iter().zip(&scene.objects);
        let objects = objects.map(|(object, ReadyObject { lanes, stretch })| {
            let survey = survey(&scene.trajectory(object)?, duration_s);
            Ok((line(&object.name, object.feed(), *lanes, *stretch), survey))
        });
        Ok(Self { beds: beds.collect(), objects: objects.collect::<Result<_>>()? })
    }
}

/// What a source is, in a word or two.
fn source(origin: &Origin) -> String {
    match origin {
        Origin::File(path) => path.display().to_string(),
        Origin::Files(paths) => format!("{} files", paths.len()),
        Origin::Signal(signal) => signal_name(signal).to_owned(),
    }
}

fn signal_name(signal: &Signal) -> &'static str {
    match signal {
        Signal::Tone(_) => "tone",
        Signal::WhiteNoise(_) => "white noise",
        Signal::PinkNoise(_) => "pink noise",
        Signal::Sweep(_) => "sweep",
        Signal::Clicks(_) => "clicks",
        Signal::Silence(_) => "silence",
    }
}

/// When a source begins and how long it is heard, in seconds.
fn seconds(scene: &Scene, stretch: Stretch) -> (f64, f64) {
    let end = stretch.end.unwrap_or(u64::MAX).min(scene.frames);
    let length = end.saturating_sub(stretch.start);
    let seconds = |frames| frames_to_seconds(frames, scene.spec.sample_rate);
    (seconds(stretch.start), seconds(length))
}

fn class_name(class: Class) -> &'static str {
    match class {
        Class::Still => "still",
        Class::SubThreshold => "below threshold",
        Class::Micro => "micro",
        Class::Macro => "macro",
        Class::TooFastToFollow => "too fast to follow",
    }
}

fn to_text(scene: &Scene, found: &Findings) -> String {
    let length_s = frames_to_seconds(scene.frames, scene.spec.sample_rate);
    let mut text = format!("{}: {length_s:.3} s at {} Hz\n", scene.name, scene.spec.sample_rate);
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

fn columns(heading: &'static str, lines: &[&Line]) -> Vec<(&'static str, bool, Vec<String>)> {
    let cells = |cell: fn(&Line) -> String| lines.iter().map(|line| cell(line)).collect();
    vec![
        (heading, false, cells(|line| line.name.clone())),
        ("source", false, cells(|line| line.source.clone())),
        ("channels", true, cells(|line| line.channels.to_string())),
        ("start", true, cells(|line| format!("{:.3} s", line.start_s))),
        ("length", true, cells(|line| format!("{:.3} s", line.length_s))),
    ]
}

fn to_json(found: Option<(&Scene, &Findings)>, report: &DocumentError) -> Value {
    let problems: Vec<Value> = report.problems.iter().map(|it| problem(report, it)).collect();
    let Some((scene, Findings { beds, objects })) = found else {
        return json!({ "file": report.name, "problems": problems });
    };
    let beds = beds.iter().zip(&scene.beds).map(|(line, bed)| {
        let mut value = common(line);
        value["layout"] = json!(bed.layout.name);
        value
    });
    let objects = objects.iter().map(|(line, survey)| {
        let mut value = common(line);
        value["motion"] = motion(survey);
        value
    });
    json!({
        "file": report.name,
        "sample_rate": scene.spec.sample_rate,
        "frames": scene.frames,
        "problems": problems,
        "beds": beds.collect::<Vec<_>>(),
        "objects": objects.collect::<Vec<_>>(),
    })
}

fn problem(report: &DocumentError, problem: &Problem) -> Value {
    let at = position(&report.text, problem.span.as_ref().map_or(0, |span| span.start));
    json!({
        "severity": problem.severity.to_string(),
        "line": at.line,
        "column": at.column,
        "message": problem.message,
        "help": problem.help,
    })
}

fn common(line: &Line) -> Value {
    json!({
        "name": line.name,
        "source": line.source,
        "channels": line.channels,
        "start_s": line.start_s,
        "length_s": line.length_s,
    })
}

fn motion(survey: &Survey) -> Value {
    json!({
        "class": class_name(survey.class),
        "excursion_max_deg": survey.excursion_max_deg,
        "excursion_p95_deg": survey.excursion_p95_deg,
        "excursion_p95_audible": survey.excursion_p95_audible,
        "speed_max_deg_s": survey.speed_max_deg_s,
        "speed_p95_deg_s": survey.speed_p95_deg_s,
        "max_distance": survey.max_distance,
    })
}
