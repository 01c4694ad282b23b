//! Bringing targets to the loudness that their masters ask for.

use super::crew::{Crew, Measures};
use super::desk::{Finish, desk};
use super::{Request, Target, Watch, span};
use crate::scene::Scene;
use crate::{Error, Result};

/// As near as it gets, in LU.
pub(super) const NEAR_ENOUGH_LU: f64 = 0.05;

/// Most times that a scene is measured: once where nothing limits, else until limiter and level
/// agree.
pub(super) const MOST_ROUNDS: usize = 4;

/// The levels in decibels, in the order of the targets, that bring them to their loudness.
///
/// # Errors
/// When no master asks for a loudness, or the scene cannot be rendered.
pub fn normalize(
    scene: &Scene,
    request: &Request,
    crew: &Crew,
    watch: &mut (dyn Watch + Send),
) -> Result<Vec<f64>> {
    let goal = |target: &Target| scene.spec.master_of(target.name()).loudness_lufs;
    let goals: Vec<Option<f64>> = request.targets.iter().map(goal).collect();
    if goals.iter().all(Option::is_none) {
        let message = "--normalize: no master says how loud; add `loudness_lufs` to [master]";
        return Err(Error::input(format!("{}: {message}", scene.path.display())));
    }
    let mut finish = Finish { no_master: request.no_master, levels_db: vec![0.0; goals.len()] };
    for _ in 0..MOST_ROUNDS {
        let desk = desk(scene, &request.targets, &finish)?;
        let span = span(request, desk.frames, &mut Vec::new())?;
        let measured = crew.run(desk, Measures::default(), &span, Vec::new(), watch)?.targets;
        let mut farthest: f64 = 0.0;
        for ((goal, reading), level_db) in goals.iter().zip(measured).zip(&mut finish.levels_db) {
            if let (Some(goal), Some(lufs)) = (goal, reading.loudness.integrated_lufs) {
                *level_db += goal - lufs;
                farthest = farthest.max((goal - lufs).abs());
            }
        }
        if farthest < NEAR_ENOUGH_LU || !limits(scene, request) {
            break;
        }
    }
    Ok(finish.levels_db)
}

/// Whether any master limits, so that level and loudness do not go hand in hand.
pub(super) fn limits(scene: &Scene, request: &Request) -> bool {
    let limits = |target: &Target| scene.spec.master_of(target.name()).strip.limiter.is_some();
    !request.no_master && request.targets.iter().any(limits)
}
