//! What plays, where it is, and how it is listened to.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};

use super::figures::Figures;
use super::rows::write;
use crate::live::Stage;

/// How many rows it takes.
pub const ROWS: u16 = 2;

/// How many characters of the title there is room for.
const LONGEST_TITLE: usize = 14;

pub fn draw(frame: &mut Frame<'_>, area: Rect, figures: &Figures) {
    let stage = match figures.snapshot.stage {
        Stage::Seeking => "\u{2026} seeking",
        Stage::Paused => "\u{2016} paused ",
        Stage::Playing => "\u{25b6} playing",
        Stage::Over => "\u{25a0} over   ",
    };
    let (now, end) = (clock(figures.snapshot.time_s), clock(figures.duration_s));
    let title: String = figures.title.chars().take(LONGEST_TITLE).collect();
    let mut spans = vec![
        Span::styled(title, Style::new().add_modifier(Modifier::BOLD)),
        Span::raw(format!("  {stage}  {now} / {end}  {:.1} dB ", figures.level_db)),
    ];
    let switches =
        [(figures.is_dimmed, "DIM "), (figures.is_muted, "MUTE "), (figures.is_mono, "MONO ")];
    for (_, name) in switches.into_iter().filter(|it| it.0) {
        let style = Style::new().fg(Color::Yellow).add_modifier(Modifier::BOLD);
        spans.push(Span::styled(name, style));
    }
    for (number, name) in figures.targets.iter().enumerate() {
        let is_heard = number == figures.heard;
        let style = if is_heard { Style::new().reversed() } else { Style::new() };
        spans.push(Span::styled(format!(" {}:{name} ", number + 1), style));
    }
    write(frame, area, 0, Line::from(spans));
    write(frame, area, 1, Line::from(way(figures, usize::from(area.width))));
}

/// Minutes, seconds and tenths.
fn clock(seconds: f64) -> String {
    let tenths = (seconds * 10.0) as u64;
    format!("{}:{:02}.{}", tenths / 600, tenths / 10 % 60, tenths % 10)
}

/// The way through the scene in so many columns: where it is, what loops, the markers.
fn way(figures: &Figures, columns: usize) -> String {
    let Figures { duration_s, markers, loops, snapshot, .. } = figures;
    let last = columns.saturating_sub(1);
    let column = |seconds: f64| ((seconds / duration_s * last as f64) as usize).min(last);
    let mut way = vec!['\u{2500}'; columns];
    if columns == 0 {
        return String::new();
    }
    if let Some(loops) = loops {
        way[column(loops.start)..=column(loops.end)].fill('\u{2550}');
    }
    for (at_s, name) in markers.iter().filter(|(at_s, _)| at_s <= duration_s) {
        let begin = column(*at_s);
        let text = "\u{2502}".chars().chain(name.chars());
        way[begin..].iter_mut().zip(text.take(16)).for_each(|(place, it)| *place = it);
    }
    way[column(snapshot.time_s)] = '\u{2588}';
    way.into_iter().collect()
}
