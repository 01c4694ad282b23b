//! From the path of a scene to a scene that can be rendered, or to everything that is wrong with it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::files::{Found, Surroundings};
use super::{Bed, Group, Object, ReadyBed, ReadyBus, ReadyObject, ReadyReturn, Spec};
use crate::document::{Document, DocumentError, Place, Problems};
use crate::folder::Folder;
use crate::motion::{Context, Macro, Trajectory};
use crate::source::{Feed, FeedContext, FeedSpec, Origin, SharedFiles};
use crate::units::seconds_to_frames;
use crate::{Error, Result};

/// What a scene may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether its paths may leave its folder.
    pub allow_outside: bool,
    /// Whether what a cut-off audio file promises but does not have is silence, not an error.
    pub allow_truncated: bool,
    /// The rate it is played at instead of its own, in frames a second.
    pub rate_hz: Option<u32>,
}

/// A scene that has been found right, with what its files turned out to be.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Its file, as it was asked for.
    pub path: PathBuf,
    /// The stem of its file's name: `night-market`.
    pub name: String,
    /// What the author wrote.
    pub spec: Spec,
    /// Where its files are.
    pub folder: Folder,
    /// What it may do.
    pub options: Options,
    /// What the beds turned out to be, in the order of `spec.beds`.
    pub beds: Vec<ReadyBed>,
    /// What the objects turned out to be, in the order of `spec.objects`.
    pub objects: Vec<ReadyObject>,
    /// What the buses turned out to be, in the order of `spec.buses`.
    pub buses: Vec<ReadyBus>,
    /// What the returns turned out to be, in the order of `spec.returns`.
    pub returns: Vec<ReadyReturn>,
    /// Its length in frames.
    pub frames: u64,
}

/// What became of reading a scene.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The scene, if nothing is wrong with it.
    pub scene: Option<Scene>,
    /// All that is wrong or doubtful.
    pub report: DocumentError,
}

impl Scene {
    /// Reads a scene and opens its files; beside the scene there may be warnings.
    ///
    /// # Errors
    /// If the file cannot be read, or [`Error::Document`] with everything that is wrong in it.
    pub fn load(path: &Path, options: &Options) -> Result<(Self, DocumentError)> {
        let Reading { scene, report } = Self::read(path, options)?;
        match scene {
            Some(scene) => Ok((scene, report)),
            None => Err(Error::Document(Arc::new(report))),
        }
    }

    /// Reads a scene, opens its files, and says what is wrong with it.
    ///
    /// # Errors
    /// If the file cannot be read, or is neither TOML nor JSON.
    pub fn read(path: &Path, options: &Options) -> Result<Reading> {
        let mut document = Document::open(path)?;
        let mut problems = Problems::default();
        let spec = document.read::<Spec>(&mut problems);
        let rate_hz = |spec: &Spec| options.rate_hz.unwrap_or(spec.sample_rate);
        let spec = spec.map(|spec| Spec { sample_rate: rate_hz(&spec), ..spec });
        let folder = Folder::new(path.parent().unwrap_or(Path::new("")), options.allow_outside);
        let scene = spec.and_then(|spec| build(path, spec, folder, *options, &mut problems));
        let scene = scene.filter(|_| !problems.has_errors());
        Ok(Reading { scene, report: document.explain(problems) })
    }

