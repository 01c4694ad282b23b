//! The file that holds a set: HDF5, as netCDF writes it. `hdf5_pure` is named here only.
//!
//! Nothing a file says about itself is believed before memory is asked for: shapes are read first,
//! and refused where they are absurd or where the file does not hold what they promise.

use std::collections::HashMap;

use hdf5_pure::{AttrValue, DType, Dataset, File, Layout};

use crate::{Error, Result};

/// The most values that are read from one variable, 1 GiB as f32.
const MAX_VALUES: u64 = 1 << 28;

/// A chunk may be larger than the variable that is kept in it, but not more than this, in bytes:
/// netCDF asks for that much where it cannot know how long a variable will grow.
const MAX_SPARE: u64 = 1 << 20;

/// How much larger than its chunk on the disk a chunk may be: what deflate can do at most is 1032,
/// and nothing that was measured comes near.
const MAX_INFLATION: u64 = 1100;

/// The longest text of an attribute that is kept, in characters.
const MAX_TEXT: usize = 4000;

/// An open file and its name in messages.
pub(super) struct Container {
    name: String,
    file: File,
    bytes: u64,
    attributes: HashMap<String, AttrValue>,
    variables: Vec<String>,
}

/// A variable with its shape, before its values are read.
pub(super) struct Variable<'a> {
    container: &'a Container,
    name: &'static str,
    dataset: Dataset,
    /// How long it is in each dimension.
    pub(super) shape: Vec<u64>,
}

impl Container {
    /// Opens a file that was read into memory.
    pub(super) fn open(name: &str, bytes: Vec<u8>) -> Result<Self> {
        if !hdf5_pure::is_hdf5_bytes(&bytes) {
            return Err(Error::input(format!(
                "{name}: not a SOFA file (AES69 keeps them in HDF5, which begins otherwise)"
            )));
        }
        let length = bytes.len() as u64;
        let damaged = |error| damaged(name, "its structure", &error);
        let file = File::from_bytes(bytes).map_err(damaged)?;
        let promised = file.superblock().eof_address;
        if promised > length {
            return Err(Error::input(format!(
                "{name}: is cut short: {length} of {promised} bytes are there"
            )));
        }
        let attributes = file.root().attrs().map_err(damaged)?;
        let variables = file.root().datasets().map_err(damaged)?;
        Ok(Self { name: name.to_owned(), file, bytes: length, attributes, variables })
    }

    /// An error of this file.
    pub(super) fn wrong(&self, message: impl std::fmt::Display) -> Error {
        Error::input(format!("{}: {message}", self.name))
    }

    /// What the whole file says of itself under a name; empty where it says nothing.
    pub(super) fn text(&self, name: &str) -> String {
        one_line(self.attributes.get(name))
    }

