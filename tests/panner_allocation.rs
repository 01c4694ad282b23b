//! Solving gains allocates nothing.

#[path = "support/counting_allocator.rs"]
mod counting_allocator;
mod panner_support;

use counting_allocator::{CountingAllocator, calls};
use cupola::pan::{GainRow, Panner, Spread};
use panner_support::{shipped, spiral};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

#[test]
fn solving_allocates_nothing() {
    for layout in shipped() {
        let panner = Panner::new(&layout).unwrap();
        panner.prepare_spread();
        let spread = Spread { width_deg: 40.0, height_deg: 20.0 };
        let mut row = GainRow::new();
        let before = calls();
        for direction in spiral(500) {
            panner.solve(&direction, &mut row);
            panner.solve_spread(&direction, &spread, &mut row);
        }
        assert_eq!(calls(), before, "{}", layout.name);
        drop(panner.gains(&cupola::space::UP));
        assert!(calls() > before, "the counter counts");
    }
}
