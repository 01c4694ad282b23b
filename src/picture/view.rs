//! One drawing of the room: from above or from the right.

use super::axes::nice_step;
use super::geometry::{Point, Rect};
use super::svg::{Anchor, Drawing, Span};
use crate::space::{Vector, sin_cos_deg};

/// Where the room is seen from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eye {
    /// From the ceiling: front is up, left is left.
    Above,
    /// From the right wall: front is to the right, up is up.
    Right,
}

/// The room as one eye sees it, in parallel projection, inside of a dial of degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    eye: Eye,
    centre: Point,
    reach: f64,
}

/// Radius of the dial of degrees, in pixels.
const DIAL: f64 = 216.0;
/// Pixels between the dial and what lies at the reach: room for names.
const MARGIN: f64 = 54.0;
/// How far outside of the dial the degrees are written: across, since they are wider than tall,
/// and down, in pixels.
const DEGREES: (f64, f64) = (20.0, 14.0);
/// Radii at which the sides of the room are written: across and down, in pixels.
const SIDES: (f64, f64) = (DIAL + 46.0, DIAL + 36.0);

impl View {
    /// The room up to a distance of `reach` (at least 1, the radius of the loudspeakers), seen
    /// by an eye, with the listener at `centre`.
    #[must_use]
    pub fn new(eye: Eye, centre: Point, reach: f64) -> Self {
        Self { eye, centre, reach: reach.max(1.0) }
    }

    /// How far the dial is from the listener, in reaches.
    pub const DIAL_REACH: f64 = DIAL / (DIAL - MARGIN);

    /// Pixels to the radius of the loudspeakers.
    #[must_use]
    pub fn unit_px(&self) -> f64 {
        (DIAL - MARGIN) / self.reach
    }

    /// Where on the paper a place in the room lies (x right, y front, z up; 1 is the radius of
    /// the loudspeakers).
    #[must_use]
    pub fn point(&self, place: &Vector) -> Point {
        let scale = self.unit_px();
        match self.eye {
            Eye::Above => self.centre.moved(scale * place.x, -scale * place.y),
            Eye::Right => self.centre.moved(scale * place.y, -scale * place.z),
        }
    }

    /// Where the listener is.
    #[must_use]
    pub fn centre(&self) -> Point {
        self.centre
    }

    /// Where the eye is.
    #[must_use]
    pub fn eye(&self) -> Eye {
        self.eye
    }

