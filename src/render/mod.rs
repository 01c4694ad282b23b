//! Offline rendering: a scene and its targets in, files and a report out.

mod crew;
mod desk;
mod destination;
mod feeder;
mod files;
mod gauges;
mod levels;
mod match_loudness;
mod normalize;
mod report;
mod session;
mod span;
mod staging;
mod target;
mod timeline;

pub use desk::{Desk, Finish, desk, object_lanes};
pub use destination::destinations;
pub use feeder::Feeder;
pub use files::ChannelOrder;
pub use gauges::{Gauges, Measured, Reading};
pub use levels::{Levels, levels};
pub use report::{Report, TargetFile};
pub use session::{Session, Watch};
pub use span::Span;
pub use staging::{Concern, Finding, findings};
pub use target::{Headphones, Made, Target};
pub use timeline::Timeline;

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Instant;

use crate::scene::Scene;
use crate::sink::SampleFormat;
use crate::units::frames_to_seconds;
use crate::{Error, Result};
use crew::{Crew, Measures};
use files::TargetFiles;
use match_loudness::match_loudness;
use normalize::normalize;

/// What is to be rendered, and how.
#[derive(Clone, Debug)]
pub struct Request {
    /// What to render to.
    pub targets: Vec<Target>,
    /// Files that no output may replace, besides those of the scene: the layouts of the targets.
    pub guarded: Vec<PathBuf>,
    /// Where to: see [`destinations`].
    pub output: Option<OsString>,
    /// How samples are stored.
    pub format: SampleFormat,
    /// The order of the channels in the files.
    pub order: ChannelOrder,
    /// Whether every channel becomes a file of its own.
    pub split: bool,
    /// The first frame of the scene that is heard; its beginning if `None`.
    pub from: Option<u64>,
    /// The first frame that is not heard any more; the scene's end if `None`.
    pub to: Option<u64>,
    /// How many threads work; as many as there are cores if `None`.
    pub threads: Option<usize>,
    /// How many quanta are rendered at once, at least 1.
    pub batch: usize,
    /// The seed of the dither of integer formats.
    pub dither_seed: u64,
    /// Whether the masters are left out.
    pub no_master: bool,
    /// Whether targets are brought to the loudness that their masters ask for.
    pub normalize: bool,
    /// Whether headphones are made as loud as the stereo render; not together with `normalize`.
    pub match_loudness: bool,
    /// Whether strips are measured too.
    pub measure_strips: bool,
    /// Whether what is measured is noted over time.
    pub over_time: bool,
}

impl Request {
    fn measures(&self) -> Measures {
        Measures { strips: self.measure_strips, over_time: self.over_time }
    }
}

/// Renders a scene into files. Nothing stands under a final name before all of it is written.
///
/// # Errors
/// When an input is wrong, the machine fails, or the watcher stops it.
pub fn render(scene: &Scene, request: &Request, watch: &mut (dyn Watch + Send)) -> Result<Report> {
    scene.check_renderable()?;
    let begun = Instant::now();
    let crew = Crew::new(request.threads, request.batch)?;
    let finish = Finish {
        no_master: request.no_master,
        levels_db: if request.normalize {
            normalize(scene, request, &crew, watch)?
        } else if request.match_loudness {
            match_loudness(scene, request, &crew, watch)?
        } else {
            vec![]
        },
    };
    let desk = desk(scene, &request.targets, &finish)?;
    let mut warnings = desk.warnings.clone();
    let span = span(request, desk.frames, &mut warnings)?;
    let mut files = TargetFiles::create(scene, request, &span)?;
    let pass = crew.run(desk, request.measures(), &span, files.sinks(), watch)?;
    // Asked at the end: some faults of a file show only where they are.
    warnings.extend(pass.warnings);
    let paths = files.paths();
    let files = files.finish()?;
    let findings = match pass.strips.as_slice() {
        [] => Vec::new(),
        strips => findings(&scene.spec, strips, &pass.targets, request.no_master),
    };
    let render_s = begun.elapsed().as_secs_f64();
    let duration_s = frames_to_seconds(span.len(), scene.spec.sample_rate);
    Ok(Report {
        scene: scene.path.display().to_string(),
        sample_rate: scene.spec.sample_rate,
        first_frame: span.frames.start,
        frames: span.len(),
        duration_s,
        files: files.into_iter().map(|file| file.with_loudness(&pass.targets)).collect(),
        timelines: beside(pass.timelines, paths),
        strip_timelines: pass.strip_timelines,
        targets: pass.targets,
        strips: pass.strips,
        findings,
        normalized_by_db: finish.levels_db,
        warnings,
        render_s,
        times_real_time: duration_s / render_s,
    })
}

/// The timelines of targets, each with the file it stands beside.
fn beside(timelines: Vec<Timeline>, paths: Vec<PathBuf>) -> Vec<Timeline> {
    let pairs = timelines.into_iter().zip(paths);
    pairs.map(|(timeline, path)| Timeline { file: Some(path), ..timeline }).collect()
}

/// The frames asked for, within those there are.
fn span(request: &Request, frames: u64, warnings: &mut Vec<String>) -> Result<Span> {
    let from = request.from.unwrap_or(0);
    let to = request.to.unwrap_or(frames);
    if from >= to || from >= frames {
        return Err(Error::usage(format!(
            "the range has no frames: it runs from frame {from} to {to}, the scene has {frames}"
        )));
    }
    if to > frames {
        warnings.push(format!("the range ends at frame {to}, but the scene at {frames}"));
    }
    Ok(Span { frames: from..to.min(frames) })
}
