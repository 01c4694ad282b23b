//! Sets of responses in SOFA files (AES69-2022), of the convention `SimpleFreeFieldHRIR`.
//!
//! - `container`: the HDF5 file, and how much of it is believed
//! - `convention`: what kind of set it is, its shape and its rate
//! - `geometry`: where the sources were, in the axes of the listener
//! - `coordinates`: triples of numbers in the file, polar or Cartesian
//! - `responses`: the responses and the delays before them
//! - `select`: one distance, no direction twice

mod container;
mod convention;
mod coordinates;
mod geometry;
mod responses;
mod select;

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use super::{About, Measured};
use crate::{Error, Result};
use container::Container;
use convention::{Shape, Surroundings};

/// The largest file that is read, in bytes. The largest sets in use have 100 MB.
const MAX_BYTES: u64 = 1 << 30;

/// Reads a set from a SOFA file.
///
/// Directions come out in the listener's own axes (`ListenerPosition`, `ListenerView` and
/// `ListenerUp` are applied). Of sets with several distances, those measurements are kept whose
/// distance is nearest to the median. Directions at a pole that are given at several azimuths are
/// averaged into one.
///
/// # Errors
/// When there is no such file, when it is no SOFA file or damaged, when it is of another
/// convention, when shapes, rate or numbers are wrong, when a response is silent, and when a
/// direction is there twice. The message says which measurement, counted from 1.
pub fn read(path: &Path) -> Result<Measured> {
    parse(&path.display().to_string(), bytes(path)?)
}

/// Reads responses of a head in a room: of the convention `SingleRoomDRIR`, or as long ones of
/// `SimpleFreeFieldHRIR`.
///
/// # Errors
/// As [`read`].
pub fn read_room(path: &Path) -> Result<Measured> {
    measured(&path.display().to_string(), bytes(path)?, Surroundings::Room)
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    let name = path.display();
    let failed = |error| Error::input(format!("{name}: {error}"));
    let found = fs::metadata(path).map_err(failed)?;
    if !found.is_file() {
        return Err(Error::input(format!("{name}: not a file; the path of a .sofa file")));
    }
    if found.len() > MAX_BYTES {
        return Err(Error::input(format!("{name}: larger than {MAX_BYTES} bytes")));
    }
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MAX_BYTES).read_to_end(&mut bytes))
        .map_err(failed)?;
    Ok(bytes)
}

/// Reads a set from the bytes of a SOFA file. `name` stands in the messages.
///
/// # Errors
/// As [`read`].
pub fn parse(name: &str, bytes: Vec<u8>) -> Result<Measured> {
    measured(name, bytes, Surroundings::FreeField)
}

fn measured(name: &str, bytes: Vec<u8>, surroundings: Surroundings) -> Result<Measured> {
    let container = Container::open(name, bytes)?;
    convention::check(&container, surroundings)?;
    let shape = Shape::of(&container)?;
    let rate_hz = convention::rate_hz(&container)?;
    let delays_frames = responses::delays_frames(&container, &shape)?;
    let (directions, distances_m) = geometry::sources(&container, &shape)?;
    let set = Measured {
        rate_hz,
        taps: shape.taps,
        directions,
        distances_m,
        delays_frames,
        responses: responses::responses(&container, &shape)?,
        other_distances: 0,
        about: about(&container),
    };
    select::tidy(set).map_err(|message| container.wrong(message))
}

fn about(container: &Container) -> About {
    About {
        title: container.text("Title"),
        database: container.text("DatabaseName"),
        listener: container.text("ListenerShortName"),
        author: container.text("AuthorContact"),
        licence: container.text("License"),
    }
}
