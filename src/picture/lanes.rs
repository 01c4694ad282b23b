//! The gains of an object over time: a lane for each loudspeaker that takes part.

use std::ops::Range;

use super::axes::Axes;
use super::geometry::{Point, Rect};
use super::simplify::simplified;
use super::style::hue;
use super::svg::{Anchor, Drawing, Span};

/// Linear gains at a time in seconds, one for each loudspeaker of the layout.
pub type Gains<'a> = Box<dyn Fn(f64, &mut [f64]) + 'a>;

/// An object whose gains are to be drawn.
pub struct Strip<'a> {
    /// Its name.
    pub name: String,
    /// What else is to be said of it; may be empty.
    pub note: String,
    /// Which object of the picture it is, for its colour.
    pub index: usize,
    /// When it is heard, in seconds of the scene; empty if it is not.
    pub heard_s: Range<f64>,
    /// Its gains.
    pub gains: Gains<'a>,
}

/// The smallest and largest gain of a loudspeaker within each column of the chart.
struct Lane<'a> {
    name: &'a str,
    least: Vec<f64>,
    most: Vec<f64>,
}

/// The lanes of a strip, ready to be drawn.
pub(super) struct Lanes<'a> {
    strip: &'a Strip<'a>,
    lanes: Vec<Lane<'a>>,
    /// The times in the middle of the columns, in seconds.
    times_s: Vec<f64>,
    /// The gain that fills a lane.
    full: f64,
}

/// Where the chart begins and how wide it is, in pixels.
const LEFT_PX: f64 = 92.0;
const WIDTH_PX: f64 = 1128.0;
/// Columns of the chart: one for two pixels.
const COLUMNS: usize = 564;
/// How often gains are looked at within a column.
const LOOKS: u32 = 48;
/// The golden section: its multiples, taken modulo 1, fill a column evenly and in no step that a
/// motion could repeat itself in.
const GOLDEN: f64 = 0.618_033_988_749_894_9;
/// Loudspeakers that never get louder than this have no lane: -60 dB.
const SILENT: f64 = 0.001;
const LANE_PX: f64 = 14.0;
/// The part of a lane that a gain may fill.
const FILL: f64 = 0.86;
const TITLE_PX: f64 = 24.0;
const GAP_PX: f64 = 14.0;
/// What simplification may cost, in pixels.
const TOLERANCE_PX: f64 = 0.2;

