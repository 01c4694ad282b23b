//! What holds for every measurement: blocks of any size, no allocation, little memory, silence.

#[path = "support/counting_allocator.rs"]
mod counting_allocator;
#[path = "support/wave.rs"]
mod wave;

use cupola::loudness::{Meter, Results};
use proptest::prelude::*;

#[global_allocator]
static ALLOCATOR: counting_allocator::CountingAllocator = counting_allocator::CountingAllocator;

const WEIGHTS: [f64; 12] = [1.0, 1.0, 1.0, 0.0, 1.41, 1.41, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0];

fn names() -> [String; 12] {
    std::array::from_fn(|index| index.to_string())
}

/// Noise in twelve channels, each quieter than the one before.
fn channels(frames: usize) -> Vec<Vec<f32>> {
    (0..12).map(|it| wave::noise(it + 1, frames, 0.9 / (it + 1) as f32)).collect()
}

fn push(meter: &mut Meter, channels: &[Vec<f32>], from: usize, to: usize) {
    let slices: [&[f32]; 12] = std::array::from_fn(|index| &channels[index][from..to]);
    meter.push(&slices);
}

fn in_blocks(channels: &[Vec<f32>], rate_hz: u32, blocks: &[usize]) -> Results {
    let mut meter = Meter::new(&WEIGHTS, rate_hz);
    let (mut done, mut blocks) = (0, blocks.iter().cycle());
    while done < channels[0].len() {
        let end = channels[0].len().min(done + blocks.next().unwrap());
        push(&mut meter, channels, done, end);
        // Asking changes nothing.
        _ = (meter.take_peaks(), meter.momentary_lufs());
        done = end;
    }
    assert_eq!(meter.frames(), done as u64);
    meter.results(&names())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// To the bit, at a rate whose ticks are even and at one whose ticks are not.
    #[test]
    fn blocks_of_any_size_read_the_same(
        blocks in prop::collection::vec(1_usize..3000, 1..20),
        rate_hz in prop::sample::select(vec![48_000_u32, 44_100, 22_050, 8_001]),
    ) {
        let channels = channels(30_000);
        let whole = in_blocks(&channels, rate_hz, &[usize::MAX / 2]);
        prop_assert!(whole.integrated_lufs.is_some());
        prop_assert_eq!(in_blocks(&channels, rate_hz, &blocks), whole);
    }
}

#[test]
fn single_frames_read_the_same() {
    let channels = channels(24_000);
    assert_eq!(in_blocks(&channels, 48_000, &[1]), in_blocks(&channels, 48_000, &[24_000]));
}

/// Noise, silence, and noise again, so that the skipping of what cannot be a peak takes both ways.
#[test]
fn listening_allocates_nothing_however_long() {
    let channels = channels(48_000);
    let silence = vec![vec![0.0; 48_000]; 12];
    let mut meter = Meter::new(&WEIGHTS, 48_000);
    let before = counting_allocator::calls();
    for second in 0..20 {
        let heard = if second % 3 == 1 { &silence } else { &channels };
        push(&mut meter, heard, 0, 48_000);
        _ = (meter.momentary_lufs(), meter.short_term_lufs(), meter.integrated_lufs());
        _ = meter.take_peaks();
    }
    assert_eq!(counting_allocator::calls(), before);
    assert_eq!(meter.frames(), 20 * 48_000);
}

/// A peak between the last samples counts: a wave ends where its file does. So a programme and its
/// mirror image have the same true peak.
#[test]
fn a_programme_and_its_reverse_have_the_same_true_peak() {
    let peak = |samples: &[f32]| {
        let mut meter = Meter::new(&[1.0], 48_000);
        meter.push(&[samples]);
        meter.results(&["M"]).true_peak_dbtp.unwrap()
    };
    let mut samples = wave::noise(7, 4800, 0.3);
    samples.extend([0.9, 0.9]);
    let forwards = peak(&samples);
    samples.reverse();
    // Sums are rounded in another order.
    assert!((forwards - peak(&samples)).abs() < 1e-5);
    assert!(forwards > 0.5, "{forwards} dBTP: two samples of 0.9 have more between them");
}

#[test]
fn silence_has_no_loudness() {
    let silent = in_blocks(&vec![vec![0.0; 200_000]; 12], 48_000, &[64]);
    let nothing = serde_json::to_value(&silent).unwrap();
    for key in [
        "integrated_lufs",
        "max_momentary_lufs",
        "max_short_term_lufs",
        "loudness_range_lu",
        "true_peak_dbtp",
        "plr_lu",
    ] {
        assert!(nothing[key].is_null(), "{key}: {}", nothing[key]);
    }
    assert_eq!(nothing["channels"][3]["name"], "3");
    assert!(nothing["channels"][3]["true_peak_dbtp"].is_null());
    assert!(nothing["channels"][3]["sample_peak_dbfs"].is_null());
}

/// -80 dBFS is below the absolute gate: there is a momentary loudness, but none of the programme.
#[test]
fn what_is_gated_away_has_no_loudness() {
    let quiet: Vec<Vec<f32>> = vec![wave::noise(1, 200_000, 1e-4); 12];
    let results = in_blocks(&quiet, 48_000, &[4096]);
    assert_eq!((results.integrated_lufs, results.loudness_range_lu), (None, None));
    assert!(results.max_momentary_lufs.unwrap() < -70.0);
    assert!(results.plr_lu.is_none() && results.true_peak_dbtp.is_some());
}

#[test]
fn low_frequency_effects_have_peaks_but_no_loudness() {
    let mut channels = vec![vec![0.0; 100_000]; 12];
    channels[3] = wave::noise(5, 100_000, 0.5);
    let results = in_blocks(&channels, 48_000, &[4096]);
    assert_eq!((results.integrated_lufs, results.max_momentary_lufs), (None, None));
    assert!(results.channels[3].sample_peak_dbfs.unwrap() > -6.1);
}

/// Not a number must not stay in a filter for ever.
#[test]
fn what_is_no_number_counts_as_silence() {
    let clean = channels(100_000);
    let (mut broken, mut holes) = (clean.clone(), clean);
    for (frame, value) in [(17, f32::NAN), (40_000, f32::INFINITY), (80_000, f32::MAX)] {
        broken[2][frame] = value;
        holes[2][frame] = 0.0;
    }
    let blocks = [480];
    assert_eq!(in_blocks(&broken, 48_000, &blocks), in_blocks(&holes, 48_000, &blocks));
}
