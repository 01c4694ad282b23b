//! Drawing a way once: where the pen has been already it is lifted, so that an orbit drawn a hundred
//! times is one circle.

use super::geometry::{Point, Rect};

/// A point of a way on the paper, and when something is there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// In seconds of the scene.
    pub time_s: f64,
    /// On the paper.
    pub at: Point,
}

/// Where the pen has been: squares of the paper, each in several directions.
struct Paper {
    bounds: Rect,
    columns: usize,
    rows: usize,
    /// How far the pen had come when it was there, in pixels; infinity where it was not.
    visits: Vec<f32>,
}

/// The side of the squares, in pixels.
const CELL_PX: f64 = 1.5;
/// Directions a line may run in through a square, of which neighbours are too alike.
const DIRECTIONS: usize = 6;
/// What is behind the pen by less than this is its own fresh ink, in pixels.
const FRESH_PX: f32 = 16.0;
/// Longer steps are jumps, in pixels.
pub const JUMP_PX: f64 = 40.0;

/// The pieces of a way within `bounds` in which the pen goes where it has not been.
pub fn once(way: &[Mark], bounds: Rect) -> Vec<Vec<Mark>> {
    let mut paper = Paper::new(bounds);
    let mut pieces: Vec<Vec<Mark>> = Vec::new();
    let (mut come_px, mut is_down) = (0.0_f32, false);
    for pair in way.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let length = from.at.distance(to.at);
        come_px += length as f32;
        // Towards the eye, or with a jump to the same place on the paper, the pen stays put.
        let moves = (1e-9..JUMP_PX).contains(&length);
        let fresh = moves && paper.is_fresh(from.at, to.at, come_px);
        match (fresh, is_down, pieces.last_mut()) {
            (true, true, Some(piece)) => piece.push(to),
            (true, ..) => pieces.push(vec![from, to]),
            _ => {}
        }
        if fresh {
            paper.visit(from.at, to.at, come_px);
        }
        is_down = fresh;
    }
    pieces
}

impl Paper {
    fn new(bounds: Rect) -> Self {
        let cells = |length: f64| libm::ceil(length / CELL_PX) as usize + 1;
        let (columns, rows) = (cells(bounds.width), cells(bounds.height));
        let visits = vec![f32::INFINITY; columns * rows * DIRECTIONS];
        Self { bounds, columns, rows, visits }
    }

    /// Column, row and direction of a short step.
    fn cell(&self, from: Point, to: Point) -> (i64, i64, usize) {
        let middle = Point::new(0.5 * (from.x + to.x), 0.5 * (from.y + to.y));
        let cell = |pixels: f64| libm::floor(pixels / CELL_PX) as i64;
        let corner = self.bounds.corner;
        let half_turns = libm::atan2(to.y - from.y, to.x - from.x) / std::f64::consts::PI + 1.0;
        let direction = (half_turns * DIRECTIONS as f64) as usize % DIRECTIONS;
        (cell(middle.x - corner.x), cell(middle.y - corner.y), direction)
    }

    fn index(&self, column: i64, row: i64, direction: usize) -> Option<usize> {
        let column = usize::try_from(column).ok().filter(|it| *it < self.columns)?;
        let row = usize::try_from(row).ok().filter(|it| *it < self.rows)?;
        Some((row * self.columns + column) * DIRECTIONS + direction)
    }

    /// Whether there is no older ink along a step; outside of the paper there always is.
    fn is_fresh(&self, from: Point, to: Point, come_px: f32) -> bool {
        let (column, row, direction) = self.cell(from, to);
        let visit = self.index(column, row, direction).map(|index| self.visits[index]);
        visit.is_some_and(|visit| visit == f32::INFINITY || come_px - visit < FRESH_PX)
    }

    /// Notes ink along a step, in the squares around it and in similar directions.
    fn visit(&mut self, from: Point, to: Point, come_px: f32) {
        let (column, row, direction) = self.cell(from, to);
        let similar = |turn: usize| (direction + turn) % DIRECTIONS;
        let directions = [similar(0), similar(1), similar(DIRECTIONS - 1)];
        for down in -1..=1 {
            for right in -1..=1 {
                for direction in directions {
                    if let Some(index) = self.index(column + right, row + down, direction) {
                        self.visits[index] = self.visits[index].min(come_px);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::sin_cos_deg;

    const PAPER: Rect = Rect { corner: Point::new(0.0, 0.0), width: 400.0, height: 400.0 };

    fn circles(turns: u32) -> Vec<Mark> {
        let mark = |step: u32| {
            // No whole number of steps a turn: no two turns have a point in common.
            let time_s = f64::from(step) / 347.3;
            let (sin, cos) = sin_cos_deg(360.0 * time_s);
            Mark { time_s, at: Point::new(200.0 + 150.0 * cos, 200.0 + 150.0 * sin) }
        };
        (0..=347 * turns).map(mark).collect()
    }

    fn length(pieces: &[Vec<Mark>]) -> f64 {
        let piece = |piece: &Vec<Mark>| -> f64 {
            piece.windows(2).map(|pair| pair[0].at.distance(pair[1].at)).sum()
        };
        pieces.iter().map(piece).sum()
    }

    #[test]
    fn a_hundred_orbits_are_one_circle() {
        let (one, hundred) = (circles(1), circles(100));
        let round = std::f64::consts::TAU * 150.0;
        let drawn = once(&one, PAPER);
        assert_eq!(drawn.len(), 1);
        assert!(length(&drawn) > 0.99 * round, "{}", length(&drawn));
        // The end of the first turn is drawn over its beginning.
        let again = length(&once(&hundred, PAPER));
        assert!(again < 1.05 * round, "{again}");
    }

    #[test]
    fn lines_that_cross_are_both_drawn() {
        let line = |step: i32, cross: bool| {
            let along = f64::from(step) * 2.5;
            let at = if cross { Point::new(along, 100.0) } else { Point::new(100.0, along) };
            Mark { time_s: f64::from(step), at }
        };
        let way: Vec<Mark> =
            (0..80).map(|it| line(it, true)).chain((0..80).map(|it| line(it, false))).collect();
        let drawn = once(&way, PAPER);
        assert_eq!(drawn.len(), 2, "and the way from one to the other is a jump");
        assert!((length(&drawn) - 2.0 * 79.0 * 2.5).abs() < 1e-9);
    }
}