    /// The class of everything drawn in this view: `above` or `right`.
    #[must_use]
    pub fn class(&self) -> &'static str {
        match self.eye {
            Eye::Above => "above",
            Eye::Right => "right",
        }
    }

    /// The area inside of the dial.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        Rect::around(self.centre, 2.0 * DIAL, 2.0 * DIAL)
    }

    /// Draws the empty room: what the picture shows, the dial, the distances, the listener.
    pub fn draw_room(&self, drawing: &mut Drawing) {
        drawing.group("room", |drawing| {
            self.draw_caption(drawing);
            self.draw_dial(drawing);
            self.draw_distances(drawing);
            self.draw_listener(drawing);
        });
    }

    fn draw_caption(&self, drawing: &mut Drawing) {
        let (caption, note) = match self.eye {
            Eye::Above => ("From above", "front is up, left is left"),
            Eye::Right => ("From the right", "front is to the right"),
        };
        let note = format!("  ·  {note}");
        let spans = [Span { class: "", text: caption }, Span { class: "note", text: &note }];
        let at = self.centre.moved(0.0, -SIDES.1 - 26.0);
        drawing.spans("caption", at, Anchor::Middle, &spans);
        let sides = match self.eye {
            Eye::Above => ["FRONT", "LEFT", "BACK", "RIGHT"],
            Eye::Right => ["UP", "BACK", "DOWN", "FRONT"],
        };
        let [top, left, bottom, right] = sides;
        drawing.text("side", self.centre.moved(0.0, 4.0 - SIDES.1), Anchor::Middle, top);
        drawing.text("side", self.centre.moved(-SIDES.0, 4.0), Anchor::End, left);
        drawing.text("side", self.centre.moved(0.0, 4.0 + SIDES.1), Anchor::Middle, bottom);
        drawing.text("side", self.centre.moved(SIDES.0, 4.0), Anchor::Start, right);
    }

    fn draw_dial(&self, drawing: &mut Drawing) {
        drawing.circle("dial", self.centre, DIAL);
        for turn_deg in (-170..=180).step_by(10) {
            let at = |radius: f64| self.on_dial(turn_deg, radius);
            if turn_deg % 30 != 0 {
                drawing.line("dial", at(DIAL - 4.0), at(DIAL));
                continue;
            }
            drawing.line("grid", at(14.0), at(DIAL - 8.0));
            drawing.line("dial", at(DIAL - 8.0), at(DIAL));
            let (x, y) = (at(DIAL + DEGREES.0).x, at(DIAL + DEGREES.1).y);
            let degrees = self.degrees(turn_deg);
            drawing.text("tick", Point::new(x, y + 3.5), Anchor::Middle, &degrees);
        }
    }

    /// The place on a circle around the listener, counter-clockwise from the front.
    fn on_dial(&self, turn_deg: i32, radius: f64) -> Point {
        let (sin, cos) = sin_cos_deg(turn_deg.into());
        match self.eye {
            Eye::Above => self.centre.moved(-radius * sin, -radius * cos),
            Eye::Right => self.centre.moved(radius * cos, -radius * sin),
        }
    }

    /// What a direction on the dial is called: azimuth from above, elevation from the side.
    fn degrees(&self, turn_deg: i32) -> String {
        let angle_deg = match self.eye {
            Eye::Above => turn_deg,
            Eye::Right if turn_deg.abs() > 90 => turn_deg.signum() * (180 - turn_deg.abs()),
            Eye::Right => turn_deg,
        };
        let sign = if angle_deg < 0 { "−" } else { "" };
        format!("{sign}{}°", angle_deg.abs())
    }

    fn draw_distances(&self, drawing: &mut Drawing) {
        let unit = self.unit_px();
        let step = nice_step(self.reach / 4.0).max(0.5);
        let count = (self.reach / step + 1e-9) as usize;
        for distance in (1..=count).map(|index| index as f64 * step) {
            if (distance - 1.0).abs() > 1e-9 {
                drawing.circle("grid", self.centre, unit * distance);
            }
        }
        drawing.circle("ring", self.centre, unit);
    }

    fn draw_listener(&self, drawing: &mut Drawing) {
        let nose = |turn_deg: i32, radius: f64| self.on_dial(turn_deg, radius);
        drawing.polyline("listener", &[nose(35, 7.0), nose(0, 11.5), nose(-35, 7.0)]);
        drawing.circle("listener", self.centre, 7.5);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::unit_vector;

    #[test]
    fn front_is_up_and_left_is_left_from_above() {
        let view = View::new(Eye::Above, Point::new(0.0, 0.0), 1.0);
        assert!(view.point(&unit_vector(0.0, 0.0)).y < -100.0);
        assert!(view.point(&unit_vector(90.0, 0.0)).x < -100.0);
        assert_eq!(view.point(&unit_vector(0.0, 90.0)), Point::new(0.0, 0.0));
    }

    #[test]
    fn front_is_to_the_right_and_up_is_up_from_the_side() {
        let view = View::new(Eye::Right, Point::new(0.0, 0.0), 1.0);
        assert!(view.point(&unit_vector(0.0, 0.0)).x > 100.0);
        assert!(view.point(&unit_vector(0.0, 90.0)).y < -100.0);
    }

    #[test]
    fn the_dial_agrees_with_the_projection() {
        for (eye, direction) in
            [(Eye::Above, unit_vector(30.0, 0.0)), (Eye::Right, unit_vector(0.0, 30.0))]
        {
            let view = View::new(eye, Point::new(9.0, 5.0), 2.0);
            // Both go through the same sine and cosine; only the last rounding differs.
            let on_dial = view.on_dial(30, 0.5 * (DIAL - MARGIN));
            assert!(view.point(&direction).distance(on_dial) < 1e-9, "{eye:?}");
            assert_eq!(view.degrees(30), "30°");
        }
        let side = View::new(Eye::Right, Point::new(0.0, 0.0), 1.0);
        assert_eq!(
            (side.degrees(150), side.degrees(-120), side.degrees(180)),
            ("30°".into(), "−60°".into(), "0°".into())
        );
    }

    #[test]
    fn what_lies_at_the_reach_is_inside_of_the_dial() {
        let view = View::new(Eye::Above, Point::new(0.0, 0.0), 7.0);
        let edge = view.point(&Vector::new(7.0, 0.0, 0.0));
        assert_eq!(edge.x, DIAL - MARGIN);
    }
}
