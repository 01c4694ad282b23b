//! The room, seen from one side: loudspeakers and objects.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::figures::Figures;
use super::strips::mark;
use crate::space::Vector;

/// The farthest that is drawn, in radii of the loudspeakers; what is farther is at the edge.
const FARTHEST: f64 = 1.1;

/// Draws the room; `seen` says how far right and how far up something is.
pub fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    figures: &Figures,
    selected: usize,
    seen: impl Fn(&Vector) -> [f64; 2],
) {
    let area = square(area);
    if area.is_empty() {
        return;
    }
    let mut put = |at: [f64; 2], text: &str, style: Style| {
        let place = |share: f64, cells: u16| {
            let share = (share / FARTHEST).clamp(-1.0, 1.0) / 2.0 + 0.5;
            (share * f64::from(cells - 1)).round() as u16
        };
        let (x, y) = (area.x + place(at[0], area.width), area.y + place(-at[1], area.height));
        frame.buffer_mut().set_string(x, y, text, style);
    };
    let faint = Style::new().fg(Color::DarkGray);
    put([0.0, 0.0], "+", faint);
    figures.loudspeakers.iter().for_each(|at| put(seen(at), "\u{25a1}", faint));
    let numbered = figures.strips.iter().enumerate();
    let (chosen, others): (Vec<_>, Vec<_>) = numbered.partition(|(number, _)| *number == selected);
    // The selected one is in front of all others.
    for (number, strip) in others.into_iter().chain(chosen) {
        let Some(at) = &strip.place else { continue };
        let plain = Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD);
        let style = if number == selected { plain.reversed() } else { plain };
        put(seen(at), &mark(number).to_string(), style);
    }
}

/// The largest part of an area that looks like a square: a cell is about twice as high as wide.
fn square(area: Rect) -> Rect {
    let width = area.width.min(area.height.saturating_mul(2));
    let height = area.height.min(width.div_ceil(2));
    Rect { x: area.x + (area.width - width) / 2, y: area.y, width, height }
}
