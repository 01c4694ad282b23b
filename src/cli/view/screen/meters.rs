//! A meter for every channel.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Color, Style};
use ratatui::text::{Line, Span};

use super::figures::Figures;
use super::rows::write;
use crate::loudness::Peaks;

/// The lowest level that is shown.
const LOWEST_DB: f64 = -60.0;

/// From here on it is close to the end of the scale.
const HIGH_DB: f64 = -6.0;

/// Eighths of a column.
const EIGHTHS: [char; 8] =
    [' ', '\u{258f}', '\u{258e}', '\u{258d}', '\u{258c}', '\u{258b}', '\u{258a}', '\u{2589}'];

/// What a name and the two numbers take.
const BESIDES: usize = 4 + 1 + 1 + 6;

pub fn draw(frame: &mut Frame<'_>, area: Rect, figures: &Figures) {
    let rows = usize::from(area.height).max(1);
    let columns = figures.channels.len().div_ceil(rows).max(1);
    let areas = Layout::horizontal(vec![Constraint::Fill(1); columns]).spacing(1).split(area);
    for (area, channels) in areas.iter().zip(figures.channels.chunks(rows)) {
        for (row, (name, peaks)) in channels.iter().enumerate() {
            let width = usize::from(area.width).saturating_sub(BESIDES);
            write(frame, *area, row as u16, meter(name, *peaks, width));
        }
    }
}

fn meter(name: &str, peaks: Peaks, width: usize) -> Line<'static> {
    let level_db = peaks.sample_peak_dbfs.unwrap_or(f64::NEG_INFINITY);
    let held = peaks.true_peak_dbtp.map_or("     -".into(), |held| format!("{held:6.1}"));
    let is_over = peaks.true_peak_dbtp.is_some_and(|held| held > 0.0);
    let held_style = if is_over { Style::new().fg(Color::Red).reversed() } else { Style::new() };
    let colour = if level_db > HIGH_DB { Color::Yellow } else { Color::Green };
    Line::from(vec![
        Span::raw(format!("{:4} ", name.chars().take(4).collect::<String>())),
        Span::styled(bar(level_db, peaks.true_peak_dbtp, width), Style::new().fg(colour)),
        Span::styled(format!(" {held}"), held_style),
    ])
}

/// A bar of so many columns, with a mark at the peak that is held.
fn bar(level_db: f64, held_db: Option<f64>, width: usize) -> String {
    let eighths = |decibels: f64| {
        let share = (1.0 - decibels / LOWEST_DB).clamp(0.0, 1.0);
        (share * (width * EIGHTHS.len()) as f64) as usize
    };
    let (full, rest) = (eighths(level_db) / 8, eighths(level_db) % 8);
    let mut bar: Vec<char> = vec![' '; width];
    bar[..full].fill('\u{2588}');
    if let Some(place) = bar.get_mut(full) {
        *place = EIGHTHS[rest];
    }
    if let (Some(held_db), true) = (held_db, width > 0) {
        let at = (eighths(held_db) / 8).min(width - 1);
        if at >= full && held_db > LOWEST_DB {
            bar[at] = '\u{2502}';
        }
    }
    bar.into_iter().collect()
}
