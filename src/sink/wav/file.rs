//! A WAV file on the disk: whole under its name, or not there.

use super::levels::{Levels, NotFinite};
use super::writer::WavWriter;
use crate::sink::disk::{require_space, write_error};
use crate::sink::part::PartFile;
use crate::sink::{FileReport, FileSpec, Sink};
use crate::{Error, Result};

/// A WAV file that is being written, as `.NAME.part` beside its final name.
///
/// Its header is true at every moment. [`finish`](Self::finish) gives it its name; dropped without
/// that it leaves nothing behind.
#[derive(Debug)]
pub struct WavFile {
    spec: FileSpec,
    writer: WavWriter<PartFile>,
    levels: Levels,
    failure: Option<Error>,
}

impl WavFile {
    /// Begins a file. What cannot end well is refused here, before any work.
    ///
    /// # Errors
    /// When the specification fits no WAV file, the folder cannot be written, the disk is too
    /// small, or another render is writing this file.
    pub fn create(spec: FileSpec) -> Result<Self> {
        spec.check()?;
        let part = PartFile::create(&spec.path)?;
        if let Some(bytes) = spec.expected_bytes() {
            require_space(&spec.path, bytes)?;
        }
        let writer = WavWriter::new(part, &spec)
            .map_err(|error| write_error(&spec.path, spec.expected_bytes(), &error))?;
        let levels = Levels::new(spec.order.len());
        Ok(Self { spec, writer, levels, failure: None })
    }

    /// Completes the file and gives it its name.
    ///
    /// # Errors
    /// When the machine fails, or any write before did: then nothing is left behind.
    pub fn finish(mut self) -> Result<FileReport> {
        self.complete()?;
        self.commit()
    }

    /// Everything to the disk, still without the final name: the first half of [`finish`](Self::finish),
    /// for files that are to get their names together.
    ///
    /// # Errors
    /// When the machine fails, or any write before did.
    pub fn complete(&mut self) -> Result<()> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        self.writer.finish().map_err(|error| self.write_error(&error))?;
        self.writer.get_mut().sync().map_err(|error| self.write_error(&error))
    }

    /// Gives the completed file its name: the second half of [`finish`](Self::finish).
    ///
    /// # Errors
    /// When the machine fails: then nothing is left behind.
    pub fn commit(self) -> Result<FileReport> {
        let frames = self.writer.frames();
        let report = FileReport {
            path: self.spec.path,
            frames,
            channels: self.spec.channel_names,
            sample_peak: self.levels.sample_peak(),
            clipped_samples: self.levels.clipped_samples(),
            bytes: self.writer.header().file_bytes(frames),
            container: self.writer.header().container(frames),
        };
        let renamed = self.writer.into_inner().commit();
        renamed.map_err(|error| write_error(&report.path, Some(report.bytes), &error))?;
        Ok(report)
    }

    fn try_write(&mut self, channels: &[&[f32]]) -> Result<()> {
        let in_file_order = self.spec.order.iter().map(|&slice| channels[slice]);
        self.levels.measure(in_file_order).map_err(|found| self.not_finite(found))?;
        self.writer.write(channels).map_err(|error| self.write_error(&error))
    }

    fn write_error(&self, error: &std::io::Error) -> Error {
        write_error(&self.spec.path, self.spec.expected_bytes(), error)
    }

    fn not_finite(&self, found: NotFinite) -> Error {
        let frame = self.spec.first_frame + self.writer.frames() + found.frame as u64;
        Error::input(format!(
            "{}: channel {} at frame {frame} is NaN or infinite, with {} more such samples in its \
             block; a gain or filter of the scene runs away",
            self.spec.path.display(),
            self.spec.channel_names[found.channel],
            found.count - 1
        ))
    }
}

impl Sink for WavFile {
    /// A file that failed once stays failed: every later call gives the same error.
    ///
    /// # Panics
    /// When there is no slice for a channel, or they differ in length.
    fn write(&mut self, channels: &[&[f32]]) -> Result<()> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        let frames = channels.first().map_or(0, |samples| samples.len());
        assert!(channels.iter().all(|samples| samples.len() == frames), "slices of one length");
        let written = self.try_write(channels);
        self.failure = written.as_ref().err().cloned();
        written
    }
}
