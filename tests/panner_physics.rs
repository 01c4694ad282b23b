//! What the ears are promised: sound comes from where it should, and moves as fast as its source.

mod panner_support;

use cupola::layout::Layout;
use cupola::pan::Panner;
use cupola::space::{UP, Vector, angle_deg, unit_vector};
use panner_support::{layout, odd_layouts, shipped, spiral, standard};

/// The sum of the loudspeakers' directions, each as long as its gain (Gerzon's velocity vector).
fn velocity(layout: &Layout, gains: &[f64]) -> Vector {
    let speakers = layout.loudspeakers.iter().zip(gains);
    speakers.map(|(speaker, gain)| speaker.direction() * *gain).sum::<Vector>().normalize()
}

#[test]
fn the_velocity_vector_is_exact_between_real_loudspeakers() {
    let mut compared = 0;
    // Loudspeakers that share a place share its power, not its pull.
    let alone = odd_layouts().into_iter().filter(|layout| layout.name != "coincident");
    for layout in shipped().into_iter().chain(alone) {
        let panner = Panner::new(&layout).unwrap();
        let level = (-180..180).map(|azimuth| unit_vector(azimuth.into(), 0.0));
        for direction in spiral(3000).chain(level).filter(|direction| panner.is_real(direction)) {
            let gains = panner.gains(&direction);
            let off = angle_deg(&velocity(&layout, &gains), &direction);
            assert!(off < 1e-6, "{} {direction:?}: {off}", layout.name);
            compared += 1;
        }
    }
    assert!(compared > 10_000, "{compared}");
}

#[test]
fn gains_change_no_faster_than_measured_on_the_reference() {
    // At most 0.080 per degree on the reference implementation; 0.1 leaves room for other arcs.
    let panner = Panner::new(&standard("4+7+0")).unwrap();
    let step = 0.05f64;
    for direction in spiral(5000) {
        for across in [UP, unit_vector(0.0, 0.0), unit_vector(90.0, 0.0)] {
            let tangent = across - direction * across.dot(&direction);
            if tangent.norm() < 1e-3 {
                continue;
            }
            let moved = (direction + tangent.normalize() * step.to_radians()).normalize();
            let (from, to) = (panner.gains(&direction), panner.gains(&moved));
            let most = from.iter().zip(&to).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            assert!(most / step < 0.1, "{direction:?}: {} per degree", most / step);
        }
    }
}

#[test]
fn a_ring_turned_by_one_loudspeaker_is_the_same_ring() {
    for count in [3u32, 4, 5, 8, 12, 36] {
        let step = 360.0 / f64::from(count);
        let angles: Vec<_> = (0..count).map(|n| (f64::from(n) * step, 0.0)).collect();
        let panner = Panner::new(&layout("ring", &angles)).unwrap();
        for (azimuth, elevation) in [(7.0, 0.0), (33.0, 20.0), (100.0, -50.0), (170.0, 85.0)] {
            let mut turned = panner.gains(&unit_vector(azimuth + step, elevation));
            turned.rotate_left(1);
            let gains = panner.gains(&unit_vector(azimuth, elevation));
            let off = gains.iter().zip(&turned).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            // Rounding of the ring's angles.
            assert!(off < 1e-9, "{count} at {azimuth}, {elevation}: {off}");
        }
    }
}

#[test]
fn pairs_of_tops_meet_above_the_listener() {
    for (name, azimuth, elevation, expected) in [
        ("7.1.4", 0.0, 90.0, vec![("Ltf", 0.5), ("Rtf", 0.5), ("Ltr", 0.5), ("Rtr", 0.5)]),
        ("7.1.4", 60.0, 0.0, vec![("L", 0.5f64.sqrt()), ("Lss", 0.5f64.sqrt())]),
        ("7.1.2", 0.0, 90.0, vec![("Lts", 0.5f64.sqrt()), ("Rts", 0.5f64.sqrt())]),
    ] {
        let layout = cupola::layout::load(name).unwrap();
        let gains = Panner::new(&layout).unwrap().gains(&unit_vector(azimuth, elevation));
        for (channel, gain) in expected {
            let index = layout.index_of(channel).unwrap();
            assert!((gains[index] - gain).abs() < 1e-9, "{name} {azimuth},{elevation}: {gains:?}");
        }
    }
}
