//! What a render has to say for itself.

use serde::Serialize;

use crate::Result;
use crate::sink::FileReport;
use crate::units::amplitude_to_decibels;

/// A finished render.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The scene file, as it was asked for.
    pub scene: String,
    /// Frames a second.
    pub sample_rate: u32,
    /// The frame of the scene that is the first of every file.
    pub first_frame: u64,
    /// Frames in every file.
    pub frames: u64,
    /// The same in seconds.
    pub duration_s: f64,
    /// The files, target after target.
    pub files: Vec<TargetFile>,
    /// What may not be as meant.
    pub warnings: Vec<String>,
    /// How long it took, in seconds.
    pub render_s: f64,
    /// How much faster than real time that was.
    pub times_real_time: f64,
}

/// One file of one target.
#[derive(Clone, Debug, Serialize)]
pub struct TargetFile {
    /// The target's name.
    pub target: String,
    /// What was written.
    #[serde(flatten)]
    pub written: FileReport,
    /// The sample peak of the whole file in dBFS; `None` for silence.
    pub sample_peak_dbfs: Option<f64>,
    /// The SHA-256 of the file, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

impl TargetFile {
    /// The file as reported by its sink.
    #[must_use]
    pub fn new(target: &str, written: FileReport) -> Self {
        let peak = written.sample_peak.iter().copied().fold(0.0, f32::max);
        let sample_peak_dbfs = (peak > 0.0).then(|| amplitude_to_decibels(f64::from(peak)));
        Self { target: target.to_owned(), written, sample_peak_dbfs, sha256: None }
    }
}

impl Report {
    /// The report with the SHA-256 of every file, which are read again.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn with_hashes(&self) -> Result<Self> {
        let mut hashed = self.clone();
        for file in &mut hashed.files {
            file.sha256 = Some(file.written.sha256()?);
        }
        Ok(hashed)
    }
}