    /// Every file it is made of, itself included, so that no render writes over one of them.
    #[must_use]
    pub fn inputs(&self) -> Vec<PathBuf> {
        let beds = self.spec.beds.iter().filter_map(Bed::feed);
        let feeds = beds.chain(self.spec.objects.iter().filter_map(Object::feed));
        let mut inputs = vec![self.path.clone()];
        for feed in feeds {
            let paths = match feed.origin {
                Origin::File(path) => vec![path],
                Origin::Files(paths) => paths.into_values().collect(),
                Origin::Signal(_) | Origin::Inputs(_) => vec![],
            };
            inputs.extend(paths.iter().filter_map(|path| self.folder.resolve(path).ok()));
        }
        let beds = self.spec.beds.iter().filter_map(|bed| bed.layout.as_ref().map(Path::new));
        let layouts = beds.chain(self.spec.buses.iter().map(|bus| Path::new(&bus.layout)));
        let motions = self.spec.objects.iter().filter_map(|object| object.macro_motion.as_ref());
        let paths = motions.filter_map(Macro::file);
        let heads = [&self.spec.headphones.hrtf, &self.spec.headphones.brir];
        let heads = heads.into_iter().filter_map(|it| it.as_deref());
        let others = layouts.chain(paths).chain(self.responses()).chain(heads);
        inputs.extend(others.filter_map(|path| self.folder.resolve(path).ok()));
        inputs
    }

    /// Opens what a bed or object is fed from; files that several take channels of are opened once
    /// if all are opened with the same `shared`.
    ///
    /// # Errors
    /// If a file has changed since the scene was read.
    pub fn open(&self, feed: &FeedSpec, shared: &SharedFiles) -> Result<Feed> {
        let (folder, rate_hz) = (&self.folder, self.spec.sample_rate);
        let allow_truncated = self.options.allow_truncated;
        let context = FeedContext { folder, shared, rate_hz, allow_truncated };
        Feed::open(&self.spec.bounded(feed), &context)
    }

    /// The motion of an object.
    ///
    /// # Errors
    /// If a path file has changed since the scene was read.
    pub fn trajectory(&self, object: &Object) -> Result<Trajectory> {
        let resolve = |path: &Path| self.folder.resolve(path);
        let context = Context {
            tempo_bpm: self.spec.tempo_bpm,
            object: Context::salt(&object.name),
            resolve: &resolve,
        };
        let (macro_motion, micro) = (object.macro_motion.as_ref(), object.micro_motion.as_ref());
        let trajectory = Trajectory::new(&object.placement(), macro_motion, micro, &context)?;
        let groups = self.spec.groups_of(&object.name).into_iter().filter(|group| group.moves());
        Ok(trajectory.carried(groups.map(Group::carriage).collect()))
    }
}

/// Checks everything there is to check; a scene comes of it only if there is nothing wrong.
fn build(
    path: &Path,
    spec: Spec,
    folder: Folder,
    options: Options,
    problems: &mut Problems,
) -> Option<Scene> {
    let root = Place::root();
    spec.check(&root, problems);
    if spec.is_too_large() {
        return None;
    }
    let allow_truncated = options.allow_truncated;
    let rate_hz = spec.usable_rate_hz();
    let surroundings = Surroundings { spec: &spec, folder: &folder, rate_hz, allow_truncated };
    let Found { beds, objects, buses, returns } = surroundings.look(&root, problems)?;
    let frames = frames(&spec, &beds, &objects, &returns);
    if frames == 0 && !problems.has_errors() {
        problems.error(&root, "the scene lasts no time at all", "give it `duration_s`");
    }
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let path = path.to_owned();
    Some(Scene { path, name, spec, folder, options, beds, objects, buses, returns, frames })
}

/// The length of a scene: as it says, else to the end of the last source and the tail.
fn frames(spec: &Spec, beds: &[ReadyBed], objects: &[ReadyObject], returns: &[ReadyReturn]) -> u64 {
    let rate_hz = spec.sample_rate;
    if let Some(duration_s) = spec.duration_s {
        return seconds_to_frames(duration_s, rate_hz);
    }
    let beds = beds.iter().map(|bed| bed.stretch.end);
    let ends = beds.chain(objects.iter().map(|object| object.stretch.end)).flatten();
    match ends.max() {
        Some(end) if end > 0 => {
            end.saturating_add(seconds_to_frames(spec.resolved_tail_s(returns), rate_hz))
        }
        _ => 0,
    }
}
