//! Files of many channels that many objects take one channel of: a hundred objects of an ADM file
//! read it once, not a hundred times.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::planes::Planes;
use super::{Description, Opened, Source, open};
use crate::Result;

/// Frames that are decoded at once.
const BLOCK_FRAMES: usize = 2048;

/// Blocks that are kept. Objects play in step, so that two are in use at any time.
const BLOCKS: usize = 4;

/// The files that feeds take channels of, each open once.
#[derive(Debug, Default)]
pub struct SharedFiles(Mutex<BTreeMap<PathBuf, Arc<SharedFile>>>);

impl SharedFiles {
    /// Opens a file, or finds it open.
    pub(super) fn open(
        &self,
        path: &Path,
        name: &str,
        allow_truncated: bool,
    ) -> Result<Arc<SharedFile>> {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = files.get(path) {
            return Ok(Arc::clone(file));
        }
        let Opened { source, description } = open(path, name, allow_truncated)?;
        let blocks = Mutex::new(Blocks { source, source_at: 0, recent: VecDeque::new() });
        let file = Arc::new(SharedFile { description, blocks });
        files.insert(path.to_owned(), Arc::clone(&file));
        Ok(file)
    }
}

/// A file and what of it was decoded last.
pub struct SharedFile {
    description: Description,
    blocks: Mutex<Blocks>,
}

impl SharedFile {
    /// What is in it.
    pub fn description(&self) -> &Description {
        &self.description
    }

    fn block(&self, index: u64) -> Result<Arc<Block>> {
        self.blocks.lock().unwrap_or_else(PoisonError::into_inner).get(index)
    }
}

impl std::fmt::Debug for SharedFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.description.fmt(f)
    }
}

struct Blocks {
    source: Box<dyn Source>,
    /// The frame that the source would give next.
    source_at: u64,
    /// The blocks that were asked for last, the latest at the back.
    recent: VecDeque<Arc<Block>>,
}

#[derive(Clone)]
struct Block {
    index: u64,
    planes: Planes,
}

impl Blocks {
    fn get(&mut self, index: u64) -> Result<Arc<Block>> {
        if let Some(found) = self.recent.iter().position(|block| block.index == index) {
            return Ok(Arc::clone(&self.recent[found]));
        }
        let mut block = self.room();
        // Nobody else holds it: this does not copy.
        let room = Arc::make_mut(&mut block);
        self.decode(index, &mut room.planes)?;
        room.index = index;
        self.recent.push_back(Arc::clone(&block));
        Ok(block)
    }

    /// The oldest block, if nobody uses it any more, or a new one.
    fn room(&mut self) -> Arc<Block> {
        let oldest = if self.recent.len() < BLOCKS { None } else { self.recent.pop_front() };
        oldest.filter(|block| Arc::strong_count(block) == 1).unwrap_or_else(|| {
            let planes = Planes::new(self.source.channels(), BLOCK_FRAMES);
            Arc::new(Block { index: 0, planes })
        })
    }

    fn decode(&mut self, index: u64, planes: &mut Planes) -> Result<()> {
        let first = index * BLOCK_FRAMES as u64;
        if self.source_at != first {
            self.source.seek(first)?;
        }
        // Should reading fail, nobody knows where the source stands.
        self.source_at = u64::MAX;
        let got = planes.with(0..BLOCK_FRAMES, |channels| self.source.read(channels))?;
        self.source_at = first + got as u64;
        Ok(())
    }
}

/// One channel of a shared file, or the mean of all.
pub struct Tap {
    file: Arc<SharedFile>,
    /// The channel to take; the mean of all without.
    index: Option<usize>,
    block: Option<Arc<Block>>,
    position: u64,
}

impl Tap {
    /// Takes the channel at `index` (from 0), or the mean of all.
    pub fn new(file: Arc<SharedFile>, index: Option<usize>) -> Self {
        Self { file, index, block: None, position: 0 }
    }

    /// The block that holds the position.
    fn block(&mut self) -> Result<&Block> {
        let index = self.position / BLOCK_FRAMES as u64;
        let block = match self.block.take().filter(|block| block.index == index) {
            Some(block) => block,
            None => self.file.block(index)?,
        };
        Ok(self.block.insert(block))
    }
}

impl Source for Tap {
    fn channels(&self) -> usize {
        1
    }

    fn rate_hz(&self) -> u32 {
        self.file.description.rate_hz
    }

    fn frames(&self) -> Option<u64> {
        Some(self.file.description.frames)
    }

    fn read(&mut self, channels: &mut [&mut [f32]]) -> Result<usize> {
        let left = self.file.description.frames.saturating_sub(self.position);
        let wanted = usize::try_from(left).unwrap_or(usize::MAX).min(channels[0].len());
        let mut done = 0;
        while done < wanted {
            let from = (self.position % BLOCK_FRAMES as u64) as usize;
            let frames = (BLOCK_FRAMES - from).min(wanted - done);
            let out = &mut channels[0][done..done + frames];
            let (index, all) = (self.index, self.file.description.channels);
            let planes = &self.block()?.planes;
            match index {
                Some(index) => out.copy_from_slice(&planes.channel(index)[from..from + frames]),
                None => mean(planes, all, from, out),
            }
            done += frames;
            self.position += frames as u64;
        }
        Ok(done)
    }

    fn seek(&mut self, frame: u64) -> Result<()> {
        self.position = frame;
        Ok(())
    }

    fn warnings(&self) -> Vec<String> {
        self.file.blocks.lock().unwrap_or_else(PoisonError::into_inner).source.warnings()
    }
}

fn mean(planes: &Planes, channels: usize, from: usize, out: &mut [f32]) {
    out.fill(0.0);
    for channel in 0..channels {
        for (sum, sample) in out.iter_mut().zip(&planes.channel(channel)[from..]) {
            *sum += sample;
        }
    }
    let share = 1.0 / channels as f32;
    for sample in out {
        *sample *= share;
    }
}
