//! Moves into the text of a scene, of which nothing else is touched.

use std::path::Path;

use toml_edit::{Array, DocumentMut, InlineTable, Item, TableLike, Value};

use super::thin::thin;
use super::timeline::{Own, looked_at, timeline};
use super::{LOWEST_DB, Moves, StripMoves};
use crate::automation::Automated;
use crate::scene::{Object, Scene};
use crate::space::{Position, UP, Vector, angle_deg, azimuth_elevation_deg};
use crate::{Error, Result};

/// The highest level of a fader in a scene, in decibels.
const HIGHEST_DB: f64 = 60.0;

/// A scene with moves in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its text.
    pub text: String,
    /// What could not be written, and why, a line each.
    pub left_out: Vec<String>,
}

/// Writes moves into the text of a scene in TOML: levels as points of `gain_db`, places as keyframes
/// instead of the object's motion. All else stays as the author wrote it.
///
/// # Errors
/// If the scene is not TOML, has changed on disk so that it is no scene any more, or a path file of it
/// has changed.
pub fn write(scene: &Scene, text: &str, moves: &Moves) -> Result<Written> {
    if scene.path.extension().is_some_and(|it| it.eq_ignore_ascii_case("json")) {
        return Err(Error::input("moves are written into scenes in TOML only"));
    }
    let mut document: DocumentMut =
        text.parse().map_err(|error| Error::input(format!("{}: {error}", scene.path.display())))?;
    let mut left_out = Vec::new();
    for (name, moved) in &moves.strips {
        let written = Writer { scene, moves, name, moved }.write(&mut document, &mut left_out)?;
        if !written {
            left_out.push(format!("{name}: there is no strip of this name in the scene"));
        }
    }
    Ok(Written { text: document.to_string(), left_out })
}

/// The same into a new file beside the scene, whose paths are relative to it. What could not be
/// written, a line each.
///
/// # Errors
/// As [`write()`]; and if there is such a file already, it is not beside the scene, or cannot be written.
pub fn save(scene: &Scene, moves: &Moves, to: &Path) -> Result<Vec<String>> {
    let machine = |path: &Path, error| Error::machine(format!("{}: {error}", path.display()));
    let folder = |path: &Path| {
        let folder =
            path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
        folder.canonicalize().map_err(|error| machine(folder, error))
    };
    if folder(&scene.path)? != folder(to)? {
        let message = "is not in the folder of the scene, whose files are named from there";
        return Err(Error::usage(format!("{} {message}", to.display())));
    }
    let text = std::fs::read_to_string(&scene.path).map_err(|error| machine(&scene.path, error))?;
    let Written { text, left_out } = write(scene, &text, moves)?;
    let mut file = std::fs::File::create_new(to).map_err(|error| machine(to, error))?;
    std::io::Write::write_all(&mut file, text.as_bytes()).map_err(|error| machine(to, error))?;
    Ok(left_out)
}

/// What is to be written of one strip.
struct Writer<'a> {
    scene: &'a Scene,
    moves: &'a Moves,
    name: &'a str,
    moved: &'a StripMoves,
}

