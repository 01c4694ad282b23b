//! `cupola bench`.

mod desk;
mod headphones;
mod live;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::output;
use crate::bench::{
    Crowd, FileScene, GivenGains, Motions, QUANTA_PER_SECOND, RATE_HZ, Reel, dense_mix,
};
use crate::block::{CONTROL_STEP, Quanta};
use crate::engine::Engine;
use crate::layout::{self, Layout};
use crate::pan::{GainRow, Panner};
use crate::{Error, Result};

/// Quanta rendered at once.
const BATCH: usize = 64;

/// Seconds of the files of a whole render, 370 MB of them: opening them and setting up is a small part.
const FILE_SECONDS: u64 = 20;

/// Seconds of sound that every run mixes.
const SECONDS: usize = 5;

#[derive(Args)]
pub struct Arguments {
    /// The layout to render to
    #[arg(long = "to", value_name = "LAYOUT", default_value = "7.1.4")]
    to: String,
    /// How often everything is measured; the median is shown
    #[arg(long, value_name = "N", default_value = "5",
          value_parser = clap::value_parser!(u8).range(1..=99))]
    runs: u8,
    /// Measure only a part
    #[arg(long, value_enum, value_name = "PART")]
    only: Option<Part>,
    /// Measure playing instead: what 128 moving objects with strips take of the callbacks of an
    /// interface that asks for 256 frames at 48 kHz, for the layout and for headphones
    #[arg(long)]
    live: bool,
    /// A set of responses for ffmpeg, which headphones are held against
    #[arg(long, value_name = "FILE.sofa")]
    sofa: Option<PathBuf>,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
}

/// What is measured together.
#[derive(Clone, Copy, ValueEnum)]
enum Part {
    /// Setting up and solving
    Panner,
    /// Objects, still and moving, their sources in memory
    Mix,
    /// A whole render, from files to a file
    Files,
    /// Strips, sends, masters
    Desk,
    /// Beds and objects on headphones
    Headphones,
}

impl Part {
    fn figures(self, layout: &Layout, runs: usize, sofa: Option<&Path>) -> Result<Vec<Figure>> {
        match self {
            Self::Panner => solving(layout, runs),
            Self::Mix => mixing(layout, runs),
            Self::Files => Ok(vec![whole_render(layout, runs)?]),
            Self::Desk => desk::figures(layout, runs),
            Self::Headphones => headphones::figures(layout, runs, sofa),
        }
    }
}

/// One figure: the median of the runs.
#[derive(Serialize)]
struct Figure {
    name: String,
    value: f64,
    unit: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    of_given_gains: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of_dense_mix: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of_ffmpeg: Option<f64>,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let layout = layout::load(&arguments.to)?;
    let runs = usize::from(arguments.runs);
    let figures = if arguments.live {
        live::figures(&layout)?
    } else {
        let parts = arguments.only.map_or(Part::value_variants().to_vec(), |part| vec![part]);
        let figures =
            parts.into_iter().map(|part| part.figures(&layout, runs, arguments.sofa.as_deref()));
        figures.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect()
    };
    if arguments.json {
        let text = serde_json::to_string_pretty(&figures)
            .map_err(|error| Error::machine(format!("the figures cannot be written: {error}")))?;
        return output::print(&(text + "\n"));
    }
    let lines = figures.iter().map(|figure| {
        let share = |name: &str, share: Option<f64>| {
            share.map_or(String::new(), |share| format!("   {share:.2} of the {name}"))
        };
        let digits = if figure.value < 10.0 { 2 } else { 1 };
        format!(
            "{:48} {:9.digits$} {}{}{}{}\n",
            figure.name,
            figure.value,
            figure.unit,
            share("mix with gains given", figure.of_given_gains),
            share("dense mix", figure.of_dense_mix),
            share("speed of ffmpeg", figure.of_ffmpeg)
        )
    });
    output::print(&lines.collect::<String>())
}

impl Figure {
    fn new(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self {
            name: name.into(),
            value,
            unit,
            of_given_gains: None,
            of_dense_mix: None,
            of_ffmpeg: None,
        }
    }
}

/// What setting up and solving cost.
fn solving(layout: &Layout, runs: usize) -> Result<Vec<Figure>> {
    let crowd = Crowd::new(128, Motions::Orbits, layout)?;
    let drifting = Crowd::new(128, Motions::DriftingOrbits, layout)?;
    let steps = 2000;
    let solves = (steps * crowd.trajectories.len()) as f64;
    let time_s = |step: usize| (step * CONTROL_STEP) as f64 / f64::from(RATE_HZ);
    let mut row = GainRow::new();
    let directions: Vec<_> = (0..steps)
        .flat_map(|step| crowd.trajectories.iter().map(move |it| it.position(time_s(step))))
        .collect();
    let solve = median(runs, || {
        for position in &directions {
            crowd.panner.solve(black_box(&position.direction), &mut row);
            black_box(&row);
        }
    });
    let mut with_motion = |crowd: &Crowd| {
        median(runs, || {
            for step in 0..steps {
                for trajectory in &crowd.trajectories {
                    let position = trajectory.position(black_box(time_s(step)));
                    crowd.panner.solve(&position.direction, &mut row);
                    black_box(&row);
                }
            }
        })
    };
    let nanoseconds = |seconds: f64| seconds * 1e9 / solves;
    let (orbits, drifts) = (with_motion(&crowd), with_motion(&drifting));
    let set_up = median(runs, || drop(black_box(Panner::new(layout))));
    Ok(vec![
        Figure::new(format!("set up the panner of {}", layout.name), set_up * 1e6, "us"),
        Figure::new("solve the gains of a moving source", nanoseconds(solve), "ns"),
        Figure::new("the same with its motion, an orbit", nanoseconds(orbits), "ns"),
        Figure::new("the same with an orbit and a drift", nanoseconds(drifts), "ns"),
    ])
}

