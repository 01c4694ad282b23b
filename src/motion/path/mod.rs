//! Along the rows of a CSV file.

mod table;

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;

use super::bounds::Bounds;
use super::mistake::Mistake;
use super::repeat::Repeat;
use super::site::Site;
use super::sphere::{self, Arc};
use super::timing::Timing;
use super::trajectory::{Course, MacroSpec};
use crate::space::{Position, Vector};

/// A path recorded elsewhere: a CSV file with a header, one row for each moment in the order of
/// time. Its columns are `t_s,azimuth_deg,elevation_deg` and perhaps `distance` (gone on great
/// circles), or `t_s,x,y,z` (gone straight). One pass goes from time 0 to the last row.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Path {
    /// The file, relative to the scene.
    pub file: PathBuf,
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

impl MacroSpec for Path {
    fn timing(&self) -> Timing {
        Timing {
            delay_s: self.delay_s,
            delay_beats: self.delay_beats,
            repeat: self.repeat.unwrap_or(Repeat::Times(1)),
            ping_pong: self.ping_pong,
        }
    }

    fn check(&self, bounds: &mut Bounds<'_>) {
        if self.file.as_os_str().is_empty() {
            bounds.error("file", "file is empty", "name a CSV file relative to the scene");
        }
    }

    fn course(&self, site: &Site<'_>) -> Result<Box<dyn Course>, Mistake> {
        let place = || site.place.key("file");
        let refused = |error: crate::Error| Mistake::new(place(), error.to_string(), "");
        let file = (site.context.resolve)(&self.file).map_err(refused)?;
        let rows = table::load(&file, &self.file.display().to_string()).map_err(refused)?;
        Ok(Box::new(rows))
    }
}

/// The rows of a path.
#[derive(Debug)]
struct Rows {
    times_s: Vec<f64>,
    /// Directions with distances, or points of the room.
    spots: Spots,
}

#[derive(Debug)]
enum Spots {
    Polar(Vec<Position>),
    Cartesian(Vec<Vector>),
}

impl Spots {
    fn at(&self, index: usize) -> Position {
        match self {
            Self::Polar(positions) => positions[index],
            Self::Cartesian(points) => Position::cartesian(points[index]),
        }
    }

    fn between(&self, index: usize, fraction: f64) -> Position {
        match self {
            Self::Polar(positions) => {
                let (from, to) = (&positions[index], &positions[index + 1]);
                let arc = Arc::shortest(&from.direction, &to.direction);
                Position {
                    direction: arc.map_or(from.direction, |arc| arc.at(fraction)),
                    distance: from.distance + (to.distance - from.distance) * fraction,
                }
            }
            Self::Cartesian(points) => {
                let (from, to) = (points[index], points[index + 1]);
                let otherwise = Position::cartesian(from).direction;
                sphere::position(&(from + (to - from) * fraction), &otherwise)
            }
        }
    }
}

impl Course for Rows {
    fn pass_s(&self) -> f64 {
        self.times_s[self.times_s.len() - 1]
    }

    fn position(&self, time_s: f64) -> Position {
        let next = self.times_s.partition_point(|&row_s| row_s <= time_s);
        if next == 0 || next == self.times_s.len() || self.times_s[next - 1] == time_s {
            return self.spots.at(next.max(1) - 1);
        }
        let (from_s, to_s) = (self.times_s[next - 1], self.times_s[next]);
        self.spots.between(next - 1, (time_s - from_s) / (to_s - from_s))
    }

    fn max_distance(&self) -> f64 {
        let far = |most: f64, index| most.max(self.spots.at(index).distance);
        (0..self.times_s.len()).fold(0.0, far)
    }
}
