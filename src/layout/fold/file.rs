//! A matrix as its author writes it.
//!
//! ```toml
//! from = "5.1"
//! to = "stereo"
//!
//! [gains_db]
//! L = { L = 0, C = -3, Ls = -6 }
//! R = { R = 0, C = -3, Rs = -6 }
//! ```

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::Path;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Fold;
use crate::Result;
use crate::document::{Document, Place, Problems, closest};
use crate::layout::{Layout, is_path, load};
use crate::units::decibels_to_amplitude;

/// Lower is nothing, higher is a slip of the pen.
const GAINS_DB: RangeInclusive<f64> = -120.0..=20.0;

/// A matrix of gains from one layout to another.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct FoldSpec {
    /// The layout of what comes: a built-in name, or the path of a layout file, seen from this file.
    from: String,
    /// The layout of what leaves.
    to: String,
    /// For each channel that leaves, what it is made of: channels that come and their gains in
    /// decibels, -120 to 20. What is not written is silent.
    #[serde(default)]
    gains_db: BTreeMap<String, BTreeMap<String, f64>>,
}

impl Fold {
    /// The matrix in a `.toml` file.
    ///
    /// # Errors
    /// When the file cannot be read; all mistakes in it at once, each at its line and column.
    pub fn from_file(path: &Path) -> Result<Self> {
        let mut document = Document::open(path)?;
        let mut problems = Problems::default();
        let folder = path.parent().unwrap_or(Path::new(""));
        let spec = document.read::<FoldSpec>(&mut problems);
        let fold = spec.and_then(|spec| spec.fold(folder, &mut problems));
        match fold {
            Some(fold) if !problems.has_errors() => Ok(fold),
            _ => Err(document.error(problems)),
        }
    }
}

impl FoldSpec {
    /// The matrix, with every mistake noted.
    fn fold(&self, folder: &Path, problems: &mut Problems) -> Option<Fold> {
        let from = layout(&self.from, "from", folder, problems);
        let to = layout(&self.to, "to", folder, problems);
        let (from, to) = (from?, to?);
        let mut gains = vec![vec![0.0; from.loudspeakers.len()]; to.loudspeakers.len()];
        let rows = Place::root().key("gains_db");
        if self.gains_db.is_empty() {
            let help = format!("channels of {} in a table `gains_db`", to.name);
            problems.error(&rows, "nothing leaves: no gains", help);
        }
        for (name, row) in &self.gains_db {
            let place = rows.key(name);
            let Some(to_index) = channel(&to, name, &place, problems) else { continue };
            for (name, gain_db) in row {
                let place = place.key(name);
                let Some(from_index) = channel(&from, name, &place, problems) else { continue };
                if !GAINS_DB.contains(gain_db) {
                    let help = format!("{} to {} decibels", GAINS_DB.start(), GAINS_DB.end());
                    problems.error(&place, format!("{name} = {gain_db} is out of range"), help);
                }
                gains[to_index][from_index] = decibels_to_amplitude(*gain_db);
            }
        }
        Some(Fold { from, to, gains })
    }
}

/// The layout of that name or, seen from the folder, of that path.
fn layout(name: &str, key: &str, folder: &Path, problems: &mut Problems) -> Option<Layout> {
    let path = folder.join(name);
    let found = if is_path(name) { load(&path.to_string_lossy()) } else { load(name) };
    let note = |error: &crate::Error| {
        let message = error.to_string();
        problems.error(&Place::root().key(key), message.lines().next().unwrap_or_default(), "");
    };
    found.inspect_err(note).ok()
}

/// The channel of that name or label, which stands at a place.
fn channel(layout: &Layout, name: &str, place: &Place, problems: &mut Problems) -> Option<usize> {
    let found = layout.index_of(name);
    if found.is_none() {
        let names = layout.loudspeakers.iter().map(|it| it.name.as_str());
        let help = match closest(name, names.clone()) {
            Some(close) => format!("did you mean `{close}`?"),
            None => format!("one of {}", names.collect::<Vec<_>>().join(", ")),
        };
        problems.error(place, format!("no channel `{name}` in {}", layout.name), help);
    }
    found
}
