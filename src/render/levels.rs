//! The levels of a desk, measured without writing anything.

use serde::Serialize;

use super::crew::{Crew, Measures};
use super::desk::{Finish, desk};
use super::staging::{Finding, findings};
use super::{Reading, Span, Target, Watch};
use crate::Result;
use crate::scene::Scene;

/// How many quanta are rendered at once.
const BATCH: usize = 64;

/// The levels of a desk.
#[derive(Clone, Debug, Serialize)]
pub struct Levels {
    /// What was measured of the strips that are heard, behind their faders, in scene order.
    pub strips: Vec<Reading>,
    /// What was measured of the targets, behind their masters.
    pub targets: Vec<Reading>,
    /// What of it is hardly meant.
    pub findings: Vec<Finding>,
    /// What may not be as meant in the files or layouts.
    pub warnings: Vec<String>,
}

/// Renders a scene for some targets in memory, on all cores, and measures every strip and master.
///
/// # Errors
/// When an input is wrong, the machine fails, or the watcher stops it.
pub fn levels(scene: &Scene, targets: &[Target], watch: &mut (dyn Watch + Send)) -> Result<Levels> {
    scene.check_renderable()?;
    let crew = Crew::new(None, BATCH)?;
    let desk = desk(scene, targets, &Finish::default())?;
    let mut warnings = desk.warnings.clone();
    let span = Span { frames: 0..desk.frames };
    let measures = Measures { strips: true, over_time: false };
    let pass = crew.run(desk, measures, &span, Vec::new(), watch)?;
    warnings.extend(pass.warnings);
    let findings = findings(&scene.spec, &pass.strips, &pass.targets, false);
    Ok(Levels { strips: pass.strips, targets: pass.targets, findings, warnings })
}
