//! An engine under the hand allocates when it is built and never again, whatever the hand does.

#[path = "support/counting_allocator.rs"]
mod counting_allocator;
#[path = "support/desk.rs"]
mod support;

use std::sync::Arc;

use counting_allocator::{CountingAllocator, calls};
use cupola::binaural::Head;
use cupola::block::{Quantum, SILENCE};
use cupola::engine::{Controls, Engine, Inputs, Work};
use cupola::space::Position;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

struct Same(Quantum);

impl Inputs for Same {
    fn quantum(&self, _: usize, _: usize) -> Option<&Quantum> {
        Some(&self.0)
    }
}

/// Moves everything there is, and lets it go now and then. Levels and places may be set without an
/// allocation, too; switches are not counted here, as they are not set by the audio thread.
fn touch(controls: &Controls, strips: usize, round: u64) {
    let angle = round as f64;
    for strip in 0..strips {
        let is_free = (round + strip as u64).is_multiple_of(3);
        controls.set_level(strip, (!is_free).then_some(0.1 * (round % 9) as f64));
        controls.set_position(strip, (!is_free).then(|| Position::polar(angle * 40.0, angle, 2.0)));
        controls.set_width_deg(strip, round.is_multiple_of(2).then_some(50.0));
    }
    controls.set_head(
        (!round.is_multiple_of(5)).then(|| Head::from_degrees(angle * 33.0, angle, -angle)),
    );
}

#[test]
fn rendering_under_the_hand_allocates_nothing() {
    for scene in [support::busy_scene(), support::full_scene()] {
        let targets = support::layouts(&["7.1.4", "stereo"]).into_iter().map(Into::into);
        let targets: Vec<_> = targets.chain([support::headphones()]).collect();
        let plan = cupola::render::desk(&scene.scene, &targets, &Default::default()).unwrap().plan;
        let controls = Arc::new(Controls::new(&plan));
        let mut engine = Engine::controlled(&plan, 16, Work::Serial, &controls);
        let mut sound = SILENCE;
        sound.iter_mut().enumerate().for_each(|(index, sample)| *sample = index as f32 * 0.01);
        let inputs = Same(sound);
        let before = calls();
        for round in 0..250 {
            touch(&controls, plan.strips.len(), round);
            engine.render(round * 4, 4, &inputs);
        }
        assert_eq!(calls() - before, 0, "it allocated while rendering");
        assert!(engine.faults().is_empty(), "{:?}", engine.faults());
        assert!(engine.output(2, 0).iter().flatten().any(|sample| *sample != 0.0));
    }
}
