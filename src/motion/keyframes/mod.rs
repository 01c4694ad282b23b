//! From point to point.

mod catmull_rom;
mod curve;
mod great_circle;
mod key;
mod keyed;
mod linear;
mod monotone;
mod point;

use schemars::JsonSchema;
use serde::Deserialize;

pub use curve::{Curve, Easing};
pub use point::Point;

use super::bounds::Bounds;
use super::mistake::Mistake;
use super::repeat::Repeat;
use super::site::Site;
use super::timing::Timing;
use super::trajectory::{Course, MacroSpec};

/// A place at each of some moments and a curve through them. One pass goes from time 0 to the last
/// point; before the first point the object is there already.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Keyframes {
    /// How the way between two points is gone; default "great-circle".
    #[serde(default)]
    pub curve: Curve,
    /// The points in the order of their times, at least one.
    pub points: Vec<Point>,
    /// How many seconds it waits at its beginning; default 0.
    pub delay_s: Option<f64>,
    /// How many beats it waits at its beginning; instead of `delay_s`.
    pub delay_beats: Option<f64>,
    /// How many passes it makes; default 1.
    pub repeat: Option<Repeat>,
    /// Whether every other pass goes backwards; default false.
    #[serde(default)]
    pub ping_pong: bool,
}

impl MacroSpec for Keyframes {
    fn timing(&self) -> Timing {
        Timing {
            delay_s: self.delay_s,
            delay_beats: self.delay_beats,
            repeat: self.repeat.unwrap_or(Repeat::Times(1)),
            ping_pong: self.ping_pong,
        }
    }

    fn check(&self, bounds: &mut Bounds<'_>) {
        if self.points.is_empty() {
            bounds.error("points", "there is no point", "give at least one point");
        }
        bounds.inside("points", |place, problems| {
            let mut previous: Option<&Point> = None;
            for (index, point) in self.points.iter().enumerate() {
                let place = place.index(index);
                point.check(previous, self.curve, &mut Bounds::new(&place, problems));
                previous = Some(point);
            }
        });
    }

    fn course(&self, site: &Site<'_>) -> Result<Box<dyn Course>, Mistake> {
        let keys = key::resolve(&self.points, site)?;
        Ok(match self.curve {
            Curve::Step => keyed::course(keyed::Hold, keys),
            Curve::Linear => keyed::course(linear::Straight::new(&keys), keys),
            Curve::GreatCircle => keyed::course(great_circle::GreatCircles::new(&keys)?, keys),
            Curve::CatmullRom => keyed::course(catmull_rom::CatmullRom::new(&keys), keys),
            Curve::Monotone => keyed::course(monotone::Monotone::new(&keys), keys),
        })
    }
}
