//! Making headphones as loud as two loudspeakers.

use super::crew::{Crew, Measures};
use super::desk::{Finish, desk};
use super::normalize::{MOST_ROUNDS, NEAR_ENOUGH_LU, limits};
use super::{Made, Request, Target, Watch, span};
use crate::layout::named;
use crate::scene::Scene;
use crate::{Error, Result};

/// The levels in decibels, in the order of the targets, that make headphones as loud as the stereo
/// render of the scene; 0 for the others.
///
/// # Errors
/// When no target is for headphones, or the scene cannot be rendered.
pub fn match_loudness(
    scene: &Scene,
    request: &Request,
    crew: &Crew,
    watch: &mut (dyn Watch + Send),
) -> Result<Vec<f64>> {
    let is_for_headphones = |it: &Target| matches!(it.made, Made::ForHeadphones(_));
    let Some(ears) = request.targets.iter().position(is_for_headphones) else {
        return Err(Error::usage(
            "--match-loudness: no target is for headphones; add --to binaural",
        ));
    };
    let pair = [request.targets[ears].clone(), named("stereo")?.into()];
    let mut finish = Finish { no_master: request.no_master, levels_db: vec![0.0; pair.len()] };
    for _ in 0..MOST_ROUNDS {
        let desk = desk(scene, &pair, &finish)?;
        let span = span(request, desk.frames, &mut Vec::new())?;
        let measured = crew.run(desk, Measures::default(), &span, Vec::new(), watch)?.targets;
        let lufs = |target: usize| measured[target].loudness.integrated_lufs;
        let Some((heard, wanted)) = lufs(0).zip(lufs(1)) else { break };
        finish.levels_db[0] += wanted - heard;
        if (wanted - heard).abs() < NEAR_ENOUGH_LU || !limits(scene, request) {
            break;
        }
    }
    let mut levels_db = vec![0.0; request.targets.len()];
    levels_db[ears] = finish.levels_db[0];
    Ok(levels_db)
}
