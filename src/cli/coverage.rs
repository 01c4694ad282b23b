//! How well a layout covers the sphere, as `cupola layouts` reports it.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::Result;
use crate::layout::Layout;
use crate::pan::{Coverage, Extreme, Panner};

/// The coverage of a layout and what the panner thinks of it.
pub struct Verdict {
    coverage: Coverage,
    warnings: Vec<String>,
}

impl Verdict {
    /// Looks at a layout.
    ///
    /// # Errors
    /// When the layout cannot work.
    pub fn of(layout: &Layout) -> Result<Self> {
        let panner = Panner::new(layout)?;
        let coverage = Coverage::of(layout, &panner);
        Ok(Self { coverage, warnings: panner.warnings().to_vec() })
    }

    /// Its lines in the report.
    pub fn text(&self) -> String {
        let Coverage { largest_gap, largest_upper_gap, worst_error, mean_error_deg } =
            &self.coverage;
        let mut text = String::new();
        _ = writeln!(text, "largest gap   {} from the nearest loudspeaker", place(largest_gap));
        _ = writeln!(text, "  above ears  {}", place(largest_upper_gap));
        _ = match (worst_error, mean_error_deg) {
            (Some(worst), Some(mean)) => writeln!(
                text,
                "energy vector off by at most {}; {mean:.1} deg on average, between real loudspeakers",
                place(worst)
            ),
            _ => writeln!(text, "energy vector nowhere between real loudspeakers only"),
        };
        for warning in &self.warnings {
            _ = writeln!(text, "weak          {warning}");
        }
        text
    }

    /// The same for programs.
    pub fn json(&self) -> Value {
        let extreme = |it: &Extreme| {
            json!({
                "angle_deg": it.angle_deg,
                "azimuth_deg": it.azimuth_deg,
                "elevation_deg": it.elevation_deg,
            })
        };
        json!({
            "largest_gap": extreme(&self.coverage.largest_gap),
            "largest_upper_gap": extreme(&self.coverage.largest_upper_gap),
            "worst_energy_vector_error": self.coverage.worst_error.as_ref().map(extreme),
            "mean_energy_vector_error_deg": self.coverage.mean_error_deg,
            "warnings": self.warnings,
        })
    }
}

fn place(extreme: &Extreme) -> String {
    let Extreme { angle_deg, azimuth_deg, elevation_deg } = extreme;
    format!("{angle_deg:.1} deg at azimuth {azimuth_deg:.0}, elevation {elevation_deg:.0}")
}
