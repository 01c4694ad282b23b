//! An object of a scene as `cupola plot` draws it.

use std::ops::Range;

use crate::Result;
use crate::engine::ObjectPlan;
use crate::motion::Trajectory;
use crate::pan::{GainRow, Panner};
use crate::picture::{Gains, Strip, Track, Way};
use crate::render::object_lanes;
use crate::scene::{Object, Scene};
use crate::space::{Vector, sin_cos_deg};
use crate::units::frames_to_seconds;

/// An object, ready to be asked where it is.
pub struct Actor<'a> {
    object: &'a Object,
    /// Its number in the scene.
    index: usize,
    heard_s: Range<f64>,
    /// Its motion, and its macro motion alone.
    whole: Trajectory,
    calm: Trajectory,
    lanes: Vec<ObjectPlan>,
}

impl<'a> Actor<'a> {
    /// Makes the object of that number ready; `span` is the part of the scene that is drawn, in frames.
    pub fn new(scene: &'a Scene, index: usize, span: &Range<u64>) -> Result<Self> {
        let (object, ready) = (&scene.spec.objects[index], &scene.objects[index]);
        let begin = ready.stretch.start.max(span.start);
        let end = ready.stretch.end.unwrap_or(u64::MAX).min(span.end);
        let second = |frame| frames_to_seconds(frame, scene.spec.sample_rate);
        let calm = Object { micro_motion: None, ..object.clone() };
        Ok(Self {
            object,
            index,
            heard_s: second(begin)..second(end.max(begin)),
            whole: scene.trajectory(object)?,
            calm: scene.trajectory(&calm)?,
            lanes: object_lanes(scene, object, ready)?,
        })
    }

    /// A distance that it never exceeds, in radii of the loudspeakers.
    pub fn max_distance(&self) -> f64 {
        self.whole.max_distance()
    }

    /// Whether it is heard, and sent somewhere.
    pub fn travels(&self) -> bool {
        !self.calm.is_static() && !self.heard_s.is_empty()
    }

    /// What is drawn of its way.
    pub fn track(&self) -> Track<'_> {
        let way = |trajectory| -> Way<'_> { Box::new(move |time_s| place(trajectory, time_s)) };
        Track {
            name: self.object.name.clone(),
            index: self.index,
            heard_s: self.heard_s.clone(),
            way: way(&self.calm),
            sway: self.object.micro_motion.as_ref().map(|_| way(&self.whole)),
        }
    }

    /// What is drawn of its gains.
    pub fn strip<'b>(&'b self, panner: &'b Panner) -> Strip<'b> {
        let gains: Gains<'b> = Box::new(move |time_s, gains| self.gains(panner, time_s, gains));
        let (name, heard_s) = (self.object.name.clone(), self.heard_s.clone());
        Strip { name, note: self.note(), index: self.index, heard_s, gains }
    }

    /// What there is to say of its size.
    fn note(&self) -> String {
        let spread = self.lanes[0].spread;
        let mut notes = Vec::new();
        if self.object.strip.is_muted() {
            notes.push("muted".to_owned());
        }
        if self.lanes.len() == 2 {
            notes.push("a pair: the mean power of both channels".to_owned());
        }
        if !spread.is_point() {
            notes.push(format!("{}° wide, {}° high", spread.width_deg, spread.height_deg));
        }
        notes.join("  ·  ")
    }

    /// The gains of all its channels, as their mean power.
    fn gains(&self, panner: &Panner, time_s: f64, gains: &mut [f64]) {
        let position = self.whole.position(time_s);
        let mut row = GainRow::new();
        for lane in &self.lanes {
            let direction = turned_left(&position.direction, lane.offset_deg);
            panner.solve_spread(&direction, &lane.spread, &mut row);
            let level = lane.distance_law.map_or(1.0, |law| law.gain(position.distance));
            row.iter()
                .for_each(|(channel, gain)| gains[channel] += (gain * level) * (gain * level));
        }
        let channels = self.lanes.len() as f64;
        gains.iter_mut().for_each(|gain| *gain = libm::sqrt(*gain / channels));
    }
}

fn place(trajectory: &Trajectory, time_s: f64) -> Vector {
    let position = trajectory.position(time_s);
    position.direction * position.distance
}

/// A direction turned to the left about the vertical axis.
fn turned_left(direction: &Vector, angle_deg: f64) -> Vector {
    let (sin, cos) = sin_cos_deg(angle_deg);
    let (x, y) = (direction.x, direction.y);
    Vector::new(cos * x - sin * y, sin * x + cos * y, direction.z)
}