impl<'a> Lanes<'a> {
    /// Solves the gains of a strip over a span of time, for loudspeakers of these names.
    pub fn solve(strip: &'a Strip<'a>, span_s: &Range<f64>, names: &[&'a str]) -> Self {
        let heard_s = &strip.heard_s;
        let share = (heard_s.end - heard_s.start).max(0.0) / (span_s.end - span_s.start);
        let columns = libm::ceil(share * COLUMNS as f64) as usize;
        let column_s = (heard_s.end - heard_s.start) / columns.max(1) as f64;
        let lane = |name: &&'a str| Lane { name, least: Vec::new(), most: Vec::new() };
        let mut lanes: Vec<Lane<'a>> = names.iter().map(lane).collect();
        let mut gains = vec![0.0; names.len()];
        for column in 0..columns {
            lanes.iter_mut().for_each(Lane::begin_column);
            for look in 0..LOOKS {
                let within = (f64::from(look) * GOLDEN).fract();
                gains.fill(0.0);
                (strip.gains)(heard_s.start + column_s * (column as f64 + within), &mut gains);
                lanes.iter_mut().zip(&gains).for_each(|(lane, gain)| lane.note(*gain));
            }
        }
        lanes.retain(|lane| lane.loudest() > SILENT);
        let full = lanes.iter().map(Lane::loudest).fold(1.0, f64::max);
        let times_s = (0..columns).map(|column| heard_s.start + column_s * (column as f64 + 0.5));
        Self { strip, lanes, times_s: times_s.collect(), full }
    }

    /// Pixels down.
    pub fn height(&self) -> f64 {
        TITLE_PX + LANE_PX * self.lanes.len().max(1) as f64 + GAP_PX
    }

    /// Draws the lanes with the upper edge at `top`, and gives back their axes.
    pub fn draw(&self, drawing: &mut Drawing, top: f64, span_s: &Range<f64>) -> Axes {
        let count = self.lanes.len().max(1) as f64;
        let corner = Point::new(LEFT_PX, top + TITLE_PX);
        let frame = Rect { corner, width: WIDTH_PX, height: LANE_PX * count };
        let axes = Axes::new(frame, span_s.clone(), 0.0..count);
        axes.draw_grid(drawing);
        drawing.group(&hue(self.strip.index), |drawing| {
            self.draw_title(drawing, top);
            for (row, lane) in self.lanes.iter().enumerate() {
                self.draw_lane(drawing, &axes, count - 1.0 - row as f64, lane);
            }
        });
        axes
    }

    fn draw_title(&self, drawing: &mut Drawing, top: f64) {
        let mut note = String::new();
        if self.lanes.is_empty() {
            note.push_str("  ·  not heard");
        }
        if !self.strip.note.is_empty() {
            note = format!("{note}  ·  {}", self.strip.note);
        }
        if self.full > 1.0 {
            let full_db = crate::units::amplitude_to_decibels(self.full);
            note = format!("{note}  ·  a full lane is {full_db:+.1} dB");
        }
        let spans =
            [Span { class: "", text: &self.strip.name }, Span { class: "note", text: &note }];
        drawing.spans("object", Point::new(LEFT_PX, top + 15.0), Anchor::Start, &spans);
    }

    fn draw_lane(&self, drawing: &mut Drawing, axes: &Axes, floor: f64, lane: &Lane<'_>) {
        let base = axes.point(self.strip.heard_s.start, floor);
        drawing.text("lane", Point::new(LEFT_PX - 8.0, base.y - 3.0), Anchor::End, lane.name);
        let far = Point::new(LEFT_PX + WIDTH_PX, base.y);
        drawing.line("grid", Point::new(LEFT_PX, base.y), far);
        let least = self.outline(axes, floor, &lane.least);
        let most = self.outline(axes, floor, &lane.most);
        if least != most {
            drawing.polyline("most", &most);
        }
        drawing.polyline("least", &least);
    }

    /// The edge of the area between a lane's floor and its gains.
    fn outline(&self, axes: &Axes, floor: f64, gains: &[f64]) -> Vec<Point> {
        let (begin_s, end_s) = (self.strip.heard_s.start, self.strip.heard_s.end);
        let height = |gain: f64| floor + FILL * gain / self.full;
        let point = |time_s: f64, gain: f64| axes.point(time_s, height(gain));
        let inner = self.times_s.iter().zip(gains).map(|(time_s, gain)| point(*time_s, *gain));
        let (first, last) = (gains[0], gains[gains.len() - 1]);
        let mut edge = vec![point(begin_s, first)];
        edge.extend(inner);
        edge.push(point(end_s, last));
        let mut outline = vec![point(begin_s, 0.0)];
        outline.extend(simplified(&edge, TOLERANCE_PX));
        outline.push(point(end_s, 0.0));
        outline
    }
}

impl Lane<'_> {
    fn begin_column(&mut self) {
        self.least.push(f64::INFINITY);
        self.most.push(0.0);
    }

    fn note(&mut self, gain: f64) {
        if let (Some(least), Some(most)) = (self.least.last_mut(), self.most.last_mut()) {
            *least = least.min(gain);
            *most = most.max(gain);
        }
    }

    fn loudest(&self) -> f64 {
        self.most.iter().copied().fold(0.0, f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lanes(heard_s: Range<f64>) -> (usize, usize, f64) {
        let gains: Gains<'_> = Box::new(|time_s, gains| {
            gains[0] = if time_s < 5.0 { 0.5 } else { 2.0 };
            gains[2] = 1e-5;
        });
        let strip = Strip { name: "voice".into(), note: String::new(), index: 0, heard_s, gains };
        let lanes = Lanes::solve(&strip, &(0.0..20.0), &["L", "R", "C"]);
        (lanes.lanes.len(), lanes.times_s.len(), lanes.full)
    }

    #[test]
    fn only_loudspeakers_that_sound_have_a_lane_and_only_while_they_do() {
        assert_eq!(lanes(0.0..20.0), (1, COLUMNS, 2.0));
        assert_eq!(lanes(0.0..4.0), (1, COLUMNS.div_ceil(5), 1.0));
        assert_eq!(lanes(7.0..7.0), (0, 0, 1.0));
    }

    #[test]
    fn what_is_faster_than_a_column_shows_as_its_extremes() {
        let gains: Gains<'_> = Box::new(|time_s, gains| {
            gains[0] = 0.5 + 0.5 * crate::space::sin_cos_deg(360.0 * 1000.0 * time_s).0;
        });
        let heard_s = 0.0..3600.0;
        let strip = Strip { name: String::new(), note: String::new(), index: 0, heard_s, gains };
        let lanes = Lanes::solve(&strip, &(0.0..3600.0), &["L"]);
        let lane = &lanes.lanes[0];
        // That many looks find most of a sine's range wherever they fall.
        let seen = lane.least.iter().zip(&lane.most).filter(|(least, most)| *most - *least > 0.9);
        assert!(seen.count() > COLUMNS * 9 / 10);
    }
}
