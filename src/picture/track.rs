//! An object's way through the room: from where to where, which way, and when it is where.

use std::ops::Range;

use super::band::band;
use super::distances::Distances;
use super::geometry::{Point, Rect};
use super::ink::{JUMP_PX, Mark, once};
use super::simplify::simplified;
use super::svg::Drawing;
use super::view::View;
use super::walk::{Step, Walk, walk};
use crate::space::Vector;

/// Where something is at a time in seconds: x right, y front, z up, in radii of the loudspeakers.
pub type Way<'a> = Box<dyn Fn(f64) -> Vector + 'a>;

/// An object to be drawn.
pub struct Track<'a> {
    /// Its name.
    pub name: String,
    /// Its number in the scene, for its colour.
    pub index: usize,
    /// When it is heard, in seconds of the scene; empty if it is not.
    pub heard_s: Range<f64>,
    /// Where it is sent: a line.
    pub way: Way<'a>,
    /// Where it really is, if it sways about that: a pale band.
    pub sway: Option<Way<'a>>,
}

/// What was seen of a track.
pub(super) struct Seen {
    way: Walk,
    sway: Walk,
}

/// A track on one view.
pub(super) struct Trace {
    pub start: Point,
    pub end: Point,
    pub is_still: bool,
    pieces: Vec<Vec<Mark>>,
    jumps: Vec<[Mark; 2]>,
    sway: Vec<[Point; 2]>,
}

/// What simplification may cost, in pixels.
const TOLERANCE_PX: f64 = 0.12;
/// Jumps whose ends are nearer than this, in pixels, are the same; more than so many no eye follows.
const SAME_PX: f64 = 4.0;
const MOST_JUMPS: usize = 200;
/// Half the width of the mark where a track starts, and where it ends, in pixels.
pub(super) const START_PX: f64 = 5.0;
const END_PX: f64 = 4.0;
/// Half the width of the mark of what stands still, in pixels.
pub(super) const STILL_PX: f64 = 6.5;

impl Track<'_> {
    /// Looks at a track in at most `most` steps; nothing is seen of what is not heard.
    pub(super) fn see(&self, distances: &Distances, most: usize) -> Option<Seen> {
        if self.heard_s.is_empty() {
            return None;
        }
        let look =
            |way: &Way<'_>| walk(&|time_s| distances.place(&way(time_s)), &self.heard_s, most);
        Some(Seen { way: look(&self.way), sway: self.sway.as_ref().map(look).unwrap_or_default() })
    }
}

impl Seen {
    /// When it was no longer looked at, if that is before its end.
    pub fn broken_off_s(&self) -> Option<f64> {
        let both = [self.way.broken_off_s, self.sway.broken_off_s];
        both.into_iter().flatten().reduce(f64::min)
    }

    pub fn trace(&self, view: &View) -> Trace {
        let on_paper = |steps: &[Step]| -> Vec<Mark> {
            let mark = |it: &Step| Mark { time_s: it.time_s, at: view.point(&it.place) };
            steps.iter().map(mark).collect()
        };
        let way = on_paper(&self.way.steps);
        Trace {
            start: way[0].at,
            end: way[way.len() - 1].at,
            is_still: self.way.steps.len() == 1,
            pieces: once(&way, view.bounds()),
            jumps: jumps(&way),
            sway: band(&on_paper(&self.sway.steps)),
        }
    }
}

impl Trace {
    pub fn draw_sway(&self, drawing: &mut Drawing) {
        drawing.strokes("sway", &self.sway);
    }

    pub fn draw_path(&self, drawing: &mut Drawing) {
        for [from, to] in &self.jumps {
            drawing.line("jump", from.at, to.at);
        }
        for piece in &self.pieces {
            let points: Vec<Point> = piece.iter().map(|mark| mark.at).collect();
            drawing.polyline("path", &simplified(&points, TOLERANCE_PX));
        }
    }

    pub fn draw_marks(&self, drawing: &mut Drawing) {
        if self.is_still {
            draw_still(drawing, self.start);
        } else {
            drawing.circle("end", self.end, END_PX);
            drawing.circle("start", self.start, START_PX);
        }
    }

    /// Half the width of the mark its name stands beside, in pixels.
    pub fn radius(&self) -> f64 {
        if self.is_still { STILL_PX } else { START_PX }
    }

    /// Points of its line, close to each other.
    pub fn line(&self) -> impl Iterator<Item = Point> {
        self.pieces.iter().flatten().map(|mark| mark.at)
    }

    /// The marks that nothing should cover.
    pub fn clear(&self) -> [Rect; 2] {
        let square = |at: Point, radius: f64| Rect::around(at, 2.0 * radius, 2.0 * radius);
        [square(self.start, self.radius()), square(self.end, END_PX)]
    }

    /// Where it lands when it jumps, and when.
    pub fn landings(&self) -> impl Iterator<Item = Mark> {
        self.jumps.iter().map(|[_, to]| *to)
    }

    /// How fast the pen went while it was down, in pixels a second.
    pub fn pace(&self) -> f64 {
        let (mut length, mut time_s) = (0.0, 0.0);
        for pair in self.pieces.iter().flat_map(|piece| piece.windows(2)) {
            length += pair[0].at.distance(pair[1].at);
            time_s += pair[1].time_s - pair[0].time_s;
        }
        if time_s > 0.0 { length / time_s } else { 0.0 }
    }

    /// Where the pen was at a time, and a place it came to shortly after; none where it was lifted.
    pub fn at(&self, time_s: f64) -> Option<(Point, Point)> {
        let after = self.pieces.partition_point(|piece| piece[0].time_s <= time_s);
        let piece = &self.pieces[after.checked_sub(1)?];
        let next = piece.partition_point(|mark| mark.time_s <= time_s);
        let (from, to) = (piece[next - 1], piece.get(next)?);
        let share = (time_s - from.time_s) / (to.time_s - from.time_s);
        let at = from.at.moved(share * (to.at.x - from.at.x), share * (to.at.y - from.at.y));
        Some((at, to.at))
    }

    /// When it was drawn, in pieces.
    pub fn times_s(&self) -> impl Iterator<Item = Range<f64>> {
        self.pieces.iter().map(|piece| piece[0].time_s..piece[piece.len() - 1].time_s)
    }
}

/// The mark of what stands still: a diamond.
pub(super) fn draw_still(drawing: &mut Drawing, at: Point) {
    let corners = [(0.0, -STILL_PX), (STILL_PX, 0.0), (0.0, STILL_PX), (-STILL_PX, 0.0)];
    let closed = corners.into_iter().chain([corners[0]]);
    let points: Vec<Point> = closed.map(|(right, down)| at.moved(right, down)).collect();
    drawing.polyline("still", &points);
}

/// The jumps of a way, each from where to where, the same only once.
fn jumps(way: &[Mark]) -> Vec<[Mark; 2]> {
    let mut jumps: Vec<[Mark; 2]> = Vec::new();
    for pair in way.windows(2).filter(|pair| pair[0].at.distance(pair[1].at) >= JUMP_PX) {
        let like = |a: &Mark, b: &Mark| a.at.distance(b.at) < SAME_PX;
        let known = |it: &[Mark; 2]| like(&it[0], &pair[0]) && like(&it[1], &pair[1]);
        if jumps.len() < MOST_JUMPS && !jumps.iter().any(known) {
            jumps.push([pair[0], pair[1]]);
        }
    }
    jumps
}