impl Writer<'_> {
    /// Whether the document has the strip.
    fn write(&self, document: &mut DocumentMut, left_out: &mut Vec<String>) -> Result<bool> {
        let spec = &self.scene.spec;
        let Some(id) = spec.ids().find(|id| spec.name(*id) == self.name) else { return Ok(false) };
        let Some(table) = find(document, self.name) else { return Ok(false) };
        if !self.moved.levels.is_empty() {
            let points = self.levels(&spec.strip(id).fader_db());
            replace(table, "gain_db", inline([("points", points.into())]));
        }
        let object = spec.objects.iter().find(|it| it.name == self.name);
        if let Some(object) = object.filter(|_| !self.moved.positions.is_empty()) {
            let groups = spec.groups_of(self.name);
            if groups
                .iter()
                .any(|it| it.turn_deg.is_some() || it.raise_deg.is_some() || it.scale.is_some())
            {
                let message = "its moves are left out: a group moves it, too";
                left_out.push(format!("{}: {message}", self.name));
            } else {
                let points = self.positions(object)?;
                let kind = ("type", "keyframes".into());
                replace(table, "macro", inline([kind, ("points", points.into())]));
                table.remove("micro");
            }
        }
        Ok(true)
    }

    /// Points of the fader: what was heard, without what its groups add.
    fn levels(&self, own: &Automated) -> Array {
        let groups = self.scene.spec.groups_of(self.name);
        let groups: Vec<&Automated> = groups.iter().filter_map(|it| it.gain_db.as_ref()).collect();
        let of_groups = |at_s: f64| groups.iter().map(|it| it.at(at_s)).sum::<f64>();
        let are_still = groups.iter().all(|it| it.constant().is_some());
        let at = |at_s: f64| own.at(at_s) + of_groups(at_s);
        let is_still = are_still && own.constant().is_some();
        let end_s = self.end_s();
        let mut points =
            timeline(&self.moves.timed(&self.moved.levels), &Own { at: &at, is_still, end_s });
        if !are_still {
            // What is held by hand is not held by the fader: it goes against its groups.
            points = looked_at(&points, end_s);
        }
        for (at_s, decibels) in &mut points {
            *decibels = (*decibels - of_groups(*at_s)).clamp(LOWEST_DB, HIGHEST_DB);
        }
        lines(thin(&points).iter().map(|(at_s, decibels)| {
            Array::from_iter([rounded(*at_s, 4), rounded(*decibels, 2)]).into()
        }))
    }

    /// Keyframes of an object.
    fn positions(&self, object: &Object) -> Result<Array> {
        let trajectory = self.scene.trajectory(object)?;
        let at = |at_s: f64| trajectory.position(at_s);
        let own = Own { at: &at, is_still: trajectory.is_static(), end_s: self.end_s() };
        let points = timeline(&self.moves.timed(&self.moved.positions), &own);
        Ok(lines(without_opposites(points).iter().map(
            |(at_s, Position { direction, distance })| {
                let (azimuth_deg, elevation_deg) = azimuth_elevation_deg(direction);
                inline([
                    ("t_s", rounded(*at_s, 4).into()),
                    ("azimuth_deg", rounded(azimuth_deg, 2).into()),
                    ("elevation_deg", rounded(elevation_deg, 2).into()),
                    ("distance", rounded(*distance, 4).into()),
                ])
            },
        )))
    }

    fn end_s(&self) -> f64 {
        self.scene.frames as f64 / f64::from(self.scene.spec.sample_rate)
    }
}

/// A point in the middle of every way between opposites, which could be any way: it leads over the top.
fn without_opposites(points: Vec<(f64, Position)>) -> Vec<(f64, Position)> {
    /// Nearer to the opposite than this, in degrees, rounding could decide.
    const TURN_DEG: f64 = 175.0;
    let mut apart: Vec<(f64, Position)> = Vec::with_capacity(points.len());
    for (at_s, position) in points {
        if let Some((before_s, before)) = apart.last().copied()
            && angle_deg(&before.direction, &position.direction) > TURN_DEG
        {
            let over = if before.direction.z.abs() > 0.9 { Vector::y() } else { UP };
            let direction = over - before.direction * over.dot(&before.direction);
            let distance = 0.5 * (before.distance + position.distance);
            let middle = Position { direction: direction.normalize(), distance };
            apart.push((0.5 * (before_s + at_s), middle));
        }
        apart.push((at_s, position));
    }
    apart
}

/// The table of a strip.
fn find<'a>(document: &'a mut DocumentMut, name: &str) -> Option<&'a mut dyn TableLike> {
    let is_it = |table: &dyn TableLike| table.get("name").and_then(Item::as_str) == Some(name);
    let mut found = None;
    for (key, item) in document.iter_mut() {
        if !["bed", "object", "bus", "return"].contains(&key.get()) {
            continue;
        }
        match item {
            Item::ArrayOfTables(tables) => {
                let tables = tables.iter_mut().map(|table| table as &mut dyn TableLike);
                found = tables.into_iter().find(|table| is_it(*table)).or(found);
            }
            Item::Value(Value::Array(tables)) => {
                let tables = tables.iter_mut().filter_map(Value::as_inline_table_mut);
                let mut tables = tables.map(|table| table as &mut dyn TableLike);
                found = tables.find(|table| is_it(*table)).or(found);
            }
            _ => {}
        }
    }
    found
}

/// Sets a value, with the space and the comments around the one before.
fn replace(table: &mut dyn TableLike, key: &str, mut value: Value) {
    if let Some(before) = table.get(key).and_then(Item::as_value) {
        *value.decor_mut() = before.decor().clone();
    }
    table.insert(key, Item::Value(value));
}

fn inline<const N: usize>(pairs: [(&str, Value); N]) -> Value {
    InlineTable::from_iter(pairs).into()
}

/// A list with a line for each of its values.
fn lines(values: impl Iterator<Item = Value>) -> Array {
    let mut array: Array = values.collect();
    array.iter_mut().for_each(|value| value.decor_mut().set_prefix("\n    "));
    array.set_trailing_comma(true);
    array.set_trailing("\n");
    array
}

fn rounded(number: f64, digits: i32) -> f64 {
    let scale = 10_f64.powi(digits);
    // Minus nothing looks odd in a scene.
    (number * scale).round() / scale + 0.0
}
