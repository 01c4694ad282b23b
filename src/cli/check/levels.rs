//! `cupola check --levels`.

use serde_json::Value;

use crate::cli::progress::{Progress, stop_on_interrupt};
use crate::cli::readings::{findings, readings};
use crate::cli::target;
use crate::render::Headphones;
use crate::render::{self, Levels};
use crate::scene::Scene;
use crate::{Error, Result};

/// Measures a scene on some layouts.
pub fn measure(scene: &Scene, layouts: &[String]) -> Result<Levels> {
    let targets = layouts.iter().map(|text| target::parse(text, &Headphones::default()));
    let targets: Vec<_> = targets.collect::<Result<_>>()?;
    let mut progress = Progress::new(scene.spec.sample_rate, stop_on_interrupt()?);
    let levels = render::levels(scene, &targets, &mut progress)?;
    progress.finish();
    for warning in &levels.warnings {
        eprintln!("warning: {warning}");
    }
    Ok(levels)
}

pub fn to_text(levels: &Levels) -> String {
    let Levels { strips, targets, findings: found, .. } = levels;
    let found = if found.is_empty() { "\nno findings\n".to_owned() } else { findings(found) };
    format!("\n{}\n{}{found}", readings("strip", strips), readings("master of", targets))
}

pub fn to_json(levels: &Levels) -> Result<Value> {
    serde_json::to_value(levels)
        .map_err(|error| Error::machine(format!("the levels cannot be written: {error}")))
}
