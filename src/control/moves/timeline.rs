//! From moves, and what the scene has before, between and behind them, to one line of points.

use super::thin::{Moved, thin};

/// How long it takes until a move is heard in full, in seconds: what the engine glides.
const GLIDE_S: f64 = 0.02;

/// After a longer pause, in seconds, a move is a new one, and not a step of a longer one.
const PAUSE_S: f64 = 0.1;

/// Where the scene's own value changes, it is looked at this often, in seconds.
const LOOK_S: f64 = 0.05;

/// Points that are closer than this in time, in seconds, are one.
const ONE_S: f64 = 0.001;

/// What the scene has where nothing is done by hand.
pub(super) struct Own<'a, T> {
    pub(super) at: &'a dyn Fn(f64) -> T,
    pub(super) is_still: bool,
    pub(super) end_s: f64,
}

/// The points of some moves, thinned, times in seconds.
pub(super) fn timeline<T: Moved>(moves: &[(f64, Option<T>)], own: &Own<'_, T>) -> Vec<(f64, T)> {
    let mut points = Vec::new();
    let Some((first_s, _)) = moves.first() else { return points };
    if *first_s > 0.0 {
        own.over(0.0, *first_s, &mut points);
    }
    for (index, (at_s, value)) in moves.iter().enumerate() {
        if let Some((last_s, held)) =
            points.last().copied().filter(|(last_s, _)| at_s - last_s > PAUSE_S)
        {
            debug_assert!(last_s < *at_s);
            push(&mut points, *at_s, held);
        }
        match value {
            Some(value) => push(&mut points, at_s + GLIDE_S, *value),
            None => {
                let until_s = moves.get(index + 1).map_or(own.end_s, |next| next.0);
                own.over(at_s + GLIDE_S, until_s, &mut points);
            }
        }
    }
    thin(&points)
}

/// The same line with points as often as it is looked at, up to its end.
pub(super) fn looked_at<T: Moved>(points: &[(f64, T)], end_s: f64) -> Vec<(f64, T)> {
    let mut looked_at = Vec::new();
    for (index, (at_s, value)) in points.iter().enumerate() {
        let (to_s, to) = points.get(index + 1).map_or((end_s, *value), |next| *next);
        push(&mut looked_at, *at_s, *value);
        let mut now_s = at_s + LOOK_S;
        while now_s < to_s {
            push(&mut looked_at, now_s, value.between(&to, (now_s - at_s) / (to_s - at_s)));
            now_s += LOOK_S;
        }
    }
    looked_at.extend(points.last().filter(|(at_s, _)| end_s > *at_s).map(|last| (end_s, last.1)));
    looked_at
}

impl<T: Moved> Own<'_, T> {
    fn over(&self, from_s: f64, to_s: f64, points: &mut Vec<(f64, T)>) {
        let mut at_s = from_s;
        push(points, at_s, (self.at)(at_s));
        while !self.is_still && at_s + LOOK_S < to_s {
            at_s += LOOK_S;
            push(points, at_s, (self.at)(at_s));
        }
        if to_s > at_s {
            push(points, to_s, (self.at)(to_s));
        }
    }
}

fn push<T>(points: &mut Vec<(f64, T)>, at_s: f64, value: T) {
    match points.last_mut() {
        Some(last) if at_s - last.0 < ONE_S => last.1 = value,
        _ => points.push((at_s, value)),
    }
}
