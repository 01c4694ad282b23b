//! Loudspeakers on a view of the room: a mark for each, by layer, and its name beside it.

use super::geometry::{Point, Rect};
use super::labels::{Labels, held, leader, text_width};
use super::mark::Kind;
use super::svg::{Drawing, Span};
use super::view::{Eye, View};
use crate::layout::{Layout, Loudspeaker};

/// All loudspeakers that lie on one place of the paper.
struct Cluster<'a> {
    at: Point,
    loudspeakers: Vec<&'a Loudspeaker>,
}

/// Size of a name, in pixels.
const NAME_PX: f64 = 11.0;
/// Height of a line of names, in pixels.
const LINE_PX: f64 = 13.0;
/// Between the names of loudspeakers of one kind that lie on one place.
const SEPARATOR: &str = " · ";
/// Marks nearer than this are one to the eye, in pixels.
const SAME_PLACE_PX: f64 = 3.0;
/// Free space around a mark, on both sides together, in pixels.
const CLEARANCE_PX: f64 = 5.0;
/// Space for the listener, in pixels.
const LISTENER_PX: f64 = 20.0;

/// Draws the marks and names of a layout's loudspeakers on a view, and says what room they leave for
/// other labels.
pub fn draw_loudspeakers(drawing: &mut Drawing, view: &View, layout: &Layout) -> Labels {
    let clusters = clusters(view, layout);
    let mut labels = free_space(view, &clusters);
    drawing.group(view.class(), |drawing| {
        for loudspeaker in &layout.loudspeakers {
            draw_nominal(drawing, view, loudspeaker);
        }
        for cluster in &clusters {
            cluster.draw_marks(drawing);
        }
        for cluster in &clusters {
            cluster.draw_names(drawing, view, &mut labels);
        }
    });
    labels
}

/// The space for names: all but the listener and the marks.
fn free_space(view: &View, clusters: &[Cluster<'_>]) -> Labels {
    let mut labels = Labels::new(view.bounds());
    labels.keep_clear(Rect::around(view.centre(), LISTENER_PX, LISTENER_PX));
    for cluster in clusters {
        let clear = 2.0 * cluster.radius() + CLEARANCE_PX;
        labels.keep_clear(Rect::around(cluster.at, clear, clear));
        for prescribed in cluster.loudspeakers.iter().filter_map(|it| prescribed(view, it)) {
            labels.keep_clear(Rect::around(prescribed, clear, clear));
        }
    }
    labels
}

/// Where a loudspeaker should stand, if it stands visibly elsewhere.
fn prescribed(view: &View, loudspeaker: &Loudspeaker) -> Option<Point> {
    let nominal = view.point(&loudspeaker.nominal_direction());
    let real = view.point(&loudspeaker.direction());
    (nominal.distance(real) > SAME_PLACE_PX).then_some(nominal)
}

/// A dashed line from where a loudspeaker should stand to where it does.
fn draw_nominal(drawing: &mut Drawing, view: &View, loudspeaker: &Loudspeaker) {
    if let Some(nominal) = prescribed(view, loudspeaker) {
        drawing.line("nominal", nominal, view.point(&loudspeaker.direction()));
        drawing.circle("nominal", nominal, Kind::of(loudspeaker).radius());
    }
}

fn clusters<'a>(view: &View, layout: &'a Layout) -> Vec<Cluster<'a>> {
    let mut clusters: Vec<Cluster<'a>> = Vec::new();
    for loudspeaker in &layout.loudspeakers {
        let at = view.point(&loudspeaker.direction());
        match clusters.iter_mut().find(|cluster| cluster.at.distance(at) < SAME_PLACE_PX) {
            Some(cluster) => cluster.loudspeakers.push(loudspeaker),
            None => clusters.push(Cluster { at, loudspeakers: vec![loudspeaker] }),
        }
    }
    clusters
}

