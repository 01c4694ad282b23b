//! Reading a path file, row by row.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use csv::StringRecord;

use super::{Rows, Spots};
use crate::motion::bounds::{AZIMUTH_DEG, COORDINATE, DISTANCE, ELEVATION_DEG, TIME};
use crate::motion::sphere::are_opposite;
use crate::space::{FRONT, Position, Vector};
use crate::{Error, Result};

/// The longest file that is read, in bytes: bounds the memory whatever the file holds.
const MOST_BYTES: u64 = 256 << 20;
/// The most rows: 80 MB of positions.
const MOST_ROWS: usize = 2_000_000;

/// A row in the listener's own place is put this far off it on the side it came from, so that it
/// keeps a direction.
const HAIR: f64 = 1e-8;

const POLAR: [&str; 4] = ["t_s", "azimuth_deg", "elevation_deg", "distance"];
const CARTESIAN: [&str; 4] = ["t_s", "x", "y", "z"];

/// Loads the rows of a file; mistakes call it by `name`.
pub fn load(file: &Path, name: &str) -> Result<Rows> {
    let opened = File::open(file).map_err(|error| Error::input(format!("{name}: {error}")))?;
    let length = opened.metadata().map_or(0, |metadata| metadata.len());
    if length > MOST_BYTES {
        return Err(Error::input(format!("{name}: longer than {} MiB", MOST_BYTES >> 20)));
    }
    read(opened.take(MOST_BYTES), name)
}

fn read(text: impl Read, name: &str) -> Result<Rows> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text);
    let broken = |error: csv::Error| Error::input(format!("{name}: {error}"));
    let columns = Columns::find(reader.headers().map_err(broken)?, name)?;
    let mut record = StringRecord::new();
    let mut rows = Rows { times_s: Vec::new(), spots: columns.spots() };
    while reader.read_record(&mut record).map_err(broken)? {
        let line = record.position().map_or(0, csv::Position::line);
        let row = columns.row(&record).and_then(|row| rows.push(row));
        row.map_err(|message| Error::input(format!("{name}:{line}: {message}")))?;
    }
    if rows.times_s.is_empty() {
        return Err(Error::input(format!("{name}: there is no row below the header")));
    }
    Ok(rows)
}

/// Which column of the file holds which of the four numbers of a row.
struct Columns {
    is_polar: bool,
    /// The index of each; the distance may be missing.
    indices: [Option<usize>; 4],
}

impl Columns {
    fn find(header: &StringRecord, name: &str) -> Result<Self> {
        let is_polar = header.iter().any(|column| POLAR[1..].contains(&column));
        let names = if is_polar { POLAR } else { CARTESIAN };
        let wanted = "t_s,azimuth_deg,elevation_deg[,distance] or t_s,x,y,z";
        for (index, column) in header.iter().enumerate() {
            let is_repeated = header.iter().take(index).any(|earlier| earlier == column);
            if is_repeated || !names.contains(&column) {
                let what = if is_repeated { "appears twice" } else { "does not belong here" };
                let message = format!("{name}:1: column {column:?} {what}; the header is {wanted}");
                return Err(Error::input(message));
            }
        }
        let indices = names.map(|wanted| header.iter().position(|column| column == wanted));
        let needed = if is_polar { 3 } else { 4 };
        for (column, index) in names.iter().zip(&indices).take(needed) {
            if index.is_none() {
                let message =
                    format!("{name}:1: column {column} is missing; the header is {wanted}");
                return Err(Error::input(message));
            }
        }
        Ok(Self { is_polar, indices })
    }

    fn spots(&self) -> Spots {
        if self.is_polar { Spots::Polar(Vec::new()) } else { Spots::Cartesian(Vec::new()) }
    }

    /// The four numbers of a row, or what is wrong with one of them.
    fn row(&self, record: &StringRecord) -> Result<[f64; 4], String> {
        let (names, ranges) = if self.is_polar {
            (POLAR, [TIME, AZIMUTH_DEG, ELEVATION_DEG, DISTANCE])
        } else {
            (CARTESIAN, [TIME, COORDINATE, COORDINATE, COORDINATE])
        };
        // A file without the column has everything at distance 1.
        let mut row = [1.0; 4];
        for (number, index) in self.indices.iter().enumerate() {
            let Some(index) = *index else { continue };
            let (text, column) = (record.get(index).unwrap_or(""), names[number]);
            let value: f64 =
                text.parse().map_err(|_| format!("column {column}: {text:?} is not a number"))?;
            let range = &ranges[number];
            if !range.contains(&value) {
                let (least, most) = (range.start(), range.end());
                return Err(format!("column {column}: {text} is not from {least} to {most}"));
            }
            row[number] = value;
        }
        Ok(row)
    }
}

impl Rows {
    fn push(&mut self, [time_s, first, second, third]: [f64; 4]) -> Result<(), String> {
        if let Some(before_s) = self.times_s.last().filter(|&&before_s| time_s <= before_s) {
            return Err(format!("column t_s: {time_s} does not come after {before_s}"));
        }
        if self.times_s.len() == MOST_ROWS {
            return Err(format!("more than {MOST_ROWS} rows"));
        }
        match &mut self.spots {
            Spots::Polar(positions) => {
                let position = Position::polar(first, second, third);
                let before = positions.last();
                if before.is_some_and(|before| are_opposite(&before.direction, &position.direction))
                {
                    return Err("lies opposite the row before; give a row between".into());
                }
                positions.push(position);
            }
            Spots::Cartesian(points) => {
                let point = Vector::new(first, second, third);
                let before =
                    points.last().map_or(FRONT, |before| Position::cartesian(*before).direction);
                points.push(if point.norm() < HAIR { before * HAIR } else { point });
            }
        }
        self.times_s.push(time_s);
        Ok(())
    }
}
