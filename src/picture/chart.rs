//! A chart of values over time: layers of one unit, each with a word beside it.

use std::ops::Range;

use super::axes::Axes;
use super::geometry::{Point, Rect};
use super::simplify::simplified;
use super::style::hue;
use super::svg::{Anchor, Drawing, Span};

/// A value at each of some times (in seconds), in order. Values that are not finite are silence.
pub type Series = [(f64, f64)];

/// A chart.
pub struct Chart<'a> {
    /// What it shows.
    pub title: &'a str,
    /// What its numbers are.
    pub unit: &'a str,
    /// How high its frame is, in pixels.
    pub height_px: f64,
    /// The values at its lower and upper edge.
    pub range: Range<f64>,
    /// What is drawn, the lowest first.
    pub layers: Vec<Layer<'a>>,
}

/// Something drawn on a chart.
pub struct Layer<'a> {
    /// What is written beside it; may be empty.
    pub word: String,
    /// Which colour it has.
    pub hue: usize,
    /// What it looks like.
    pub shape: Shape<'a>,
}

/// What a layer looks like.
pub enum Shape<'a> {
    /// An area from the lower edge up to values.
    Hill(&'a Series),
    /// An area from the upper edge down to values.
    Icicles(&'a Series),
    /// A line through values.
    Curve(&'a Series),
    /// Upright strokes where values exceed a limit.
    Excess(&'a Series, f64),
    /// A value that is the same all the time.
    Level(f64),
    /// The same for one that is aimed at.
    Aim(f64),
}

/// Where charts begin and how wide they are, in pixels.
const LEFT_PX: f64 = 84.0;
const WIDTH_PX: f64 = 1000.0;
/// Above a frame for the title, in pixels.
const CAPTION_PX: f64 = 24.0;
/// Columns of a chart: of the values in each, only the farthest from rest is drawn.
const COLUMNS: f64 = 2.0 * WIDTH_PX;
/// What simplification may cost, in pixels.
const TOLERANCE_PX: f64 = 0.15;
/// The shortest stroke over a limit, in pixels: a tenth of a decibel too much is too much.
const EXCESS_PX: f64 = 3.0;
/// Pixels from the baseline of a word beside a chart to the next, at least.
const WORD_PX: f64 = 15.0;

impl Chart<'_> {
    /// Pixels down.
    pub fn height(&self) -> f64 {
        CAPTION_PX + self.height_px
    }

    /// Draws the chart with the upper edge at `top`, and gives back its axes.
    pub fn draw(&self, drawing: &mut Drawing, top: f64, span_s: &Range<f64>) -> Axes {
        let unit = format!("  {}", self.unit);
        let title = [Span { class: "", text: self.title }, Span { class: "note", text: &unit }];
        drawing.spans("caption", Point::new(LEFT_PX, top + 14.0), Anchor::Start, &title);
        let corner = Point::new(LEFT_PX, top + CAPTION_PX);
        let frame = Rect { corner, width: WIDTH_PX, height: self.height_px };
        let axes = Axes::new(frame, span_s.clone(), self.range.clone());
        axes.draw_grid(drawing);
        axes.draw_upwards(drawing);
        let pen = Pen { axes: &axes, span_s, range: &self.range };
        for layer in &self.layers {
            drawing.group(&hue(layer.hue), |drawing| pen.draw(drawing, &layer.shape));
        }
        self.draw_words(drawing, &pen);
        axes
    }

    /// Writes the words of the layers beside where these end, none over another.
    fn draw_words(&self, drawing: &mut Drawing, pen: &Pen<'_>) {
        let at = |layer: &Layer<'_>| pen.point(pen.span_s.end, layer.shape.last()).y + 4.0;
        let with_words = self.layers.iter().filter(|layer| !layer.word.is_empty());
        let mut words: Vec<(f64, &Layer<'_>)> = with_words.map(|it| (at(it), it)).collect();
        words.sort_by(|a, b| a.0.total_cmp(&b.0));
        // From the lowest up, so that none leaves the chart downwards; then down again.
        let mut floor = pen.point(0.0, self.range.start).y;
        for (y, _) in words.iter_mut().rev() {
            *y = y.min(floor);
            floor = *y - WORD_PX;
        }
        let mut ceiling = pen.point(0.0, self.range.end).y + 9.0;
        for (y, _) in &mut words {
            *y = y.max(ceiling);
            ceiling = *y + WORD_PX;
        }
        for (y, layer) in words {
            let place = Point::new(LEFT_PX + WIDTH_PX + 10.0, y);
            drawing.group(&hue(layer.hue), |drawing| {
                drawing.text("word", place, Anchor::Start, &layer.word);
            });
        }
    }
}

impl Shape<'_> {
    /// Its value at the end of the time.
    fn last(&self) -> f64 {
        match self {
            Self::Hill(series) | Self::Icicles(series) | Self::Curve(series) => {
                series.last().map_or(f64::NEG_INFINITY, |(_, value)| *value)
            }
            Self::Excess(_, level) | Self::Level(level) | Self::Aim(level) => *level,
        }
    }
}

/// Draws on a chart, within its frame.
struct Pen<'a> {
    axes: &'a Axes,
    span_s: &'a Range<f64>,
    range: &'a Range<f64>,
}

impl Pen<'_> {
    fn draw(&self, drawing: &mut Drawing, shape: &Shape<'_>) {
        match shape {
            Shape::Hill(series) => self.area(drawing, series, self.range.start, f64::max),
            Shape::Icicles(series) => self.area(drawing, series, self.range.end, f64::min),
            Shape::Curve(series) => drawing.polyline("curve", &self.outline(series, f64::max)),
            Shape::Excess(series, limit) => self.excess(drawing, series, *limit),
            Shape::Level(value) => self.across(drawing, "level", *value),
            Shape::Aim(value) => self.across(drawing, "aim", *value),
        }
    }

    /// Where a value lies; beyond the frame, on its edge.
    fn point(&self, time_s: f64, value: f64) -> Point {
        let (low, high) = (self.range.start, self.range.end);
        let value = if value.is_finite() { value.clamp(low, high) } else { low };
        self.axes.point(time_s.clamp(self.span_s.start, self.span_s.end), value)
    }

    fn area(&self, drawing: &mut Drawing, series: &Series, edge: f64, farther: Farther) {
        let outline = self.outline(series, farther);
        let (Some(first), Some(last)) = (series.first(), series.last()) else { return };
        let mut area = vec![self.point(first.0, edge)];
        area.extend(outline);
        area.push(self.point(last.0, edge));
        drawing.polyline("area", &area);
    }

    fn outline(&self, series: &Series, farther: Farther) -> Vec<Point> {
        let thinned = self.thinned(series, farther);
        let points: Vec<Point> =
            thinned.into_iter().map(|(time_s, value)| self.point(time_s, value)).collect();
        simplified(&points, TOLERANCE_PX)
    }

    /// One value for each column that has any: the farthest from rest.
    fn thinned(&self, series: &Series, farther: Farther) -> Vec<(f64, f64)> {
        let column_s = (self.span_s.end - self.span_s.start) / COLUMNS;
        let column = |time_s: f64| libm::floor(time_s / column_s);
        // A moment stands at its end, so the last of them is at the end of the span.
        let span_s = self.span_s.start..=self.span_s.end;
        let shown = series.iter().filter(|(time_s, _)| span_s.contains(time_s));
        let mut thinned: Vec<(f64, f64)> = Vec::new();
        for (time_s, value) in shown {
            match thinned.last_mut() {
                Some(last) if column(last.0) == column(*time_s) => {
                    last.1 = farther(last.1, *value);
                }
                _ => thinned.push((*time_s, *value)),
            }
        }
        thinned
    }

    fn excess(&self, drawing: &mut Drawing, series: &Series, limit: f64) {
        let over = self.thinned(series, f64::max).into_iter().filter(|(_, value)| *value > limit);
        let stroke = |(time_s, value): (f64, f64)| {
            let (from, to) = (self.point(time_s, limit), self.point(time_s, value));
            [from, Point::new(to.x, to.y.min(from.y - EXCESS_PX))]
        };
        drawing.strokes("excess", &over.map(stroke).collect::<Vec<_>>());
    }

    fn across(&self, drawing: &mut Drawing, class: &str, value: f64) {
        let ends = (self.point(self.span_s.start, value), self.point(self.span_s.end, value));
        drawing.line(class, ends.0, ends.1);
    }
}

/// Which of two values is farther from rest.
type Farther = fn(f64, f64) -> f64;
