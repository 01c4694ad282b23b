//! Nothing that a binaural render does in a quantum allocates.

mod binaural_support;
#[path = "support/counting_allocator.rs"]
mod counting_allocator;

use std::slice;
use std::sync::Arc;

use binaural_support::{RATE_HZ, SphericalHead, Tones};
use counting_allocator::{CountingAllocator, calls};
use cupola::binaural::{
    Arrival, Bank, DirectLane, DirectShop, EARS, Fed, Feeds, FixedLane, Head, Hearing, Kernel,
    Levelled, Reflections, Room, RoomSize, Share, Sphere, SphereLane, Summing, Table, WALLS,
    whole_responses,
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
    let mut reflected: [Fed; WALLS] = Default::default();
    let (mut over, mut fed) = (SphereLane::new(64.0), Fed::default());
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
        let arrivals = [(begin, from), (end, to)].map(|(heard, it)| Arrival {
            lateness: heard.lateness(),
            pan: sphere.pan(&it.direction),
        });
        over.process(&kernel, input.map(Levelled::from), arrivals.each_ref(), &mut fed);
        let [begin, end] = [from, to].map(|it| room.arrivals(&head, &sphere, &looks, &it));
        reflections.process(&kernel, input, &begin, &end, &mut reflected);
        feeds.add([&fed].into_iter().chain(&reflected));
        bank.process(slice::from_ref(&feeds), &mut shares[2..]);
        let (mut sum, mut ears) = (Share::silent(), [SILENCE; EARS]);
        summing.add(shares.iter(), &mut sum);
        summing.hear(&sum, &mut ears);
        assert!(sum.sounds() || number > 50);
        shares.iter_mut().for_each(Share::clear);
    }
    assert_eq!(calls(), before);
    drop(std::hint::black_box(vec![before]));
    assert!(calls() > before, "the counter counts");
}