    /// A variable that has to be there.
    pub(super) fn variable(&self, name: &'static str) -> Result<Variable<'_>> {
        let there = self.find(name)?;
        there.ok_or_else(|| self.wrong(format!("has no {name}, which every set must have")))
    }

    /// A variable that may be missing.
    pub(super) fn find(&self, name: &'static str) -> Result<Option<Variable<'_>>> {
        if !self.variables.iter().any(|other| other == name) {
            return Ok(None);
        }
        let failed = |error| damaged(&self.name, name, &error);
        let dataset = self.file.dataset(name).map_err(failed)?;
        let shape = dataset.shape().map_err(failed)?;
        let variable = Variable { container: self, name, dataset, shape };
        variable.check_size().map(|()| Some(variable))
    }
}

impl Variable<'_> {
    /// Its values in the order of the file, the last dimension fastest.
    pub(super) fn values(&self) -> Result<Vec<f64>> {
        let values = self.dataset.read_f64().map_err(|error| self.damaged(&error))?;
        self.complete(values)
    }

    /// Its values as f32.
    pub(super) fn values_f32(&self) -> Result<Vec<f32>> {
        let values = self.dataset.read_f32().map_err(|error| self.damaged(&error))?;
        self.complete(values)
    }

    /// One of its attributes, in lower case; empty where it has none of that name.
    pub(super) fn attribute(&self, name: &str) -> Result<String> {
        let attributes = self.dataset.attrs().map_err(|error| self.damaged(&error))?;
        Ok(one_line(attributes.get(name)).to_lowercase())
    }

    /// An error about this variable.
    pub(super) fn wrong(&self, message: impl std::fmt::Display) -> Error {
        self.container.wrong(format!("{} {message}", self.name))
    }

    fn damaged(&self, error: &hdf5_pure::Error) -> Error {
        damaged(&self.container.name, self.name, error)
    }

    fn complete<T>(&self, values: Vec<T>) -> Result<Vec<T>> {
        match self.shape.iter().product::<u64>() == values.len() as u64 {
            true => Ok(values),
            false => Err(self.wrong("has not as many values as its shape says")),
        }
    }

    /// Refuses what would ask for more memory than the file can fill.
    fn check_size(&self) -> Result<()> {
        let kind = self.dataset.dtype().map_err(|error| self.damaged(&error))?;
        let value_bytes: u64 = match kind {
            DType::I8 | DType::U8 => 1,
            DType::I16 | DType::U16 => 2,
            DType::I32 | DType::U32 | DType::F32 => 4,
            DType::I64 | DType::U64 | DType::F64 => 8,
            _ => return Err(self.wrong("is not made of numbers of up to 64 bits")),
        };
        let values = self.shape.iter().try_fold(1_u64, |all, &one| all.checked_mul(one));
        let Some(values) = values.filter(|&values| values <= MAX_VALUES) else {
            let most = MAX_VALUES;
            return Err(self.wrong(format!("is {} values large; at most {most}", self.shape())));
        };
        let bytes = values * value_bytes;
        if bytes > self.stored_bytes(value_bytes, bytes)? {
            return Err(self.wrong(format!(
                "is {} values large, which the file does not hold: it is damaged or cut short",
                self.shape()
            )));
        }
        Ok(())
    }

    /// How many bytes the file has for it once they are unpacked.
    fn stored_bytes(&self, value_bytes: u64, bytes: u64) -> Result<u64> {
        let layout = self.dataset.layout().map_err(|error| self.damaged(&error))?;
        let Layout::Chunked { chunk_shape, .. } = layout else {
            return Ok(self.container.bytes);
        };
        let chunk = chunk_shape.iter().try_fold(value_bytes, |all, &one| all.checked_mul(one));
        let Some(chunk) = chunk.filter(|&chunk| chunk <= bytes.max(MAX_SPARE)) else {
            return Err(self.wrong("is kept in pieces that are larger than all of it"));
        };
        let chunks = self.dataset.chunks().map_err(|error| self.damaged(&error))?;
        let packed = !self.dataset.filters().is_empty();
        let room = |stored: u64| if packed { stored.saturating_mul(MAX_INFLATION) } else { stored };
        match chunks.iter().all(|one| chunk <= room(one.storage_size.min(self.container.bytes))) {
            true => Ok(chunk.saturating_mul(chunks.len() as u64)),
            false => Err(self.wrong("has pieces larger than what they are unpacked from")),
        }
    }

    /// The shape as it stands in a message: `710 x 2 x 512`.
    pub(super) fn shape(&self) -> String {
        self.shape.iter().map(u64::to_string).collect::<Vec<_>>().join(" x ")
    }
}

/// A text attribute without what would break a line.
fn one_line(value: Option<&AttrValue>) -> String {
    let text = value.and_then(AttrValue::as_str).unwrap_or_default();
    let text = text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\0');
    text.chars()
        .take(MAX_TEXT)
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}

fn damaged(name: &str, what: &str, error: &hdf5_pure::Error) -> Error {
    let error = error.to_string().replace(char::is_control, " ");
    Error::input(format!(
        "{name}: {what} cannot be read, the file is damaged or cut short: {error}"
    ))
}
