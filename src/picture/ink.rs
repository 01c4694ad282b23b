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

/// How thick the ink is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nib {
    /// A line: another that crosses it is drawn, one that runs along it is not.
    Line,
    /// A broad stroke that shows which area is covered.
    Broad,
}

/// Where the pen has been: squares of the paper, each in several directions.
struct Paper {
    bounds: Rect,
    columns: usize,
    rows: usize,
    nib: Nib,
    /// How far the pen had come when it was there, in pixels; infinity where it was not.
    visits: Vec<f32>,
}

/// Directions a line may run in through a square, of which neighbours are too alike.
const DIRECTIONS: usize = 6;
/// What is behind the pen by less than this is its own fresh ink, in pixels.
const FRESH_PX: f32 = 16.0;
/// Longer steps are jumps, in pixels.
const JUMP_PX: f64 = 40.0;

impl Nib {
    /// The side of the squares, in pixels.
    fn cell_px(self) -> f64 {
        match self {
            Self::Line => 1.5,
            Self::Broad => 4.0,
        }
    }

    /// How many directions it tells apart.
    fn directions(self) -> usize {
        match self {
            Self::Line => DIRECTIONS,
            Self::Broad => 1,
        }
    }
}

/// The pieces of a way within `bounds` in which the pen goes where it has not been.
pub fn once(way: &[Mark], bounds: Rect, nib: Nib) -> Vec<Vec<Mark>> {
    let mut paper = Paper::new(bounds, nib);
    let mut pieces: Vec<Vec<Mark>> = Vec::new();
    let (mut come_px, mut is_down) = (0.0_f32, false);
    for pair in way.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let length = from.at.distance(to.at);
        come_px += length as f32;
        let fresh = length < JUMP_PX && paper.is_fresh(from.at, to.at, come_px);
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
    fn new(bounds: Rect, nib: Nib) -> Self {
        let cells = |length: f64| libm::ceil(length / nib.cell_px()) as usize + 1;
        let (columns, rows) = (cells(bounds.width), cells(bounds.height));
        let visits = vec![f32::INFINITY; columns * rows * nib.directions()];
        Self { bounds, columns, rows, nib, visits }
    }

    /// Column, row and direction of a short step.
    fn cell(&self, from: Point, to: Point) -> (i64, i64, usize) {
        let middle = Point::new(0.5 * (from.x + to.x), 0.5 * (from.y + to.y));
        let cell = |pixels: f64| libm::floor(pixels / self.nib.cell_px()) as i64;
        let corner = self.bounds.corner;
        let half_turns = libm::atan2(to.y - from.y, to.x - from.x) / std::f64::consts::PI + 1.0;
        let directions = self.nib.directions();
        let direction = (half_turns * directions as f64) as usize % directions;
        (cell(middle.x - corner.x), cell(middle.y - corner.y), direction)
    }

    fn index(&self, column: i64, row: i64, direction: usize) -> Option<usize> {
        let column = usize::try_from(column).ok().filter(|it| *it < self.columns)?;
        let row = usize::try_from(row).ok().filter(|it| *it < self.rows)?;
        Some((row * self.columns + column) * self.nib.directions() + direction)
    }

    /// Whether there is no older ink along a step; outside of the paper there always is.
    fn is_fresh(&self, from: Point, to: Point, come_px: f32) -> bool {
        let (column, row, direction) = self.cell(from, to);
        let visit = self.index(column, row, direction).map(|index| self.visits[index]);
        visit.is_some_and(|visit| visit == f32::INFINITY || come_px - visit < self.fresh_px())
    }

    fn fresh_px(&self) -> f32 {
        if self.nib == Nib::Line { FRESH_PX } else { 0.0 }
    }

    /// Notes ink along a step, a line also in the squares around it and in similar directions.
    fn visit(&mut self, from: Point, to: Point, come_px: f32) {
        let (column, row, direction) = self.cell(from, to);
        let (around, count) = match self.nib {
            Nib::Line => (-1..=1, DIRECTIONS),
            Nib::Broad => (0..=0, 1),
        };
        let directions = [direction, (direction + 1) % count, (direction + count - 1) % count];
        for down in around.clone() {
            for right in around.clone() {
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
        for nib in [Nib::Line, Nib::Broad] {
            let drawn = once(&one, PAPER, nib);
            // A broad stroke may leave out steps in a square it has touched.
            assert!(length(&drawn) > 0.5 * round, "{nib:?} {}", length(&drawn));
            let again = length(&once(&hundred, PAPER, nib));
            assert!(again < 1.5 * round, "{nib:?} {again}");
        }
        assert_eq!(once(&one, PAPER, Nib::Line).len(), 1);
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
        let drawn = once(&way, PAPER, Nib::Line);
        assert_eq!(drawn.len(), 2, "and the way from one to the other is a jump");
        assert!((length(&drawn) - 2.0 * 79.0 * 2.5).abs() < 1e-9);
    }
}
