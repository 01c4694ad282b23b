//! The engine allocates when it is built and never again.

#[path = "support/counting_allocator.rs"]
mod counting_allocator;
#[path = "support/desk.rs"]
mod support;

use counting_allocator::{CountingAllocator, calls};
use cupola::block::{Quantum, SILENCE};
use cupola::engine::{Engine, Inputs, Work};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

/// Sound in every lane but for a silent stretch, so that lanes go to sleep and wake up.
struct Stutter {
    first: u64,
    sound: Quantum,
}

impl Inputs for Stutter {
    fn quantum(&self, lane: usize, quantum: usize) -> Option<&Quantum> {
        let place = self.first + quantum as u64 + lane as u64;
        (!place.is_multiple_of(11)).then_some(&self.sound)
    }
}

#[test]
fn rendering_allocates_nothing() {
    allocates_nothing(&support::busy_scene());
}

#[test]
fn a_full_desk_allocates_nothing() {
    allocates_nothing(&support::full_scene());
}

fn allocates_nothing(scene: &support::TestScene) {
    let targets = support::layouts(&["7.1.4", "5.1", "stereo", "22.2"]);
    let targets = targets.into_iter().map(Into::into).chain([support::headphones()]);
    let targets: Vec<_> = targets.collect();
    let plan = cupola::render::desk(&scene.scene, &targets, &Default::default()).unwrap().plan;
    let mut engine = Engine::new(&plan, 16, Work::Serial);
    let mut inputs = Stutter { first: 0, sound: SILENCE };
    inputs.sound.iter_mut().enumerate().for_each(|(index, sample)| *sample = index as f32 * 0.01);
    let before = calls();
    while inputs.first < 3000 {
        let quanta = 1 + (inputs.first % 16) as usize;
        engine.render(inputs.first, quanta, &inputs);
        inputs.first += quanta as u64;
    }
    engine.render(inputs.first, 16, &inputs);
    assert_eq!(calls() - before, 0, "the engine allocated while rendering");
    assert!(engine.output(4, 0).iter().flatten().any(|sample| *sample != 0.0), "to headphones too");
    assert!(engine.output(0, 0).iter().flatten().any(|sample| *sample != 0.0), "and it rendered");
}

#[test]
fn the_counter_counts() {
    let before = calls();
    drop(std::hint::black_box(vec![1_u8; 100]));
    assert_eq!(calls() - before, 2);
}
