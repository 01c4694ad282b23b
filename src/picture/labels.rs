//! Finding room for labels beside their marks, so that nothing covers anything.

use super::geometry::{Point, Rect};
use crate::space::sin_cos_deg;

/// The areas of a picture that are taken.
#[derive(Clone, Debug)]
pub struct Labels {
    bounds: Rect,
    taken: Vec<Rect>,
}

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
        Self { bounds, taken: Vec::new() }
    }

    /// Takes an area, so that no label covers it.
    pub fn keep_clear(&mut self, area: Rect) {
        self.taken.push(area);
    }

    /// Takes the best area for a label of that size beside a mark of that radius: preferably
    /// in the direction of `towards` (right, down) from the mark, and near. Where there is no
    /// room at all it covers as little as can be.
    pub fn place(&mut self, mark: Point, radius: f64, size: Point, towards: Point) -> Rect {
        let length = libm::hypot(towards.x, towards.y);
        let towards = if length > 1e-9 {
            Point::new(towards.x / length, towards.y / length)
        } else {
            Point::new(0.0, -1.0)
        };
        // Left and right turn opposite ways, so that what is symmetric looks so.
        let side = if towards.x < 0.0 { 1.0 } else { -1.0 };
        let mut best = (f64::INFINITY, Rect::around(mark, size.x, size.y));
        for gap in GAPS {
            for turn_deg in TURNS_DEG {
                let area = beside(mark, radius + gap, size, turned(towards, side * turn_deg));
                // A label far away reads worse than one that stands on an odd side of its mark.
                let cost = 100.0 * self.covered(&area) + gap + turn_deg.abs() / 8.0;
                if cost < best.0 {
                    best = (cost, area);
                }
            }
        }
        self.taken.push(best.1);
        best.1
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
