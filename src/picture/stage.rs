//! The room from above and from the right, side by side: where layouts and paths are drawn.

use super::geometry::Point;
use super::svg::Drawing;
use super::view::{Eye, View};

/// Two views of one room.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stage {
    /// The room from above.
    pub above: View,
    /// The room from the right.
    pub right: View,
}

impl Stage {
    /// Pixels across.
    pub const WIDTH: f64 = 1260.0;
    /// Pixels down.
    pub const HEIGHT: f64 = 572.0;

    /// A room up to a distance of `reach` (at least 1, the radius of the loudspeakers), drawn with
    /// its upper left corner at `corner`.
    #[must_use]
    pub fn new(corner: Point, reach: f64) -> Self {
        let centre = |share: f64| corner.moved(share * Self::WIDTH, 0.5 * Self::HEIGHT + 16.0);
        Self {
            above: View::new(Eye::Above, centre(0.25), reach),
            right: View::new(Eye::Right, centre(0.75), reach),
        }
    }

    /// Both views.
    #[must_use]
    pub fn views(&self) -> [&View; 2] {
        [&self.above, &self.right]
    }

    /// Draws the empty room.
    pub fn draw_room(&self, drawing: &mut Drawing) {
        for view in self.views() {
            view.draw_room(drawing);
        }
    }
}
