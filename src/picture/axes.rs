//! A chart's frame: an axis of round numbers across, and a range of values upwards.

use std::ops::Range;

use super::geometry::{Point, Rect};
use super::svg::{Anchor, Drawing};

/// An area of the paper with a range of values across and one upwards.
#[derive(Clone, Debug, PartialEq)]
pub struct Axes {
    frame: Rect,
    across: Range<f64>,
    upwards: Range<f64>,
}

/// Pixels between ticks, at least.
const TICK_PX: f64 = 44.0;

impl Axes {
    /// Axes around `frame`; numbers and titles stand outside of it. An empty range
    /// becomes one that is 1 long.
    #[must_use]
    pub fn new(frame: Rect, across: Range<f64>, upwards: Range<f64>) -> Self {
        Self { frame, across: not_empty(across), upwards: not_empty(upwards) }
    }

    /// Where on the paper a pair of values lies.
    #[must_use]
    pub fn point(&self, across: f64, upwards: f64) -> Point {
        let share =
            |value: f64, range: &Range<f64>| (value - range.start) / (range.end - range.start);
        let right = self.frame.width * share(across, &self.across);
        let up = self.frame.height * share(upwards, &self.upwards);
        self.frame.corner.moved(right, self.frame.height - up)
    }

    /// Draws an upright line at every round value across.
    pub fn draw_grid(&self, drawing: &mut Drawing) {
        let (near, far) = (self.frame.corner, self.frame.far_corner());
        for value in ticks(&self.across, self.frame.width) {
            let x = self.point(value, self.upwards.start).x;
            drawing.line("grid", Point::new(x, near.y), Point::new(x, far.y));
        }
    }

    /// Draws a line across at every round value upwards, and its number to the left of the frame.
    pub fn draw_upwards(&self, drawing: &mut Drawing) {
        let (near, far) = (self.frame.corner, self.frame.far_corner());
        for value in ticks(&self.upwards, self.frame.height) {
            let y = self.point(self.across.start, value).y;
            drawing.line("grid", Point::new(near.x, y), Point::new(far.x, y));
            let at = Point::new(near.x - 8.0, y + 3.5);
            drawing.text("tick", at, Anchor::End, &shown(value));
        }
    }

    /// Draws the axis across, below the frame: its numbers, and a title such as `time (s)`.
    pub fn draw_across(&self, drawing: &mut Drawing, title: &str) {
        let (near, far) = (self.frame.corner, self.frame.far_corner());
        drawing.group("scale", |drawing| {
            drawing.line("axis", Point::new(near.x, far.y), far);
            for value in ticks(&self.across, self.frame.width) {
                let x = self.point(value, self.upwards.start).x;
                drawing.text("tick", Point::new(x, far.y + 15.0), Anchor::Middle, &shown(value));
            }
            drawing.text("tick", Point::new(far.x, far.y + 30.0), Anchor::End, title);
        });
    }
}

/// The smallest of 1, 2 and 5 times a power of ten that is at least `least` (above 0).
#[must_use]
pub fn nice_step(least: f64) -> f64 {
    let decade = libm::exp10(libm::floor(libm::log10(least)));
    // A hair of room, so that a step that is already round stays what it is.
    let fits = |factor: &f64| factor * decade >= least * (1.0 - 1e-9);
    let factor = [1.0, 2.0, 5.0].into_iter().find(fits).unwrap_or(10.0);
    factor * decade
}

fn ticks(range: &Range<f64>, length_px: f64) -> impl Iterator<Item = f64> {
    let step = nice_step((range.end - range.start) * TICK_PX / length_px.max(TICK_PX));
    let first = libm::ceil(range.start / step - 1e-9);
    let last = libm::floor(range.end / step + 1e-9);
    (0..=(last - first).max(0.0) as usize).map(move |index| (first + index as f64) * step)
}

fn shown(value: f64) -> String {
    // Ticks are multiples of 1, 2 or 5 times a power of ten: rounding only hides the arithmetic.
    let rounded = libm::round(value * 1e6) / 1e6;
    format!("{}", rounded + 0.0).replace('-', "−")
}

fn not_empty(range: Range<f64>) -> Range<f64> {
    if range.end > range.start { range } else { range.start..range.start + 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Rect = Rect { corner: Point::new(50.0, 10.0), width: 400.0, height: 200.0 };

    #[test]
    fn the_corners_are_the_ends_of_the_ranges() {
        let axes = Axes::new(FRAME, 0.0..8.0, -60.0..0.0);
        assert_eq!(axes.point(0.0, -60.0), Point::new(50.0, 210.0));
        assert_eq!(axes.point(8.0, 0.0), Point::new(450.0, 10.0));
    }

    #[test]
    fn ticks_stand_at_round_numbers() {
        let found: Vec<f64> = ticks(&(-60.0..0.0), 200.0).collect();
        assert_eq!(found, [-60.0, -40.0, -20.0, 0.0]);
        assert_eq!(ticks(&(0.0..8.0), 400.0).count(), 9);
        assert_eq!((shown(-20.0), shown(0.1 + 0.2)), ("−20".into(), "0.3".into()));
    }

    #[test]
    fn steps_are_round_and_no_smaller_than_asked() {
        for (least, step) in [(0.3, 0.5), (1.0, 1.0), (1.1, 2.0), (2.0, 2.0), (7.0, 10.0)] {
            assert!((nice_step(least) - step).abs() < 1e-12, "{least}: {}", nice_step(least));
        }
    }

    #[test]
    fn an_empty_range_is_no_division_by_zero() {
        let axes = Axes::new(FRAME, 3.0..3.0, 0.0..0.0);
        assert_eq!(axes.point(3.0, 0.0), Point::new(50.0, 210.0));
        let mut drawing = Drawing::new(500.0, 260.0, "chart");
        axes.draw_grid(&mut drawing);
        axes.draw_across(&mut drawing, "time (s)");
        assert!(drawing.finish().contains("time (s)"));
    }
}
