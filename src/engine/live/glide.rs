//! Ways from one value to another that nobody hears as a jump.

use crate::binaural::Head;
use crate::space::{FRONT, Position, UP, Vector};

/// Something that can be part of the way from one value to another.
pub(in super::super) trait Between: Copy + PartialEq {
    /// The value at a share (0 to 1) of the way; that of an end is the end itself, to the bit.
    fn between(from: &Self, to: &Self, share: f64) -> Self;
}

impl Between for f64 {
    fn between(from: &Self, to: &Self, share: f64) -> Self {
        if share >= 1.0 { *to } else { from + (to - from) * share }
    }
}

impl Between for Position {
    /// Along the sphere; the distance in a straight line.
    fn between(from: &Self, to: &Self, share: f64) -> Self {
        if share <= 0.0 || from == to {
            return *from;
        }
        if share >= 1.0 {
            return *to;
        }
        let distance = f64::between(&from.distance, &to.distance, share);
        Self { direction: turned(&from.direction, &to.direction, share), distance }
    }
}

impl Between for Head {
    fn between(from: &Self, to: &Self, share: f64) -> Self {
        from.slerp(to, share)
    }
}

/// A share of the turn from one direction to another; between opposites the way leads over the top, or
/// from top to bottom over the front.
fn turned(from: &Vector, to: &Vector, share: f64) -> Vector {
    let (cosine, across) = (from.dot(to), to - from * from.dot(to));
    let mut side = across;
    if across.norm() < 1e-9 {
        if cosine > 0.0 {
            return *to;
        }
        let over = if from.z.abs() > 0.99 { FRONT } else { UP };
        side = over - from * from.dot(&over);
    }
    let angle = share * libm::atan2(across.norm(), cosine);
    let direction = from * libm::cos(angle) + side.normalize() * libm::sin(angle);
    direction.normalize()
}

/// A value on its way to a goal, in steps of a quantum.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Glide<T> {
    pub(in super::super) at: T,
    goal: T,
    steps_left: u32,
    steps: u32,
}

impl<T: Between> Glide<T> {
    /// One that has arrived, and takes so many steps to any goal.
    pub(in super::super) fn new(at: T, steps: u32) -> Self {
        Self { at, goal: at, steps_left: 0, steps }
    }

    /// Sets where it is to go, from where it is.
    pub(in super::super) fn aim(&mut self, goal: T) {
        if goal != self.goal {
            self.goal = goal;
            self.steps_left = self.steps;
        }
    }

    /// Whether it stays where it is.
    pub(in super::super) fn has_arrived(&self) -> bool {
        self.steps_left == 0
    }

    /// Goes one step.
    pub(in super::super) fn step(&mut self) {
        if self.steps_left > 0 {
            self.at = T::between(&self.at, &self.goal, 1.0 / f64::from(self.steps_left));
            self.steps_left -= 1;
        }
    }
}

/// A value of the scene's own that gives way to a live one and comes back.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Override<T> {
    /// How much of it is live.
    share: Glide<f64>,
    held: Option<Glide<T>>,
    steps: u32,
}

impl<T: Between> Override<T> {
    /// One that is where its live value is already.
    pub(in super::super) fn new(live: Option<T>, steps: u32) -> Self {
        let share = Glide::new(f64::from(u8::from(live.is_some())), steps);
        Self { share, held: live.map(|live| Glide::new(live, steps)), steps }
    }

    /// Sets the live value, or lets it go.
    pub(in super::super) fn aim(&mut self, live: Option<T>) {
        let Some(goal) = live else { return self.share.aim(0.0) };
        match self.held.as_mut().filter(|_| self.share.at > 0.0) {
            Some(held) => held.aim(goal),
            None => self.held = Some(Glide::new(goal, self.steps)),
        }
        self.share.aim(1.0);
    }

    /// Whether the scene's own value is all there is.
    pub(in super::super) fn is_at_rest(&self) -> bool {
        self.share.at == 0.0 && self.share.has_arrived()
    }

    /// Goes one step.
    pub(in super::super) fn step(&mut self) {
        self.share.step();
        self.held.iter_mut().for_each(Glide::step);
    }

    /// What is heard where the scene's own value is this.
    pub(in super::super) fn over(&self, own: T) -> T {
        match &self.held {
            Some(held) if self.share.at > 0.0 => T::between(&own, &held.at, self.share.at),
            _ => own,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::angle_deg;

    #[test]
    fn a_live_value_comes_and_goes_without_a_jump() {
        let mut level = Override::new(None, 4);
        assert!(level.is_at_rest());
        let mut heard = Vec::new();
        for live in [Some(0.0), None] {
            level.aim(live);
            for _ in 0..4 {
                level.step();
                heard.push(level.over(1.0));
            }
        }
        assert_eq!(heard, [0.75, 0.5, 0.25, 0.0, 0.25, 0.5, 0.75, 1.0]);
        assert!(level.is_at_rest());
    }

    #[test]
    fn positions_go_along_the_sphere() {
        let at = |azimuth_deg, elevation_deg| Position::polar(azimuth_deg, elevation_deg, 1.0);
        let quarter = Position::between(&at(0.0, 0.0), &at(90.0, 0.0), 0.5);
        assert!(angle_deg(&quarter.direction, &at(45.0, 0.0).direction) < 1e-12);
        for (from, to) in [(at(0.0, 0.0), at(180.0, 0.0)), (at(0.0, 90.0), at(0.0, -90.0))] {
            let middle = Position::between(&from, &to, 0.5).direction;
            assert!((angle_deg(&middle, &from.direction) - 90.0).abs() < 1e-9, "{middle}");
        }
    }
}
