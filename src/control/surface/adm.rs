//! ADM-OSC v1.0: objects by their numbers, the listener, and changes of programme.

use super::{Outcome, Surface, numbers, switch};
use crate::control::command::Command;
use crate::control::osc::{Argument, fits};
use crate::engine::Controls;
use crate::space::{Position, Vector, azimuth_elevation_deg};

/// What is said to objects.
const OBJECT: [&str; 14] = [
    "azim", "elev", "dist", "aed", "x", "y", "z", "xy", "xyz", "w", "gain", "mute", "name", "dmax",
];

/// What is said to the listener.
const LISTENER: [&str; 5] = ["ypr", "yaw", "pitch", "roll", "xyz"];

/// The longest name of a change of programme, in characters.
const LONGEST_CHANGE: usize = 128;

/// An object as ADM-OSC knows it.
pub(super) struct Object {
    number: String,
    pub(super) name: String,
    pub(super) strip: Option<usize>,
    /// The distance that 1 stands for.
    reach: f64,
}

impl Object {
    pub(super) fn new(number: usize, name: &str, controls: &Controls) -> Self {
        let strip = controls.find(name).filter(|strip| controls.is_object(*strip));
        Self { number: number.to_string(), name: name.to_owned(), strip, reach: 1.0 }
    }
}

