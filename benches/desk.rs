//! What a second of a desk costs, on one thread: 750 quanta of strips with equalisers and dynamics,
//! of sends, and of the parts of a master on their own.

use cupola::bench::{LimiterAlone, MeterAlone, QUANTA_PER_SECOND, Reel, ReverbAlone, desk};
use cupola::engine::Engine;
use cupola::layout::{self, Layout};
use divan::Bencher;

fn main() {
    divan::main();
}

const BATCH: usize = 64;

#[divan::bench(args = desk::MAKEUPS_DB)]
fn mastered_bed(bencher: Bencher<'_, '_>, makeup_db: f64) {
    second_of(bencher, desk::mastered_bed(&layout(), makeup_db, BATCH).unwrap(), 12);
}

#[divan::bench(args = [16, 128])]
fn strips(bencher: Bencher<'_, '_>, objects: usize) {
    second_of(bencher, desk::strips(objects, &layout(), BATCH).unwrap(), objects);
}

#[divan::bench(args = [0, 1, 40])]
fn sends_of_40_objects(bencher: Bencher<'_, '_>, sending: usize) {
    second_of(bencher, desk::sends(40, sending, &layout(), BATCH).unwrap(), 40);
}

#[divan::bench(args = [0.25, 1.0])]
fn limiter(bencher: Bencher<'_, '_>, amplitude: f32) {
    let mut limiter = LimiterAlone::new(&Reel::new(12), 12, amplitude);
    bencher.bench_local(|| (0..QUANTA_PER_SECOND as u64).for_each(|it| limiter.process(it)));
}

#[divan::bench]
fn reverb(bencher: Bencher<'_, '_>) {
    let (mut reverb, reel) = (ReverbAlone::new(), Reel::new(1));
    bencher.bench_local(|| (0..QUANTA_PER_SECOND as u64).for_each(|it| reverb.process(&reel, it)));
}

#[divan::bench]
fn meter(bencher: Bencher<'_, '_>) {
    let (mut meter, reel) = (MeterAlone::new(&layout()), Reel::new(12));
    bencher.bench_local(|| (0..QUANTA_PER_SECOND as u64).for_each(|it| meter.process(&reel, it)));
}

fn layout() -> Layout {
    layout::built_in("7.1.4").unwrap()
}

fn second_of(bencher: Bencher<'_, '_>, mut engine: Engine, lanes: usize) {
    let mut reel = Reel::new(lanes);
    bencher.bench_local(|| {
        let last = reel.first + QUANTA_PER_SECOND as u64;
        while reel.first < last {
            let quanta = BATCH.min((last - reel.first) as usize);
            engine.render(reel.first, quanta, &reel);
            reel.first += quanta as u64;
        }
    });
}
