//! One mono file for every channel.

use std::path::{Path, PathBuf};

use super::{FileReport, FileSpec, Sink, WavFile};
use crate::Result;

/// The mask of a mono file: the centre.
const MONO_MASK: u32 = 0x4;

/// Mono files `STEM.CHANNEL.wav`, whole under their names, or none of them there.
#[derive(Debug)]
pub struct SplitFiles {
    files: Vec<WavFile>,
}

impl SplitFiles {
    /// Begins a file for every channel of the specification; its path gives folder and stem, its
    /// mask is not used. The samples are those the channels of one file would have, dither too.
    ///
    /// # Errors
    /// As [`WavFile::create`].
    pub fn create(spec: &FileSpec) -> Result<Self> {
        spec.check()?;
        if let Some(bytes) = spec.expected_bytes() {
            super::require_space(&spec.path, bytes)?;
        }
        let paths = Self::paths(&spec.path, &spec.channel_names);
        let channels = spec.channel_names.iter().zip(&spec.order);
        let mono = |(path, (name, &slice)): (PathBuf, (&String, &usize))| FileSpec {
            path,
            channel_names: vec![name.clone()],
            mask: MONO_MASK,
            order: vec![slice],
            ..spec.clone()
        };
        let specs = paths.into_iter().zip(channels).map(mono);
        Ok(Self { files: specs.map(WavFile::create).collect::<Result<_>>()? })
    }

    /// The files that would be written: the stem of `path`, the channel's name made safe, `.wav`.
    ///
    /// Letters, digits, `+`, `-`, `.` and `_` stay, anything else becomes `_`; names that would be one
    /// on a disk that does not tell capitals are numbered.
    #[must_use]
    pub fn paths(path: &Path, channel_names: &[String]) -> Vec<PathBuf> {
        let file_name = path.file_name().unwrap_or_default();
        let is_wav =
            path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("wav"));
        let stem = path.file_stem().filter(|_| is_wav).unwrap_or(file_name);
        let mut taken: Vec<String> = Vec::new();
        let mut paths = Vec::new();
        for name in channel_names {
            let safe = distinct(&file_safe(name), &taken);
            let mut file_name = stem.to_os_string();
            file_name.push(format!(".{safe}.wav"));
            paths.push(path.with_file_name(file_name));
            taken.push(safe.to_lowercase());
        }
        paths
    }

    /// Completes all files, then gives them their names; where a name cannot be given, those given
    /// already are taken away again.
    ///
    /// # Errors
    /// When the machine fails, or any write before did.
    pub fn finish(mut self) -> Result<Vec<FileReport>> {
        self.complete()?;
        self.commit()
    }

    /// Everything to the disk, still without the final names.
    ///
    /// # Errors
    /// When the machine fails, or any write before did.
    pub fn complete(&mut self) -> Result<()> {
        self.files.iter_mut().try_for_each(WavFile::complete)
    }

    /// Gives the completed files their names.
    ///
    /// # Errors
    /// When the machine fails.
    pub fn commit(self) -> Result<Vec<FileReport>> {
        let mut reports: Vec<FileReport> = Vec::new();
        for file in self.files {
            match file.commit() {
                Ok(report) => reports.push(report),
                Err(error) => {
                    for report in reports {
                        let _ = std::fs::remove_file(report.path);
                    }
                    return Err(error);
                }
            }
        }
        Ok(reports)
    }
}

impl Sink for SplitFiles {
    /// # Panics
    /// When there is no slice for a channel, or they differ in length.
    fn write(&mut self, channels: &[&[f32]]) -> Result<()> {
        self.files.iter_mut().try_for_each(|file| file.write(channels))
    }
}

fn file_safe(name: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || "+-._".contains(c) { c } else { '_' };
    name.chars().map(safe).collect()
}

fn distinct(name: &str, taken: &[String]) -> String {
    let free = |name: &String| !taken.contains(&name.to_lowercase());
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(free).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_distinct() {
        let names = ["M+030", "L/R", "l_r", "..", "Höhe 1", ""].map(String::from);
        let paths = SplitFiles::paths(Path::new("out/night.7.1.4.wav"), &names);
        let expected = ["M+030", "L_R", "l_r-2", "..", "Höhe_1", ""];
        let expected = expected.map(|name| PathBuf::from(format!("out/night.7.1.4.{name}.wav")));
        assert_eq!(paths, expected);
        let bare = SplitFiles::paths(Path::new("night.7.1.4"), &names[..1]);
        assert_eq!(bare, [PathBuf::from("night.7.1.4.M+030.wav")]);
    }
}
