//! Who does the work of a render.

use std::num::NonZero;
use std::thread::available_parallelism;

use rayon::ThreadPool;

use super::gauges::Settings;
use super::{Desk, Feeder, Gauges, Reading, Session, Span, Timeline, Watch};
use crate::engine::{Engine, Work};
use crate::sink::Sink;
use crate::{Error, Result};

/// Threads, and how much they do at once.
pub struct Crew {
    pool: ThreadPool,
    work: Work,
    batch: usize,
}

/// What is measured besides the targets as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measures {
    /// Whether strips are.
    pub strips: bool,
    /// Whether all is noted over time.
    pub over_time: bool,
}

/// What came of going through a scene once.
pub struct Pass {
    /// What was measured of the targets.
    pub targets: Vec<Reading>,
    /// What was measured of the strips, where that was wanted.
    pub strips: Vec<Reading>,
    /// The targets over time, where that was wanted.
    pub timelines: Vec<Timeline>,
    /// The strips over time, where that was wanted.
    pub strip_timelines: Vec<Timeline>,
    /// What was amiss but could be mended.
    pub warnings: Vec<String>,
}

impl Crew {
    /// So many threads, or as many as there are cores, that render `batch` quanta at once.
    ///
    /// # Errors
    /// When there are not as many to be had.
    pub fn new(threads: Option<usize>, batch: usize) -> Result<Self> {
        let all = || available_parallelism().map_or(1, NonZero::get);
        let threads = threads.unwrap_or_else(all);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .map_err(|error| Error::machine(format!("{threads} threads cannot be had: {error}")))?;
        let work = if threads == 1 { Work::Serial } else { Work::Parallel };
        Ok(Self { pool, work, batch })
    }

    /// Goes through a span of a scene: a sink for every target, or none at all to measure only.
    ///
    /// # Errors
    /// When an input is wrong, the machine fails, or the watcher stops it.
    pub fn run(
        &self,
        desk: Desk,
        measures: Measures,
        span: &Span,
        sinks: Vec<&mut dyn Sink>,
        watch: &mut (dyn Watch + Send),
    ) -> Result<Pass> {
        let wanted = desk.wanted;
        let engine = Engine::new(&desk.plan, self.batch, self.work);
        let strips = if measures.strips { desk.measured_strips.as_slice() } else { &[] };
        let settings = Settings { rate_hz: desk.plan.rate_hz, over_time: measures.over_time };
        let gauges = Gauges::new(&engine, &desk.measured_targets, strips, span, &settings);
        let mut session = Session {
            engine,
            feeder: Feeder::new(desk.feeds, self.batch, self.work),
            sinks,
            gauges,
            batch: self.batch,
        };
        self.pool.install(|| session.run(span, watch))?;
        let (mut targets, strips) = session.gauges.readings();
        targets.truncate(wanted);
        let (timelines, strip_timelines) = session.gauges.timelines();
        let faults = session.engine.faults().into_iter().map(|fault| {
            format!(
                "{}: no number in frame {} or soon after; it was silenced",
                fault.name, fault.frame
            )
        });
        let warnings = session.feeder.warnings().into_iter().chain(faults).collect();
        Ok(Pass { targets, strips, timelines, strip_timelines, warnings })
    }
}
