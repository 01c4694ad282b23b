//! What is promised about motion: physics on grids, statistics over long times, every mistake.

mod check;
mod keyframes;
mod micro;
mod path;
mod shapes;
mod survey;

use std::path::{Path, PathBuf};

use cupola::Result;
use cupola::motion::{Context, Macro, Micro, Placement, Trajectory};
use cupola::space::{Position, Vector};

/// A motion of a kind, from its fields as TOML.
fn macro_motion(kind: &str, fields: &str) -> Macro {
    toml::from_str(&format!("[{kind}]\n{fields}")).unwrap()
}

/// A sway of a kind, from its fields as TOML.
fn micro_motion(kind: &str, fields: &str) -> Micro {
    toml::from_str(&format!("[{kind}]\n{fields}")).unwrap()
}

/// A place from its fields as TOML.
fn placement(fields: &str) -> Placement {
    toml::from_str(fields).unwrap()
}

/// Puts a motion together in a scene of 120 beats a minute whose files are named absolutely.
fn build(
    placement: &Placement,
    macro_motion: Option<&Macro>,
    micro: Option<&Micro>,
    object: &str,
) -> Result<Trajectory> {
    let resolve = |path: &Path| -> Result<PathBuf> { Ok(path.to_path_buf()) };
    let object = Context::salt(object);
    let context = Context { tempo_bpm: Some(120.0), object, resolve: &resolve };
    Trajectory::new(placement, macro_motion, micro, &context)
}

/// An object that stands at a place and moves.
fn moving(place: &str, kind: &str, fields: &str) -> Trajectory {
    build(&placement(place), Some(&macro_motion(kind, fields)), None, "object").unwrap()
}

/// An object that stands at a place and sways.
fn swaying(place: &str, kind: &str, fields: &str, object: &str) -> Trajectory {
    build(&placement(place), None, Some(&micro_motion(kind, fields)), object).unwrap()
}

fn point(position: &Position) -> Vector {
    position.direction * position.distance
}

/// The largest angle, in degrees, between neighbours of `steps` positions over a time.
fn largest_step_deg(trajectory: &Trajectory, from_s: f64, to_s: f64, steps: u32) -> f64 {
    let at = |step: u32| {
        let fraction = f64::from(step) / f64::from(steps);
        trajectory.position(from_s + (to_s - from_s) * fraction).direction
    };
    (0..steps).map(|step| cupola::space::angle_deg(&at(step), &at(step + 1))).fold(0.0, f64::max)
}

#[test]
fn trajectories_may_be_asked_from_any_thread() {
    fn any_thread<T: Send + Sync>() {}
    any_thread::<Trajectory>();
}

#[test]
fn every_motion_answers_the_same_in_any_order() {
    for (kind, fields) in shapes::EVERY_SHAPE {
        let micro = micro_motion("wander", "azimuth_deg = 2\nelevation_deg = 1\nrate_hz = 0.5");
        let motion = macro_motion(kind, fields);
        let both = build(&Placement::default(), Some(&motion), Some(&micro), "a").unwrap();
        let time_s = |step: usize| step as f64 * 0.0137;
        let in_order: Vec<Position> = (0..3000).map(|step| both.position(time_s(step))).collect();
        // 1009 and 3000 have no common factor, so that every step comes up once.
        for step in (0..3000).map(|step| step * 1009 % 3000) {
            assert_eq!(both.position(time_s(step)), in_order[step], "{kind} at {}", time_s(step));
        }
    }
}

#[test]
fn directions_stay_of_length_one_and_distances_within_their_bound() {
    for (kind, fields) in shapes::EVERY_SHAPE {
        let micro = micro_motion("drift", "azimuth_deg = 20\nelevation_deg = 20\nrate_hz = 2");
        let motion = macro_motion(kind, fields);
        let both = build(&Placement::default(), Some(&motion), Some(&micro), "a").unwrap();
        for step in -10..5000 {
            let position = both.position(f64::from(step) * 0.0071);
            // Some dozens of roundings of numbers of size 1.
            assert!((position.direction.norm() - 1.0).abs() < 1e-13, "{kind}: {position:?}");
            assert!(position.distance >= 0.0, "{kind}: {position:?}");
            assert!(position.distance <= both.max_distance() + 1e-12, "{kind}: {position:?}");
        }
    }
}
