//! What a scene sounds like, in memory.
#![allow(dead_code)]

use cupola::engine::{Engine, Work};
use cupola::layout::Layout;
use cupola::render::{Desk, Feeder, Finish, Gauges, Session, Span, Target, Watch, desk};
use cupola::scene::Scene;
use cupola::sink::{Memory, Sink};

/// A watcher that looks away.
pub struct Blind;

impl Watch for Blind {
    fn begins(&mut self, _frames: u64) {}

    fn frames_done(&mut self, _frames: u64) {}

    fn stopped(&self) -> bool {
        false
    }
}

/// The channels of every target, in layout order.
pub fn hear(scene: &Scene, targets: &[Layout]) -> Vec<Vec<Vec<f32>>> {
    let targets: Vec<Target> = targets.iter().cloned().map(Into::into).collect();
    hear_targets(scene, &targets)
}

/// The same for targets of any kind.
pub fn hear_targets(scene: &Scene, targets: &[Target]) -> Vec<Vec<Vec<f32>>> {
    hear_in_batches(scene, targets, 64)
}

/// The same, so many quanta at a time.
pub fn hear_in_batches(scene: &Scene, targets: &[Target], batch: usize) -> Vec<Vec<Vec<f32>>> {
    let Desk { plan, feeds, frames, .. } = desk(scene, targets, &Finish::default()).unwrap();
    let channels = targets.iter().map(|target| target.layout.loudspeakers.len());
    let mut memories: Vec<Memory> = channels.map(Memory::new).collect();
    let mut session = Session {
        engine: Engine::new(&plan, batch, Work::Serial),
        feeder: Feeder::new(feeds, batch, Work::Serial),
        sinks: memories.iter_mut().map(|memory| memory as &mut dyn Sink).collect(),
        gauges: Gauges::default(),
        batch,
    };
    session.run(&Span { frames: 0..frames }, &mut Blind).unwrap();
    drop(session);
    memories.into_iter().map(Memory::into_channels).collect()
}

/// The largest magnitude.
pub fn peak(samples: &[f32]) -> f32 {
    samples.iter().fold(0.0, |peak, sample| peak.max(sample.abs()))
}

/// The largest difference between two recordings of the same shape.
pub fn difference(one: &[Vec<f32>], other: &[Vec<f32>]) -> f32 {
    assert_eq!(one.len(), other.len(), "channels");
    let channels = one.iter().zip(other);
    channels.fold(0.0, |worst, (one, other)| {
        assert_eq!(one.len(), other.len(), "frames");
        one.iter().zip(other).fold(worst, |worst: f32, (a, b)| worst.max((a - b).abs()))
    })
}
