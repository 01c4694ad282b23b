//! What a second of a master costs to limit: eleven channels of noise and an LFE, on one thread,
//! with peaks so many decibels above or below the ceiling.

use cupola::bench::QUANTA_PER_SECOND;
use cupola::block::{Bundle, QUANTUM, SIDE_BY_SIDE};
use cupola::effect::{Effect, Group, Limiter, LimiterSpec};
use divan::{Bencher, black_box};

const CHANNELS: usize = 12;
const LFE: usize = 3;

fn main() {
    divan::main();
}

#[divan::bench(args = [-20, -6, -1, 1, 3, 6, 12])]
fn second_of_a_master(bencher: Bencher<'_, '_>, over_db: i32) {
    let spec =
        LimiterSpec { ceiling_dbtp: (-1.0).into(), lookahead_ms: 2.0, release_ms: 100.0.into() };
    let group = |lanes: Vec<usize>| Group { spec: &spec, heard: lanes.clone(), lanes, key: None };
    let others = (0..CHANNELS).filter(|lane| *lane != LFE).collect();
    let mut limiter = Limiter::new(&[group(others), group(vec![LFE])], CHANNELS, 48_000);
    let mut sound = noise();
    let bundles = || sound.iter().flatten().flatten().flatten();
    let peak = bundles().fold(0.0, |peak: f32, sample| peak.max(sample.abs()));
    let gain = 10_f32.powf((over_db as f32 - 1.0) / 20.0) / peak;
    sound.iter_mut().flatten().flatten().flatten().for_each(|sample| *sample *= gain);
    let mut quantum = 0;
    bencher.bench_local(|| {
        for unit in &sound {
            let mut unit = *unit;
            limiter.process(quantum, &mut unit, &[]);
            black_box(&unit);
            quantum += 1;
        }
    });
}

/// Noise that falls towards the highs as music does, a second of it, with the swells of a beat.
fn noise() -> Vec<[Bundle; 2]> {
    let mut random = 1_u32;
    let mut slow = [[0.0_f32; 2]; CHANNELS];
    let mut sound = vec![[[[0.0; SIDE_BY_SIDE]; QUANTUM]; 2]; QUANTA_PER_SECOND];
    for (number, unit) in sound.iter_mut().enumerate() {
        let beat = 0.2 + (-((number % 375) as f32) / 40.0).exp();
        for (lane, slow) in slow.iter_mut().enumerate() {
            for row in &mut unit[lane / SIDE_BY_SIDE] {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let white = (random >> 8) as f32 / (1 << 23) as f32 - 1.0;
                slow[0] += 0.01 * (white - slow[0]);
                slow[1] += 0.2 * (white - slow[1]);
                let sample = beat * (3.0 * slow[0] + 0.5 * slow[1] + 0.05 * white);
                row[lane % SIDE_BY_SIDE] = sample;
            }
        }
    }
    sound
}
