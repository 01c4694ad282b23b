//! Time along a way: a dot and its second at round times, and arrows between them.

use super::axes::nice_step;
use super::geometry::{Point, Rect};
use super::labels::{Labels, held, text_width};
use super::svg::Drawing;
use super::track::Trace;
use super::view::View;

/// Pixels from dot to dot, about.
const SPACING_PX: f64 = 105.0;
/// Dots nearer to each other than this are one too many, in pixels.
const LEAST_PX: f64 = 26.0;
/// The closest dots are in time, in seconds.
const LEAST_S: f64 = 0.1;
/// The most dots looked for along one way.
const MOST: f64 = 4000.0;
const DOT_PX: f64 = 2.75;
/// Size of the time beside a dot, and height of its line, in pixels.
const TIME_PX: f64 = 9.0;
const LINE_PX: f64 = 9.0;
/// Length of the wings of an arrow, in pixels.
const WING_PX: f64 = 5.5;

/// The dots and arrows of a way.
pub struct Moments {
    dots: Vec<(f64, Point)>,
    arrows: Vec<[Point; 3]>,
}

impl Moments {
    /// Chooses the dots of a way: as far apart in time as makes them well apart on the paper.
    pub fn of(trace: &Trace) -> Self {
        let (mut dots, mut arrows) = (Vec::new(), Vec::new());
        let mut taken = vec![trace.start, trace.end];
        for landing in trace.landings() {
            if taken.iter().all(|it| it.distance(landing.at) >= LEAST_PX) {
                // A landing is found to within a few thousandths of a second.
                dots.push((libm::round(landing.time_s * 100.0) / 100.0, landing.at));
                taken.push(landing.at);
            }
        }
        let step_s = nice_step((SPACING_PX / trace.pace().max(1e-9)).max(LEAST_S));
        for span_s in trace.times_s() {
            let first = libm::floor(span_s.start / step_s);
            let count = libm::ceil((span_s.end - span_s.start) / step_s).min(MOST) as u32;
            for index in 0..=count {
                let time_s = (first + f64::from(index)) * step_s;
                let free = |at: Point| taken.iter().all(|it| it.distance(at) >= LEAST_PX);
                if let Some((at, _)) = trace.at(time_s).filter(|(at, _)| free(*at)) {
                    dots.push((time_s, at));
                    taken.push(at);
                }
                arrows.extend(trace.at(time_s + 0.5 * step_s).and_then(arrow));
            }
        }
        if arrows.is_empty() {
            let longest =
                trace.times_s().max_by(|a, b| (a.end - a.start).total_cmp(&(b.end - b.start)));
            let middle = longest.map(|span_s| 0.5 * (span_s.start + span_s.end));
            arrows.extend(middle.and_then(|time_s| trace.at(time_s)).and_then(arrow));
        }
        arrows.retain(|[_, tip, _]| taken.iter().all(|it| it.distance(*tip) >= 2.0 * WING_PX));
        Self { dots, arrows }
    }

    /// Draws the dots and arrows.
    pub fn draw(&self, drawing: &mut Drawing) {
        for wings in &self.arrows {
            drawing.polyline("path", wings);
        }
        for (_, at) in &self.dots {
            drawing.circle("moment", *at, DOT_PX);
        }
    }

    /// The areas of the dots.
    pub fn clear(&self) -> impl Iterator<Item = Rect> {
        self.dots.iter().map(|(_, at)| Rect::around(*at, 2.0 * DOT_PX, 2.0 * DOT_PX))
    }

    /// Writes the times beside the dots where there is room.
    pub fn draw_times(&self, drawing: &mut Drawing, view: &View, labels: &mut Labels) {
        for (time_s, at) in &self.dots {
            let text = clock(*time_s);
            let size = Point::new(text_width(&text, TIME_PX), LINE_PX);
            let outwards = Point::new(at.x - view.centre().x, at.y - view.centre().y);
            if let Some(area) = labels.try_place(*at, DOT_PX, size, outwards, 6.0) {
                let (anchor, x) = held(*at, &area);
                let baseline = Point::new(x, area.far_corner().y - 1.5);
                drawing.text("time", baseline, anchor, &text);
            }
        }
    }
}

/// The wings of an arrow at a place, pointing to another.
fn arrow((at, to): (Point, Point)) -> Option<[Point; 3]> {
    let length = at.distance(to);
    if length < 1e-6 {
        return None;
    }
    let (right, down) = ((to.x - at.x) / length * WING_PX, (to.y - at.y) / length * WING_PX);
    let tip = at.moved(0.5 * right, 0.5 * down);
    let back = tip.moved(-0.8 * right, -0.8 * down);
    Some([back.moved(-0.55 * down, 0.55 * right), tip, back.moved(0.55 * down, -0.55 * right)])
}

/// A time as it is read on a desk: `8 s`, `0.5 s`, from ten minutes on `12:30`.
pub fn clock(time_s: f64) -> String {
    if time_s < 600.0 {
        // Round times in the arithmetic of steps: a thousandth hides it.
        return format!("{} s", libm::round(time_s * 1000.0) / 1000.0);
    }
    let seconds = libm::round(time_s) as u64;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_on_a_desk() {
        assert_eq!(clock(8.0), "8 s");
        assert_eq!(clock(3.0 * 0.1), "0.3 s");
        assert_eq!(clock(3599.6), "60:00");
        assert_eq!(clock(750.0), "12:30");
    }

    #[test]
    fn an_arrow_points_where_it_goes() {
        let wings = arrow((Point::new(0.0, 0.0), Point::new(10.0, 0.0))).unwrap();
        assert!(wings[1].x > wings[0].x && wings[1].x > wings[2].x);
        assert_eq!(wings[0].y, -wings[2].y);
        assert!(arrow((Point::new(1.0, 1.0), Point::new(1.0, 1.0))).is_none());
    }
}
