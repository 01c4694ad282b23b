//! The threads that read the sources ahead of the engine.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::Route;
use super::block::Block;
use super::orders::Orders;
use super::supply::Shelf;
use crate::block::QUANTUM;
use crate::source::Feed;
use crate::{Error, Result};

/// How many threads read. Sources that share a file are read in step by each of them.
const THREADS: usize = 2;

/// How long a reader rests when all is full.
const REST: Duration = Duration::from_millis(2);

/// What the readers of some sources and whoever plays them have in common.
pub struct Desk {
    /// What is to be read.
    pub orders: Orders,
    /// The place of the block that is played next: what lies before it comes too late.
    pub place: AtomicU64,
    ended: AtomicBool,
    failures: Mutex<Vec<String>>,
}

/// The readers; dropped, they end.
pub struct Readers {
    desk: Arc<Desk>,
    threads: Vec<JoinHandle<()>>,
}

impl Desk {
    /// A desk with a first order on it.
    pub fn new(route: Route) -> Self {
        Self {
            orders: Orders::new(route),
            place: AtomicU64::new(0),
            ended: AtomicBool::new(false),
            failures: Mutex::new(Vec::new()),
        }
    }

    /// Whether nobody reads any more.
    pub fn is_closed(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }

    fn note(&self, error: &Error) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let line = error.to_string();
        if !failures.contains(&line) {
            failures.push(line);
        }
    }
}

impl Readers {
    /// Begins to read.
    ///
    /// # Errors
    /// When there is no thread to be had.
    pub fn start(feeds: Vec<Feed>, shelves: Vec<Shelf>, desk: &Arc<Desk>) -> Result<Self> {
        let mut shares: Vec<Vec<Source>> = (0..THREADS).map(|_| Vec::new()).collect();
        for (number, (feed, shelf)) in feeds.into_iter().zip(shelves).enumerate() {
            shares[number % THREADS].push(Source::new(feed, shelf));
        }
        let shares = shares.into_iter().filter(|share| !share.is_empty());
        let start = |mut share: Vec<Source>| {
            let desk = Arc::clone(desk);
            std::thread::Builder::new()
                .name("cupola-reader".into())
                .spawn(move || read(&mut share, &desk))
                .map_err(|error| Error::machine(format!("no thread to read with: {error}")))
        };
        let threads = shares.map(start).collect::<Result<_>>()?;
        Ok(Self { desk: Arc::clone(desk), threads })
    }

    /// What could not be read so far, each line once.
    pub fn failures(&self) -> Vec<String> {
        self.desk.failures.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.desk.ended.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

/// Fills blocks of every source in turn until the end.
fn read(sources: &mut [Source], desk: &Desk) {
    while !desk.is_closed() {
        let Some((order, route)) = desk.orders.latest() else { continue };
        let late = desk.place.load(Ordering::SeqCst);
        let mut idle = true;
        for source in sources.iter_mut() {
            idle &= !source.go_on(order, route, late, desk);
        }
        if idle {
            std::thread::sleep(REST);
        }
    }
}

/// A source and how far it has been read.
struct Source {
    feed: Feed,
    shelf: Shelf,
    order: Option<u64>,
    place: u64,
    quantum: u64,
    failed: bool,
}

impl Source {
    fn new(feed: Feed, shelf: Shelf) -> Self {
        Self { feed, shelf, order: None, place: 0, quantum: 0, failed: false }
    }

    /// Fills one block, if one is empty.
    fn go_on(&mut self, order: u64, route: Route, late: u64, desk: &Desk) -> bool {
        let Ok(mut block) = self.shelf.empty.pop() else { return false };
        if self.order != Some(order) {
            (self.order, self.place, self.failed) = (Some(order), 0, false);
            self.quantum = route.first_quantum();
        } else {
            // What would come too late is left out.
            while self.place < late {
                self.step(route);
            }
        }
        (block.order, block.place) = (order, self.place);
        let quanta = route.quanta_from(self.quantum) as usize;
        if let Err(error) = self.fill(&mut block, quanta) {
            self.failed = true;
            desk.note(&error);
            block.hush();
        }
        self.step(route);
        // There is room for all blocks there are.
        let _ = self.shelf.full.push(block);
        true
    }

    /// A source that failed is silent until it is sought.
    fn fill(&mut self, block: &mut Block, quanta: usize) -> Result<()> {
        if self.failed {
            block.hush();
            return Ok(());
        }
        self.feed.seek(self.quantum * QUANTUM as u64)?;
        block.read(&mut self.feed, quanta)
    }

    fn step(&mut self, route: Route) {
        self.quantum = route.quantum_after(self.quantum);
        self.place += 1;
    }
}
