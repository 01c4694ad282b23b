//! What a set answers where it was measured, and where it was not.

mod hrtf_support;

use hrtf_support::{Errors, farthest, kemar, mean_and_p95, subset, whole};

/// The first check line of the issue; nothing is lost but what f32 rounds.
#[test]
fn measured_directions_are_answered_as_measured() {
    let Some(kemar) = kemar() else { return };
    let all: Vec<usize> = (0..kemar.directions.len()).collect();
    let errors = Errors::of(&whole(&kemar), &kemar, &all);
    let worst = |errors: &[f64]| errors.iter().copied().fold(0.0, f64::max);
    assert!(mean_and_p95(errors.lsd_db.clone()).0 <= 0.01, "{}", worst(&errors.lsd_db));
    assert!(worst(&errors.itd_us) <= 0.1, "{}", worst(&errors.itd_us));
    assert!(worst(&errors.ild_db) <= 0.01, "{}", worst(&errors.ild_db));
}

/// The second check line: one direction in ten is asked for and was never there.
#[test]
fn directions_left_out_are_predicted() {
    let Some(kemar) = kemar() else { return };
    let asked = farthest(&kemar.directions, kemar.directions.len() / 10);
    let reduced = subset(&kemar, |index| !asked.contains(&index));
    let errors = Errors::of(&whole(&reduced), &kemar, &asked);
    let (lsd, itd) = (mean_and_p95(errors.lsd_db), mean_and_p95(errors.itd_us));
    let ild = mean_and_p95(errors.ild_db);
    println!("LSD {lsd:.3?} dB, ITD {itd:.2?} us, ILD {ild:.3?} dB");
    assert!(lsd.0 <= 1.45 && lsd.1 <= 2.9, "LSD {lsd:.3?}");
    assert!(itd.0 <= 2.5 && itd.1 <= 10.0, "ITD {itd:.2?}");
    assert!(ild.0 <= 0.35, "ILD {ild:.3?}");
}

/// Of sparse sets the issue asks for figures of another head; these are a tenth above ours. Of the
/// times the median counts: at a few lateral directions the reference itself has two maxima.
#[test]
fn sparse_sets_are_answered_sanely() {
    let Some(kemar) = kemar() else { return };
    for (count, lsd_db, itd_us) in [(187, 2.15, 6.5), (64, 3.0, 11.0)] {
        let kept = farthest(&kemar.directions, count);
        let reduced = subset(&kemar, |index| kept.contains(&index));
        let asked: Vec<usize> =
            (0..kemar.directions.len()).filter(|index| !kept.contains(index)).collect();
        let mut errors = Errors::of(&whole(&reduced), &kemar, &asked);
        errors.itd_us.sort_by(f64::total_cmp);
        let median = errors.itd_us[asked.len() / 2];
        let lsd = mean_and_p95(errors.lsd_db);
        println!("{count}: LSD {lsd:.3?} dB, ITD {median:.2} us");
        assert!(lsd.0 <= lsd_db && median <= itd_us, "{count}: {lsd:.3?}, {median}");
    }
}
