//! Where an object's lane is heard from, and at what level.

use super::fader::Fader;
use super::plan::ObjectPlan;
use super::ramp::Levelled;
use crate::pan::{GainRow, Panner, Spread};
use crate::space::{Position, Vector, sin_cos_deg};

/// The way of one lane of an object through space and level.
pub(super) struct Heading {
    object: ObjectPlan,
    offset: (f64, f64),
    fader: Fader,
    seconds_per_frame: f64,
    /// By how many frames what is heard of it comes late.
    late_frames: u64,
}

/// Direction, distance and linear level at one frame.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Spot {
    pub(super) direction: Vector,
    pub(super) distance: f64,
    pub(super) level: f64,
}

impl Spot {
    /// A share (0 to 1) of the straight way to another; at its ends both are met to the bit.
    pub(super) fn between(&self, to: &Self, share: f64) -> Self {
        if share == 0.0 || share == 1.0 {
            return if share == 0.0 { *self } else { *to };
        }
        Self {
            direction: self.direction_between(to, share),
            distance: self.distance_between(to, share),
            level: self.level_between(to, share),
        }
    }

    /// The direction of it alone.
    pub(super) fn direction_between(&self, to: &Self, share: f64) -> Vector {
        (self.direction + (to.direction - self.direction) * share).normalize()
    }

    /// The distance of it alone.
    #[inline]
    pub(super) fn distance_between(&self, to: &Self, share: f64) -> f64 {
        self.distance + share * (to.distance - self.distance)
    }

    /// The level of it alone.
    #[inline]
    pub(super) fn level_between(&self, to: &Self, share: f64) -> f64 {
        self.level + share * (to.level - self.level)
    }
}

impl Heading {
    pub(super) fn new(object: ObjectPlan, fader: Fader, rate_hz: u32) -> Self {
        let offset = sin_cos_deg(object.offset_deg);
        let seconds_per_frame = 1.0 / f64::from(rate_hz);
        Self { object, offset, fader, seconds_per_frame, late_frames: 0 }
    }

    /// The same for what comes so many frames late: it moves when that does.
    pub(super) fn late(self, frames: usize) -> Self {
        Self { late_frames: frames as u64, fader: self.fader.late(frames), ..self }
    }

    /// How wide and high it sounds.
    #[inline]
    pub(super) fn spread(&self) -> &Spread {
        &self.object.spread
    }

    /// Whether it stays where it is.
    pub(super) fn is_still(&self) -> bool {
        self.object.trajectory.is_static()
    }

    /// Whether its fader is ridden.
    pub(super) fn is_ridden(&self) -> bool {
        !self.fader.is_still()
    }

    /// The level of one that stays where it is: its fader, and what its distance does.
    pub(super) fn still_fader(&self) -> Fader {
        let distance = self.object.trajectory.position(0.0).distance;
        let law = self.object.distance_law;
        self.fader.clone().times(law.map_or(1.0, |law| law.gain(distance)))
    }

    /// Where it is at a frame of the scene.
    #[inline]
    pub(super) fn at(&self, frame: u64) -> Spot {
        let seconds = frame.saturating_sub(self.late_frames) as f64 * self.seconds_per_frame;
        self.spot(frame, &self.object.trajectory.position(seconds))
    }

    /// The same for a position of the object that is given.
    #[inline]
    pub(super) fn spot(&self, frame: u64, position: &Position) -> Spot {
        let level = self.level(frame, position.distance);
        let direction = self.turned(position.direction);
        Spot { direction, distance: position.distance, level }
    }

    /// The linear level at a frame of the scene, in a distance.
    #[inline]
    pub(super) fn level(&self, frame: u64, distance: f64) -> f64 {
        let fader = self.fader.at(frame);
        match self.object.distance_law {
            Some(law) => fader * law.gain(distance),
            None => fader,
        }
    }

    /// The direction turned to the left about the vertical axis by the lane's offset.
    #[inline]
    fn turned(&self, direction: Vector) -> Vector {
        if self.object.offset_deg == 0.0 {
            return direction;
        }
        let (sin, cos) = self.offset;
        let (x, y, z) = (direction.x, direction.y, direction.z);
        Vector::new(cos * x - sin * y, sin * x + cos * y, z)
    }
}

/// The gains of a lane in one target at one frame.
// In this order, so that the level shares a line of the cache with the first gains.
#[repr(C)]
pub(super) struct Moment {
    level: f64,
    row: GainRow,
}

impl Moment {
    pub(super) fn new() -> Self {
        Self { row: GainRow::new(), level: 0.0 }
    }

    /// Works out the gains of a spot.
    #[inline]
    pub(super) fn solve(&mut self, spread: &Spread, panner: &Panner, spot: &Spot) {
        if spread.is_point() {
            panner.solve(&spot.direction, &mut self.row);
        } else {
            panner.solve_spread(&spot.direction, spread, &mut self.row);
        }
        self.level = spot.level;
    }

    /// Makes it another.
    #[inline]
    pub(super) fn copy_from(&mut self, other: &Self) {
        self.row.copy_from(&other.row);
        self.level = other.level;
    }

    #[inline]
    pub(super) fn levelled(&self) -> Levelled<'_> {
        Levelled { row: &self.row, level: self.level }
    }
}
