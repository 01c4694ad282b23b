//! The marks loudspeakers get, and what they mean.

use super::geometry::{Point, Rect};
use super::svg::{Anchor, Drawing};
use crate::layout::{Layout, Loudspeaker};

/// What kind of mark a loudspeaker gets. Marks of different kinds stay apart even where they lie
/// on one another: a dot in a ring in a square.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Upper,
    Middle,
    Lower,
    Lfe,
}

/// Elevations from here on are above (and mirrored below) ear level, in degrees.
const EAR_LEVEL_DEG: f64 = 10.0;
/// Pixels from one entry of the legend to the next.
const LEGEND_PX: f64 = 124.0;

impl Kind {
    /// Every kind, from the ceiling down.
    pub const ALL: [Self; 4] = [Self::Upper, Self::Middle, Self::Lower, Self::Lfe];

    /// The kind of a loudspeaker.
    pub fn of(loudspeaker: &Loudspeaker) -> Self {
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

    /// Its class in the style sheet.
    pub fn class(self) -> &'static str {
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

    /// Half the width of its mark, in pixels.
    pub fn radius(self) -> f64 {
        match self {
            Self::Upper => 4.5,
            Self::Middle => 5.5,
            Self::Lower => 7.0,
            Self::Lfe => 9.5,
        }
    }

    /// Draws its mark.
    pub fn draw(self, drawing: &mut Drawing, at: Point) {
        let radius = self.radius();
        match self {
            Self::Lfe => drawing.rectangle("lfe", Rect::around(at, 2.0 * radius, 2.0 * radius)),
            _ => drawing.circle(self.class(), at, radius),
        }
    }
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
        at = at.moved(LEGEND_PX, 0.0);
    }
    if layout.loudspeakers.iter().any(|it| it.direction() != it.nominal_direction()) {
        drawing.circle("nominal", at.moved(10.0, -4.0), Kind::Middle.radius());
        drawing.text("key", at.moved(26.0, 0.0), Anchor::Start, "where it should stand");
    }
}
