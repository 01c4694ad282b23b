//! Drives the engine from the first frame asked for to the last.

use super::Span;
use super::feeder::Feeder;
use crate::block::Quantum;
use crate::engine::Engine;
use crate::layout::MAX_CHANNELS;
use crate::sink::Sink;
use crate::{Error, Result};

/// Whoever watches a render.
pub trait Watch {
    /// Told how many frames there are to render.
    fn begins(&mut self, frames: u64);

    /// Told how many frames are done, a few times a second of audio.
    fn frames_done(&mut self, frames: u64);

    /// Asked as often whether to stop.
    fn stopped(&self) -> bool;
}

/// An engine, its sources and where its targets go: one sink for each target.
pub struct Session<'a> {
    /// What renders.
    pub engine: Engine,
    /// What feeds it.
    pub feeder: Feeder,
    /// Where the targets go, in their order.
    pub sinks: Vec<&'a mut dyn Sink>,
    /// How many quanta are rendered at once.
    pub batch: usize,
}

impl Session<'_> {
    /// Renders a span of the scene into the sinks.
    ///
    /// # Errors
    /// When a source cannot be read, a sink cannot be written, or the watcher stops it.
    pub fn run(&mut self, span: &Span, watch: &mut dyn Watch) -> Result<()> {
        let quanta = span.quanta();
        watch.begins(span.len());
        self.catch_up(quanta.start, watch)?;
        let mut next = quanta.start;
        while next < quanta.end {
            self.proceed(watch)?;
            let count = self.count(next, quanta.end);
            let batch = self.feeder.read(count)?;
            self.engine.render(next, count, batch);
            self.write(span, next, count)?;
            next += count as u64;
            watch.frames_done(span.heard_before(next));
        }
        Ok(())
    }

    /// Brings sources and engine to a quantum: by a leap where nothing remembers, else by going
    /// through everything before it.
    fn catch_up(&mut self, quantum: u64, watch: &dyn Watch) -> Result<()> {
        if !self.engine.remembers() {
            return self.feeder.seek(quantum);
        }
        self.feeder.seek(0)?;
        let mut next = 0;
        while next < quantum {
            self.proceed(watch)?;
            let count = self.count(next, quantum);
            let batch = self.feeder.read(count)?;
            self.engine.skip(next, count, batch);
            next += count as u64;
        }
        Ok(())
    }

    fn proceed(&self, watch: &dyn Watch) -> Result<()> {
        if watch.stopped() { Err(Error::Interrupted) } else { Ok(()) }
    }

    fn count(&self, next: u64, end: u64) -> usize {
        (end - next).min(self.batch as u64) as usize
    }

    fn write(&mut self, span: &Span, first: u64, count: usize) -> Result<()> {
        let Self { engine, sinks, .. } = self;
        for (target, sink) in sinks.iter_mut().enumerate() {
            for offset in 0..count {
                let part = span.part_of(first + offset as u64);
                let channels: &[Quantum] = engine.output(target, offset);
                let mut slices: [&[f32]; MAX_CHANNELS] = [&[]; MAX_CHANNELS];
                for (slice, channel) in slices.iter_mut().zip(channels) {
                    *slice = &channel[part.clone()];
                }
                sink.write(&slices[..channels.len()])?;
            }
        }
        Ok(())
    }
}
