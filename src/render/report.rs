//! What a render has to say for itself.

use serde::Serialize;

use super::{Finding, Reading, Timeline};
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
    /// What was measured of the targets, in their order.
    pub targets: Vec<Reading>,
    /// What was measured of the strips, where that was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub strips: Vec<Reading>,
    /// What of the levels and settings is hardly meant, where strips were measured.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// The targets over time, where that was asked for.
    #[serde(skip)]
    pub timelines: Vec<Timeline>,
    /// The strips over time, where that was asked for.
    #[serde(skip)]
    pub strip_timelines: Vec<Timeline>,
    /// By how many decibels the targets were brought to their loudness, where that was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub normalized_by_db: Vec<f64>,
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
    /// The loudness of its target.
    #[serde(flatten)]
    pub loudness: Option<Loudness>,
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
        let target = target.to_owned();
        Self { target, written, sample_peak_dbfs, loudness: None, sha256: None }
    }

    /// The same with the loudness of its target, which is among the readings.
    #[must_use]
    pub fn with_loudness(self, targets: &[Reading]) -> Self {
        let reading = targets.iter().find(|reading| reading.name == self.target);
        Self { loudness: reading.map(Loudness::new), ..self }
    }
}

/// The loudness of a target; none for silence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Loudness {
    /// Integrated loudness, in LUFS.
    pub integrated_lufs: Option<f64>,
    /// The highest loudness of any 400 ms, in LUFS.
    pub max_momentary_lufs: Option<f64>,
    /// The highest loudness of any 3 s, in LUFS.
    pub max_short_term_lufs: Option<f64>,
    /// Loudness range, in LU.
    pub loudness_range_lu: Option<f64>,
    /// The highest true peak of any channel, in dBTP.
    pub true_peak_dbtp: Option<f64>,
}

impl Loudness {
    fn new(reading: &Reading) -> Self {
        let measured = &reading.loudness;
        Self {
            integrated_lufs: measured.integrated_lufs,
            max_momentary_lufs: measured.max_momentary_lufs,
            max_short_term_lufs: measured.max_short_term_lufs,
            loudness_range_lu: measured.loudness_range_lu,
            true_peak_dbtp: measured.true_peak_dbtp,
        }
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
