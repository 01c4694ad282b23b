//! The area that something sways over, however long it does.

use std::collections::BTreeSet;

use super::geometry::Point;
use super::ink::Mark;

/// The side of the squares the paper is divided in, in pixels.
const CELL_PX: f64 = 2.0;
/// As many squares may be missing between two of a stroke: it is wider than that.
const GAP: i64 = 2;

/// Level strokes, to be drawn 6 pixels wide with round ends, that cover a way of short steps.
pub fn band(way: &[Mark]) -> Vec<[Point; 2]> {
    let cell = |pixels: f64| libm::floor(pixels / CELL_PX) as i64;
    let cells: BTreeSet<(i64, i64)> =
        way.iter().map(|mark| (cell(mark.at.y), cell(mark.at.x))).collect();
    let mut strokes: Vec<(i64, i64, i64)> = Vec::new();
    for (row, column) in cells {
        match strokes.last_mut() {
            Some((last, _, end)) if *last == row && column - *end <= GAP => *end = column,
            _ => strokes.push((row, column, column)),
        }
    }
    let point = |row: i64, column: i64| {
        Point::new((column as f64 + 0.5) * CELL_PX, (row as f64 + 0.5) * CELL_PX)
    };
    strokes.into_iter().map(|(row, from, to)| [point(row, from), point(row, to)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_point_is_covered_and_long_ways_cost_no_more_than_their_area() {
        let mark = |step: u32| {
            let (right, down) = crate::space::sin_cos_deg(f64::from(step) * 7.3);
            let wide = 30.0 + 10.0 * crate::space::sin_cos_deg(f64::from(step) * 0.37).0;
            Mark { time_s: 0.0, at: Point::new(100.0 + wide * right, 100.0 + wide * down) }
        };
        let way: Vec<Mark> = (0..50_000).map(mark).collect();
        let strokes = band(&way);
        // A ring of 80 pixels: 40 rows, most of which it crosses twice.
        assert!(strokes.len() <= 2 * 42, "{}", strokes.len());
        for Mark { at, .. } in &way {
            let near = |[from, to]: &[Point; 2]| {
                at.distance(Point::new(at.x.clamp(from.x, to.x), from.y)) <= 3.0
            };
            assert!(strokes.iter().any(near), "{at:?}");
        }
    }
}
