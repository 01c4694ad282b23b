//! What a second of binaural rendering costs on one thread, 750 quanta, all in: from signals and
//! directions to two ears. The times of `baseline` are those of the same lanes convolved by the sum
//! over all taps, vectorised.

use std::sync::Arc;

use cupola::binaural::{
    Arrival, Bank, DirectLane, DirectShop, EARS, Fed, Feeds, FixedLane, Head, Hearing, Kernel,
    Mixture, Reflections, Responses, Room, RoomSize, Share, Sphere, SphereLane, Summing, Table,
    WALLS,
};
use cupola::block::{QUANTUM, Quantum, SILENCE};
use cupola::space::{Position, Vector, unit_vector};
use divan::{Bencher, black_box};
use pulp::{Arch, Simd, WithSimd};

fn main() {
    divan::main();
}

const QUANTA: usize = 750;
const RATE_HZ: f64 = 48_000.0;
const TAPS: usize = 256;
const LONGEST_FRAMES: f64 = 64.0;

/// Quanta that a lane is rendered for before the next lane's turn.
const BATCH: usize = 15;

/// A set of as many nodes as measured ones have; what a direction mixes is made up, but moves.
struct Nodes(Vec<Vec<f32>>);

impl Nodes {
    fn new() -> Self {
        let response = |node: usize| {
            (0..TAPS).map(|tap| ((node * 31 + tap * 17) % 101) as f32 / 101.0 - 0.5).collect()
        };
        Self((0..1400).map(response).collect())
    }
}

impl Responses for Nodes {
    fn rate_hz(&self) -> f64 {
        RATE_HZ
    }
    fn taps(&self) -> usize {
        TAPS
    }
    fn nodes(&self) -> usize {
        self.0.len()
    }
    fn response(&self, node: usize, _: usize) -> &[f32] {
        &self.0[node]
    }
    fn lead_frames(&self) -> f64 {
        16.0
    }
    fn at(&self, direction: &Vector, ear: usize) -> Mixture {
        let side = if ear == 0 { direction.x } else { -direction.x };
        let place = (side + 1.0) * 690.0;
        let node = place as u32;
        let share = place - f64::from(node);
        Mixture {
            nodes: [node, node + 1, node + 2],
            weights: [0.6 - 0.6 * share, 0.4, 0.6 * share],
            delay_frames: 20.0 + 13.0 * side,
        }
    }
}

/// A second of noise.
fn noise(lane: usize) -> Vec<Quantum> {
    let sample = |at: usize| ((at * 7919 + lane * 613) % 1009) as f32 / 504.5 - 1.0;
    (0..QUANTA)
        .map(|number| std::array::from_fn(|frame| sample(number * QUANTUM + frame)))
        .collect()
}

/// Where a lane is: it goes round the head once in a second.
fn place(lane: usize, number: usize) -> Vector {
    unit_vector(
        360.0 * number as f64 / QUANTA as f64 + lane as f64 * 11.0,
        (lane % 90) as f64 - 45.0,
    )
}

fn hear_all(shares: &mut [Share], summing: &Summing) {
    for share in shares {
        let mut ears = [SILENCE; EARS];
        summing.hear(share, &mut ears);
        share.clear();
        black_box(&ears);
    }
}

#[divan::bench(args = [1, 32])]
fn moving_direct_lanes(bencher: Bencher<'_, '_>, lanes: usize) {
    let head = Nodes::new();
    direct_lanes(bencher, &head, lanes, |lane, quantum| Hearing::far(&head, &place(lane, quantum)));
}

#[divan::bench(args = [12])]
fn still_direct_lanes(bencher: Bencher<'_, '_>, lanes: usize) {
    let head = Nodes::new();
    let heard: Vec<_> = (0..lanes).map(|lane| Hearing::far(&head, &place(lane, 0))).collect();
    direct_lanes(bencher, &head, lanes, |lane, _| heard[lane]);
}

/// Lanes with filters of their own; `hear` says how each is heard when a quantum begins.
fn direct_lanes(
    bencher: Bencher<'_, '_>,
    head: &Nodes,
    lanes: usize,
    hear: impl Fn(usize, usize) -> Hearing,
) {
    let shop = Arc::new(DirectShop::new(Table::new(head), LONGEST_FRAMES));
    let mut all: Vec<_> = (0..lanes).map(|lane| (DirectLane::new(&shop), noise(lane))).collect();
    let mut shares = vec![Share::silent(); BATCH];
    let summing = Summing::default();
    bencher.bench_local(|| {
        for first in (0..QUANTA).step_by(BATCH) {
            for (number, (lane, signal)) in all.iter_mut().enumerate() {
                let mut begin = hear(number, first);
                for quantum in 0..BATCH {
                    let end = hear(number, first + quantum + 1);
                    let input = Some(&signal[first + quantum]);
                    lane.process(input, &begin, &end, &mut shares[quantum]);
                    begin = end;
                }
            }
            hear_all(&mut shares, &summing);
        }
    });
}

