//! Drives the engine from the first frame asked for to the last.

use super::feeder::Feeder;
use super::{Gauges, Span};
use crate::block::Quantum;
use crate::engine::{Engine, Strips};
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
    /// Where the targets go, in their order; none where they are only measured.
    pub sinks: Vec<&'a mut dyn Sink>,
    /// What is measured on the way.
    pub gauges: Gauges,
    /// How many quanta are rendered at once.
    pub batch: usize,
}

impl Session<'_> {
    /// Renders a span of the scene into the sinks.
    ///
    /// What a target's latency makes late is waited for, so that its file is in time.
    ///
    /// # Errors
    /// When a source cannot be read, a sink cannot be written, or the watcher stops it.
    pub fn run(&mut self, span: &Span, watch: &mut dyn Watch) -> Result<()> {
        let spans: Vec<Span> = (0..self.engine.targets())
            .map(|target| span.later(self.engine.latency_frames(target) as u64))
            .collect();
        let end = spans.iter().map(|span| span.quanta().end).max().unwrap_or(0);
        watch.begins(span.len());
        // Where something remembers, everything before is gone through, and nobody hears it.
        let begin = if self.engine.remembers() { 0 } else { span.quanta().start };
        self.feeder.seek(begin)?;
        let mut next = begin;
        while next < end {
            self.proceed(watch)?;
            let count = self.count(next, end);
            let batch = self.feeder.read(count)?;
            if self.gauges.hears_strips() {
                let mut hear = |strips: &Strips<'_, _>, first, quanta| {
                    self.gauges.hear_strips(strips, first, quanta);
                };
                self.engine.render_with(next, count, batch, &mut hear);
            } else {
                self.engine.render(next, count, batch);
            }
            self.gauges.hear_targets(&self.engine, next, count);
            self.write(&spans, next, count)?;
            next += count as u64;
            watch.frames_done(span.heard_before(next));
        }
        Ok(())
    }

    fn proceed(&self, watch: &dyn Watch) -> Result<()> {
        if watch.stopped() { Err(Error::Interrupted) } else { Ok(()) }
    }

    fn count(&self, next: u64, end: u64) -> usize {
        (end - next).min(self.batch as u64) as usize
    }

    fn write(&mut self, spans: &[Span], first: u64, count: usize) -> Result<()> {
        let Self { engine, sinks, .. } = self;
        for (target, (sink, span)) in sinks.iter_mut().zip(spans).enumerate() {
            for offset in 0..count {
                let part = span.part_of(first + offset as u64);
                if part.is_empty() {
                    continue;
                }
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
