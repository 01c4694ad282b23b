//! Loudspeakers on a view of the room: a mark for each, by layer, and its name beside it.

use super::geometry::{Point, Rect};
use super::labels::{Labels, text_width};
use super::svg::{Anchor, Drawing, Span};
use super::view::View;
use crate::layout::{Layout, Loudspeaker};

/// What kind of mark a loudspeaker gets. Marks of different kinds stay apart even where they lie
/// on one another: a dot in a ring in a square.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Upper,
    Middle,
    Lower,
    Lfe,
}

/// All loudspeakers that lie on one place of the paper.
struct Cluster<'a> {
    at: Point,
    loudspeakers: Vec<&'a Loudspeaker>,
}

/// Elevations from here on are above (and mirrored below) ear level, in degrees.
const EAR_LEVEL_DEG: f64 = 10.0;
/// Size of a name, in pixels.
const NAME_PX: f64 = 11.0;
/// Height of a line of names, in pixels.
const LINE_PX: f64 = 13.0;
/// Marks nearer than this are one to the eye, in pixels.
const SAME_PLACE_PX: f64 = 3.0;
/// A name further away than this gets a line to its mark, in pixels.
const LEADER_PX: f64 = 9.0;

impl Kind {
    const ALL: [Self; 4] = [Self::Upper, Self::Middle, Self::Lower, Self::Lfe];

    fn of(loudspeaker: &Loudspeaker) -> Self {
        if loudspeaker.lfe {
            Self::Lfe
        } else if loudspeaker.elevation_deg >= EAR_LEVEL_DEG {
            Self::Upper
        } else if loudspeaker.elevation_deg <= -EAR_LEVEL_DEG {
            Self::Lower
        } else {
            Self::Middle
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Upper => "upper",
            Self::Middle => "middle",
            Self::Lower => "lower",
            Self::Lfe => "lfe",
        }
    }

    fn meaning(self) -> &'static str {
        match self {
            Self::Upper => "above",
            Self::Middle => "at ear level",
            Self::Lower => "below",
            Self::Lfe => "LFE only",
        }
    }

    /// Half the width of the mark, in pixels.
    fn radius(self) -> f64 {
        match self {
            Self::Upper => 4.5,
            Self::Middle => 5.5,
            Self::Lower => 7.0,
            Self::Lfe => 9.5,
        }
    }

    fn draw(self, drawing: &mut Drawing, at: Point) {
        let radius = self.radius();
        match self {
            Self::Lfe => drawing.rectangle("lfe", Rect::around(at, 2.0 * radius, 2.0 * radius)),
            _ => drawing.circle(self.class(), at, radius),
        }
    }
}

/// Draws the marks and names of a layout's loudspeakers on a view.
pub fn draw_loudspeakers(drawing: &mut Drawing, view: &View, layout: &Layout) {
    let clusters = clusters(view, layout);
    let mut labels = Labels::new(view.bounds());
    labels.keep_clear(Rect::around(view.centre(), 20.0, 20.0));
    for cluster in &clusters {
        labels.keep_clear(Rect::around(cluster.at, 2.0 * cluster.radius(), 2.0 * cluster.radius()));
    }
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
}

/// Draws what the marks of a layout mean, in a row that begins at `at`.
pub fn draw_legend(drawing: &mut Drawing, at: Point, layout: &Layout) {
    let mut at = at;
    for kind in Kind::ALL {
        if !layout.loudspeakers.iter().any(|loudspeaker| Kind::of(loudspeaker) == kind) {
            continue;
        }
        kind.draw(drawing, at.moved(10.0, -4.0));
        drawing.text("key", at.moved(26.0, 0.0), Anchor::Start, kind.meaning());
        at = at.moved(26.0 + text_width(kind.meaning(), 12.0) + 24.0, 0.0);
    }
}

/// A dashed line from where a loudspeaker should stand to where it does.
fn draw_nominal(drawing: &mut Drawing, view: &View, loudspeaker: &Loudspeaker) {
    let real = view.point(&loudspeaker.direction());
    let nominal = view.point(&loudspeaker.nominal_direction());
    if real.distance(nominal) > SAME_PLACE_PX {
        drawing.line("nominal", nominal, real);
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
        let lines = self.lines();
        let width = |names: &[&str]| text_width(&names.join(" · "), NAME_PX);
        let widest = lines.iter().map(|(_, names)| width(names)).fold(0.0, f64::max);
        let size = Point::new(widest, LINE_PX * lines.len() as f64);
        let outwards = Point::new(self.at.x - view.centre().x, self.at.y - view.centre().y);
        let area = labels.place(self.at, self.radius(), size, outwards);
        let (anchor, x) = self.anchor(&area);
        self.draw_leader(drawing, &area);
        for (row, (kind, names)) in lines.iter().enumerate() {
            let baseline = area.corner.y + LINE_PX * row as f64 + 10.0;
            let mut spans = Vec::new();
            for name in names {
                if !spans.is_empty() {
                    spans.push(Span { class: "", text: " · " });
                }
                spans.push(Span { class: kind.class(), text: name });
            }
            drawing.spans("name", Point::new(x, baseline), anchor, &spans);
        }
    }

    /// Names hold on to the side of their area that faces the mark.
    fn anchor(&self, area: &Rect) -> (Anchor, f64) {
        if area.corner.x >= self.at.x {
            (Anchor::Start, area.corner.x)
        } else if area.far_corner().x <= self.at.x {
            (Anchor::End, area.far_corner().x)
        } else {
            (Anchor::Middle, area.centre().x)
        }
    }

    /// A line to names that had to go far away.
    fn draw_leader(&self, drawing: &mut Drawing, area: &Rect) {
        let far = area.far_corner();
        let end = Point::new(
            self.at.x.clamp(area.corner.x, far.x),
            self.at.y.clamp(area.corner.y, far.y),
        );
        let (length, radius) = (self.at.distance(end), self.radius());
        if length > radius + LEADER_PX {
            let share = radius / length;
            let start = Point::new(
                self.at.x + share * (end.x - self.at.x),
                self.at.y + share * (end.y - self.at.y),
            );
            drawing.line("leader", start, end);
        }
    }
}
