//! What a position costs: the engine asks for 24,000 a second for 128 objects.

use cupola::motion::{Context, Drift, Macro, Micro, Orbit, Placement, Tremor, Wander};
use cupola::motion::{Curve, Keyframes, Point, Trajectory, survey};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// Positions in one iteration, so that the time of one is that of the iteration by this many.
const POSITIONS: usize = 1000;

fn orbit() -> Macro {
    Macro::Orbit(Orbit { turns_per_s: Some(0.13), ..Orbit::default() })
}

fn drift() -> Micro {
    let (azimuth_deg, elevation_deg) = (1.5, 2.0);
    Micro::Drift(Drift { azimuth_deg, elevation_deg, rate_hz: 0.3, seed: 7, together: false })
}

fn tremor() -> Micro {
    let (azimuth_deg, elevation_deg) = (1.5, 2.0);
    Micro::Tremor(Tremor { azimuth_deg, elevation_deg, rate_hz: 0.3, seed: 7, together: false })
}

fn wander() -> Micro {
    let (azimuth_deg, elevation_deg) = (1.5, 2.0);
    Micro::Wander(Wander { azimuth_deg, elevation_deg, rate_hz: 0.3, seed: 7, together: false })
}

fn keyframes(curve: Curve) -> Macro {
    let point = |index: u32| Point {
        t_s: Some(index.into()),
        azimuth_deg: Some(f64::from(index * 70 % 360)),
        elevation_deg: Some(f64::from(index * 13 % 80)),
        ..Point::default()
    };
    let points = (0..100).map(point).collect();
    Macro::Keyframes(Keyframes { curve, points, ..Keyframes::default() })
}

fn build(macro_motion: Option<&Macro>, micro: Option<&Micro>) -> Trajectory {
    let context = Context { tempo_bpm: None, object: 1, resolve: &|path| Ok(path.to_path_buf()) };
    Trajectory::new(&Placement::default(), macro_motion, micro, &context).unwrap()
}

fn run(bencher: Bencher<'_, '_>, macro_motion: Option<Macro>, micro: Option<Micro>) {
    let trajectory = build(macro_motion.as_ref(), micro.as_ref());
    bencher.counter(POSITIONS).bench_local(|| {
        for step in 0..POSITIONS {
            black_box(trajectory.position(black_box(step as f64 * 256.0 / 48_000.0)));
        }
    });
}

#[divan::bench]
fn orbit_alone(bencher: Bencher<'_, '_>) {
    run(bencher, Some(orbit()), None);
}

#[divan::bench]
fn orbit_with_drift(bencher: Bencher<'_, '_>) {
    run(bencher, Some(orbit()), Some(drift()));
}

#[divan::bench]
fn orbit_with_tremor(bencher: Bencher<'_, '_>) {
    run(bencher, Some(orbit()), Some(tremor()));
}

#[divan::bench]
fn orbit_with_wander(bencher: Bencher<'_, '_>) {
    run(bencher, Some(orbit()), Some(wander()));
}

#[divan::bench]
fn drift_alone(bencher: Bencher<'_, '_>) {
    run(bencher, None, Some(drift()));
}

#[divan::bench(sample_count = 10)]
fn survey_of_an_orbit_with_drift(bencher: Bencher<'_, '_>) {
    let trajectory = build(Some(&orbit()), Some(&drift()));
    bencher.bench_local(|| survey(black_box(&trajectory), 60.0));
}

#[divan::bench(args = [Curve::Linear, Curve::GreatCircle, Curve::CatmullRom, Curve::Monotone])]
fn keyframes_on(bencher: Bencher<'_, '_>, curve: Curve) {
    run(bencher, Some(keyframes(curve)), None);
}
