//! What was measured, over time.

use std::fmt::Write;
use std::path::PathBuf;

use crate::loudness::{History, Moment};
use crate::units::amplitude_to_decibels;

/// What was measured of a target or a strip, every tenth of a second.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// Its name.
    pub name: String,
    /// The file that its pictures and tables stand beside; none for strips.
    pub file: Option<PathBuf>,
    /// Loudness and peaks.
    pub history: History,
    /// The lowest gain of its dynamics within each moment, linear.
    pub gains: Vec<f32>,
}

impl Timeline {
    /// Gain reduction in decibels, 0 or less, at the moments' times in seconds from the beginning of
    /// the file.
    #[must_use]
    pub fn gain_reduction_db(&self) -> Vec<(f64, f64)> {
        let reduction = |(moment, gain): (&Moment, &f32)| {
            (moment.time_s, amplitude_to_decibels(f64::from(*gain)))
        };
        self.history.moments().iter().zip(&self.gains).map(reduction).collect()
    }

    /// Whether its dynamics ever took as much as a tenth of a decibel.
    #[must_use]
    pub fn is_turned_down(&self) -> bool {
        self.gain_reduction_db().iter().any(|(_, reduction_db)| *reduction_db < -0.1)
    }

    /// All of it as CSV, with a line of headings. What silence does not have is empty.
    #[must_use]
    pub fn csv(&self) -> String {
        let history = self.history.csv();
        let mut lines = history.lines();
        let mut text = lines.next().unwrap_or_default().to_owned() + ",gain_reduction_db\n";
        for (line, (_, reduction_db)) in lines.zip(self.gain_reduction_db()) {
            // No minus before a zero.
            let _ = writeln!(text, "{line},{:.2}", (reduction_db * 100.0).round() / 100.0 + 0.0);
        }
        text
    }
}
