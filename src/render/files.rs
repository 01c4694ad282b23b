//! The files of a render, all of its targets together.

use std::fs;
use std::path::{Path, PathBuf};

use super::destination::destinations;
use super::report::TargetFile;
use super::{Request, Span};
use crate::layout::Layout;
use crate::scene::Scene;
use crate::sink::{FileReport, FileSpec, Sink, SplitFiles, WavFile, guard_inputs, require_space};
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
#[derive(Default)]
pub(super) struct TargetFiles {
    targets: Vec<(String, Output)>,
    /// The file of every target, split or not.
    paths: Vec<PathBuf>,
    /// Folders that were made for the files, outermost first; taken away again if nothing comes of
    /// the render.
    folders: Vec<PathBuf>,
}

/// A target as one file or as one for each channel.
enum Output {
    One(Box<WavFile>),
    Split(SplitFiles),
}

impl TargetFiles {
    /// Begins every file, or none: what cannot be written is refused before any work.
    pub(super) fn create(scene: &Scene, request: &Request, span: &Span) -> Result<Self> {
        let names: Vec<&str> = request.targets.iter().map(|target| target.name()).collect();
        let paths = destinations(&scene.name, &names, request.output.as_deref())?;
        let specs = request.targets.iter().zip(&paths);
        let specs: Vec<FileSpec> =
            specs.map(|(target, path)| spec(&target.layout, path, scene, request, span)).collect();
        let mut inputs = scene.inputs();
        inputs.extend_from_slice(&request.guarded);
        specs.iter().try_for_each(|spec| guard(spec, request.split, &inputs))?;
        let mut files = Self::default();
        files.paths = paths.clone();
        paths.iter().try_for_each(|path| files.make_folder(path))?;
        require_space(&paths[0], specs.iter().filter_map(FileSpec::expected_bytes).sum())?;
        for (target, spec) in request.targets.iter().zip(specs) {
            files.targets.push((target.name().to_owned(), Output::create(spec, request.split)?));
        }
        Ok(files)
    }

    /// Makes the folder a file is to stand in.
    fn make_folder(&mut self, path: &Path) -> Result<()> {
        let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) else {
            return Ok(());
        };
        let missing =
            folder.ancestors().take_while(|it| !it.as_os_str().is_empty() && !it.exists());
        let missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
        self.folders.extend(missing.into_iter().rev());
        fs::create_dir_all(folder)
            .map_err(|error| Error::machine(format!("{}: {error}", folder.display())))
    }

    /// The file of every target; where it is split, what the parts are named after.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        self.paths.clone()
    }

    /// Where the samples of the targets go.
    pub(super) fn sinks(&mut self) -> Vec<&mut dyn Sink> {
        self.targets.iter_mut().map(|(_, output)| output.sink()).collect()
    }

    /// Completes every file, and only then gives them their names.
    pub(super) fn finish(mut self) -> Result<Vec<TargetFile>> {
        for (_, output) in &mut self.targets {
            output.complete()?;
        }
        let mut files = Vec::new();
        for (target, output) in std::mem::take(&mut self.targets) {
            files.extend(output.commit()?.into_iter().map(|it| TargetFile::new(&target, it)));
        }
        self.folders.clear();
        Ok(files)
    }
}

impl Output {
    fn create(spec: FileSpec, split: bool) -> Result<Self> {
        if split {
            Ok(Self::Split(SplitFiles::create(&spec)?))
        } else {
            Ok(Self::One(Box::new(WavFile::create(spec)?)))
        }
    }

    fn sink(&mut self) -> &mut dyn Sink {
        match self {
            Self::One(file) => &mut **file,
            Self::Split(files) => files,
        }
    }

    fn complete(&mut self) -> Result<()> {
        match self {
            Self::One(file) => file.complete(),
            Self::Split(files) => files.complete(),
        }
    }

    fn commit(self) -> Result<Vec<FileReport>> {
        match self {
            Self::One(file) => Ok(vec![file.commit()?]),
            Self::Split(files) => files.commit(),
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

/// Refuses outputs that are inputs.
fn guard(spec: &FileSpec, split: bool, inputs: &[PathBuf]) -> Result<()> {
    if !split {
        return guard_inputs(&spec.path, inputs);
    }
    let paths = SplitFiles::paths(&spec.path, &spec.channel_names);
    paths.iter().try_for_each(|path| guard_inputs(path, inputs))
}

impl Drop for TargetFiles {
    fn drop(&mut self) {
        self.targets.clear();
        for folder in self.folders.iter().rev() {
            // A folder that somebody else has put something into stays.
            let _ = fs::remove_dir(folder);
        }
    }
}
