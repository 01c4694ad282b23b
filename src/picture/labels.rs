//! Finding room for labels beside their marks, so that nothing covers anything.

use std::collections::BTreeSet;

use super::geometry::{Point, Rect};
use super::svg::Anchor;
use crate::space::sin_cos_deg;

/// The areas of a picture that are taken.
#[derive(Clone, Debug)]
pub struct Labels {
    bounds: Rect,
    taken: Vec<Rect>,
    lines: BTreeSet<(i32, i32)>,
}

/// Side of the squares in which lines are noted, in pixels.
const LINE_CELL_PX: f64 = 6.0;
/// What a label pays for each such square, in pixels of distance: it would rather go away a little
/// than cross a line, but rather cross a line than cover a label.
const LINE_COST: f64 = 4.0;
/// A label further from its mark than this gets a line to it, in pixels.
const LEADER_PX: f64 = 9.0;

/// How far from its mark a label may stand, in pixels: nearer is tried first.
const GAPS: [f64; 8] = [3.0, 6.0, 11.0, 17.0, 24.0, 32.0, 42.0, 54.0];

/// How far a label may turn away from where it should stand, in degrees.
const TURNS_DEG: [f64; 24] = [
    0.0, 15.0, -15.0, 30.0, -30.0, 45.0, -45.0, 60.0, -60.0, 75.0, -75.0, 90.0, -90.0, 105.0,
    -105.0, 120.0, -120.0, 135.0, -135.0, 150.0, -150.0, 165.0, -165.0, 180.0,
];

impl Labels {
    /// Nothing is taken yet within the bounds; labels stay inside of them.
    #[must_use]
    pub fn new(bounds: Rect) -> Self {
        Self { bounds, taken: Vec::new(), lines: BTreeSet::new() }
    }

    /// Takes an area, so that no label covers it.
    pub fn keep_clear(&mut self, area: Rect) {
        self.taken.push(area);
    }

    /// Notes a point of a line: labels keep away from it where they can.
    pub fn avoid(&mut self, point: Point) {
        self.lines.insert(line_cell(point));
    }

    /// Takes the best area for a label of that size beside a mark of that radius: preferably
    /// in the direction of `towards` (right, down) from the mark, and near. Where there is no
    /// room at all it covers as little as can be.
    pub fn place(&mut self, mark: Point, radius: f64, size: Point, towards: Point) -> Rect {
        let best = self.best(mark, radius, size, towards, GAPS[GAPS.len() - 1]);
        self.taken.push(best);
        best
    }

    /// Takes the best area for a label, as [`Labels::place`] does, at most `most_px` away from the
    /// mark; none where every such area covers something or leaves the bounds.
    pub fn try_place(
        &mut self,
        mark: Point,
        radius: f64,
        size: Point,
        towards: Point,
        most_px: f64,
    ) -> Option<Rect> {
        let best = self.best(mark, radius, size, towards, most_px);
        // Less than a hundredth of a square pixel is the rounding of areas side by side.
        let free = self.covered(&best) < 0.01;
        self.taken.extend(free.then_some(best));
        free.then_some(best)
    }

    fn best(&self, mark: Point, radius: f64, size: Point, towards: Point, most_px: f64) -> Rect {
        let length = libm::hypot(towards.x, towards.y);
        let towards = if length > 1e-9 {
            Point::new(towards.x / length, towards.y / length)
        } else {
            Point::new(0.0, -1.0)
        };
        // Left and right turn opposite ways, so that what is symmetric looks so.
        let side = if towards.x < 0.0 { 1.0 } else { -1.0 };
        let mut best = (f64::INFINITY, Rect::around(mark, size.x, size.y));
        for gap in GAPS.into_iter().filter(|gap| *gap <= most_px) {
            for turn_deg in TURNS_DEG {
                let area = beside(mark, radius + gap, size, turned(towards, side * turn_deg));
                // A label far away reads worse than one that stands on an odd side of its mark.
                let lines = LINE_COST * self.lines_crossed(&area) as f64;
                let cost = 100.0 * self.covered(&area) + lines + gap + turn_deg.abs() / 8.0;
                if cost < best.0 {
                    best = (cost, area);
                }
            }
        }
        best.1
    }

