//! `cupola layouts --fold`.

use serde_json::{Value, json};

use super::layouts::table;
use crate::Result;
use crate::layout::{self, Fold};
use crate::units::amplitude_to_decibels;

/// The matrix between two layouts, by name or path.
pub fn between(from: &str, to: &str) -> Result<Fold> {
    Ok(Fold::itu(&layout::load(from)?, &layout::load(to)?))
}

/// Gains in decibels, a line for each channel that leaves.
pub fn text(fold: &Fold) -> String {
    let names: Vec<String> = fold.to.loudspeakers.iter().map(|it| it.name.clone()).collect();
    let mut columns = vec![("", false, names)];
    for (index, loudspeaker) in fold.from.loudspeakers.iter().enumerate() {
        let cells = fold.gains.iter().map(|row| decibels(row[index])).collect();
        columns.push((&loudspeaker.name, true, cells));
    }
    format!("{} from {}, decibels\n\n{}", fold.to.name, fold.from.name, table(&columns))
}

pub fn json(fold: &Fold) -> Value {
    let names = |layout: &layout::Layout| -> Vec<String> {
        layout.loudspeakers.iter().map(|it| it.name.clone()).collect()
    };
    let cell = |gain: &f64| (*gain > 0.0).then(|| amplitude_to_decibels(*gain));
    let gains_db: Vec<Vec<Option<f64>>> =
        fold.gains.iter().map(|row| row.iter().map(cell).collect()).collect();
    json!({
        "from": fold.from.name,
        "to": fold.to.name,
        "from_channels": names(&fold.from),
        "to_channels": names(&fold.to),
        "gains_db": gains_db,
    })
}

/// A gain; a dot where there is none.
fn decibels(gain: f64) -> String {
    // Adding zero turns a negative zero into a plain one.
    if gain > 0.0 { format!("{:.2}", amplitude_to_decibels(gain) + 0.0) } else { "·".to_owned() }
}