/// What mixing costs, against a plain dense mix and a sparse mix with the gains given. Every crowd
/// takes turns with both, so that a noisy machine disturbs them alike.
fn mixing(layout: &Layout, runs: usize) -> Result<Vec<Figure>> {
    let crowd = Crowd::new(128, Motions::Orbits, layout)?;
    let mut given = GivenGains::new(&crowd);
    let gains = vec![vec![0.1; crowd.channels()]; 128];
    let mut channels = Quanta::silent(crowd.channels());
    let reel = Reel::new(128);
    let mut figures = Vec::new();
    let (mut dense_all, mut sparse_all, mut bare_all) = (Vec::new(), Vec::new(), Vec::new());
    for (objects, motions) in crowds() {
        let mut engine = Crowd::new(objects, motions, layout)?.engine(BATCH);
        let mut mine = Reel::new(objects);
        let (mut speeds, mut of_dense, mut of_sparse) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..=runs {
            let dense = speed(|quantum| dense_mix(&reel, quantum, &gains, &mut channels));
            let sparse = speed(|quantum| given.mix(&reel, quantum, &mut channels));
            bare_all.push(speed(|quantum| given.mix_ramps(&reel, quantum, &mut channels)));
            let whole = speed_of_batches(&mut engine, &mut mine);
            let for_128 = whole * objects as f64 / 128.0;
            speeds.push(whole);
            of_dense.push(for_128 / dense);
            of_sparse.push(for_128 / sparse);
            dense_all.push(dense);
            sparse_all.push(sparse);
        }
        figures.push(Figure {
            of_given_gains: Some(middle(of_sparse)),
            of_dense_mix: Some(middle(of_dense)),
            ..Figure::new(name(objects, motions), middle(speeds), "x real time")
        });
    }
    let baseline = |name: &str, speeds| Figure::new(name, middle(speeds), "x real time");
    figures.insert(0, baseline("128 objects, plain dense mix, gains given", dense_all));
    figures.insert(1, baseline("128 objects, sparse mix, gains given", sparse_all));
    figures.insert(2, baseline("128 objects, sparse mix, even the ramps given", bare_all));
    Ok(figures)
}

fn crowds() -> impl Iterator<Item = (usize, Motions)> {
    let motions = [Motions::Still, Motions::Orbits, Motions::DriftingOrbits];
    [16, 64, 128, 512].into_iter().flat_map(move |objects| motions.map(|it| (objects, it)))
}

/// How many times faster than real time something mixes quantum after quantum.
fn speed(mut mix: impl FnMut(u64)) -> f64 {
    let begun = Instant::now();
    for quantum in 0..(SECONDS * QUANTA_PER_SECOND) as u64 {
        mix(black_box(quantum));
    }
    SECONDS as f64 / begun.elapsed().as_secs_f64()
}

/// The same for an engine, a batch at a time.
fn speed_of_batches(engine: &mut Engine, reel: &mut Reel) -> f64 {
    let quanta = SECONDS * QUANTA_PER_SECOND;
    let begun = Instant::now();
    for first in (0..quanta).step_by(BATCH) {
        reel.first = first as u64;
        engine.render(first as u64, BATCH.min(quanta - first), reel);
    }
    SECONDS as f64 / begun.elapsed().as_secs_f64()
}

fn name(objects: usize, motions: Motions) -> String {
    let how = match motions {
        Motions::Still => "still",
        Motions::Orbits => "on orbits",
        Motions::DriftingOrbits => "on orbits, drifting",
    };
    format!("{objects} objects {how}")
}

/// A whole render, from 128 WAV files to one.
fn whole_render(layout: &Layout, runs: usize) -> Result<Figure> {
    let folder = std::env::temp_dir().join(format!("cupola-bench-{}", std::process::id()));
    let scene = FileScene::new(&folder, 128, FILE_SECONDS)?;
    let mut speeds = Vec::new();
    for _ in 0..runs {
        speeds.push(scene.render(layout, BATCH)?.times_real_time);
    }
    let value = middle(speeds);
    Ok(Figure::new("whole render, 128 WAV files, one thread", value, "x real time"))
}

/// The median time of some runs, after one that does not count.
fn median(runs: usize, mut work: impl FnMut()) -> f64 {
    work();
    let times = (0..runs).map(|_| {
        let begun = Instant::now();
        work();
        begun.elapsed().as_secs_f64()
    });
    middle(times.collect())
}

fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
