//! The detector of true peaks: right between the samples, and not changed by what it skips.

#[path = "support/unit.rs"]
mod unit;

use std::f64::consts::PI;

use cupola::block::{Bundle, QUANTUM, SIDE_BY_SIDE};
use cupola::dsp::TruePeak;
use unit::Chance;

/// The peaks of a signal in lane 0 with the others silent, as late as they come.
fn peaks(signal: impl Fn(usize) -> f64, quanta: usize, floor: f32) -> Vec<f32> {
    let mut detector = TruePeak::new();
    let mut out = Vec::new();
    for quantum in 0..quanta {
        let mut lanes: Bundle = [[0.0; SIDE_BY_SIDE]; QUANTUM];
        for (frame, row) in lanes.iter_mut().enumerate() {
            row[0] = signal(quantum * QUANTUM + frame) as f32;
        }
        let mut peaks = [[f32::NAN; SIDE_BY_SIDE]; QUANTUM];
        let any = detector.process(&lanes, &[floor; SIDE_BY_SIDE], &mut peaks);
        assert_eq!(any, peaks.iter().any(|row| row[0] > 0.0));
        assert!(peaks.iter().all(|row| row[1..].iter().all(|peak| *peak == 0.0)));
        out.extend(peaks.iter().map(|row| row[0]));
    }
    out
}

#[test]
fn tones_are_read_as_high_as_they_are() {
    for frequency in [0.002, 0.1, 0.25, 1.0 / 3.0, 0.4, 0.45, 0.46] {
        for phase in [0.0, PI / 4.0, 1.0] {
            let tone = |frame| (2.0 * PI * frequency * frame as f64 + phase).sin();
            let read = peaks(tone, 40, 0.0)[500..].iter().fold(0.0, |a: f32, b| a.max(*b));
            let error_db = 20.0 * f64::from(read).log10();
            println!("{frequency}, {phase}: {error_db:+.4} dB");
            // Side lobes of -50 dB in the first stage.
            assert!(error_db.abs() < 0.04, "{frequency}, {phase}: off by {error_db} dB");
        }
    }
}

#[test]
fn the_highest_tones_are_never_read_too_low() {
    for frequency in [0.465, 0.47, 0.477, 0.48, 0.485, 0.49, 0.495] {
        for phase in [0.0, PI / 4.0, 1.0] {
            let tone = |frame| (2.0 * PI * frequency * frame as f64 + phase).sin();
            // In every frame: midway between two crests of the beat too.
            let read = peaks(tone, 40, 0.0)[500..].iter().fold(f32::INFINITY, |a, b| a.min(*b));
            let most = peaks(tone, 40, 0.0)[500..].iter().fold(0.0, |a: f32, b| a.max(*b));
            println!("{frequency}, {phase}: {read} to {most}");
            // 0.47 and 0.477 are in the first stage's transition; frames see half a wave and more.
            assert!(read > 0.98, "{frequency}, {phase}: {read}");
            // The tone, and what may be missed: its amplitude less 3 %, with a margin of 1.2.
            assert!(most < 1.0 + 1.2 * 0.97 + 0.02, "{frequency}, {phase}: {most}");
        }
    }
}

#[test]
fn a_peak_is_told_of_the_frame_before_it() {
    // The summit of a pulse without highs, 0.3 of a frame after frame 200.
    let pulse = |frame: usize| (-((frame as f64 - 200.3) / 4.0).powi(2)).exp();
    let read = peaks(pulse, 8, 0.0);
    let highest = (0..read.len()).max_by(|&a, &b| read[a].total_cmp(&read[b])).unwrap();
    assert_eq!(highest, 200 + TruePeak::LATENCY);
    assert!((read[highest] - 1.0).abs() < 1e-3);
}

#[test]
fn what_is_skipped_would_not_have_been_above_the_floor() {
    let mut chance = Chance(5);
    let noise: Vec<f64> = (0..64_000)
        .map(|frame| chance.between(-1.0, 1.0) * (-((frame % 3000) as f64) / 500.0).exp())
        .collect();
    let all = peaks(|frame| noise[frame], 1000, 0.0);
    for floor in [0.02, 0.3, 0.8, 1.2] {
        let read = peaks(|frame| noise[frame], 1000, floor);
        let expected = all.iter().map(|peak| if *peak > floor { *peak } else { 0.0 });
        assert!(read.iter().copied().eq(expected), "{floor}");
        assert!(read.contains(&0.0) && (floor > 1.0 || read.iter().any(|peak| *peak > 0.0)));
    }
}
