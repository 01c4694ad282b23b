//! `cupola plot`.

use std::ops::Range;
use std::path::{Path, PathBuf};

use clap::Args;

use super::actor::Actor;
use super::range::TimeRange;
use super::{output, problems};
use crate::document::closest;
use crate::layout;
use crate::pan::Panner;
use crate::picture::{Plot, Strip, scene_plot};
use crate::scene::{Options, Scene};
use crate::sink::guard_inputs;
use crate::units::frames_to_seconds;
use crate::{Error, Result};

#[derive(Args)]
pub struct Arguments {
    /// The scene: a .toml or .json file
    scene: PathBuf,
    /// The layout to draw it on, by name or by the path of a .toml file
    #[arg(long, value_name = "LAYOUT", default_value = "7.1.4")]
    to: String,
    /// An object to draw, with its gains; may be given several times [default: all of them, and
    /// the gains of the first three that move]
    #[arg(long = "object", value_name = "NAME")]
    objects: Vec<String>,
    /// Where to write (`-` is standard output) [default: the name of the scene, as .svg, here]
    #[arg(short, long, value_name = "FILE")]
    output: Option<String>,
    /// Draw only a part: 10s..20s, 1:30.., ..1500ms, 0f..48000f (frames)
    #[arg(long, value_name = "A..B")]
    range: Option<TimeRange>,
    /// Let audio files be cut off: what is missing is silence
    #[arg(long)]
    allow_truncated: bool,
    /// Let the scene name files outside its folder
    #[arg(long)]
    allow_outside: bool,
}

/// The gains of so many objects are shown where none are named.
const STRIPS: usize = 3;

pub fn run(arguments: &Arguments) -> Result<()> {
    let options = Options {
        allow_outside: arguments.allow_outside,
        allow_truncated: arguments.allow_truncated,
        ..Options::default()
    };
    let layout = layout::load(&arguments.to)?;
    let panner = Panner::new(&layout)?;
    let (scene, doubts) = Scene::load(&arguments.scene, &options)?;
    problems::show(&doubts);
    let span = span(&scene, &arguments.range.unwrap_or_default())?;
    let objects = chosen(&scene, &arguments.objects)?;
    let file = arguments.output.clone().unwrap_or_else(|| format!("{}.svg", scene.name));
    if file != "-" {
        guard_inputs(Path::new(&file), &scene.inputs())?;
    }
    let cast: Vec<Actor<'_>> =
        objects.into_iter().map(|it| Actor::new(&scene, it, &span)).collect::<Result<_>>()?;
    let text = scene_plot(&Plot {
        title: title(&scene),
        subtitle: subtitle(&scene, &layout.name, cast.len()),
        layout: &layout,
        span_s: seconds(&scene, &span),
        farthest: cast.iter().map(Actor::max_distance).fold(1.0, f64::max),
        tracks: cast.iter().map(Actor::track).collect(),
        strips: strips(&cast, &panner, !arguments.objects.is_empty()),
    });
    output::write(&file, &text)?;
    if file == "-" { Ok(()) } else { output::print(&format!("{file}\n")) }
}

/// The frames to draw, within those there are.
fn span(scene: &Scene, range: &TimeRange) -> Result<Range<u64>> {
    let rate_hz = scene.spec.sample_rate;
    if range.to.is_none() && scene.is_endless() {
        let path = scene.path.display();
        let help = "say with --range A..B what to draw";
        return Err(Error::usage(format!("{path} lasts until it is ended: {help}")));
    }
    let from = range.from.map_or(0, |moment| moment.frame(rate_hz));
    let to = range.to.map_or(scene.frames, |moment| moment.frame(rate_hz));
    if from >= to || from >= scene.frames {
        return Err(Error::usage(format!(
            "the range has no frames: it runs from frame {from} to {to}, the scene has {}",
            scene.frames
        )));
    }
    Ok(from..to.min(scene.frames))
}

fn seconds(scene: &Scene, frames: &Range<u64>) -> Range<f64> {
    let second = |frame| frames_to_seconds(frame, scene.spec.sample_rate);
    second(frames.start)..second(frames.end)
}

/// The numbers of the objects of those names; all of them where none is named.
fn chosen(scene: &Scene, names: &[String]) -> Result<Vec<usize>> {
    let known = || scene.spec.objects.iter().map(|object| object.name.as_str());
    if let Some(name) = names.iter().find(|name| !known().any(|it| it == *name)) {
        let help = match closest(name, known()) {
            Some(close) => format!("did you mean `{close}`?"),
            None if known().next().is_none() => "it has none".to_owned(),
            None => format!("it has {}", known().take(12).collect::<Vec<_>>().join(", ")),
        };
        let scene = scene.path.display();
        return Err(Error::usage(format!("--object {name}: {scene} has no such object; {help}")));
    }
    let wanted = |name: &str| names.is_empty() || names.iter().any(|it| it == name);
    Ok(known().enumerate().filter(|(_, name)| wanted(name)).map(|(index, _)| index).collect())
}

fn title(scene: &Scene) -> String {
    if scene.spec.title.is_empty() { scene.name.clone() } else { scene.spec.title.clone() }
}

fn subtitle(scene: &Scene, layout: &str, drawn: usize) -> String {
    let all = scene.spec.objects.len();
    let count = match (drawn, all) {
        (1, 1) => "1 object".to_owned(),
        _ if drawn == all => format!("{all} objects"),
        _ => format!("{drawn} of {all} objects"),
    };
    let length_s = frames_to_seconds(scene.frames, scene.spec.sample_rate);
    let tenths_s = libm::round(length_s * 10.0) / 10.0;
    format!("{layout}  ·  {count}  ·  {tenths_s} s")
}

/// The gains of all objects where they are named, else of the first few that move.
fn strips<'a>(cast: &'a [Actor<'a>], panner: &'a Panner, all: bool) -> Vec<Strip<'a>> {
    let shown = |actor: &Actor<'_>| all || actor.travels();
    let most = if all { cast.len() } else { STRIPS };
    cast.iter().filter(|actor| shown(actor)).take(most).map(|actor| actor.strip(panner)).collect()
}