impl Cluster<'_> {
    /// Half the width of its largest mark, in pixels.
    fn radius(&self) -> f64 {
        self.loudspeakers.iter().map(|it| Kind::of(it).radius()).fold(0.0, f64::max)
    }

    fn draw_marks(&self, drawing: &mut Drawing) {
        for kind in Kind::ALL.into_iter().rev() {
            if self.loudspeakers.iter().any(|loudspeaker| Kind::of(loudspeaker) == kind) {
                kind.draw(drawing, self.at);
            }
        }
    }

    /// Its names in lines, one for each kind, from the ceiling down.
    fn lines(&self) -> Vec<(Kind, Vec<&str>)> {
        let line = |kind: Kind| {
            let of_kind = self.loudspeakers.iter().filter(|it| Kind::of(it) == kind);
            (kind, of_kind.map(|it| it.name.as_str()).collect::<Vec<_>>())
        };
        Kind::ALL.map(line).into_iter().filter(|(_, names)| !names.is_empty()).collect()
    }

    fn draw_names(&self, drawing: &mut Drawing, view: &View, labels: &mut Labels) {
        let area = self.place_names(view, labels);
        let (anchor, x) = held(self.at, &area);
        if let Some([start, end]) = leader(self.at, self.radius(), &area) {
            drawing.line("leader", start, end);
        }
        for (row, (kind, names)) in self.lines().into_iter().enumerate() {
            let baseline = area.corner.y + LINE_PX * row as f64 + 10.0;
            let name =
                |text| [Span { class: "", text: SEPARATOR }, Span { class: kind.class(), text }];
            let spans: Vec<Span<'_>> = names.into_iter().flat_map(name).skip(1).collect();
            drawing.spans("name", Point::new(x, baseline), anchor, &spans);
        }
    }

    /// Takes an area for its names.
    fn place_names(&self, view: &View, labels: &mut Labels) -> Rect {
        let lines = self.lines();
        let width = |names: &[&str]| text_width(&names.join(SEPARATOR), NAME_PX);
        let widest = lines.iter().map(|(_, names)| width(names)).fold(0.0, f64::max);
        let size = Point::new(widest, LINE_PX * lines.len() as f64);
        labels.place(self.at, self.radius(), size, self.towards(view))
    }

    /// Where names should stand: outside of the ring of loudspeakers, but those of the heights,
    /// as seen from above, inside of it.
    fn towards(&self, view: &View) -> Point {
        let at_ear_level = self.loudspeakers.iter().any(|it| Kind::of(it) == Kind::Middle);
        let sign = if view.eye() == Eye::Above && !at_ear_level { -1.0 } else { 1.0 };
        let (centre, at) = (view.centre(), self.at);
        Point::new(sign * (at.x - centre.x), sign * (at.y - centre.y))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{built_in, names};

    #[test]
    fn no_name_covers_a_name_or_a_mark_or_leaves_the_dial() {
        for layout in names().iter().filter_map(|name| built_in(name)) {
            for eye in [Eye::Above, Eye::Right] {
                let view = View::new(eye, Point::new(300.0, 300.0), 1.0);
                let clusters = clusters(&view, &layout);
                let mut labels = free_space(&view, &clusters);
                let areas: Vec<Rect> =
                    clusters.iter().map(|it| it.place_names(&view, &mut labels)).collect();
                for (index, area) in areas.iter().enumerate() {
                    let inside = area.overlap(&view.bounds()) / (area.width * area.height);
                    assert!(inside > 0.999, "{} {eye:?}: {area:?}", layout.name);
                    let other_names = areas[..index].iter().map(|other| area.overlap(other));
                    let side = |it: &Cluster<'_>| 2.0 * it.radius();
                    let marks = clusters.iter().map(|it| Rect::around(it.at, side(it), side(it)));
                    let covered: f64 =
                        other_names.chain(marks.map(|mark| area.overlap(&mark))).sum();
                    assert_eq!(covered, 0.0, "{} {eye:?}: {area:?}", layout.name);
                }
            }
        }
    }
}
