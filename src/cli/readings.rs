//! What was measured and found, as text.

use super::layouts::table;
use crate::render::{Finding, Reading};

/// Readings as a table; what silence does not have is a dash.
pub fn readings(heading: &str, readings: &[Reading]) -> String {
    let cells = |cell: fn(&Reading) -> String| readings.iter().map(cell).collect();
    let columns: Vec<(&str, bool, Vec<String>)> = vec![
        (heading, false, cells(|it| it.name.clone())),
        ("integrated", true, cells(|it| number(it.loudness.integrated_lufs, "LUFS"))),
        ("momentary", true, cells(|it| number(it.loudness.max_momentary_lufs, ""))),
        ("short-term", true, cells(|it| number(it.loudness.max_short_term_lufs, ""))),
        ("range", true, cells(|it| number(it.loudness.loudness_range_lu, "LU"))),
        ("peak", true, cells(|it| number(it.sample_peak_dbfs, "dBFS"))),
        ("true peak", true, cells(|it| number(it.loudness.true_peak_dbtp, "dBTP"))),
        ("PLR", true, cells(|it| number(it.loudness.plr_lu, "LU"))),
        ("crest", true, cells(|it| number(it.crest_db, "dB"))),
        ("turned down", true, cells(turned_down)),
        ("late by", true, cells(|it| frames(it.latency_frames))),
    ];
    table(&columns)
}

/// Findings, one a line; nothing where there are none.
pub fn findings(findings: &[Finding]) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let lines: String = findings.iter().map(|finding| format!("  {finding}\n")).collect();
    format!("\nfindings\n{lines}")
}

fn number(value: Option<f64>, unit: &str) -> String {
    let text = value.map_or_else(|| "-".to_owned(), |value| format!("{value:.1} {unit}"));
    text.trim_end().to_owned()
}

/// How much dynamics took at most; nothing where they took nothing.
fn turned_down(reading: &Reading) -> String {
    let taken_db = -reading.gain_reduction_db;
    if taken_db < 0.05 { String::new() } else { format!("{taken_db:.1} dB") }
}

fn frames(frames: usize) -> String {
    if frames == 0 { String::new() } else { format!("{frames} frames") }
}
