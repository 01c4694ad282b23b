//! Sources at another rate: quality, alignment, length, and that pieces change nothing.

mod source_support;

use std::f64::consts::TAU;

use cupola::source::{Clip, Memory, Resampled, Source};
use proptest::prelude::*;
use source_support::{line, read, read_in_pieces};

fn tone(freq_hz: f64, rate_hz: u32, frames: usize) -> Vec<f32> {
    let turn = TAU * freq_hz / f64::from(rate_hz);
    (0..frames).map(|n| (0.5 * (turn * n as f64).sin()) as f32).collect()
}

fn resampled(samples: Vec<f32>, from_hz: u32, to_hz: u32) -> Resampled {
    Resampled::new(Box::new(Memory::new(vec![samples], from_hz)), to_hz, "test").unwrap()
}

/// The ratio in dB of a tone that starts in phase at frame 0 to whatever else is there.
fn signal_to_noise_db(freq_hz: f64, from_hz: u32, to_hz: u32) -> f64 {
    let frames = from_hz as usize / 2;
    let mut source = resampled(tone(freq_hz, from_hz, frames), from_hz, to_hz);
    let out = read(&mut source).unwrap().remove(0);
    let expected = tone(freq_hz, to_hz, out.len());
    // The ends of the tone are steps: away from them by more than the filter.
    let inner = out.len() / 4..out.len() * 3 / 4;
    let (mut signal, mut noise) = (0.0, 0.0);
    for n in inner {
        let (out, expected) = (f64::from(out[n]), f64::from(expected[n]));
        signal += expected * expected;
        noise += (out - expected) * (out - expected);
    }
    10.0 * (signal / noise).log10()
}

#[test]
fn tones_come_through_clean_in_phase_and_in_level() {
    for (from_hz, to_hz) in [(44_100, 48_000), (48_000, 44_100), (96_000, 48_000), (48_000, 96_000)]
    {
        for freq_hz in [100.0, 1000.0, 5000.0, 10_000.0, 18_000.0, 20_000.0] {
            let ratio_db = signal_to_noise_db(freq_hz, from_hz, to_hz);
            println!("{from_hz} -> {to_hz}, {freq_hz} Hz: {ratio_db:.1} dB");
            assert!(ratio_db > 110.0, "{from_hz} -> {to_hz}, {freq_hz} Hz: {ratio_db} dB");
        }
    }
}

#[test]
fn what_does_not_fit_is_gone() {
    // 23 kHz does not exist at 44.1 kHz.
    let mut source = resampled(tone(23_000.0, 96_000, 48_000), 96_000, 44_100);
    let out = read(&mut source).unwrap().remove(0);
    let peak = out[5000..17_000].iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    assert!(peak < 0.5 * 1e-5, "{peak}");
}

#[test]
fn lengths_are_exact_and_ends_are_in_place_for_all_rates() {
    const RATES_HZ: [u32; 11] =
        [8000, 11_025, 16_000, 16_007, 22_050, 32_000, 44_100, 48_000, 88_200, 96_000, 192_000];
    for from_hz in RATES_HZ {
        for to_hz in RATES_HZ.into_iter().filter(|to_hz| *to_hz != from_hz) {
            for frames in [1, 2, 3, 17, 100, 300] {
                let mut source = resampled(vec![0.5; frames], from_hz, to_hz);
                let ratio = f64::from(to_hz) / f64::from(from_hz);
                let expected = (frames as f64 * ratio).round() as u64;
                assert_eq!(source.frames(), Some(expected), "{from_hz} -> {to_hz}, {frames}");
                let out = read(&mut source).unwrap().remove(0);
                assert_eq!(out.len() as u64, expected, "{from_hz} -> {to_hz}, {frames}");
                assert!(out.iter().all(|sample| sample.abs() < 1.0));
                // In the middle of 300 frames the ends have rung out to a few per cent.
                if frames == 300 && expected > 100 {
                    assert!((out[out.len() / 2] - 0.5).abs() < 0.03, "{from_hz} -> {to_hz}");
                }
            }
        }
    }
}

#[test]
fn every_short_length_is_exact() {
    for (from_hz, to_hz) in [(44_100, 48_000), (48_000, 44_100), (96_000, 48_000)] {
        for frames in 1..=300_u64 {
            let out = read(&mut resampled(vec![0.5; frames as usize], from_hz, to_hz)).unwrap();
            let expected =
                (frames * u64::from(to_hz) + u64::from(from_hz) / 2) / u64::from(from_hz);
            assert_eq!(out[0].len() as u64, expected, "{from_hz} -> {to_hz}, {frames}");
        }
    }
}

#[test]
fn an_impulse_stays_where_it_is() {
    for (from_hz, to_hz) in [(44_100, 48_000), (16_007, 48_000), (192_000, 44_100), (8000, 192_000)]
    {
        // One second after the beginning, where every rate has a frame.
        let mut samples = vec![0.0; from_hz as usize * 2];
        samples[from_hz as usize] = 1.0;
        let out = read(&mut resampled(samples, from_hz, to_hz)).unwrap().remove(0);
        let at = to_hz as usize;
        let largest = (0..out.len()).max_by(|a, b| out[*a].total_cmp(&out[*b])).unwrap();
        assert_eq!(largest, at, "{from_hz} -> {to_hz}");
        for offset in 1..200 {
            // Symmetric to the rounding of the transform: not a fraction of a frame off.
            let skew = (out[at - offset] - out[at + offset]).abs();
            assert!(skew < 1e-6, "{from_hz} -> {to_hz}: {skew} at {offset}");
        }
    }
}

#[test]
fn a_loop_is_seamless_at_another_rate() {
    // 441 frames hold ten cycles of 1 kHz at 44.1 kHz: looped, they are an endless tone.
    let clip =
        Clip::new(Box::new(Memory::new(vec![tone(1000.0, 44_100, 441)], 44_100)), 0..441, true);
    let mut source = Resampled::new(Box::new(clip), 48_000, "test").unwrap();
    assert_eq!(source.frames(), None);
    source.seek(48_000 * 1000).unwrap();
    let mut block = vec![0.0; 4800];
    source.read(&mut [&mut block]).unwrap();
    for (out, expected) in block.iter().zip(tone(1000.0, 48_000, 4800)) {
        // 110 dB below 0.5.
        assert!((out - expected).abs() < 1.6e-6, "{out} is not {expected}");
    }
}

#[test]
fn absurd_rates_are_refused() {
    for rate_hz in [1, 999, u32::MAX] {
        let source = Box::new(Memory::new(vec![vec![0.0]], rate_hz));
        let message = line(Resampled::new(source, 48_000, "x.wav"));
        assert!(message.starts_with("x.wav: has ") && message.contains("resampled"), "{message}");
    }
}

proptest! {
    #![proptest_config(source_support::cases(40))]
    #[test]
    fn pieces_and_seeks_change_nothing(
        rates in prop::sample::select(vec![(44_100, 48_000), (48_000, 32_000), (96_000, 44_100)]),
        frames in 1..9000_usize,
        from in 0..9000_u64,
        sizes in prop::collection::vec(1..3000_usize, 1..5),
    ) {
        let noise: Vec<f32> = (0..frames as u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 8) as f32 / 8_388_608.0 - 1.0).collect();
        let mut source = resampled(noise, rates.0, rates.1);
        let whole = read(&mut source).unwrap().remove(0);
        source.seek(from).unwrap();
        let rest = read_in_pieces(&mut source, &sizes).unwrap().remove(0);
        prop_assert_eq!(&rest[..], &whole[(from as usize).min(whole.len())..]);
    }
}
