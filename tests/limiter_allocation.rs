//! Limiting allocates nothing.

#[path = "support/counting_allocator.rs"]
mod counting_allocator;

use counting_allocator::{CountingAllocator, calls};
use cupola::block::{Bundle, QUANTUM, SIDE_BY_SIDE};
use cupola::effect::{Effect, Group, Limiter, LimiterSpec};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

#[test]
fn limiting_allocates_nothing() {
    let spec =
        LimiterSpec { ceiling_dbtp: (-1.0).into(), lookahead_ms: 2.0, release_ms: 1.0.into() };
    let group = |lanes: &[usize]| Group {
        spec: &spec,
        lanes: lanes.to_vec(),
        heard: lanes.to_vec(),
        key: None,
    };
    let mut limiter = Limiter::new(&[group(&[0, 3, 9]), group(&[8])], 12, 48_000);
    let mut unit: [Bundle; 2] = [[[0.0; SIDE_BY_SIDE]; QUANTUM]; 2];
    let (mut random, mut lowest) = (1_u32, 1.0_f32);
    let before = calls();
    for quantum in 0..3000 {
        // Peaks that fall for a while, so that the hold is full of candidates, and silence.
        let level = if quantum % 500 < 400 { 4.0 / (1 + quantum % 400) as f32 } else { 0.0 };
        for sample in unit.as_flattened_mut().as_flattened_mut() {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *sample = level * ((random >> 8) as f32 / (1 << 23) as f32 - 1.0);
        }
        limiter.process(quantum, &mut unit, &[]);
        lowest = lowest.min(limiter.lowest_gain(0));
    }
    assert_eq!(calls(), before);
    assert!(lowest < 0.5, "it worked: {lowest}");
    drop(std::hint::black_box(vec![1_u8; 100]));
    assert!(calls() > before, "the counter counts");
}
