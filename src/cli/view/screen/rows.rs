//! Lines of text in an area.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// Writes a line at a row of an area, cut where that ends.
pub fn write(frame: &mut Frame<'_>, area: Rect, row: u16, line: Line<'_>) {
    if row < area.height {
        frame.render_widget(line, Rect { y: area.y + row, height: 1, ..area });
    }
}
