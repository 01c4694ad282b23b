//! The whole picture of a layout: `cupola layouts NAME --svg`.

use super::geometry::Point;
use super::loudspeakers::draw_loudspeakers;
use super::mark::draw_legend;
use super::stage::Stage;
use super::svg::{Anchor, Drawing};
use crate::layout::Layout;

/// A layout from above and from the right, as the text of an SVG file.
#[must_use]
pub fn layout_sheet(layout: &Layout) -> String {
    let stage = Stage::new(Point::new(0.0, 80.0), 1.0);
    let height = Stage::HEIGHT + 136.0;
    let mut drawing = Drawing::new(Stage::WIDTH, height, &format!("Layout {}", layout.name));
    drawing.text("title", Point::new(40.0, 46.0), Anchor::Start, &layout.name);
    drawing.text("subtitle", Point::new(40.0, 68.0), Anchor::Start, &subtitle(layout));
    stage.draw_room(&mut drawing);
    for view in stage.views() {
        _ = draw_loudspeakers(&mut drawing, view, layout);
    }
    draw_legend(&mut drawing, Point::new(40.0, height - 30.0), layout);
    drawing.finish()
}

fn subtitle(layout: &Layout) -> String {
    let channels = match layout.loudspeakers.len() {
        1 => "1 channel".to_owned(),
        count => format!("{count} channels"),
    };
    if layout.title.is_empty() { channels } else { format!("{} · {channels}", layout.title) }
}
