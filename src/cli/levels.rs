//! Tables and pictures of levels over time, beside the files of a render.

use std::path::Path;

use super::output;
use crate::Result;
use crate::loudness::Moment;
use crate::picture::{Levels, levels_sheet};
use crate::render::{Report, Timeline};
use crate::scene::Scene;

/// The most strips whose gain reduction is drawn.
const MOST_STRIPS: usize = 6;

/// Writes what was asked for beside the file of every target: `X.meters.csv`, `X.levels.svg`.
pub fn write(report: &Report, scene: &Scene, csv: bool, svg: bool) -> Result<()> {
    for timeline in &report.timelines {
        let Some(file) = &timeline.file else { continue };
        if csv {
            write_beside(file, "meters.csv", &timeline.csv())?;
        }
        if svg {
            write_beside(file, "levels.svg", &levels_sheet(&levels(report, scene, timeline)))?;
        }
    }
    Ok(())
}

fn write_beside(file: &Path, extension: &str, text: &str) -> Result<()> {
    output::write_file(&file.with_extension(extension), text)
}

fn levels(report: &Report, scene: &Scene, timeline: &Timeline) -> Levels {
    let target = &timeline.name;
    let master = scene.spec.master_of(target);
    let limiter = master.strip.limiter.as_ref();
    let reading = report.targets.iter().find(|reading| reading.name == *target);
    let strips = report.strip_timelines.iter().filter(|it| it.is_turned_down()).take(MOST_STRIPS);
    let all = std::iter::once(("master", timeline)).filter(|(_, it)| it.is_turned_down());
    let all = all.chain(strips.map(|it| (it.name.as_str(), it)));
    Levels {
        title: format!("{}, {target}", scene.name),
        subtitle: format!("{:.1} s at {} Hz", report.duration_s, report.sample_rate),
        span_s: 0.0..report.duration_s,
        momentary_lufs: series(timeline, |it| it.momentary_lufs),
        short_term_lufs: series(timeline, |it| it.short_term_lufs),
        integrated_lufs: reading.and_then(|reading| reading.loudness.integrated_lufs),
        target_lufs: master.loudness_lufs,
        true_peak_dbtp: series(timeline, |it| it.true_peak_dbtp),
        ceiling_dbtp: limiter.and_then(|limiter| limiter.ceiling_dbtp.constant()),
        gain_reduction_db: all
            .map(|(name, it)| (name.to_owned(), it.gain_reduction_db()))
            .collect(),
    }
}

fn series(timeline: &Timeline, of: fn(&Moment) -> f32) -> Vec<(f64, f64)> {
    let moments = timeline.history.moments().iter();
    moments.map(|moment| (moment.time_s, f64::from(of(moment)))).collect()
}
