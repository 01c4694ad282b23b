//! Sets of responses for tests: small files on the disk, and files made to be wrong.
#![allow(dead_code)]

use std::path::PathBuf;

use cupola::hrtf::{Measured, sofa};
use hdf5_pure::{AttrValue, FileBuilder};
use serde_json::Value;

/// The small files that netCDF4 and h5py wrote.
pub const SMALL: [&str; 8] = [
    "polar.sofa",
    "cartesian.sofa",
    "radians.sofa",
    "turned.sofa",
    "moving.sofa",
    "spheres.sofa",
    "latest.sofa",
    "earliest.sofa",
];

/// The path of a small file.
pub fn small(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/sofa").join(name)
}

/// What stands in a file of expected numbers.
pub fn json(name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(small(name)).unwrap()).unwrap()
}

/// The MIT KEMAR set, or `None` with a word about it where that is not there.
pub fn kemar() -> Option<PathBuf> {
    let folder = std::env::var("CUPOLA_REFERENCE").unwrap_or_else(|_| "../shared".into());
    let path = PathBuf::from(folder).join("hrtf/MIT_KEMAR_normal_pinna.sofa");
    let there = path.exists();
    if !there {
        println!("skipped: {} is not there", path.display());
    }
    there.then_some(path)
}

/// A SOFA file to be: right as it is, until a test changes a part of it.
#[derive(Clone)]
pub struct Maker {
    /// Texts of the whole file.
    pub texts: Vec<(&'static str, String)>,
    /// What it holds.
    pub variables: Vec<Variable>,
    /// Names of variables that are kept as whole numbers.
    pub whole: Vec<&'static str>,
}

/// A variable: its name, shape and values, and what it says of itself.
pub type Variable = (&'static str, Vec<u64>, Vec<f64>, Texts);

/// Names and texts.
pub type Texts = Vec<(&'static str, &'static str)>;

impl Maker {
    /// A set of directions (azimuth, elevation, distance) whose responses come from a function of
    /// direction, ear and tap.
    pub fn new(
        positions: &[[f64; 3]],
        taps: usize,
        response: impl Fn(usize, usize, usize) -> f64,
    ) -> Self {
        let count = positions.len();
        let index = |at: usize| response(at / (2 * taps), at / taps % 2, at % taps);
        let polar = vec![("Type", "spherical"), ("Units", "degree, degree, metre")];
        let cartesian = vec![("Type", "cartesian"), ("Units", "metre")];
        let texts = [("SOFAConventions", "SimpleFreeFieldHRIR"), ("DataType", "FIR")];
        let responses = (0..count * 2 * taps).map(index).collect();
        Self {
            texts: texts.map(|(name, text)| (name, text.to_owned())).to_vec(),
            variables: vec![
                ("Data.IR", vec![count as u64, 2, taps as u64], responses, vec![]),
                ("Data.SamplingRate", vec![1], vec![48_000.0], vec![("Units", "hertz")]),
                ("Data.Delay", vec![1, 2], vec![0.0; 2], vec![]),
                ("SourcePosition", vec![count as u64, 3], positions.concat(), polar),
                ("ListenerView", vec![1, 3], vec![1.0, 0.0, 0.0], cartesian),
                ("ListenerUp", vec![1, 3], vec![0.0, 0.0, 1.0], vec![]),
            ],
            whole: vec![],
        }
    }

    /// Six directions of eight taps.
    pub fn small() -> Self {
        let positions: Vec<[f64; 3]> = (0..6).map(|i| [f64::from(i) * 60.0, 10.0, 1.2]).collect();
        Self::new(&positions, 8, |direction, ear, tap| {
            (direction + 2 * ear + tap + 1) as f64 * 0.01
        })
    }

    /// Changes a text of the file.
    pub fn text(mut self, name: &str, text: &str) -> Self {
        self.texts.iter_mut().filter(|it| it.0 == name).for_each(|it| it.1 = text.to_owned());
        self
    }

    /// Changes shape and values of a variable.
    pub fn variable(mut self, name: &str, shape: &[u64], values: &[f64]) -> Self {
        let it = self.variables.iter_mut().find(|it| it.0 == name).unwrap();
        (it.1, it.2) = (shape.to_vec(), values.to_vec());
        self
    }

    /// Changes one value of a variable.
    pub fn value(mut self, name: &str, at: usize, value: f64) -> Self {
        self.variables.iter_mut().find(|it| it.0 == name).unwrap().2[at] = value;
        self
    }

    /// Changes a text of a variable.
    pub fn kind(mut self, name: &str, text: &'static str, value: &'static str) -> Self {
        let it = self.variables.iter_mut().find(|it| it.0 == name).unwrap();
        it.3.iter_mut().filter(|it| it.0 == text).for_each(|it| it.1 = value);
        self
    }

    /// Leaves a variable out.
    pub fn without(mut self, name: &str) -> Self {
        self.variables.retain(|it| it.0 != name);
        self
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut file = FileBuilder::new();
        for (name, text) in &self.texts {
            file.set_attr(name, AttrValue::String(text.clone()));
        }
        for (name, shape, values, texts) in &self.variables {
            let whole: Vec<i32> = values.iter().map(|value| *value as i32).collect();
            let variable = file.create_dataset(name);
            let variable = match self.whole.contains(name) {
                true => variable.with_i32_data(&whole),
                false => variable.with_f64_data(values),
            };
            let variable = variable.with_shape(shape);
            for (name, text) in texts {
                variable.set_attr(name, AttrValue::String((*text).to_owned()));
            }
        }
        file.finish().unwrap()
    }

    /// What is read from it.
    pub fn read(&self) -> cupola::Result<Measured> {
        sofa::parse("it.sofa", self.bytes())
    }
}
