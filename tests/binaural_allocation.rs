//! Nothing that a binaural render does in a quantum allocates.

mod binaural_support;
#[path = "support/counting_allocator.rs"]
mod counting_allocator;

use std::slice;
use std::sync::Arc;

use binaural_support::{RATE_HZ, SphericalHead, Tones};
use counting_allocator::{CountingAllocator, calls};
use cupola::binaural::{
    Bank, DirectLane, DirectShop, EARS, Feeds, FixedLane, Head, Hearing, Kernel, Levelled,
    Reflections, Room, RoomSize, Share, Sphere, SphereLane, Summing, Table, WALLS, whole_responses,
};
use cupola::block::SILENCE;
use cupola::space::Position;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

#[test]
fn nothing_is_allocated_in_a_quantum() {
    let head = SphericalHead::new();
    let (table, kernel, sphere) = (Table::new(&head), Kernel::new(), Sphere::new());
    let front = Hearing::far(&head, &sphere.directions()[0]);
    let mut fixed = FixedLane::new(&whole_responses(&head, &front.mixtures, &kernel));
    let room = Room::new(RoomSize::Far, 1, RATE_HZ);
    let mut reflections = Reflections::new(&room, 64.0);
    let mut reflected = [[SILENCE; EARS]; WALLS];
    let (mut over, mut late) = (SphereLane::new(64.0), [SILENCE; EARS]);
    let (mut feeds, mut bank) = (Feeds::new(), Bank::new(&head, &table, &sphere));
    let mut direct = DirectLane::new(&Arc::new(DirectShop::new(table, 64.0)));
    let mut shares = [Share::silent(), Share::silent(), Share::silent()];
    let (summing, signal) = (Summing::default(), Tones::noise(5, 5000.0));
    let before = calls();
    for number in 0..200 {
        let input = signal.quantum(number);
        let input = (number < 50).then_some(&input);
        let [from, to] = [number, number + 1].map(|it| Position::polar(it as f64 * 3.0, 5.0, 0.6));
        let looks = Head::from_degrees(number as f64, 0.0, 0.0);
        let [begin, end] = [from, to].map(|it| Hearing::near(&head, &it));
        direct.process(input, &begin, &end, &mut shares[0]);
        fixed.process(input, &mut shares[1]);
        feeds.clear();
        let lateness = [begin, end].map(|it| it.lateness());
        let levelled = input.map(Levelled::from);
        if over.process(&kernel, levelled, &lateness[0], &lateness[1], &mut late) {
            feeds.add(&late, &sphere.pan(&from.direction), &sphere.pan(&to.direction));
        }
        let [begin, end] = [from, to].map(|it| room.arrivals(&head, &sphere, &looks, &it));
        if reflections.process(&kernel, input, &begin, &end, &mut reflected) {
            feeds.add_reflected(&reflected, &begin, &end);
        }
        bank.process(slice::from_ref(&feeds), &mut shares[2..]);
        let mut ears = [SILENCE; EARS];
        assert!(summing.sum(shares.iter(), &mut ears) || number > 50);
    }
    assert_eq!(calls(), before);
    drop(std::hint::black_box(vec![before]));
    assert!(calls() > before, "the counter counts");
}
