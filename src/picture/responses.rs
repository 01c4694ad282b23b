//! A set of head-related responses: which directions it has, and what ears hear of them.

use std::ops::Range;

use super::axes::{Axes, nice_step};
use super::geometry::{Point, Rect};
use super::style::hue;
use super::svg::{Anchor, Drawing, Span};

/// What is to be drawn of a set. Directions are azimuth and elevation in degrees, azimuth positive
/// to the left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Responses {
    /// What the set is called.
    pub title: String,
    /// What else there is to say.
    pub subtitle: String,
    /// All directions.
    pub directions: Vec<(f64, f64)>,
    /// Those that are unlike those around them.
    pub outliers: Vec<(f64, f64)>,
    /// The place that is farthest from any direction.
    pub gap: (f64, f64),
    /// How far it is, in degrees.
    pub gap_deg: f64,
    /// Azimuth and interaural time difference in microseconds, in the horizontal plane.
    pub itd_us: Vec<(f64, f64)>,
    /// Azimuth and interaural level difference in decibels, in the horizontal plane.
    pub ild_db: Vec<(f64, f64)>,
    /// Frequency in Hz and level of the diffuse field in decibels.
    pub diffuse_field_db: Vec<(f64, f64)>,
}

const WIDTH_PX: f64 = 1260.0;
const HEIGHT_PX: f64 = 790.0;
/// Frames of the four charts, in pixels.
const FRAME_PX: (f64, f64) = (520.0, 260.0);
const COLUMNS_PX: [f64; 2] = [84.0, 696.0];
const ROWS_PX: [f64; 2] = [120.0, 464.0];
/// Radius of a direction, in pixels; where there are more than so many, smaller.
const DOT_PX: f64 = 3.0;
const SMALL_DOT_PX: f64 = 1.5;
const MANY: usize = 1500;

/// The colours of directions, of the gap, of outliers, of times, of levels and of the diffuse field.
const DIRECTIONS: usize = 0;
const GAP: usize = 1;
const OUTLIERS: usize = 7;
const TIMES: usize = 0;
const LEVELS: usize = 3;
const DIFFUSE: usize = 2;

/// Frequencies that are written, in Hz.
const FREQUENCIES: [(f64, &str); 7] = [
    (200.0, "200"),
    (500.0, "500"),
    (1000.0, "1k"),
    (2000.0, "2k"),
    (5000.0, "5k"),
    (10_000.0, "10k"),
    (16_000.0, "16k"),
];

/// Draws a set of responses, as the text of an SVG file.
#[must_use]
pub fn responses_sheet(responses: &Responses) -> String {
    let mut drawing = Drawing::new(WIDTH_PX, HEIGHT_PX, &responses.title);
    drawing.text("title", Point::new(40.0, 46.0), Anchor::Start, &responses.title);
    drawing.text("subtitle", Point::new(40.0, 68.0), Anchor::Start, &responses.subtitle);
    draw_coverage(&mut drawing, responses);
    draw_diffuse_field(&mut drawing, &responses.diffuse_field_db);
    let ends = ("left ear later", "left ear first");
    let title = ("Time difference", "µs, horizontal plane");
    draw_difference(&mut drawing, frame(0, 1), title, ends, TIMES, &responses.itd_us);
    let ends = ("left ear quieter", "left ear louder");
    let title = ("Level difference", "dB, horizontal plane");
    draw_difference(&mut drawing, frame(1, 1), title, ends, LEVELS, &responses.ild_db);
    drawing.finish()
}

fn frame(column: usize, row: usize) -> Rect {
    let corner = Point::new(COLUMNS_PX[column], ROWS_PX[row]);
    Rect { corner, width: FRAME_PX.0, height: FRAME_PX.1 }
}

fn draw_caption(drawing: &mut Drawing, frame: Rect, title: &str, note: &str) {
    let note = format!("  {note}");
    let spans = [Span { class: "", text: title }, Span { class: "note", text: &note }];
    drawing.spans("caption", frame.corner.moved(0.0, -12.0), Anchor::Start, &spans);
}

