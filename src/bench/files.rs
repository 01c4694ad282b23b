//! Whole renders, from files to a file.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use super::RATE_HZ;
use crate::layout::Layout;
use crate::render::{ChannelOrder, Report, Request, Watch, render};
use crate::scene::{Options, Scene};
use crate::sink::{FileSpec, SampleFormat, Sink, WavFile};
use crate::{Error, Result};

/// A folder with a scene of moving objects, each with a WAV file of its own; removed when dropped.
pub struct FileScene {
    folder: PathBuf,
}

/// Nobody watches a benchmark.
struct Unwatched;

impl Watch for Unwatched {
    fn begins(&mut self, _frames: u64) {}

    fn frames_done(&mut self, _frames: u64) {}

    fn stopped(&self) -> bool {
        false
    }
}

impl FileScene {
    /// Writes 24-bit mono files of noise, and a scene in which as many objects orbit.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn new(folder: &Path, objects: usize, seconds: u64) -> Result<Self> {
        let fail = |error| Error::machine(format!("{}: {error}", folder.display()));
        fs::create_dir_all(folder).map_err(fail)?;
        let mut text = String::from("title = \"benchmark\"\n");
        for index in 0..objects {
            write_noise(folder.join(format!("{index}.wav")), index as u64, seconds)?;
            let turns = 0.05 + 0.003 * index as f64;
            let _ = write!(
                text,
                "[[object]]\nname = \"{index}\"\nfile = \"{index}.wav\"\ngain_db = -20\n\
                 position = {{ elevation_deg = {} }}\n\
                 macro = {{ type = \"orbit\", turns_per_s = {turns} }}\n",
                index % 50,
            );
        }
        fs::write(folder.join("scene.toml"), text).map_err(fail)?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Renders it on one thread, from the scene file to a file on the disk.
    ///
    /// # Errors
    /// When anything cannot be read or written.
    pub fn render(&self, target: &Layout, quanta: usize) -> Result<Report> {
        let (scene, _) = Scene::load(&self.folder.join("scene.toml"), &Options::default())?;
        let request = Request {
            targets: vec![target.clone().into()],
            guarded: vec![],
            output: Some(self.folder.join("mix.wav").into()),
            format: SampleFormat::Float32,
            order: ChannelOrder::Mask,
            split: false,
            from: None,
            to: None,
            threads: Some(1),
            batch: quanta,
            dither_seed: 0,
            no_master: false,
            normalize: false,
            match_loudness: false,
            measure_strips: false,
            over_time: false,
        };
        render(&scene, &request, &mut Unwatched)
    }
}

impl Drop for FileScene {
    fn drop(&mut self) {
        // What cannot be removed is the system's to clean up: it lies in its temporary folder.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn write_noise(path: PathBuf, seed: u64, seconds: u64) -> Result<()> {
    let frames = seconds * u64::from(RATE_HZ);
    let mut file = WavFile::create(FileSpec {
        path,
        rate_hz: RATE_HZ,
        channel_names: vec!["M".into()],
        mask: 0,
        order: vec![0],
        format: SampleFormat::Int24,
        dither_seed: seed,
        first_frame: 0,
        expected_frames: Some(frames),
    })?;
    let mut state = seed as u32 + 1;
    let mut block = [0.0; 4800];
    for _ in 0..frames / block.len() as u64 {
        for sample in &mut block {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *sample = (state >> 8) as f32 / 16_777_216.0 - 0.5;
        }
        file.write(&[&block])?;
    }
    file.finish().map(drop)
}