impl Surface {
    pub(super) fn adm_objects(
        &mut self,
        number: &str,
        what: &str,
        said: &[Argument<'_>],
        done: &mut dyn FnMut(&str, Outcome<'_>),
    ) {
        for index in 0..self.objects.len() {
            if !fits(number, &self.objects[index].number) {
                continue;
            }
            for what in OBJECT.iter().filter(|it| fits(what, it)) {
                let address = format!("/adm/obj/{}/{what}", self.objects[index].number);
                if said.is_empty() {
                    done(&address, self.answer(index, what));
                } else {
                    let outcome = self.set_object(index, what, said);
                    done(&address, outcome);
                }
            }
        }
    }

    fn set_object(&mut self, index: usize, what: &str, said: &[Argument<'_>]) -> Outcome<'static> {
        let object = &mut self.objects[index];
        if what == "dmax" {
            let reach = numbers::<1>(said).filter(|[reach]| *reach > 0.0);
            object.reach = reach.map_or(object.reach, |[reach]| reach);
            return Outcome::of(reach.is_some());
        }
        let Some(strip) = object.strip else { return Outcome::Refused };
        let controls = &self.controls;
        match what {
            "gain" => match numbers::<1>(said) {
                Some([gain]) => self.set_level(strip, Some(gain)),
                None => Outcome::Refused,
            },
            "mute" => match switch(said) {
                Some(is_muted) => Outcome::of(controls.set_muted(strip, is_muted)),
                None => Outcome::Refused,
            },
            "w" => {
                let width = numbers::<1>(said).map(|[width]| width.clamp(0.0, 1.0) * 360.0);
                let taken = width.is_some() && controls.set_width_deg(strip, width);
                Outcome::of(taken)
            }
            _ => match self.placed(index, what, said) {
                Some(position) => self.set_position(strip, Some(position)),
                None => Outcome::Refused,
            },
        }
    }

    /// Where an object is once one or more of its coordinates are said.
    fn placed(&self, index: usize, what: &str, said: &[Argument<'_>]) -> Option<Position> {
        let object = &self.objects[index];
        let now = self.controls.position(object.strip?)?;
        let polar = |azimuth_deg: f64, elevation_deg: f64, distance: f64| {
            Position::polar(
                azimuth_deg.clamp(-180.0, 180.0),
                elevation_deg.clamp(-90.0, 90.0),
                distance,
            )
        };
        let coordinate = |it: f64| it.clamp(-1.0, 1.0) * object.reach;
        let at = |x: f64, y: f64, z: f64| Position::cartesian(Vector::new(x, y, z));
        let (azimuth_deg, elevation_deg) = azimuth_elevation_deg(&now.direction);
        let point = now.direction * now.distance;
        Some(match (what, said.len()) {
            ("azim", 1) => polar(said[0].number()?, elevation_deg, now.distance),
            ("elev", 1) => polar(azimuth_deg, said[0].number()?, now.distance),
            ("dist", 1) => {
                Position { distance: said[0].number()?.clamp(0.0, 1.0) * object.reach, ..now }
            }
            ("aed", 3) => {
                let [azimuth_deg, elevation_deg, distance] = numbers(said)?;
                polar(azimuth_deg, elevation_deg, distance.clamp(0.0, 1.0) * object.reach)
            }
            ("x", 1) => at(coordinate(said[0].number()?), point.y, point.z),
            ("y", 1) => at(point.x, coordinate(said[0].number()?), point.z),
            ("z", 1) => at(point.x, point.y, coordinate(said[0].number()?)),
            ("xy", 2) => {
                let [x, y] = numbers(said)?.map(coordinate);
                at(x, y, point.z)
            }
            ("xyz", 3) => {
                let [x, y, z] = numbers(said)?.map(coordinate);
                at(x, y, z)
            }
            _ => return None,
        })
    }

    /// What an object has to say about itself.
    fn answer(&self, index: usize, what: &str) -> Outcome<'_> {
        let object = &self.objects[index];
        if let "name" | "dmax" = what {
            let name = Argument::Text(&object.name);
            let reach = Argument::Number(object.reach);
            return Outcome::Answer(vec![if what == "name" { name } else { reach }]);
        }
        let Some((strip, now)) =
            object.strip.and_then(|it| Some((it, self.controls.position(it)?)))
        else {
            return Outcome::Refused;
        };
        let (azimuth_deg, elevation_deg) = azimuth_elevation_deg(&now.direction);
        let distance = now.distance / object.reach;
        let point = now.direction * distance;
        let (x, y, z) = (point.x, point.y, point.z);
        let mute = self.controls.is_muted(strip) == Some(true);
        let numbers = match what {
            "azim" => vec![azimuth_deg],
            "elev" => vec![elevation_deg],
            "dist" => vec![distance],
            "aed" => vec![azimuth_deg, elevation_deg, distance],
            "x" => vec![x],
            "y" => vec![y],
            "z" => vec![z],
            "xy" => vec![x, y],
            "xyz" => vec![x, y, z],
            "w" => vec![self.controls.width_deg(strip).unwrap_or(0.0) / 360.0],
            "gain" => vec![self.controls.level(strip).unwrap_or(0.0)],
            "mute" => vec![f64::from(u8::from(mute))],
            _ => return Outcome::Refused,
        };
        Outcome::Answer(numbers.into_iter().map(Argument::Number).collect())
    }

    pub(super) fn adm_listener(
        &mut self,
        what: &str,
        said: &[Argument<'_>],
        done: &mut dyn FnMut(&str, Outcome<'_>),
    ) {
        for what in LISTENER.iter().filter(|it| fits(what, it)) {
            let address = format!("/adm/lis/{what}");
            let outcome = match (*what, said) {
                // The listener is where all is counted from.
                ("xyz", []) => Outcome::Answer(vec![Argument::Number(0.0); 3]),
                ("xyz", _) => Outcome::Refused,
                _ => self.listener_turns(what, said),
            };
            done(&address, outcome);
        }
    }

    /// The angles of the standard, which are ours: a tracker's signs have nothing to do with them.
    fn listener_turns(&mut self, what: &str, said: &[Argument<'_>]) -> Outcome<'static> {
        let mut angles = self.angles_deg;
        let place = ["yaw", "pitch", "roll"].iter().position(|it| *it == what);
        match (place, said) {
            (None, []) => return Outcome::Answer(angles.map(Argument::Number).to_vec()),
            (Some(place), []) => return Outcome::Answer(vec![Argument::Number(angles[place])]),
            (None, _) => match numbers::<3>(said) {
                Some(said) => angles = said,
                None => return Outcome::Refused,
            },
            (Some(place), _) => match numbers::<1>(said) {
                Some([said]) => angles[place] = said,
                None => return Outcome::Refused,
            },
        }
        self.angles_deg = angles.map(|it| it.clamp(-180.0, 180.0));
        let [yaw, pitch, roll] = self.angles_deg;
        let head = crate::binaural::Head::from_degrees(yaw, pitch, roll);
        Outcome::of(self.controls.set_head(Some(head)))
    }

    pub(super) fn adm_change(
        &mut self,
        address: &str,
        said: &[Argument<'_>],
        done: &mut dyn FnMut(&str, Outcome<'_>),
    ) {
        match said {
            [] => done(address, Outcome::Answer(vec![Argument::Text(&self.change)])),
            [Argument::Text(name)] => {
                self.change = name.chars().take(LONGEST_CHANGE).collect();
                self.commands.send(Command::Change(self.change.clone()));
                done(address, Outcome::Taken);
            }
            _ => done(address, Outcome::Refused),
        }
    }

    /// The same for whoever tells it unasked.
    pub(in crate::control) fn tells(&self, index: usize, what: &str) -> Option<Vec<Argument<'_>>> {
        match self.answer(index, what) {
            Outcome::Answer(arguments) => Some(arguments),
            Outcome::Taken | Outcome::Refused => None,
        }
    }

    /// How many objects there are.
    pub(in crate::control) fn objects(&self) -> usize {
        self.objects.len()
    }
}