/// The sphere as a map, left on the left, all directions on it.
fn draw_coverage(drawing: &mut Drawing, responses: &Responses) {
    let frame = frame(0, 0);
    draw_caption(drawing, frame, "Directions", "elevation upwards, in degrees");
    let axes = Axes::new(frame, -180.0..180.0, -90.0..90.0);
    for elevation_deg in [-60, -30, 0, 30, 60] {
        let y = axes.point(0.0, f64::from(elevation_deg)).y;
        let (left, right) = (frame.corner.x, frame.far_corner().x);
        drawing.line("grid", Point::new(left, y), Point::new(right, y));
        let text = elevation_deg.to_string().replace('-', "−");
        drawing.text("tick", Point::new(left - 8.0, y + 3.5), Anchor::End, &text);
    }
    draw_azimuths(drawing, &axes, frame);
    let at = |&(azimuth, elevation): &(f64, f64)| axes.point(-azimuth, elevation);
    let dot_px = if responses.directions.len() > MANY { SMALL_DOT_PX } else { DOT_PX };
    drawing.group(&hue(DIRECTIONS), |drawing| {
        for direction in &responses.directions {
            drawing.circle("moment", at(direction), dot_px);
        }
    });
    drawing.group(&hue(OUTLIERS), |drawing| {
        for direction in &responses.outliers {
            drawing.circle("end", at(direction), DOT_PX + 2.0);
        }
    });
    drawing.group(&hue(GAP), |drawing| {
        let place = at(&responses.gap);
        drawing.circle("end", place, DOT_PX + 1.0);
        let right = place.x > frame.centre().x;
        let (side, anchor) = if right { (-10.0, Anchor::End) } else { (10.0, Anchor::Start) };
        // Above its place where that is low, so that it stays within the frame.
        let up = if responses.gap.1 < 0.0 { -4.0 } else { 12.0 };
        let text = format!("largest gap {:.1}°", responses.gap_deg);
        drawing.text("time", place.moved(side, up), anchor, &text);
    });
}

/// Lines at the quarters and eighths of a turn, and the names of the quarters.
fn draw_azimuths(drawing: &mut Drawing, axes: &Axes, frame: Rect) {
    let (top, bottom) = (frame.corner.y, frame.far_corner().y);
    let names = ["back", "", "left", "", "front", "", "right", "", "back"];
    for (index, name) in names.into_iter().enumerate() {
        let x = axes.point(-180.0 + 45.0 * index as f64, 0.0).x;
        drawing.line("grid", Point::new(x, top), Point::new(x, bottom));
        drawing.text("tick", Point::new(x, bottom + 15.0), Anchor::Middle, name);
    }
    drawing.line("axis", Point::new(frame.corner.x, bottom), frame.far_corner());
}

fn draw_diffuse_field(drawing: &mut Drawing, levels: &[(f64, f64)]) {
    let frame = frame(1, 0);
    draw_caption(drawing, frame, "Diffuse field", "dB over Hz, 1/6 octave");
    let octaves = |hz: f64| libm::log2(hz / FREQUENCIES[0].0);
    let across = 0.0..octaves(FREQUENCIES[FREQUENCIES.len() - 1].0);
    let axes = Axes::new(frame, across, around(levels, 5.0));
    axes.draw_upwards(drawing);
    let (top, bottom) = (frame.corner.y, frame.far_corner().y);
    for (hz, name) in FREQUENCIES {
        let x = axes.point(octaves(hz), 0.0).x;
        drawing.line("grid", Point::new(x, top), Point::new(x, bottom));
        drawing.text("tick", Point::new(x, bottom + 15.0), Anchor::Middle, name);
    }
    drawing.line("axis", Point::new(frame.corner.x, bottom), frame.far_corner());
    let points: Vec<Point> = levels.iter().map(|&(hz, db)| axes.point(octaves(hz), db)).collect();
    drawing.group(&hue(DIFFUSE), |drawing| drawing.polyline("curve", &points));
}

/// A difference between the ears over azimuth; `ends` says what below and above 0 is.
fn draw_difference(
    drawing: &mut Drawing,
    frame: Rect,
    (title, unit): (&str, &str),
    (below, above): (&str, &str),
    colour: usize,
    values: &[(f64, f64)],
) {
    draw_caption(drawing, frame, title, unit);
    let most = values.iter().map(|it| it.1.abs()).fold(0.0, f64::max);
    let most = around(&[(0.0, most)], 1.0).end;
    let axes = Axes::new(frame, -180.0..180.0, -most..most);
    axes.draw_upwards(drawing);
    draw_azimuths(drawing, &axes, frame);
    let right = frame.far_corner().x;
    drawing.text("tick", Point::new(right, frame.corner.y + 12.0), Anchor::End, above);
    drawing.text("tick", Point::new(right, frame.far_corner().y - 6.0), Anchor::End, below);
    let at = |&(azimuth, value): &(f64, f64)| axes.point(-azimuth, value);
    let points: Vec<Point> = values.iter().map(at).collect();
    drawing.group(&hue(colour), |drawing| {
        drawing.polyline("curve", &points);
        points.iter().for_each(|point| drawing.circle("moment", *point, DOT_PX));
    });
}

/// A range of round numbers around all values and 0, at least `least` to either side.
fn around(values: &[(f64, f64)], least: f64) -> Range<f64> {
    let finite = || values.iter().map(|it| it.1).filter(|it| it.is_finite());
    let (low, high) = (finite().fold(-least, f64::min), finite().fold(least, f64::max));
    let step = nice_step((high - low) / 8.0);
    step * libm::floor(low / step)..step * libm::ceil(high / step)
}
