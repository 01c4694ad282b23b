//! What `cupola measure` prints.

use std::fmt::Write;

use serde::Serialize;

use super::channels::Order;
use crate::cli::layouts::table;
use crate::loudness::Results;
use crate::{Error, Result};

/// A file and what was measured of it.
#[derive(Serialize)]
pub struct Report {
    pub file: String,
    pub frames: u64,
    pub sample_rate: u32,
    pub duration_s: f64,
    pub layout: String,
    pub channel_order: Order,
    #[serde(flatten)]
    pub results: Results,
}

impl Report {
    pub fn json(&self) -> Result<String> {
        let text = serde_json::to_string_pretty(self)
            .map_err(|error| Error::machine(format!("the report cannot be written: {error}")))?;
        Ok(text + "\n")
    }

    pub fn text(&self) -> String {
        let order = match self.channel_order {
            Order::Mask => "in the order of the file's mask",
            Order::Layout => "in the layout's order",
        };
        let mut text = format!(
            "{}\n{}, {order}; {} Hz, {:.2} s\n\n",
            self.file, self.layout, self.sample_rate, self.duration_s
        );
        let it = &self.results;
        for (name, value, unit) in [
            ("integrated", it.integrated_lufs, "LUFS"),
            ("max momentary", it.max_momentary_lufs, "LUFS"),
            ("max short-term", it.max_short_term_lufs, "LUFS"),
            ("loudness range", it.loudness_range_lu, "LU"),
            ("true peak", it.true_peak_dbtp, "dBTP"),
            ("peak to loudness", it.plr_lu, "LU"),
        ] {
            _ = writeln!(text, "{name:<16}  {:>7} {unit}", figure(value));
        }
        text.push('\n');
        text.push_str(&self.channels());
        text
    }

    fn channels(&self) -> String {
        let all = &self.results.channels;
        table(&[
            ("channel", false, all.iter().map(|it| it.name.clone()).collect()),
            ("peak dBFS", true, all.iter().map(|it| figure(it.sample_peak_dbfs)).collect()),
            ("true peak dBTP", true, all.iter().map(|it| figure(it.true_peak_dbtp)).collect()),
        ])
    }
}

/// As meters show it (EBU Tech 3341), and a dash for what silence does not have.
fn figure(value: Option<f64>) -> String {
    // Adding zero turns what rounds to a negative zero into a plain one.
    value.map_or("-".into(), |value| format!("{:.1}", libm::round(value * 10.0) / 10.0 + 0.0))
}
