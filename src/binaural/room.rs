//! A small room and a larger one: what comes back from their walls first (Allen and Berkley 1979,
//! "Image method for efficiently simulating small-room acoustics", images of the first order).

use super::arrival::Arrival;
use super::head::Head;
use super::hearing::Lateness;
use super::responses::{Responses, both_ears};
use super::sphere::Sphere;
use crate::dsp::{OnePole, Random};
use crate::space::{Position, Vector};

/// Walls: left, right, back, front, floor and ceiling, and an image of the source behind each.
pub const WALLS: usize = 6;

const SPEED_OF_SOUND_M_S: f64 = 343.0;

/// Sources stay this far from the walls.
const MARGIN_M: f64 = 0.2;

/// Nearer sources have no weaker reflections.
const NEAREST_M: f64 = 0.3;

/// The rooms that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomSize {
    /// A living room, 5 by 6.4 by 2.8 m.
    Mid,
    /// A small hall, 11 by 15 by 5.5 m.
    Far,
}

/// The tail that goes with a room.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tail {
    /// How much of a source goes to a reverb that gives back the energy it gets, in dB.
    pub send_db: f64,
    /// Seconds in which the tail falls by 60 dB.
    pub decay_s: f64,
    /// Milliseconds before it begins: after the first reflections.
    pub predelay_ms: f64,
}

/// A room with a listener in it.
#[derive(Clone, Debug)]
pub struct Room {
    size: RoomSize,
    /// Width, depth and height.
    metres: Vector,
    /// From the left back corner of the floor.
    listener: Vector,
    /// What each wall gives back.
    gains: [f64; WALLS],
    rate_hz: f64,
}

impl Room {
    /// A room; each seed has one of slightly other measures, and another place in it.
    #[must_use]
    pub fn new(size: RoomSize, seed: u64, rate_hz: f64) -> Self {
        let (metres, walls, floor, ceiling) = match size {
            RoomSize::Mid => (Vector::new(5.0, 6.4, 2.8), 0.7, 0.5, 0.6),
            RoomSize::Far => (Vector::new(11.0, 15.0, 5.5), 0.8, 0.7, 0.7),
        };
        let mut random = Random::new(seed);
        let mut around =
            |middle: f64, share: f64| middle * (1.0 + share * (2.0 * random.unit() - 1.0));
        let metres = metres.map(|it| around(it, 0.05));
        let listener =
            Vector::new(around(0.47, 0.06), around(0.42, 0.06), 0.0).component_mul(&metres);
        let listener = Vector::new(listener.x, listener.y, around(1.2, 0.05));
        let gains = [walls, walls, walls, walls, floor, ceiling];
        Self { size, metres, listener, gains, rate_hz }
    }

    /// The tail that goes with it.
    #[must_use]
    pub fn tail(&self) -> Tail {
        match self.size {
            RoomSize::Mid => Tail { send_db: -14.0, decay_s: 0.35, predelay_ms: 15.0 },
            RoomSize::Far => Tail { send_db: -9.0, decay_s: 0.9, predelay_ms: 30.0 },
        }
    }

    /// The longest way that a reflection can be behind the direct sound, in frames, by how much later
    /// the ears hear it.
    #[must_use]
    pub fn longest_frames(&self, longest_at_ear_frames: f64) -> f64 {
        2.0 * self.metres.norm() / SPEED_OF_SOUND_M_S * self.rate_hz + longest_at_ear_frames
    }

    /// The poles of the low-passes of the walls, of which floors are the dullest.
    #[must_use]
    pub fn poles(&self) -> [f64; WALLS] {
        let [walls_db, floor_db] = match self.size {
            RoomSize::Mid => [5.0, 8.0],
            RoomSize::Far => [4.0, 5.0],
        };
        [walls_db, walls_db, walls_db, walls_db, floor_db, walls_db]
            .map(|loss_db| OnePole::pole(loss_db, 8000.0, self.rate_hz))
    }