    fn lines_crossed(&self, area: &Rect) -> usize {
        let ((left, top), (right, bottom)) = (line_cell(area.corner), line_cell(area.far_corner()));
        let cells = |row| self.lines.range((row, left)..=(row, right)).count();
        (top..=bottom).map(cells).sum()
    }

    /// The square pixels of an area that are taken or out of bounds.
    fn covered(&self, area: &Rect) -> f64 {
        let outside = area.width * area.height - area.overlap(&self.bounds);
        outside + self.taken.iter().map(|taken| area.overlap(taken)).sum::<f64>()
    }
}

/// About how wide a text is, in pixels; rather more than less, since fonts differ.
#[must_use]
pub fn text_width(text: &str, size_px: f64) -> f64 {
    0.72 * size_px * text.chars().count() as f64
}

/// Where the text of a label begins or ends: it holds on to the side of its area that faces the mark.
#[must_use]
pub fn held(mark: Point, area: &Rect) -> (Anchor, f64) {
    if area.corner.x >= mark.x {
        (Anchor::Start, area.corner.x)
    } else if area.far_corner().x <= mark.x {
        (Anchor::End, area.far_corner().x)
    } else {
        (Anchor::Middle, area.centre().x)
    }
}

/// The line from a mark of that radius to its label, where that had to go far away.
#[must_use]
pub fn leader(mark: Point, radius: f64, area: &Rect) -> Option<[Point; 2]> {
    let far = area.far_corner();
    let end = Point::new(mark.x.clamp(area.corner.x, far.x), mark.y.clamp(area.corner.y, far.y));
    let length = mark.distance(end);
    let share = radius / length;
    let start = mark.moved(share * (end.x - mark.x), share * (end.y - mark.y));
    (length > radius + LEADER_PX).then_some([start, end])
}

/// Row and column of the square of lines that a point lies in.
fn line_cell(point: Point) -> (i32, i32) {
    let cell = |pixels: f64| libm::floor(pixels / LINE_CELL_PX) as i32;
    (cell(point.y), cell(point.x))
}

/// The area of that size whose nearest edge is `gap` away from `mark` in a direction.
fn beside(mark: Point, gap: f64, size: Point, direction: Point) -> Rect {
    let right = direction.x * (gap + 0.5 * size.x);
    let down = direction.y * (gap + 0.5 * size.y);
    Rect::around(mark.moved(right, down), size.x, size.y)
}

fn turned(direction: Point, turn_deg: f64) -> Point {
    let (sin, cos) = sin_cos_deg(turn_deg);
    let (x, y) = (direction.x, direction.y);
    Point::new(x * cos - y * sin, x * sin + y * cos)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: Rect = Rect { corner: Point::new(0.0, 0.0), width: 400.0, height: 400.0 };
    const SIZE: Point = Point::new(40.0, 12.0);

    #[test]
    fn a_lone_label_stands_where_it_should() {
        let mark = Point::new(200.0, 200.0);
        let area = Labels::new(PAPER).place(mark, 5.0, SIZE, Point::new(3.0, 0.0));
        assert_eq!(area.centre(), Point::new(228.0, 200.0));
    }

    #[test]
    fn labels_of_one_mark_do_not_cover_each_other() {
        let mut labels = Labels::new(PAPER);
        let mark = Point::new(390.0, 200.0);
        let areas: Vec<Rect> =
            (0..8).map(|_| labels.place(mark, 5.0, SIZE, Point::new(1.0, 0.0))).collect();
        for (index, area) in areas.iter().enumerate() {
            assert!(area.far_corner().x <= 400.0, "{area:?} leaves the paper");
            for other in &areas[..index] {
                assert_eq!(area.overlap(other), 0.0, "{area:?} covers {other:?}");
            }
        }
    }
}
