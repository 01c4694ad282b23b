//! Looking at a motion closely enough to draw it.

use std::ops::Range;

use crate::space::Vector;

/// A place as drawn, and when something is there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// In seconds of the scene.
    pub time_s: f64,
    /// In radii of the loudspeakers: x right, y front, z up.
    pub place: Vector,
}

/// Steps are shorter than this, in radii of the loudspeakers: three pixels.
const STEP: f64 = 0.018;
/// The longest look away, in seconds: no round number, so that no round motion hides in it.
const GLANCE_S: f64 = 0.0618;
/// The most glances at one motion, however long it lasts.
const GLANCES: f64 = 60_000.0;
/// How often a glance may be halved.
const HALVINGS: u32 = 9;

/// What was seen of a motion.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Walk {
    /// Where it was, step by step.
    pub steps: Vec<Step>,
    /// When it was no longer looked at, if that is before its end.
    pub broken_off_s: Option<f64>,
}

/// Follows a motion through a span of time in steps of a few pixels, at most `most` of them: a longer
/// way breaks off. A motion that rests has no steps while it does.
pub fn walk(place: &dyn Fn(f64) -> Vector, span_s: &Range<f64>, most: usize) -> Walk {
    let length_s = span_s.end - span_s.start;
    let glances = (length_s / GLANCE_S).clamp(1.0, GLANCES) as usize;
    let step = |time_s| Step { time_s, place: place(time_s) };
    let mut steps = vec![step(span_s.start)];
    let mut here = steps[0];
    for index in 1..=glances {
        if steps.len() >= most {
            return Walk { steps, broken_off_s: Some(here.time_s) };
        }
        let there = step(span_s.start + length_s * index as f64 / glances as f64);
        divide(&step, here, there, HALVINGS, &mut steps);
        here = there;
    }
    Walk { steps, broken_off_s: None }
}

fn divide(step: &dyn Fn(f64) -> Step, from: Step, to: Step, halvings: u32, steps: &mut Vec<Step>) {
    let middle = step(0.5 * (from.time_s + to.time_s));
    let far = |a: &Step, b: &Step| (a.place - b.place).norm() > STEP;
    if halvings > 0 && (far(&from, &to) || far(&from, &middle)) {
        divide(step, from, middle, halvings - 1, steps);
        divide(step, middle, to, halvings - 1, steps);
    } else if steps.last().is_none_or(|last| last.place != to.place) {
        steps.push(to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::unit_vector;

    #[test]
    fn steps_are_short_in_place_however_fast_it_goes() {
        for turns_per_s in [0.001, 0.1, 1.0, 2.0, 1.0 / GLANCE_S, 16.0] {
            let orbit = |time_s: f64| unit_vector(360.0 * turns_per_s * time_s, 0.0);
            let steps = walk(&orbit, &(3.0..4.5), 1_000_000).steps;
            let far = |pair: &[Step]| (pair[1].place - pair[0].place).norm() > STEP;
            assert!(!steps.windows(2).any(far), "{turns_per_s}");
            let turned = steps.len() as f64 * STEP / std::f64::consts::TAU;
            assert!(turned >= 1.5 * turns_per_s, "{turns_per_s}: {turned}");
        }
    }

    #[test]
    fn what_rests_has_one_step_and_what_goes_on_for_ever_an_end() {
        assert_eq!(walk(&|_| Vector::zeros(), &(0.0..3600.0), 1000).steps.len(), 1);
        let mad = |time_s: f64| unit_vector(360_000.0 * time_s, 0.0);
        let Walk { steps, broken_off_s } = walk(&mad, &(0.0..604_800.0), 1000);
        // One glance beyond the limit is finished.
        assert!(steps.len() <= 1000 + (1 << HALVINGS));
        assert!(broken_off_s.is_some_and(|time_s| time_s < 604_800.0));
    }
}