    /// The reflections of a source at a place, a distance of 1 being a metre; sources that would be
    /// outside are heard from before the wall.
    #[must_use]
    pub fn arrivals(
        &self,
        responses: &impl Responses,
        sphere: &Sphere,
        head: &Head,
        position: &Position,
    ) -> [Arrival; WALLS] {
        let source = position.direction * self.within(position);
        let direct_m = source.norm();
        std::array::from_fn(|wall| {
            let (axis, far) = (wall / 2, wall % 2 == 1);
            let mut image = source;
            let side = if far { self.metres[axis] } else { 0.0 } - self.listener[axis];
            image[axis] = 2.0 * side - source[axis];
            let way_m = image.norm();
            let late_frames = (way_m - direct_m).max(0.0) / SPEED_OF_SOUND_M_S * self.rate_hz;
            let direction = head.direction_to_listener(&(image / way_m));
            let mixtures = both_ears(responses, &direction);
            let delays_frames = mixtures.map(|mixture| mixture.delay_frames + late_frames);
            let gain = self.gains[wall] * direct_m.max(NEAREST_M) / way_m;
            let lateness = Lateness { delays_frames, ..Lateness::default() };
            Arrival { lateness, pan: sphere.pan(&direction).scaled(gain) }
        })
    }

    /// How far away a source is that stays in the room.
    fn within(&self, position: &Position) -> f64 {
        let mut reach = f64::INFINITY;
        for axis in 0..3 {
            let step = position.direction[axis];
            let before = self.listener[axis] - MARGIN_M;
            let beyond = self.metres[axis] - self.listener[axis] - MARGIN_M;
            let wall = if step > 0.0 { beyond } else { before };
            if step != 0.0 {
                reach = reach.min(wall / step.abs());
            }
        }
        position.distance.max(0.0).min(reach)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::binaural::responses::Mixture;

    /// A head that is a point.
    struct Point;

    impl Responses for Point {
        fn rate_hz(&self) -> f64 {
            48_000.0
        }
        fn taps(&self) -> usize {
            1
        }
        fn nodes(&self) -> usize {
            1
        }
        fn response(&self, _: usize, _: usize) -> &[f32] {
            &[1.0]
        }
        fn at(&self, _: &Vector, _: usize) -> Mixture {
            Mixture { weights: [1.0, 0.0, 0.0], ..Mixture::default() }
        }
        fn lead_frames(&self) -> f64 {
            0.0
        }
    }

    fn arrivals(room: &Room, position: &Position) -> [Arrival; WALLS] {
        room.arrivals(&Point, &Sphere::new(), &Head::default(), position)
    }

    #[test]
    fn a_reflection_is_as_late_and_as_weak_as_its_way_is_long() {
        let room = Room::new(RoomSize::Mid, 3, 48_000.0);
        let heard = arrivals(&room, &Position::polar(0.0, 0.0, 2.0));
        // Straight to the front wall and back, by hand.
        let way_m = 2.0 * (room.metres.y - room.listener.y) - 2.0;
        let front = heard[3];
        let late_frames = (way_m - 2.0) / 343.0 * 48_000.0;
        assert!((front.lateness.delays_frames[0] - late_frames).abs() < 1e-9);
        assert!((front.pan.gains.iter().sum::<f64>() - 0.7 * 2.0 / way_m).abs() < 1e-12);
        let again =
            arrivals(&Room::new(RoomSize::Mid, 3, 48_000.0), &Position::polar(0.0, 0.0, 2.0));
        assert_eq!(heard, again);
        let other =
            arrivals(&Room::new(RoomSize::Mid, 4, 48_000.0), &Position::polar(0.0, 0.0, 2.0));
        assert_ne!(heard, other);
    }

    #[test]
    fn no_place_is_out_of_reach() {
        for size in [RoomSize::Mid, RoomSize::Far] {
            let room = Room::new(size, 1, 48_000.0);
            for step in 0..400 {
                let position = Position::polar(
                    f64::from(step * 37),
                    f64::from(step % 181 - 90),
                    f64::from(step) * 0.1,
                );
                for arrival in arrivals(&room, &position) {
                    let late_frames = arrival.lateness.delays_frames[0];
                    assert!((0.0..=room.longest_frames(0.0)).contains(&late_frames));
                    // No wall gives back more than it gets: 0.8 at most, on the longer way.
                    let level: f64 = arrival.pan.gains.iter().sum();
                    assert!(level > 0.0 && level < 0.85, "{position:?}: {level}");
                }
            }
        }
    }
}
