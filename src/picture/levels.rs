//! Levels over time: loudness, true peak and gain reduction, below each other on one axis of time.

use std::ops::Range;

use super::axes::nice_step;
use super::chart::{Chart, Layer, Series, Shape};
use super::geometry::Point;
use super::svg::{Anchor, Drawing};

/// What is to be drawn of a programme; what is empty is left out. A series is a value at each of some
/// times in seconds, in order; values that are not finite are silence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Levels {
    /// What the programme is called.
    pub title: String,
    /// What else there is to say.
    pub subtitle: String,
    /// The part that is shown, in seconds; not empty.
    pub span_s: Range<f64>,
    /// Momentary loudness, in LUFS.
    pub momentary_lufs: Vec<(f64, f64)>,
    /// Short-term loudness, in LUFS.
    pub short_term_lufs: Vec<(f64, f64)>,
    /// The loudness of the whole, in LUFS.
    pub integrated_lufs: Option<f64>,
    /// The loudness it should have, in LUFS.
    pub target_lufs: Option<f64>,
    /// True peak, in dBTP.
    pub true_peak_dbtp: Vec<(f64, f64)>,
    /// The true peak it should not exceed, in dBTP.
    pub ceiling_dbtp: Option<f64>,
    /// Gain reduction by name, in decibels: 0 or less.
    pub gain_reduction_db: Vec<(String, Vec<(f64, f64)>)>,
}

const WIDTH_PX: f64 = 1260.0;
const HEAD_PX: f64 = 92.0;
/// Between charts, and below the last for the axis of time, in pixels.
const GAP_PX: f64 = 28.0;
const FOOT_PX: f64 = 56.0;
/// How far down charts of loudness and of peaks reach at least, in decibels.
const DEPTH_DB: f64 = 40.0;
const PEAK_DEPTH_DB: f64 = 30.0;
/// The least gain reduction that fills a chart, in decibels.
const LEAST_REDUCTION_DB: f64 = 6.0;

/// The colours of loudness, of the integrated loudness, of aims, of peaks, of peaks that are too
/// high, and the first of those of gain reduction.
const LOUDNESS: usize = 0;
const INTEGRATED: usize = 1;
const AIM: usize = 11;
const PEAK: usize = 2;
const TOO_HIGH: usize = 7;
const REDUCTION: usize = 3;

/// Draws levels over time, as the text of an SVG file.
#[must_use]
pub fn levels_sheet(levels: &Levels) -> String {
    let charts: Vec<Chart<'_>> = [loudness(levels), true_peak(levels), gain_reduction(levels)]
        .into_iter()
        .flatten()
        .collect();
    let height: f64 = charts.iter().map(|chart| chart.height() + GAP_PX).sum();
    let mut drawing = Drawing::new(WIDTH_PX, HEAD_PX + height - GAP_PX + FOOT_PX, &levels.title);
    drawing.text("title", Point::new(40.0, 46.0), Anchor::Start, &levels.title);
    drawing.text("subtitle", Point::new(40.0, 68.0), Anchor::Start, &levels.subtitle);
    let mut top = HEAD_PX;
    for (index, chart) in charts.iter().enumerate() {
        let axes = chart.draw(&mut drawing, top, &levels.span_s);
        if index + 1 == charts.len() {
            axes.draw_across(&mut drawing, "time (s)");
        }
        top += chart.height() + GAP_PX;
    }
    drawing.finish()
}

fn loudness(levels: &Levels) -> Option<Chart<'_>> {
    let series = [&levels.momentary_lufs[..], &levels.short_term_lufs];
    let lines = [levels.integrated_lufs, levels.target_lufs];
    let range = range(&series, lines, DEPTH_DB)?;
    let highest = |name: &str, series: &Series| match highest(series) {
        Some(value) => format!("{name}, max {}", decibels(value)),
        None => String::new(),
    };
    let layer = |hue, word, shape| Layer { word, hue, shape };
    let [momentary, short_term] = series;
    let mut layers = vec![
        layer(LOUDNESS, highest("momentary", momentary), Shape::Hill(momentary)),
        layer(LOUDNESS, highest("short-term", short_term), Shape::Curve(short_term)),
    ];
    if let Some(target) = levels.target_lufs {
        layers.push(layer(AIM, format!("target {}", decibels(target)), Shape::Aim(target)));
    }
    if let Some(level) = levels.integrated_lufs {
        let word = format!("integrated {}", decibels(level));
        layers.push(layer(INTEGRATED, word, Shape::Level(level)));
    }
    Some(Chart { title: "Loudness", unit: "LUFS", height_px: 260.0, range, layers })
}

fn true_peak(levels: &Levels) -> Option<Chart<'_>> {
    let series = &levels.true_peak_dbtp[..];
    let range = range(&[series], [levels.ceiling_dbtp, None], PEAK_DEPTH_DB)?;
    let word = highest(series).map_or(String::new(), |it| format!("max {}", decibels(it)));
    let mut layers = vec![Layer { word, hue: PEAK, shape: Shape::Hill(series) }];
    if let Some(ceiling) = levels.ceiling_dbtp {
        let shape = Shape::Excess(series, ceiling);
        layers.push(Layer { word: String::new(), hue: TOO_HIGH, shape });
        let word = format!("ceiling {}", decibels(ceiling));
        layers.push(Layer { word, hue: AIM, shape: Shape::Aim(ceiling) });
    }
    Some(Chart { title: "True peak", unit: "dBTP", height_px: 150.0, range, layers })
}

fn gain_reduction(levels: &Levels) -> Option<Chart<'_>> {
    let all = &levels.gain_reduction_db;
    let deepest = |series: &Series| series.iter().map(|it| it.1).fold(0.0, f64::min);
    let depth = all.iter().map(|(_, series)| -deepest(series)).fold(LEAST_REDUCTION_DB, f64::max);
    let layers = all.iter().enumerate().map(|(index, (name, series))| Layer {
        word: format!("{name}, max {}", decibels(deepest(series))),
        hue: REDUCTION + index,
        shape: Shape::Icicles(series),
    });
    let (title, unit, layers) = ("Gain reduction", "dB", layers.collect());
    let range = -outwards(depth)..0.0;
    (!all.is_empty()).then_some(Chart { title, unit, height_px: 110.0, range, layers })
}

/// From some way down up to what is above all; none where all is silent.
fn range(series: &[&Series], lines: [Option<f64>; 2], depth_db: f64) -> Option<Range<f64>> {
    let loudest = series.iter().filter_map(|series| highest(series)).reduce(f64::max)?;
    let lines = || lines.iter().flatten().copied();
    let top = libm::ceil((lines().fold(loudest, f64::max) + 1.0) / 5.0) * 5.0;
    let bottom = lines().map(|line| line - 5.0).fold(top - depth_db, f64::min);
    Some(libm::floor(bottom / 5.0) * 5.0..top)
}

fn highest(series: &Series) -> Option<f64> {
    series.iter().map(|(_, value)| *value).filter(|value| value.is_finite()).reduce(f64::max)
}

/// A round number that is a little more.
fn outwards(value: f64) -> f64 {
    let step = nice_step(value / 5.0);
    libm::ceil(value / step) * step
}

fn decibels(value: f64) -> String {
    // Adding zero turns a negative zero into a plain one.
    format!("{:.1}", libm::round(value * 10.0) / 10.0 + 0.0).replace('-', "−")
}