#[divan::bench(args = [12])]
fn fixed_lanes(bencher: Bencher<'_, '_>, lanes: usize) {
    let response = |lane: usize| noise(lane).concat()[..TAPS + 48].to_vec();
    let lane = |lane: usize| (FixedLane::new(&[response(lane), response(lane + 1)]), noise(lane));
    let mut all: Vec<_> = (0..lanes).map(lane).collect();
    let mut shares = vec![Share::silent(); BATCH];
    let summing = Summing::default();
    bencher.bench_local(|| {
        for first in (0..QUANTA).step_by(BATCH) {
            for (lane, signal) in &mut all {
                for quantum in 0..BATCH {
                    let input = Some(&signal[first + quantum]);
                    lane.process(input, &mut shares[quantum]);
                }
            }
            hear_all(&mut shares, &summing);
        }
    });
}

#[divan::bench(args = [1, 128])]
fn moving_lanes_over_the_sphere(bencher: Bencher<'_, '_>, lanes: usize) {
    let (head, kernel, sphere) = (Nodes::new(), Kernel::new(), Sphere::new());
    let mut bank = Bank::new(&head, &Table::new(&head), &sphere);
    let mut all: Vec<_> =
        (0..lanes).map(|lane| (SphereLane::new(LONGEST_FRAMES), noise(lane))).collect();
    let (mut feeds, summing) = (vec![Feeds::new(); BATCH], Summing::default());
    let mut fed = Fed::default();
    let mut shares = vec![Share::silent(); BATCH];
    bencher.bench_local(|| {
        for first in (0..QUANTA).step_by(BATCH) {
            feeds.iter_mut().for_each(Feeds::clear);
            for (number, (lane, signal)) in all.iter_mut().enumerate() {
                let arrival = |direction: &Vector| {
                    let lateness = Hearing::far(&head, direction).lateness();
                    Arrival { lateness, pan: sphere.pan(direction) }
                };
                let mut begin = arrival(&place(number, first));
                for quantum in 0..BATCH {
                    let end = arrival(&place(number, first + quantum + 1));
                    let input = &signal[first + quantum];
                    lane.process(&kernel, Some(input.into()), [&begin, &end], &mut fed);
                    feeds[quantum].add([&fed].into_iter());
                    begin = end;
                }
            }
            bank.process(&feeds, &mut shares);
            hear_all(&mut shares, &summing);
        }
    });
}

/// What the walls add to a lane that moves, but for the sphere itself.
#[divan::bench(args = [1])]
fn reflections_of_moving_lanes(bencher: Bencher<'_, '_>, lanes: usize) {
    let (nodes, kernel, sphere) = (Nodes::new(), Kernel::new(), Sphere::new());
    let (room, head) = (Room::new(RoomSize::Mid, 1, RATE_HZ), Head::default());
    let mut all: Vec<_> =
        (0..lanes).map(|lane| (Reflections::new(&room, LONGEST_FRAMES), noise(lane))).collect();
    let (mut feeds, mut reflected): (_, [Fed; WALLS]) = (Feeds::new(), Default::default());
    bencher.bench_local(|| {
        for (number, (lane, signal)) in all.iter_mut().enumerate() {
            let arrivals = |quantum: usize| {
                let position = Position { direction: place(number, quantum), distance: 1.0 };
                room.arrivals(&nodes, &sphere, &head, &position)
            };
            let mut begin = arrivals(0);
            for (quantum, input) in signal.iter().enumerate() {
                let end = arrivals(quantum + 1);
                feeds.clear();
                lane.process(&kernel, Some(input), &begin, &end, &mut reflected);
                feeds.add(reflected.iter());
                begin = end;
            }
        }
        black_box(&feeds);
    });
}

/// Lanes that stay, by the sum over all taps at both ears.
#[divan::bench(args = [12])]
fn baseline_of_fixed_lanes(bencher: Bencher<'_, '_>, lanes: usize) {
    let responses: Vec<Vec<f32>> = (0..lanes + 1).map(|it| noise(it).concat()).collect();
    let mut pasts = vec![vec![0.0_f32; TAPS + QUANTUM]; lanes];
    let signals: Vec<_> = (0..lanes).map(noise).collect();
    let arch = Arch::new();
    bencher.bench_local(|| {
        for quantum in 0..QUANTA {
            let mut ears = [SILENCE; EARS];
            for (lane, (past, signal)) in pasts.iter_mut().zip(&signals).enumerate() {
                past.copy_within(QUANTUM.., 0);
                past[TAPS..].copy_from_slice(&signal[quantum]);
                for (ear, sum) in ears.iter_mut().enumerate() {
                    let response = &responses[lane + ear];
                    arch.dispatch(Convolve { past, response, sum });
                }
            }
            black_box(&ears);
        }
    });
}

/// The sum over all taps, compiled for the processor at hand.
struct Convolve<'a> {
    past: &'a [f32],
    response: &'a [f32],
    sum: &'a mut Quantum,
}

impl WithSimd for Convolve<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let mut sums = *self.sum;
        for tap in 0..TAPS {
            let samples = &self.past[TAPS - tap..TAPS - tap + QUANTUM];
            for frame in 0..QUANTUM {
                sums[frame] += samples[frame] * self.response[tap];
            }
        }
        *self.sum = sums;
    }
}
