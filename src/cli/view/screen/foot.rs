//! Loudness, load, what went wrong, what was said, and the keys.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::figures::Figures;
use super::keys::HELP;
use super::rows::write;

/// How many rows it takes: two of figures, two of what was said, two of keys.
pub const ROWS: u16 = 6;

/// How many rows what was said has.
const SAID: usize = 2;

pub fn draw(frame: &mut Frame<'_>, area: Rect, figures: &Figures, said: &[String]) {
    write(frame, area, 0, Line::from(loudness(figures)));
    write(frame, area, 1, Line::from(load(figures)));
    let last = said.iter().skip(said.len().saturating_sub(SAID));
    for (row, text) in last.enumerate() {
        write(frame, area, 2 + row as u16, Line::from(text.as_str()));
    }
    let faint = Style::new().add_modifier(Modifier::DIM);
    for (row, text) in broken(HELP, usize::from(area.width)).into_iter().enumerate() {
        write(frame, area, 4 + row as u16, Line::from(Span::styled(text, faint)));
    }
}

/// Momentary, short-term and integrated, by the letters of EBU Tech 3341.
fn loudness(figures: &Figures) -> String {
    let lufs = |value: Option<f64>| value.map_or("  -".into(), |value| format!("{value:.1}"));
    let it = &figures.loudness;
    format!(
        "loudness  M {}  S {}  I {} LUFS  true peak {} dBTP",
        lufs(it.momentary_lufs),
        lufs(it.short_term_lufs),
        lufs(it.integrated_lufs),
        lufs(it.true_peak_dbtp),
    )
}

/// The load, and every count that is not 0.
fn load(figures: &Figures) -> String {
    let it = &figures.snapshot;
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    let (p50, p99, max) = (percent(it.load.p50), percent(it.load.p99), percent(it.load.max));
    let mut text = format!("load      p50 {p50}  p99 {p99}  max {max}  underruns {}", it.underruns);
    let counts = [
        ("missed reads", it.missed_reads),
        ("faults", it.faults),
        ("channels muted", it.muted),
        ("strips silenced", it.silenced),
        ("lost to record", it.lost_to_record),
        ("input underruns", it.inputs.input_underruns),
        ("input overruns", it.inputs.input_overruns),
    ];
    for (name, count) in counts.into_iter().filter(|it| it.1 > 0) {
        text += &format!("  {name} {count}");
    }
    if it.protection_db < -0.05 {
        text += &format!("  protection {:.1} dB", it.protection_db);
    }
    if let Some(latency_ms) = it.inputs.input_latency_ms {
        text += &format!("  input {latency_ms:.1} ms late");
    }
    text
}

/// A text in lines of at most so many columns, broken where there are two blanks.
fn broken(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for part in text.split("  ") {
        let line = lines.last_mut().map_or(0, |line| line.chars().count());
        if line > 0 && line + 2 + part.chars().count() > columns {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push_str("  ");
            }
            line.push_str(part);
        }
    }
    lines
}
