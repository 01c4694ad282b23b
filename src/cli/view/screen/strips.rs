//! The strips of the scene: where they are, how loud, soloed or muted.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::figures::{Figures, Strip};
use super::rows::write;
use crate::space::azimuth_elevation_deg;

/// What a strip is drawn as, and listed with: digits, then letters, over and over.
pub fn mark(number: usize) -> char {
    const MARKS: &[u8] = b"123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    char::from(MARKS[number % MARKS.len()])
}

/// As many as there is room for, the selected one among them.
pub fn draw(frame: &mut Frame<'_>, area: Rect, figures: &Figures, selected: usize) {
    let rows = usize::from(area.height).max(1);
    let selected = selected.min(figures.strips.len().saturating_sub(1));
    let first = (selected + 1).saturating_sub(rows);
    let shown = figures.strips.iter().enumerate().skip(first).take(rows);
    for (row, (number, strip)) in shown.enumerate() {
        let style = if number == selected { Style::new().reversed() } else { Style::new() };
        write(frame, area, row as u16, Line::styled(line(number, strip), style));
    }
}

fn line(number: usize, strip: &Strip) -> String {
    let name: String = strip.name.chars().take(14).collect();
    let level = match strip.level_db {
        silent if silent < -99.9 => "  -inf".into(),
        level_db => format!("{level_db:6.1}"),
    };
    let place = strip.place.map_or(String::new(), |at| {
        let (azimuth_deg, elevation_deg) = azimuth_elevation_deg(&at);
        format!("{azimuth_deg:5.0}\u{b0}{elevation_deg:4.0}\u{b0}{:5.2}", at.norm())
    });
    let switches = match (strip.is_soloed, strip.is_muted) {
        (_, true) => "M",
        (true, false) => "S",
        (false, false) => " ",
    };
    format!("{} {switches} {name:14} {level} {place}", mark(number))
}
