//! The files of a render, all of its targets together.

use std::fs;
use std::path::Path;

use super::destination::destinations;
use super::report::TargetFile;
use super::{Request, Span};
use crate::layout::Layout;
use crate::scene::Scene;
use crate::sink::{FileReport, FileSpec, Sink, SplitFiles, WavFile, guard_inputs};
use crate::{Error, Result};

/// The order of the channels in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChannelOrder {
    /// Ascending bits of the WAVE channel mask, as the mask demands; the layout's order where no
    /// mask names all of its loudspeakers.
    #[default]
    Mask,
    /// The layout's own order, with mask 0.
    Layout,
}

/// What is being written for every target.
pub(super) struct TargetFiles {
    targets: Vec<(String, Output)>,
}

/// A target as one file or as one for each channel.
enum Output {
    One(Box<WavFile>),
    Split(SplitFiles),
}

impl TargetFiles {
    /// Begins every file, or none: what cannot be written is refused before any work.
    pub(super) fn create(scene: &Scene, request: &Request, span: &Span) -> Result<Self> {
        let names: Vec<&str> = request.targets.iter().map(|target| target.name.as_str()).collect();
        let paths = destinations(&scene.name, &names, request.output.as_deref())?;
        let mut targets = Vec::new();
        for (layout, path) in request.targets.iter().zip(&paths) {
            make_folder(path)?;
            let spec = spec(layout, path, scene, request, span);
            targets.push((layout.name.clone(), Output::create(spec, request.split, scene)?));
        }
        Ok(Self { targets })
    }

    /// Where the samples of the targets go.
    pub(super) fn sinks(&mut self) -> Vec<&mut dyn Sink> {
        self.targets.iter_mut().map(|(_, output)| output.sink()).collect()
    }

    /// Completes every file.
    pub(super) fn finish(self) -> Result<Vec<TargetFile>> {
        let mut files = Vec::new();
        for (target, output) in self.targets {
            files.extend(output.finish()?.into_iter().map(|it| TargetFile::new(&target, it)));
        }
        Ok(files)
    }
}

impl Output {
    fn create(spec: FileSpec, split: bool, scene: &Scene) -> Result<Self> {
        if !split {
            guard_inputs(&spec.path, &scene.inputs())?;
            return Ok(Self::One(Box::new(WavFile::create(spec)?)));
        }
        for path in SplitFiles::paths(&spec.path, &spec.channel_names) {
            guard_inputs(&path, &scene.inputs())?;
        }
        Ok(Self::Split(SplitFiles::create(&spec)?))
    }

    fn sink(&mut self) -> &mut dyn Sink {
        match self {
            Self::One(file) => &mut **file,
            Self::Split(files) => files,
        }
    }

    fn finish(self) -> Result<Vec<FileReport>> {
        match self {
            Self::One(file) => Ok(vec![file.finish()?]),
            Self::Split(files) => files.finish(),
        }
    }
}

fn spec(layout: &Layout, path: &Path, scene: &Scene, request: &Request, span: &Span) -> FileSpec {
    let (mask, order) = match request.order {
        ChannelOrder::Mask => (layout.mask(), layout.file_order()),
        ChannelOrder::Layout => (0, (0..layout.loudspeakers.len()).collect()),
    };
    FileSpec {
        path: path.to_owned(),
        rate_hz: scene.spec.sample_rate,
        channel_names: order.iter().map(|&at| layout.loudspeakers[at].name.clone()).collect(),
        mask,
        order,
        format: request.format,
        dither_seed: request.dither_seed,
        first_frame: span.frames.start,
        expected_frames: Some(span.len()),
    }
}

/// Makes the folder a file is to stand in.
fn make_folder(path: &Path) -> Result<()> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => fs::create_dir_all(folder)
            .map_err(|error| Error::machine(format!("{}: {error}", folder.display()))),
        _ => Ok(()),
    }
}
