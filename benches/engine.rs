//! What a second of sound costs: 750 quanta of crowds of objects, on one thread.

use cupola::bench::{Crowd, GivenGains, Motions, QUANTA_PER_SECOND, Reel, dense_mix};
use cupola::block::SILENCE;
use cupola::layout;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const BATCH: usize = 64;

#[divan::bench(args = [16, 64, 128, 512])]
fn still(bencher: Bencher<'_, '_>, objects: usize) {
    second_of(bencher, objects, Motions::Still);
}

#[divan::bench(args = [16, 64, 128, 512])]
fn on_orbits(bencher: Bencher<'_, '_>, objects: usize) {
    second_of(bencher, objects, Motions::Orbits);
}

#[divan::bench(args = [128])]
fn on_drifting_orbits(bencher: Bencher<'_, '_>, objects: usize) {
    second_of(bencher, objects, Motions::DriftingOrbits);
}

fn second_of(bencher: Bencher<'_, '_>, objects: usize, motions: Motions) {
    let layout = layout::built_in("7.1.4").unwrap();
    let mut engine = Crowd::new(objects, motions, &layout).unwrap().engine(BATCH);
    let mut reel = Reel::new(objects);
    bencher.bench_local(|| {
        let last = reel.first + QUANTA_PER_SECOND as u64;
        while reel.first < last {
            let quanta = BATCH.min((last - reel.first) as usize);
            engine.render(reel.first, quanta, &reel);
            reel.first += quanta as u64;
        }
    });
}

#[divan::bench]
fn baseline_dense(bencher: Bencher<'_, '_>) {
    let (reel, gains) = (Reel::new(128), vec![vec![0.1; 12]; 128]);
    let mut channels = vec![SILENCE; 12];
    bencher.bench_local(|| {
        for quantum in 0..QUANTA_PER_SECOND as u64 {
            dense_mix(&reel, quantum, &gains, &mut channels);
            black_box(&channels);
        }
    });
}

#[divan::bench]
fn baseline_gains_given(bencher: Bencher<'_, '_>) {
    let layout = layout::built_in("7.1.4").unwrap();
    let crowd = Crowd::new(128, Motions::Orbits, &layout).unwrap();
    let (mut given, reel) = (GivenGains::new(&crowd), Reel::new(128));
    let mut channels = vec![SILENCE; 12];
    bencher.bench_local(|| {
        for quantum in 0..QUANTA_PER_SECOND as u64 {
            given.mix(&reel, quantum, &mut channels);
            black_box(&channels);
        }
    });
}
